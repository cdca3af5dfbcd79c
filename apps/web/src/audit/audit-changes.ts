import type { AuditEntry } from '#src/client/outputs.ts';

/** A field that an act changed, or something that was noted of it. */
export interface AuditChange {
  readonly field: string;
  /** Undefined: it was noted, not changed. */
  readonly before?: unknown;
  readonly after: unknown;
}

/** What an act changed, then what else was noted of it. Fields that stayed the same are left out. */
export function auditChanges({
  before,
  after,
  details,
}: Pick<AuditEntry, 'before' | 'after' | 'details'>): AuditChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = fields
    .map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
  const noted = Object.entries(details).map(([field, value]) => ({ field, after: value }));
  return [...changed, ...noted];
}

/** "ratePer1000" is "rate per 1000". */
export function fieldWords(field: string): string {
  return field
    .replaceAll(/([a-z])([A-Z0-9])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}
