import { z } from 'zod';
import { liveCursorSchema, timeSchema } from '#src/output/scalar.ts';

const fieldsSchema = z.record(z.string(), z.json());

export const auditEntrySchema = z.object({
  id: z.string(),
  at: timeSchema,
  action: z.string(),
  /** Null: the system. */
  actor: z.object({ id: z.string(), name: z.string() }).nullable(),
  subjectKind: z.string(),
  subjectId: z.string(),
  subjectName: z.string().nullable(),
  campaignId: z.string().nullable(),
  /** What the act changed, as it was and as it is: the same fields. */
  before: fieldsSchema.nullable(),
  after: fieldsSchema.nullable(),
  /** What else is known of it. */
  details: fieldsSchema,
});

export const auditListSchema = z.object({
  items: z.array(auditEntrySchema),
  nextCursor: z.string().nullable(),
  cursor: liveCursorSchema,
});

/** What the log can be narrowed to. */
export const auditChoicesSchema = z.object({
  actions: z.array(z.string()),
  /** Whoever is chosen, by their id. */
  actorName: z.string().nullable(),
});
