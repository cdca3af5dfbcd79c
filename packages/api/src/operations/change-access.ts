import { DomainError } from '@clipmeter/core/domain-error';
import { type AccessAction, accessAfter, isActiveAdmin } from '@clipmeter/core/person-access';
import { appendAudit } from '@clipmeter/db/audit-log';
import { newId } from '@clipmeter/db/new-id';
import { notifyUsers } from '@clipmeter/db/notify-users';
import { countActiveAdmins, endSessions, lockAccess, lockPeople, setAccess } from '@clipmeter/db/transact-person';
import { type Tx, withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps, Role } from '#src/context.ts';

export interface AccessStanding {
  id: string;
  role: Role;
  suspended: boolean;
}

/**
 * Promotes, demotes, suspends or restores somebody. Whatever they had open ends with it: sign-ins are deleted and their
 * sockets closed, so that nothing goes on under rights that are gone.
 *
 * @throws DomainError NOT_FOUND, FORBIDDEN, WRONG_STATE, CONFLICT
 */
export function changeAccess(
  deps: OperationDeps,
  actor: Actor,
  input: { id: string; action: AccessAction; reason?: string | undefined },
): Promise<AccessStanding> {
  const at = deps.now();
  const { id, action, reason } = input;
  return withTransaction(deps.pool, async (tx) => {
    await lockAccess(tx);
    const people = await lockPeople(tx, [actor.userId, id]);
    // Of two admins who demote one another at once the second is none any more.
    const admin = people.get(actor.userId);
    if (admin === undefined || !isActiveAdmin(admin)) {
      throw new DomainError('FORBIDDEN', 'You are no admin any more: somebody has just changed that.');
    }
    const person = people.get(id);
    if (person === undefined) throw new DomainError('NOT_FOUND', 'There is no such person.');
    if (action === 'suspend' && id === actor.userId) {
      throw new DomainError('FORBIDDEN', 'You cannot suspend yourself: ask another admin.');
    }
    const after = accessAfter(person, action);
    if (isActiveAdmin(person) && !isActiveAdmin(after) && (await countActiveAdmins(tx)) === 1) {
      throw new DomainError(
        'CONFLICT',
        `The last admin cannot be ${action === 'demote' ? 'demoted' : 'suspended'}: promote somebody else first.`,
      );
    }
    await setAccess(tx, person, after, at);
    await endSessions(tx, id, 'all');
    await appendAudit(tx, {
      actorId: actor.userId,
      action: `user.${action}`,
      subjectKind: 'user',
      subjectId: id,
      before: { role: person.role, suspended: person.suspended },
      after: { role: after.role, suspended: after.suspended },
      ...(reason === undefined ? {} : { details: { reason } }),
      at,
    });
    if (action === 'promote' || action === 'demote') await tellOfRole(tx, id, after.role, at);
    return { id, role: after.role, suspended: after.suspended };
  });
}

function tellOfRole(tx: Tx, userId: string, role: Role, at: Date): Promise<void> {
  const isAdmin = role === 'ADMIN';
  const notice = {
    userId,
    kind: 'system.role_changed',
    cause: newId(),
    title: isAdmin ? 'You are an admin now' : 'You are no admin any more',
    body: isAdmin
      ? 'You can run campaigns, review clips and look after people. You were signed out everywhere, to begin with the new rights.'
      : 'You can go on as a clipper. You were signed out everywhere.',
    link: '/',
  } as const;
  return notifyUsers(tx, [notice], at);
}
