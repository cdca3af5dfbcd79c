import { DomainError } from '#src/domain-error.ts';

/** What somebody may do here. */
export interface PersonAccess {
  readonly role: 'CLIPPER' | 'ADMIN';
  readonly suspended: boolean;
}

/** What admins do to it, in the order of a menu. */
export const ACCESS_ACTIONS = ['promote', 'demote', 'suspend', 'restore'] as const;
export type AccessAction = (typeof ACCESS_ACTIONS)[number];

interface Rule {
  /** Why not; null: it may be done. */
  readonly refusal: (person: PersonAccess) => string | null;
  readonly after: (person: PersonAccess) => PersonAccess;
}

const RULES: Record<AccessAction, Rule> = {
  promote: {
    refusal: ({ role, suspended }) => {
      if (role === 'ADMIN') return 'They are an admin already.';
      return suspended ? 'Restore their account first: a suspended person cannot become an admin.' : null;
    },
    after: (person) => ({ ...person, role: 'ADMIN' }),
  },
  demote: {
    refusal: ({ role }) => (role === 'CLIPPER' ? 'They are no admin.' : null),
    after: (person) => ({ ...person, role: 'CLIPPER' }),
  },
  suspend: {
    refusal: ({ suspended }) => (suspended ? 'Their account is suspended already.' : null),
    after: (person) => ({ ...person, suspended: true }),
  },
  restore: {
    refusal: ({ suspended }) => (suspended ? null : 'Their account is not suspended.'),
    after: (person) => ({ ...person, suspended: false }),
  },
};

export function canChangeAccess(person: PersonAccess, action: AccessAction): boolean {
  return RULES[action].refusal(person) === null;
}

/**
 * What somebody may do after an action.
 *
 * @throws DomainError WRONG_STATE
 */
export function accessAfter(person: PersonAccess, action: AccessAction): PersonAccess {
  const refusal = RULES[action].refusal(person);
  if (refusal !== null) throw new DomainError('WRONG_STATE', refusal);
  return RULES[action].after(person);
}

/** Whether somebody may do what admins do now. */
export function isActiveAdmin({ role, suspended }: PersonAccess): boolean {
  return role === 'ADMIN' && !suspended;
}
