import { expect, it } from 'vitest';
import { idRange } from '#src/search-everything.ts';

it('takes what an id begins with for all ids that begin so', () => {
  expect(idRange('0198C0de-00')).toEqual({
    from: '0198c0de-0000-0000-0000-000000000000',
    to: '0198c0de-00ff-ffff-ffff-ffffffffffff',
  });
  const whole = '0198c0de-0000-7000-8000-000000000001';
  expect(idRange(` ${whole} `)).toEqual({ from: whole, to: whole });
});

it('takes no word for an id', () => {
  for (const text of ['', 'mara', 'cafe', 'ada', '-', '0198c0de-0000-7000-8000-0000000000011', 'decade of sand'])
    expect(idRange(text)).toBeNull();
});
