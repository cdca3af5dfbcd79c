import { randomOf } from '@clipmeter/testing/random';
import { createHistory } from '@clipmeter/testing/random-history';
import { createWorld } from '@clipmeter/testing/settlement-world';
import { createTestDatabase } from '@clipmeter/testing/test-database';
import { expect, test } from 'vitest';
import { formatAudit, runAudit } from '#src/audit.ts';

/** More of them: `HISTORIES=100 npx vitest run --project pg random-history`; one again: `HISTORY_SEED=7`. */
const HISTORIES = Number(process.env['HISTORIES'] ?? 3);
const FIRST_SEED = Number(process.env['HISTORY_SEED'] ?? 1);
const WORKERS = 4;
const STEPS = 25;

test.each(Array.from({ length: HISTORIES }, (_, i) => FIRST_SEED + i))(
  'history %i: whatever several workers do at once, every balance is what plain arithmetic says, and the audit agrees',
  { timeout: 60_000 },
  async (seed) => {
    const database = await createTestDatabase();
    try {
      const history = await createHistory(createWorld(database.pool), randomOf(seed));
      await Promise.all(
        Array.from({ length: WORKERS }, async () => {
          for (let i = 0; i < STEPS; i += 1) await history.step();
        }),
      );
      await history.settleDown();
      expect(await history.differences()).toEqual([]);
      const report = await runAudit(database.pool);
      expect(report.differences, formatAudit(report)).toBe(0);
    } finally {
      await database.drop();
    }
  },
);
