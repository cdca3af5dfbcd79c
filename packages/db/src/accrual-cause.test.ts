import { expect, test } from 'vitest';
import { accrualCause } from '#src/accrual-cause.ts';

const CLIP = '019ab000-0003-7000-8000-000000000001';
const OTHER_CLIP = '019ab000-0003-7000-8000-000000000002';
const RUN = '019ab5f2-7c11-7abc-9def-0123456789ab';
const NEXT_RUN = '019ab5f2-7c12-7000-8000-000000000000';

test('the same read of a clip has the same cause for ever', () => {
  expect(accrualCause(CLIP, RUN)).toBe('019ab5f2-7c11-898a-9667-70973387cf69');
});

test('another clip or another run is another cause, also within the same millisecond', () => {
  const sameTime = `${RUN.slice(0, -1)}c`;
  expect(new Set([accrualCause(CLIP, RUN), accrualCause(OTHER_CLIP, RUN), accrualCause(CLIP, sameTime)]).size).toBe(3);
});

test('causes are in the order of their runs', () => {
  expect(accrualCause(CLIP, RUN) < accrualCause(CLIP, NEXT_RUN)).toBe(true);
  expect(accrualCause(OTHER_CLIP, RUN) < accrualCause(CLIP, NEXT_RUN)).toBe(true);
});
