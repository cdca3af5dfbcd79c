import { expect, test } from 'vitest';
import { hitFaultPoint, parseFaultPoints } from '#src/fault-points.ts';

test('a fault point acts only where it was asked for', async () => {
  const points = parseFaultPoints('settle:after-commit=throw');
  await expect(hitFaultPoint(points, 'settle:before-commit')).resolves.toBeUndefined();
  await expect(hitFaultPoint(points, 'settle:after-commit')).rejects.toThrow('settle:after-commit');
});

test('a fault point can wait for the third time that it is reached', async () => {
  const points = parseFaultPoints('run:after-start=throw@3');
  await hitFaultPoint(points, 'run:after-start');
  await hitFaultPoint(points, 'run:after-start');
  await expect(hitFaultPoint(points, 'run:after-start')).rejects.toThrow('run:after-start');
});

test('an unknown fault point is refused, so that a misspelt one cannot make a test pass', () => {
  expect(() => parseFaultPoints('settle:beforecommit=kill')).toThrow('settle:beforecommit=kill');
  expect(() => parseFaultPoints('settle:before-commit=explode')).toThrow('explode');
});
