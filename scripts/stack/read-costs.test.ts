import { expect, test } from 'vitest';
import { readCosts } from './read-costs.ts';

test('the projected cost of a day is found among the other lines of the log', () => {
  const cost = {
    msg: 'cost of a day',
    platform: 'TIKTOK',
    source: 'an actor',
    clips: 12,
    projected: '$1.20',
    limit: '$5.00',
  };
  expect(readCosts(['', '{"msg":"listening"}', JSON.stringify(cost), 'Error: broken'])).toEqual([
    'TIKTOK: reading 12 clips costs about $1.20 a day, and never more than $5.00',
  ]);
});
