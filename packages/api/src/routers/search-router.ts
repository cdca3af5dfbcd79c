import { searchEverything } from '@clipmeter/db/search-everything';
import { z } from 'zod';
import { foundSchema } from '#src/output/search.ts';
import { adminProcedure, router } from '#src/procedure.ts';

const FOUND_MAX = 5;

export const searchRouter = router({
  /** For the command palette: people, campaigns, clips and payouts by name or id. */
  everything: adminProcedure
    .input(z.object({ text: z.string().trim().min(2, 'Type at least two letters.').max(100) }))
    .output(foundSchema)
    .query(async ({ ctx, input }) => {
      const found = await searchEverything(ctx.pool, { text: input.text, limit: FOUND_MAX });
      return { ...found, payouts: found.payouts.map((payout) => ({ ...payout, currency: 'USD' as const })) };
    }),
});
