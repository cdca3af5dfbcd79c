/** One comparison of a projection with the rows that it must follow from. Every row that the query answers is a difference. */
export interface AuditCheck {
  readonly kind: string;
  /** How many things are compared. */
  readonly counted: string;
  /** Differences: `subject`, `expected`, `actual` as text, the first ones first. */
  readonly differences: string;
}

/** A query of the rows whose expected value is not their actual one. */
export const differs = (subject: string, expected: string, actual: string, from: string) =>
  `SELECT * FROM (SELECT ${subject} AS subject, (${expected})::text AS expected, (${actual})::text AS actual,
     (${expected}) IS DISTINCT FROM (${actual}) AS differs FROM ${from}) AS compared WHERE differs ORDER BY subject`;
