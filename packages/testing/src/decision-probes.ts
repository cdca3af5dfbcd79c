import { lockCampaigns } from '@clipmeter/db/batch-locks';
import { chooseRoundClips } from '@clipmeter/db/choose-round-clips';
import { beginGeneration } from '@clipmeter/db/cursor-generation';
import { releaseRun } from '@clipmeter/db/scrape-run';
import { readTrackingRound, requestRound } from '@clipmeter/db/tracking-round';
import { lockSubmission } from '@clipmeter/db/transact-submission';
import { lockFirstAdmin } from '@clipmeter/db/transact-user';
import { withTransaction } from '@clipmeter/db/transaction';
import { holdsBefore, type LockProbe, locksInOrder, outsideOfAll } from '#src/lock-probe.ts';
import {
  campaignRows,
  clipRows,
  openScene,
  type ProbedDatabase,
  type Scene,
  scheduleRows,
  submissionRows,
  waits,
  whileHeld,
} from '#src/lock-scene.ts';

const holdsASubmission = holdsBefore(
  'who decides on a submission holds it, its clip, its campaign and its schedule',
  /^SELECT 'decided'/,
  async ({ clips, campaignIds }, { pool }) => {
    const clip = clips[0];
    if (!clip) throw new Error('The scene has no clip');
    return {
      rows: [clipRows([clip]), campaignRows([campaignIds[0]]), scheduleRows([clip]), submissionRows([clip])],
      operation: () =>
        withTransaction(pool, async (tx) => {
          await lockSubmission(tx, clip.submissionId);
          await tx.query(`SELECT 'decided'`);
        }),
    };
  },
);

const giveBack = ({ world }: Scene, { pool }: ProbedDatabase, runId: string) =>
  withTransaction(pool, (tx) => releaseRun(tx, { runId, retryAt: world.now(), error: 'throttled', now: world.now() }));

/** The lease may end, and another run take the clip, while the first still wants to give it back. */
const leavesWhatAnotherHas: LockProbe = {
  name: 'a run that is given back leaves a clip that another has taken meanwhile',
  async run(database) {
    const scene = await openScene(database);
    const clip = scene.clips[0];
    if (!clip) throw new Error('The scene has no clip');
    const { plain } = database;
    const [first, second] = [await scene.world.record([clip]), crypto.randomUUID()];
    let running: Promise<void> = Promise.resolve();
    await whileHeld(plain, { table: 'clip_schedules', key: 'clip_id', id: clip.clipId }, async (holder) => {
      await holder.query('UPDATE clip_schedules SET run_id = $2 WHERE clip_id = $1', [clip.clipId, second]);
      running = giveBack(scene, database, first);
      await waits(plain, running);
    });
    await running;
    const { rows } = await plain.query<{ run_id: string | null }>(
      'SELECT run_id FROM clip_schedules WHERE clip_id = $1',
      [clip.clipId],
    );
    return rows[0]?.run_id === second ? null : 'it took the clip away from the run that has it now';
  },
};

const givesBackInOrder = locksInOrder('a run that is given back locks schedules by id', async (scene, database) => {
  const runId = await scene.world.record(scene.clips);
  return { rows: scheduleRows(scene.clips), operation: () => giveBack(scene, database, runId) };
});

/** A round over every clip, of which none is due. One is open at a time: what is left of an earlier one goes. */
async function openRound(scene: Scene, { pool, plain }: ProbedDatabase) {
  await plain.query('DELETE FROM tracking_round_clips');
  await plain.query('DELETE FROM tracking_rounds');
  await plain.query(`UPDATE clip_schedules SET next_due_at = '2027-01-01', lease_until = NULL, run_id = NULL`);
  const now = scene.world.now();
  const { roundId } = await requestRound(plain, { everyClip: true, clipsMax: null, now });
  const round = await readTrackingRound(plain, roundId);
  if (!round) throw new Error('The round is gone');
  const { signal } = new AbortController();
  return {
    roundId,
    choose: () => chooseRoundClips(pool, { round, platforms: ['TIKTOK'], now, limitMs: 60_000, signal }),
  };
}

const choosesAlone = holdsBefore(
  'a round is held while its clips are chosen',
  /INSERT INTO tracking_round_clips/,
  async (scene, database) => {
    const { roundId, choose } = await openRound(scene, database);
    return { rows: [{ table: 'tracking_rounds', key: 'id', ids: [roundId] }], operation: choose };
  },
);

const choosesInOrder = locksInOrder('a round locks the schedules that it makes due by id', async (scene, database) => {
  const { choose } = await openRound(scene, database);
  return { rows: scheduleRows(scene.clips), operation: choose };
});

const locksCampaignsInOrder = locksInOrder('campaigns are locked by id', async ({ campaignIds }, { pool }) => ({
  rows: campaignRows(campaignIds),
  operation: () => withTransaction(pool, (tx) => lockCampaigns(tx, [...campaignIds].reverse())),
}));

const beginsAnewAlone: LockProbe = {
  name: 'cursors begin anew once, however many notice it',
  async run({ pool, plain }) {
    let running: Promise<void> = Promise.resolve();
    const hasWaited = await whileHeld(plain, { table: 'installation', key: 'id', id: '1' }, () => {
      running = beginGeneration(pool);
      return waits(plain, running);
    });
    await running;
    return hasWaited ? null : 'it looked at the installation while somebody else changed it';
  },
};

const claimsAdminAlone: LockProbe = {
  name: 'the first admin’s place is offered and claimed by one at a time',
  async run({ pool, plain }) {
    let second: Promise<void> = Promise.resolve();
    const hasWaited = await withTransaction(pool, async (tx) => {
      await lockFirstAdmin(tx);
      second = outsideOfAll(() => withTransaction(pool, lockFirstAdmin));
      return waits(plain, second);
    });
    await second;
    return hasWaited ? null : 'two had the place at once';
  },
};

/** Operations that decide something from rows that nobody may change meanwhile. */
export const DECISION_PROBES: readonly LockProbe[] = [
  holdsASubmission,
  leavesWhatAnotherHas,
  givesBackInOrder,
  locksCampaignsInOrder,
  choosesAlone,
  choosesInOrder,
  beginsAnewAlone,
  claimsAdminAlone,
];
