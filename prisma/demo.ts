import { setTimeout as delay } from 'node:timers/promises';
import type { Actor, OperationDeps } from '@clipmeter/api/context';
import { approveSubmission } from '@clipmeter/api/operations/approve-submission';
import { createCampaign } from '@clipmeter/api/operations/create-campaign';
import { createUser } from '@clipmeter/api/operations/create-user';
import { pauseCampaign } from '@clipmeter/api/operations/pause-campaign';
import { publishCampaign } from '@clipmeter/api/operations/publish-campaign';
import { submitClip } from '@clipmeter/api/operations/submit-clip';
import { deriveId } from '@clipmeter/core/id';
import { appendAudit } from '@clipmeter/db/audit-log';
import { createPool, type Pool } from '@clipmeter/db/connect';
import { withTransaction } from '@clipmeter/db/transaction';
import { type DemoCampaign, type DemoClip, demoCampaigns } from './demo-world.ts';
import { SimulatorControl } from './simulator-control.ts';
import { ensureVerifiedAccount } from './verified-account.ts';

export interface DemoAccount {
  name: string;
  email: string;
  password: string;
  role: 'ADMIN' | 'CLIPPER';
  note: string;
}

export interface DemoDeps {
  databaseUrl: string;
  simulatorUrl: string;
  /** One admin, then clippers. */
  accounts: readonly DemoAccount[];
  signal: AbortSignal;
}

const seededAction = 'demo.seed';
const approvalsMs = 60_000;
const pollMs = 250;
const hourMs = 3_600_000;
const ageHours = 14;
const startsInMs = 48 * hourMs;
const runsForMs = 21 * 24 * hourMs;

/**
 * Fills a database with the demo: people, eight campaigns, and videos in the simulator, all by the operations that
 * screens use. Every step can be repeated, so a start that was killed half way goes on where it was; once all is done
 * it is noted, and later starts leave alone what people made of it.
 */
export async function seedDemo({ databaseUrl, simulatorUrl, accounts, signal }: DemoDeps): Promise<void> {
  const pool = createPool({ url: databaseUrl, max: 4, applicationName: 'clipmeter-demo' });
  const simulator = new SimulatorControl(simulatorUrl, signal);
  try {
    // Also on later starts: a simulator that lost its state would tell that every clip is gone.
    await postVideos(simulator);
    if (await wasSeeded(pool)) return;
    const deps: OperationDeps = { pool, now: () => new Date() };
    const [admin, ...clippers] = await Promise.all(accounts.map((account) => ensureUser(deps, account)));
    if (!admin || clippers.length === 0) throw new Error('The demo needs an admin and a clipper.');
    for (const [index, campaign] of demoCampaigns.entries())
      await seedCampaign(deps, simulator, { admin, clippers }, campaign, index);
    await approvalsToTakeEffect(pool, signal);
    await boostClips(pool, simulator);
    for (const [index, { fate }] of demoCampaigns.entries()) {
      if (fate === 'paused') await pauseAfterFirstMoney(deps, admin, campaignId(index), signal);
    }
    await withTransaction(pool, (tx) =>
      appendAudit(tx, {
        actorId: null,
        action: seededAction,
        subjectKind: 'user',
        subjectId: admin.userId,
        at: deps.now(),
      }),
    );
  } finally {
    await pool.end();
  }
}

function campaignId(index: number): string {
  return deriveId('demo', 'campaign', String(index));
}

function submissionId({ platform, videoId }: DemoClip): string {
  return deriveId('demo', 'submission', platform, videoId);
}

async function wasSeeded(pool: Pool): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT FROM audit_log WHERE action = $1 LIMIT 1', [seededAction]);
  return rowCount !== 0;
}

async function postVideos(simulator: SimulatorControl): Promise<void> {
  const publishedAt = new Date(Date.now() - ageHours * hourMs).toISOString();
  const clips = demoCampaigns.flatMap((campaign) => campaign.clips);
  await simulator.postVideos(
    clips.map(({ platform, videoId, author, title, viewsAtFirst, viewsPerHour }) => ({
      platform,
      id: videoId,
      author: { handle: author },
      title,
      views: viewsAtFirst,
      publishedAt,
      curve: { kind: 'steady', viewsPerHour },
    })),
  );
}

