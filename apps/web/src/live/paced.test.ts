import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { paced } from '#src/live/paced.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const PACE = { firstMs: 1_000, gapMs: 10_000 };

test('much asking is one act, and what is asked for meanwhile happens after the gap', () => {
  const act = vi.fn();
  const pace = paced(act, PACE, () => 0.5);
  for (let i = 0; i < 100; i += 1) pace.ask();
  vi.advanceTimersByTime(499);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledTimes(1);

  pace.ask();
  vi.advanceTimersByTime(9_999);
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledTimes(2);
});

test('nothing happens on a page that is gone', () => {
  const act = vi.fn();
  const pace = paced(act, PACE);
  pace.ask();
  pace.stop();
  vi.advanceTimersByTime(60_000);
  expect(act).not.toHaveBeenCalled();
});
