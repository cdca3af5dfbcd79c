import { lockDue } from '@clipmeter/db/claim-due';
import { claimLinks } from '@clipmeter/db/link-resolution';
import { startScheduledCampaigns } from '@clipmeter/db/start-scheduled-campaigns';
import { withTransaction } from '@clipmeter/db/transaction';
import { claimsOnce, type LockProbe, waitsForNobody } from '#src/lock-probe.ts';
import type { ProbedDatabase, Rows, Scene } from '#src/lock-scene.ts';
import { scheduleRows } from '#src/lock-scene.ts';

type Claim = (meanwhile: (claimed: readonly string[]) => Promise<void>) => Promise<readonly string[]>;
type Prepare = (scene: Scene, database: ProbedDatabase) => Promise<{ rows: Rows; claim: Claim }>;

/** All clips are due, those that an approval waits for included or alone. */
const dueClips =
  (isUrgent: boolean): Prepare =>
  async (scene, { pool, plain }) => {
    const now = scene.world.advance(24 * 3_600_000);
    await plain.query('UPDATE clip_schedules SET urgent = $1', [isUrgent]);
    const claim: Claim = (meanwhile) =>
      withTransaction(pool, async (tx) => {
        const due = await lockDue(tx, { platform: 'TIKTOK', limit: 4, now });
        const ids = due.map(({ clipId }) => clipId);
        await meanwhile(ids);
        return ids;
      });
    return { rows: scheduleRows(scene.clips), claim };
  };

const waitingLinks: Prepare = async ({ world, campaignIds }, { pool, plain }) => {
  const userId = await world.addUser();
  const now = world.now();
  const { rows } = await plain.query<{ id: string }>(
    `INSERT INTO link_resolutions (id, url, platform, user_id, campaign_id, next_attempt_at)
     SELECT gen_random_uuid(), 'https://vm.tiktok.com/x', 'TIKTOK', $1, $2, $3 FROM generate_series(1, 2) RETURNING id`,
    [userId, campaignIds[0], now],
  );
  const claim: Claim = (meanwhile) =>
    withTransaction(pool, async (tx) => {
      const ids = (await claimLinks(tx, { now, until: now, limit: 2 })).map(({ id }) => id);
      await meanwhile(ids);
      return ids;
    });
  return { rows: { table: 'link_resolutions', key: 'id', ids: rows.map(({ id }) => id) }, claim };
};

const startingCampaigns: Prepare = async ({ world, campaignIds }, { pool, plain }) => {
  await plain.query(`UPDATE campaigns SET status = 'SCHEDULED', starts_at = $1`, [world.now()]);
  const claim: Claim = () => startScheduledCampaigns(pool, world.now());
  return { rows: { table: 'campaigns', key: 'id', ids: [campaignIds[0]] }, claim };
};

const once = (name: string, prepare: Prepare) =>
  claimsOnce(name, async (scene, database) => (await prepare(scene, database)).claim);

const alone = (name: string, prepare: Prepare) =>
  waitsForNobody(name, async (scene, database) => {
    const { rows, claim } = await prepare(scene, database);
    return { rows, claim: () => claim(async () => {}) };
  });

/** What is for whoever comes first. */
export const CLAIM_PROBES: readonly LockProbe[] = [
  once('a due clip is claimed by one of two trackers', dueClips(false)),
  once('an urgent clip is claimed by one of two trackers', dueClips(true)),
  alone('a claim leaves out the clips that somebody holds', dueClips(false)),
  alone('a claim leaves out the urgent clips that somebody holds', dueClips(true)),
  once('a link is followed by one of two trackers', waitingLinks),
  alone('links that somebody holds are left out', waitingLinks),
  alone('a campaign that somebody changes is not started meanwhile', startingCampaigns),
];
