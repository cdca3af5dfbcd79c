import { z } from 'zod';

const costSchema = z.object({
  msg: z.literal('cost of a day'),
  platform: z.string(),
  clips: z.number(),
  projected: z.string(),
  limit: z.string(),
});

/** What the tracker expects a day of reading to cost, from its log: real money is worth a line in the terminal. */
export function readCosts(logLines: string[]): string[] {
  return logLines.flatMap((line) => {
    const cost = costSchema.safeParse(parseJson(line));
    if (!cost.success) return [];
    const { platform, clips, projected, limit } = cost.data;
    return [`${platform}: reading ${clips} clips costs about ${projected} a day, and never more than ${limit}`];
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
