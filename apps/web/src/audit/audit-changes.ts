import type { AuditEntry } from '#src/client/outputs.ts';

/** A field that an act set or changed, or something that was noted of it. */
export interface AuditChange {
  readonly field: string;
  /** Undefined: there was nothing before, or it was noted and not changed. */
  readonly before?: unknown;
  readonly after: unknown;
}

export interface AuditChanges {
  /** What a reader wants to know. */
  readonly told: AuditChange[];
  /** Ids, for whoever follows them elsewhere. */
  readonly ids: AuditChange[];
}

/** What an act changed, then what else was noted of it. Fields that stayed the same are left out. */
export function auditChanges({
  before,
  after,
  details,
}: Pick<AuditEntry, 'before' | 'after' | 'details'>): AuditChanges {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = fields
    .map((field) => ({ field, before: known(before?.[field]), after: known(after?.[field]) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after))
    .map(({ field, ...change }) => (before === null ? { field, after: change.after } : { field, ...change }));
  const noted = Object.entries(details)
    .map(([field, value]) => ({ field, after: known(value) }))
    .filter((note) => note.after !== null);
  const all = [...changed, ...noted];
  return { told: all.filter((change) => !isId(change)), ids: all.filter(isId) };
}

/** An empty list or text says as little as none. */
function known(value: unknown): unknown {
  const isEmpty =
    value === undefined ||
    value === '' ||
    (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  return isEmpty ? null : value;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isId({ after }: AuditChange): boolean {
  return typeof after === 'string' && UUID.test(after);
}

/** "ratePer1000" is "rate per 1000". */
export function fieldWords(field: string): string {
  return field
    .replaceAll(/([a-z])([A-Z0-9])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}
