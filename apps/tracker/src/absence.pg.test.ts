import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTrackerWorld, type SimulatedClip, type TrackerWorld } from '#src/tracker-world.fixture.ts';

// X has no word for a post that is gone: it is left out, or padded with a mock row, as one that was not fetched is.

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

let tracker: TrackerWorld;
beforeAll(async () => {
  tracker = await openTrackerWorld();
});
afterAll(() => tracker.stop());
beforeEach(async () => {
  tracker.faults.clear();
  await tracker.pool.query('DELETE FROM clip_schedules');
  await tracker.pool.query(`UPDATE platform_states SET status = 'OK', retry_at = NULL, failures = 0`);
});

/** Approved at 1,000 and grown to 2,000, unread since. */
async function postsOf(count: number) {
  const campaignId = await tracker.world.addCampaign({ budget: '1000', rate: '10' });
  const posts: SimulatedClip[] = [];
  for (let i = 0; i < count; i += 1) posts.push(await tracker.postClip(campaignId, 1_000, 'X'));
  await tracker.readAll('X');
  for (const post of posts) tracker.setViews(post, 2_000);
  return { campaignId, posts };
}

const change = (post: SimulatedClip, state: 'deleted' | 'live') =>
  tracker.simulator.store.catalogue.changeVideo('X', post.externalId, { state });

async function rowOf({ clipId }: SimulatedClip) {
  const { rows } = await tracker.pool.query<{
    availability: string;
    earnings: string;
    views: string;
    failures: number;
  }>(
    `SELECT availability, c.earnings, c.views, s.failures FROM clips c JOIN clip_schedules s ON s.clip_id = c.id WHERE c.id = $1`,
    [clipId],
  );
  const [row] = rows;
  if (!row) throw new Error('no clip');
  return row;
}

/** Reads those posts alone, as far as the daemon is concerned; answers how many posts the run asked for. */
async function readOnly(...posts: SimulatedClip[]): Promise<number> {
  await tracker.pool.query(`UPDATE clip_schedules SET next_due_at = now() + interval '9 days', lease_until = NULL`);
  await tracker.pool.query(`UPDATE clip_schedules SET next_due_at = '2020-01-01' WHERE clip_id = ANY ($1::uuid[])`, [
    posts.map((post) => post.clipId),
  ]);
  const [runId = '', ...more] = await tracker.tick('X');
  expect(more).toEqual([]);
  await tracker.deliver(runId, { platform: 'X' });
  return (await tracker.runRow(runId)).claimed;
}

test('left out of three runs hours apart that showed others, a post is gone; it keeps its money and comes back', async () => {
  const { posts, campaignId } = await postsOf(3);
  const [gone, ...others] = posts;
  if (!gone) throw new Error('no post');
  await tracker.readAll('X');
  change(gone, 'deleted');
  for (const availability of ['LIVE', 'LIVE', 'GONE']) {
    await tracker.readAll('X');
    expect(await rowOf(gone)).toMatchObject({ availability, earnings: '10.000000', views: '2000' });
    tracker.later(2 * HOUR_MS + 1);
  }
  for (const post of others) expect(await rowOf(post)).toMatchObject({ availability: 'LIVE', failures: 0 });
  change(gone, 'live');
  tracker.setViews(gone, 3_000);
  await tracker.readAll('X');
  expect(await rowOf(gone)).toMatchObject({ availability: 'LIVE', earnings: '20.000000', failures: 0 });
  expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '40.000000' });

  // What was noted before it came back counts no more.
  change(gone, 'deleted');
  tracker.later(2 * HOUR_MS + 1);
  for (const availability of ['LIVE', 'LIVE', 'GONE']) {
    await tracker.readAll('X');
    expect(await rowOf(gone)).toMatchObject({ availability });
    tracker.later(2 * HOUR_MS + 1);
  }
});

