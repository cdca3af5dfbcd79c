import type { Actor, OperationDeps } from '@clipmeter/api/context';
import { changeAccess } from '@clipmeter/api/operations/change-access';
import type { Platform } from '@clipmeter/core/platform';
import { tellOfLaunch, untoldLaunches } from '@clipmeter/db/campaign-launch';
import type { Pool } from '@clipmeter/db/connect';
import { notifyUsers } from '@clipmeter/db/notify-users';
import { startScheduledCampaigns } from '@clipmeter/db/start-scheduled-campaigns';
import { withTransaction } from '@clipmeter/db/transaction';
import { addAccounts } from './demo-accounts.ts';
import { addCampaign, campaignIdOf } from './demo-campaign.ts';
import { outcomeAt } from './demo-clip.ts';
import { addLinks } from './demo-links.ts';
import { readEverything } from './demo-reads.ts';
import { Timeline } from './demo-timeline.ts';
import { demoCampaigns } from './demo-world.ts';

export interface DemoPeople {
  admin: Actor;
  /** By the number that a clipper of the demo has. */
  clippers: Actor[];
}

/** Reads, in hours before the demo begins: far apart at first, close together at the end, as charts are looked at. */
const READ_HOURS_AGO = [...steps(312, 48, 8), ...steps(48, 12, 4), ...steps(12, 1, 1), ...[0.5, 0.12, 0.07, 0.017]];

const TELL_MAX = 1_000;

/**
 * The demo's past, by the operations that screens and the tracker use, on a clock that is moved: people prove accounts,
 * campaigns run and end, clips are submitted, read, decided on and paid. Nothing may read clips beside it.
 */
export async function makeHistory(
  pool: Pool,
  { admin, clippers }: DemoPeople,
  madeAt: Date,
  signal?: AbortSignal,
): Promise<void> {
  const timeline = new Timeline(madeAt);
  const deps: OperationDeps = { pool, now: timeline.now };
  const videos = new Map(
    demoCampaigns.flatMap((campaign) =>
      campaign.clips.map((clip) => [key(clip.platform, clip.videoId), { clip, campaign }]),
    ),
  );
  const read = () =>
    readEverything(pool, timeline.now, (platform, videoId) => {
      const video = videos.get(key(platform, videoId));
      if (video === undefined) throw new Error(`No video ${videoId} in the demo`);
      return outcomeAt(video.clip, video.campaign, timeline.hoursAgo, madeAt);
    });

  const readTimes = new Set<number>();
  const readAt = (hoursAgo: number) => {
    if (readTimes.has(hoursAgo)) return;
    readTimes.add(hoursAgo);
    timeline.add(hoursAgo, async () => {
      await startScheduledCampaigns(pool, timeline.now());
      await tellOfLaunches(pool, timeline.now());
      await read();
    });
  };

  addAccounts(timeline, deps, clippers);
  for (const [index, campaign] of demoCampaigns.entries()) {
    addCampaign({ timeline, deps, readAt, admin, clippers }, campaign, index);
  }
  for (const hoursAgo of READ_HOURS_AGO) readAt(hoursAgo);
  const [mara] = clippers;
  if (mara !== undefined) addLinks(timeline, deps, mara, campaignIdOf(0));
  addAccess(timeline, deps, admin, clippers);
  timeline.add(0.005, () => greet(pool, [admin, ...clippers.slice(0, 2)], timeline.now()));
  timeline.add(0.01, () => delayInstagram(pool, timeline.now()));
  await timeline.run({ doneUntil: await lastAct(pool), signal });
}

/** Somebody helped out as an admin for a day; somebody else is not welcome any more. */
function addAccess(timeline: Timeline, deps: OperationDeps, admin: Actor, clippers: Actor[]): void {
  const [, , , helper, spammer] = clippers;
  if (helper === undefined || spammer === undefined) throw new Error('The demo lacks people.');
  timeline.add(60, () => changeAccess(deps, admin, { id: helper.userId, action: 'promote' }));
  timeline.add(36, () => changeAccess(deps, admin, { id: helper.userId, action: 'demote' }));
  timeline.add(20, () =>
    changeAccess(deps, admin, { id: spammer.userId, action: 'suspend', reason: 'Posts other people’s videos.' }),
  );
}

/** Whoever signs in is told what can be done here. */
function greet(pool: Pool, people: Actor[], now: Date): Promise<void> {
  const notices = people.map(({ userId }) => ({
    userId,
    kind: 'system.message' as const,
    cause: 'demo',
    title: 'This is a demo: nothing here is real money',
    body: 'Set views, hide videos and put codes into profiles on the simulator’s page, and watch what happens here.',
    link: null,
  }));
  return withTransaction(pool, (tx) => notifyUsers(tx, notices, now));
}

/** Reads of one platform are late when the demo begins; the tracker's first read that succeeds ends it. */
async function delayInstagram(pool: Pool, now: Date): Promise<void> {
  await pool.query(
    `UPDATE platform_states SET status = 'DELAYED', since = $1, reason = 'no answer for an hour', failures = 3,
       last_error = 'no answer', last_error_at = $1, version = version + 1 WHERE platform = 'INSTAGRAM'`,
    [now],
  );
}

async function tellOfLaunches(pool: Pool, now: Date): Promise<void> {
  for (const campaignId of await untoldLaunches(pool, TELL_MAX)) {
    while (((await tellOfLaunch(pool, { campaignId, now, limit: TELL_MAX })) ?? 0) > 0);
  }
}

/** How far the past was made before, if it was: each act leaves a line in the audit log or a run. */
async function lastAct(pool: Pool): Promise<Date | null> {
  const { rows } = await pool.query<{ at: Date | null }>(
    `SELECT greatest((SELECT max(created_at) FROM scrape_runs),
       (SELECT max(created_at) FROM audit_log WHERE action NOT LIKE 'demo.%' AND action <> 'user.create')) AS at`,
  );
  return rows[0]?.at ?? null;
}

const key = (platform: Platform, videoId: string) => `${platform} ${videoId}`;

function steps(from: number, to: number, by: number): number[] {
  return Array.from({ length: Math.ceil((from - to) / by) }, (_, index) => from - index * by);
}
