import { expect, test } from 'vitest';
import { FaultBox } from '#src/fault-box.ts';

const newBox = () => new FaultBox({ seed: 'one', onChange: () => {} });

test('a fault for the next two calls hits two calls of its platform', () => {
  const box = newBox();
  box.add({ platform: 'TIKTOK', kind: 'http_error', calls: 2 });
  expect(box.drawWire('YOUTUBE', 'start')).toBeUndefined();
  expect(box.drawWire('TIKTOK', 'start')).toBeDefined();
  expect(box.drawWire('TIKTOK', 'start')).toBeDefined();
  expect(box.drawWire('TIKTOK', 'start')).toBeUndefined();
  expect(box.list()).toHaveLength(0);
});

test('a fault with a probability hits about that share of calls', () => {
  const box = newBox();
  box.add({ platform: 'TIKTOK', kind: 'empty', probability: 0.3 });
  const hits = Array.from({ length: 2_000 }, () => box.drawRun('TIKTOK').length).filter((drawn) => drawn > 0);
  expect(hits.length).toBeGreaterThan(500);
  expect(hits.length).toBeLessThan(700);
});

test('a fault of a request hits only the requests it was set for', () => {
  const box = newBox();
  box.add({ platform: 'TIKTOK', kind: 'invalid_json', at: 'items' });
  expect(box.drawWire('TIKTOK', 'start')).toBeUndefined();
  expect(box.drawWire('TIKTOK', 'items')?.kind).toBe('invalid_json');
});

test('faults of a dataset add up until they are mended', () => {
  const box = newBox();
  box.add({ platform: 'TIKTOK', kind: 'shuffled' });
  box.add({ platform: 'TIKTOK', kind: 'duplicates' });
  expect(box.drawRun('TIKTOK').map((fault) => fault.kind)).toEqual(['shuffled', 'duplicates']);
  box.clear({ platform: 'YOUTUBE' });
  expect(box.list()).toHaveLength(2);
  box.clear({ id: 1 });
  expect(box.list().map((fault) => fault.kind)).toEqual(['duplicates']);
  box.clear();
  expect(box.drawRun('TIKTOK')).toEqual([]);
});
