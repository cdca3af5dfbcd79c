import { PEOPLE_FILTERS } from '@clipmeter/db/read-person-list';
import { z } from 'zod';
import { idSchema } from '#src/input/campaign.ts';

export const personListInputSchema = z.object({
  show: z.enum(PEOPLE_FILTERS).default('all'),
  /** Words of a name or an address. */
  search: z.string().trim().max(100).default(''),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).nullish(),
  limit: z.int().min(1).max(100).default(50),
});
export type PersonListInput = z.infer<typeof personListInputSchema>;

export const personIdSchema = z.object({ id: idSchema });
export const suspendSchema = personIdSchema.extend({
  reason: z.string().trim().min(1, 'Say why: the audit log keeps it.').max(500),
});
