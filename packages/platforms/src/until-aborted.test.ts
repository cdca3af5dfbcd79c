import { expect, test } from 'vitest';
import { untilAborted } from '#src/until-aborted.ts';

test('work that is done before the signal gives its value or its error', async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(async () => 7, signal)).toBe(7);
  await expect(untilAborted(() => Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
});

test('the signal ends the wait for work that does not end', async () => {
  const controller = new AbortController();
  const never = untilAborted(() => new Promise<never>(() => {}), controller.signal);
  controller.abort(new Error('enough'));
  await expect(never).rejects.toThrow('enough');
});

test('after the signal no work begins', async () => {
  let hasBegun = false;
  const work = async () => {
    hasBegun = true;
  };
  await expect(untilAborted(work, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  expect(hasBegun).toBe(false);
});