test('any number of runs within the hour are one', async () => {
  const { posts } = await postsOf(3);
  const [gone] = posts;
  if (!gone) throw new Error('no post');
  change(gone, 'deleted');
  for (let i = 0; i < 6; i += 1) {
    await tracker.readAll('X');
    tracker.later(10 * MINUTE_MS);
  }
  expect(await rowOf(gone)).toMatchObject({ availability: 'LIVE', failures: 6 });
  tracker.later(75 * MINUTE_MS);
  await tracker.readAll('X');
  expect(await rowOf(gone)).toMatchObject({ availability: 'LIVE', failures: 7 });
});

test('a post that was not found is asked for beside one that was, the next that would be due', async () => {
  const { posts } = await postsOf(3);
  const [gone] = posts;
  if (!gone) throw new Error('no post');
  await tracker.readAll('X');
  change(gone, 'deleted');
  // Found last time: nothing to be told from anything.
  expect(await readOnly(gone)).toBe(1);
  for (const availability of ['LIVE', 'LIVE', 'GONE']) {
    tracker.later(2 * HOUR_MS + 1);
    expect(await readOnly(gone)).toBe(2);
    expect(await rowOf(gone)).toMatchObject({ availability });
  }
});

test('posts that were not found are asked for beside as many that were, as far as there are any', async () => {
  const { posts } = await postsOf(5);
  await tracker.readAll('X');
  const [one, two, three] = posts;
  if (!one || !two || !three) throw new Error('no posts');
  for (const post of [one, two]) change(post, 'deleted');
  expect(await readOnly(one, two)).toBe(2);
  for (const availability of ['LIVE', 'LIVE', 'GONE']) {
    tracker.later(2 * HOUR_MS + 1);
    expect(await readOnly(one, two)).toBe(4);
    for (const post of [one, two]) expect(await rowOf(post)).toMatchObject({ availability });
  }
  // One that was found last time among those that are due is a witness already.
  tracker.later(2 * HOUR_MS + 1);
  expect(await readOnly(one, two, three)).toBe(4);
});

test('a post that is alone on its platform stays unknown: nothing tells it from a bad day', async () => {
  const { posts } = await postsOf(1);
  const [gone] = posts;
  if (!gone) throw new Error('no post');
  change(gone, 'deleted');
  for (let i = 0; i < 5; i += 1) {
    tracker.later(3 * HOUR_MS);
    expect(await readOnly(gone)).toBe(1);
  }
  expect(await rowOf(gone)).toMatchObject({ availability: 'LIVE', failures: 5 });
});

test('a mass of absences marks no post, however long it lasts', async () => {
  const { posts } = await postsOf(6);
  for (const post of posts.slice(0, 4)) change(post, 'deleted');
  for (let i = 0; i < 5; i += 1) {
    await tracker.readAll('X');
    tracker.later(3 * HOUR_MS);
  }
  for (const post of posts.slice(0, 4)) expect(await rowOf(post)).toMatchObject({ availability: 'LIVE', failures: 0 });
  expect(await tracker.openAlerts()).toContain('platform_incident');
});

test('a closing round does not take an absence for an answer', async () => {
  const { posts, campaignId } = await postsOf(3);
  const [gone] = posts;
  if (!gone) throw new Error('no post');
  change(gone, 'deleted');
  await tracker.pool.query(
    `WITH round AS (INSERT INTO closing_rounds (id, campaign_id, reason, limit_at, started_at)
       VALUES (gen_random_uuid(), $1, 'ADMIN', now() + interval '1 day', '2020-01-01') RETURNING id)
     UPDATE campaigns SET closing_round_id = (SELECT id FROM round) WHERE id = $1`,
    [campaignId],
  );
  await tracker.readAll('X');
  const { rows } = await tracker.pool.query<{ clip_id: string }>(
    'SELECT h.clip_id FROM held_observations h JOIN closing_rounds r ON r.id = h.round_id WHERE r.campaign_id = $1',
    [campaignId],
  );
  expect(rows).toHaveLength(2);
  expect(rows.map((row) => row.clip_id)).not.toContain(gone.clipId);
  expect(await rowOf(gone)).toMatchObject({ availability: 'LIVE' });
});
