import { ensureAccounts } from '@clipmeter/db/ledger';
import { withTransaction } from '@clipmeter/db/transaction';
import { v7 as uuidv7 } from 'uuid';
import type { World, WorldClip } from '#src/settlement-world.ts';

/** Clips that are read in one run. */
const RUN_MAX = 500;

/**
 * Many approved clips of a campaign in few statements, dealt out evenly among the clippers. Their baseline, of no views,
 * goes through the real settlement.
 */
export async function addManyClips(
  world: World,
  campaignId: string,
  count: { clips: number; clippers: number },
): Promise<WorldClip[]> {
  const userIds = Array.from({ length: count.clippers }, () => uuidv7());
  const clips = Array.from({ length: count.clips }, (_, index) => ({
    clipId: uuidv7(),
    submissionId: uuidv7(),
    userId: userIds[index % userIds.length] ?? '',
  }));
  await world.pool.query(
    `INSERT INTO users (id, name, email, role) SELECT id, 'Clipper', id || '@example.com', 'CLIPPER' FROM unnest($1::uuid[]) AS id`,
    [userIds],
  );
  for (const part of partsOf(clips, 10 * RUN_MAX)) await submitAll(world, campaignId, part);
  await readEach(world, clips, 0n);
  return clips;
}

async function submitAll(world: World, campaignId: string, clips: readonly WorldClip[]): Promise<void> {
  const columns = [
    clips.map((clip) => clip.clipId),
    clips.map((clip) => clip.submissionId),
    clips.map((clip) => clip.userId),
  ];
  const rows = 'FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS c (clip_id, submission_id, user_id)';
  await withTransaction(world.pool, async (tx) => {
    const insert = (into: string, values: string, ...more: unknown[]) =>
      // Each statement takes all columns, whether it needs them or not.
      tx.query(`INSERT INTO ${into} SELECT ${values} ${rows} WHERE num_nulls($1, $2, $3) = 0`, [...columns, ...more]);
    await insert(
      'clips (id, platform, external_id, url)',
      `c.clip_id, 'TIKTOK', c.clip_id::text, 'https://example.com'`,
    );
    await insert(
      'clip_submissions (id, campaign_id, clip_id, user_id, approval_requested_at, created_at)',
      'c.submission_id, $4::uuid, c.clip_id, c.user_id, $5::timestamptz, $5::timestamptz',
      campaignId,
      world.now(),
    );
    await insert(
      'submission_status_changes (id, submission_id, to_status, settlement_number, created_at)',
      `c.clip_id, c.submission_id, 'PENDING', 0, $4::timestamptz`,
      world.now(),
    );
    await insert(
      'clip_schedules (clip_id, platform, next_due_at, urgent)',
      `c.clip_id, 'TIKTOK', $4::timestamptz, true`,
      world.now(),
    );
    const userIds = [...new Set(clips.map((clip) => clip.userId))];
    await ensureAccounts(
      tx,
      userIds.flatMap((userId) => [
        { kind: 'pending' as const, campaignId, userId },
        { kind: 'available' as const, userId },
      ]),
    );
  });
}

/** Reads each clip once, in runs of a platform's size; all of them have so many plays. */
export async function readEach(world: World, clips: readonly WorldClip[], plays: bigint): Promise<void> {
  for (const part of partsOf(clips, RUN_MAX)) await world.read(part.map((clip) => [clip, { plays }]));
}

function partsOf<Item>(list: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, part) => list.slice(part * size, (part + 1) * size));
}
