import { expect, test } from 'vitest';
import { isOpenPath } from '#src/server/open-path.ts';

const ID = '0193595e-6d3c-7a1b-9d1e-0a1b2c3d4e5f';

test('a campaign opens to strangers by its link, and no other page does', () => {
  expect(isOpenPath(`/campaigns/${ID}`)).toBe(true);
  expect(isOpenPath(`/campaigns/${ID}?range=day`)).toBe(true);
  for (const path of ['/campaigns', '/campaigns/new', `/campaigns/${ID}/edit`, `/clips/${ID}`, `/x?/campaigns/${ID}`]) {
    expect(isOpenPath(path)).toBe(false);
  }
});