async function ensureUser(deps: OperationDeps, account: DemoAccount): Promise<Actor> {
  const find = async () => {
    const { rows } = await deps.pool.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [account.email]);
    return rows[0] && { userId: rows[0].id };
  };
  return (await find()) ?? createUser(deps, null, account);
}

async function seedCampaign(
  deps: OperationDeps,
  simulator: SimulatorControl,
  people: { admin: Actor; clippers: Actor[] },
  campaign: DemoCampaign,
  index: number,
): Promise<void> {
  const { admin, clippers } = people;
  const id = campaignId(index);
  const {
    title,
    brand,
    description,
    budget,
    ratePer1000,
    platforms,
    capPerClip,
    fate,
    ranForHours = 0,
    clips,
  } = campaign;
  const startsAt = fate === 'scheduled' ? new Date(Date.now() + startsInMs).toISOString() : null;
  const deadline = fate === 'draft' ? null : new Date(Date.now() + runsForMs).toISOString();
  const terms = { budget, ratePer1000, capPerClip, minViews: 0, platforms, startsAt, deadline };
  const then = { ...deps, now: () => new Date(deps.now().getTime() - ranForHours * hourMs) };
  const { status } = await createCampaign(then, admin, { id, title, brand, description, ...terms });
  if (status === 'DRAFT' && fate !== 'draft') await publishCampaign(then, admin, { id });
  for (const [place, clip] of clips.entries()) {
    const clipper = clippers[place % clippers.length];
    if (!clipper) continue;
    const submission = submissionId(clip);
    const author = await simulator.authorOf(clip.platform, clip.videoId);
    const account = { userId: clipper.userId, platform: clip.platform, handle: author.handle, externalId: author.id };
    await ensureVerifiedAccount(deps.pool, { ...account, at: then.now() });
    const { status: submitted } = await submitClip(deps, clipper, {
      id: submission,
      campaignId: id,
      link: linkOf(clip),
    });
    if (submitted === 'PENDING') await approveSubmission(deps, admin, { id: submission });
  }
}

function linkOf({ platform, videoId, author }: DemoClip): string {
  return platform === 'YOUTUBE'
    ? `https://www.youtube.com/watch?v=${videoId}`
    : `https://www.tiktok.com/@${author}/video/${videoId}`;
}

/** The tracker reads each video and freezes its baseline. */
async function approvalsToTakeEffect(pool: Pool, signal: AbortSignal): Promise<void> {
  const ids = demoCampaigns.flatMap(({ clips }) => clips.map(submissionId));
  const limit = Date.now() + approvalsMs;
  for (;;) {
    const { rows } = await pool.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM clip_submissions WHERE id = ANY ($1) AND status = 'PENDING'`,
      [ids],
    );
    if (rows[0]?.waiting === 0) return;
    if (Date.now() > limit)
      throw new Error('The tracker has not read the clips of the demo. Its log: .clipmeter/logs/tracker.log');
    await delay(pollMs, undefined, { signal });
  }
}

/** Views that arrive at once; by the baseline, so that doing it again does nothing. */
async function boostClips(pool: Pool, simulator: SimulatorControl): Promise<void> {
  for (const clip of demoCampaigns.flatMap(({ clips }) => clips)) {
    const { rows } = await pool.query<{ baseline: string }>(
      'SELECT initial_views::text AS baseline FROM clip_submissions WHERE id = $1 AND initial_views IS NOT NULL',
      [submissionId(clip)],
    );
    if (!rows[0]) continue;
    await simulator.raiseViewsTo(clip.platform, clip.videoId, Number(rows[0].baseline) + clip.boost);
  }
}

async function pauseAfterFirstMoney(deps: OperationDeps, admin: Actor, id: string, signal: AbortSignal): Promise<void> {
  const limit = Date.now() + approvalsMs;
  for (;;) {
    const { rows } = await deps.pool.query<{ status: string; moved: boolean }>(
      'SELECT status, spent > 0 AS moved FROM campaigns WHERE id = $1',
      [id],
    );
    if (rows[0]?.status !== 'ACTIVE') return;
    if (rows[0].moved || Date.now() > limit) break;
    await delay(pollMs, undefined, { signal });
  }
  await pauseCampaign(deps, admin, { id });
}
