import { z } from 'zod';
import { idSchema } from '#src/input/campaign.ts';

export const auditListInputSchema = z.object({
  /** Whose acts. */
  actorId: idSchema.nullish(),
  /** `noun.verb`. */
  action: z.string().max(100).nullish(),
  /** What they are about. */
  subjectId: z.string().max(100).nullish(),
  /** Words of who did it or of what it is about. */
  search: z.string().trim().max(100).nullish(),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).nullish(),
  limit: z.int().min(1).max(100).default(50),
});

export type AuditListInput = z.infer<typeof auditListInputSchema>;
