import { expect, test } from 'vitest';
import { Outbox } from '#src/sockets/outbox.ts';

const [a, b, c] = [Buffer.from('a'), Buffer.from('b'), Buffer.from('c')];

test('the same frames are the same buffer, others are their own', () => {
  const outbox = new Outbox();
  const ab = outbox.join([a, b]);
  expect(ab.toString()).toBe('ab');
  expect(outbox.join([a, b])).toBe(ab);
  expect(outbox.join([a, c]).toString()).toBe('ac');
  expect(outbox.join([a, b, c]).toString()).toBe('abc');
  expect(outbox.join([a, b]).toString()).toBe('ab');
});

test('each sender is flushed once the turn is over, and who sends more then once more', async () => {
  const outbox = new Outbox();
  const flushed: string[] = [];
  let again = true;
  const first = {
    flush() {
      flushed.push('first');
      if (again) outbox.add(first);
      again = false;
    },
  };
  outbox.add(first);
  outbox.add({ flush: () => flushed.push('second') });
  expect(flushed).toEqual([]);
  await Promise.resolve();
  await Promise.resolve();
  expect(flushed).toEqual(['first', 'second', 'first']);
});
