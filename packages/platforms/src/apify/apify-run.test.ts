import { expect, test } from 'vitest';
import { isCostFinal, readApifyRun, runCost } from '#src/apify/apify-run.ts';

function run(fields: Record<string, unknown>) {
  const parsed = readApifyRun({
    id: 'run1',
    status: 'SUCCEEDED',
    startedAt: new Date(0),
    finishedAt: new Date(10_000),
    defaultDatasetId: 'd',
    defaultKeyValueStoreId: 'k',
    ...fields,
  });
  if (parsed === null) throw new Error('not a run');
  return parsed;
}

test.each([
  [0.5, 500_000n],
  [0.0037, 3_700n],
  [1e-7, 0n],
  [0.1 + 0.2, 300_000n],
  [0, 0n],
  [null, null],
  [undefined, null],
  [-1, null],
  ['0.5', null],
  [Number.NaN, null],
  [1e12, null],
])('%j dollars cost %s micros', (usageTotalUsd, costMicros) => {
  expect(runCost(run({ usageTotalUsd }))).toBe(costMicros);
});

test('a cost is final some time after the end, and not before', () => {
  expect(isCostFinal(run({}), new Date(15_000))).toBe(false);
  expect(isCostFinal(run({}), new Date(30_000))).toBe(true);
  expect(isCostFinal(run({ status: 'RUNNING', finishedAt: null }), new Date(30_000))).toBe(false);
});
