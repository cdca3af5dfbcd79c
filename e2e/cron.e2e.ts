import { expect, test } from './stack.ts';
import { givenApprovedClip, givenPerson } from './world.ts';

const path = '/api/cron/view-tracking';

test('a cron job with the secret gets a round and its figures; without it, nobody does', async ({ request, stack }) => {
  const admin = await givenPerson(stack, 'ADMIN');
  const clipper = await givenPerson(stack, 'CLIPPER');
  await givenApprovedClip(stack, { admin, clipper }, { budget: '100', ratePer1000: '10', views: 1000 });

  for (const authorization of ['', 'Bearer guess']) {
    const refused = await request.get(path, { headers: { authorization, 'user-agent': 'vercel-cron/1.0' } });
    expect(refused.status()).toBe(401);
  }
  const headers = { authorization: `Bearer ${stack.cronSecret}` };
  const malformed = await request.get(`${path}?limit=many`, { headers });
  expect(malformed.status()).toBe(400);

  const answer = await request.get(`${path}?all=1`, { headers, timeout: 80_000 });
  expect(answer.status()).toBe(200);
  const { success, duration, stats } = await answer.json();
  expect({ success, duration }).toEqual({ success: true, duration: expect.stringMatching(/^\d+ms$/) });
  expect(stats).toEqual({
    processed: stats.successful,
    successful: expect.any(Number),
    failed: 0,
    earningsAdded: expect.stringMatching(/^\$\d+\.\d\d$/),
    campaignsCompleted: 0,
  });
  expect(stats.successful).toBeGreaterThan(0);
});
