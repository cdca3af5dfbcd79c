import { readThumbnail } from '@clipmeter/db/clip-thumbnails';
import type { PictureOutcome } from '@clipmeter/platforms/fetch-picture';
import { createWorld, type World } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPictureJob } from '#src/jobs/picture-job.ts';

const PICTURE: PictureOutcome = { kind: 'picture', contentType: 'image/jpeg', bytes: Buffer.from('a picture') };
const NO_ANSWER: PictureOutcome = { kind: 'unavailable', reason: 'answered 503' };
const ADDRESS = 'https://i.ytimg.com/vi/a/hqdefault.jpg';

let db: TestDatabase;
let world: World;
let campaignId: string;
beforeAll(async () => {
  db = await createTestDatabase();
  world = createWorld(db.pool);
  campaignId = await world.addCampaign({ budget: '100', rate: '10' });
});
afterAll(() => db.drop());

/** A clip whose first read named a picture. */
async function readClip(): Promise<string> {
  const clip = await world.submitClip(campaignId);
  await world.read([[clip, { kind: 'found', counts: { plays: 10n }, thumbnailUrl: ADDRESS }]]);
  return clip.clipId;
}

/** One round of the job; answers what was asked for. */
async function round(...outcomes: PictureOutcome[]): Promise<string[]> {
  const asked: string[] = [];
  const pictures = {
    fetch: async ({ url }: { url: string }) => {
      asked.push(url);
      return outcomes[asked.length - 1] ?? NO_ANSWER;
    },
  };
  const deps = { pool: db.pool, log: pino({ level: 'silent' }), now: world.now, pictures, everySeconds: 2 };
  await createPictureJob(deps).handle({}, new AbortController().signal);
  return asked;
}

async function waits(clipId: string): Promise<boolean> {
  const { rows } = await db.pool.query<{ waits: boolean }>(
    'SELECT next_attempt_at IS NOT NULL AS waits FROM clip_thumbnails WHERE clip_id = $1',
    [clipId],
  );
  return rows[0]?.waits ?? false;
}

test('a picture is kept once, and the pages that show its clip are told', async () => {
  const clipId = await readClip();
  expect(await round(PICTURE)).toEqual([ADDRESS]);
  expect(await readThumbnail(db.pool, clipId)).toEqual({ contentType: 'image/jpeg', bytes: Buffer.from('a picture') });
  const { rows } = await db.pool.query<{ payload: { clipId: string } }>(
    `SELECT payload FROM events WHERE topic = 'admin' AND type = 'submission.changed' ORDER BY id DESC LIMIT 1`,
  );
  expect(rows[0]?.payload.clipId).toBe(clipId);
  expect(await round(PICTURE)).toEqual([]);
});

test('one that does not come is tried again, later each time, and then no more', async () => {
  const clipId = await readClip();
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    expect(await round(NO_ANSWER)).toEqual([ADDRESS]);
    expect(await round(PICTURE)).toEqual([]);
    world.advance(10 * 60_000);
  }
  expect(await round(PICTURE)).toEqual([]);
  expect(await waits(clipId)).toBe(false);
  expect(await readThumbnail(db.pool, clipId)).toBeNull();
});

test('one that may not be kept is not asked for again, and keeps no other waiting', async () => {
  const refused = await readClip();
  const kept = await readClip();
  await round({ kind: 'refused', reason: 'too large' }, PICTURE);
  const found = await Promise.all([readThumbnail(db.pool, refused), readThumbnail(db.pool, kept)]);
  expect(found.filter((picture) => picture !== null)).toHaveLength(1);
  expect(await Promise.all([waits(refused), waits(kept)])).toEqual([false, false]);
});

test('what a killed tracker had taken is taken again after its lease', async () => {
  const clipId = await readClip();
  await db.pool.query(`UPDATE clip_thumbnails SET next_attempt_at = $2 WHERE clip_id = $1`, [
    clipId,
    new Date(world.now().getTime() + 60_000),
  ]);
  expect(await round(PICTURE)).toEqual([]);
  world.advance(60_000);
  expect(await round(PICTURE)).toEqual([ADDRESS]);
});
