import { type Micros, parseMicros } from '@clipmeter/core/money';
import { parkCampaign, wakeCampaign } from '@clipmeter/db/campaign-schedules';
import { beginClosingRound, type ClosingReason } from '@clipmeter/db/closing-round';
import { completeCampaign } from '@clipmeter/db/complete-campaign';
import { type ClosingOutcome, finishClosingRound } from '@clipmeter/db/finish-closing-round';
import { type ReleaseChunk, releaseCampaign } from '@clipmeter/db/release-campaign';
import {
  announceCampaign,
  changeStatus,
  fund,
  lockCampaign,
  reduceDraft as reduce,
} from '@clipmeter/db/transact-campaign';
import { lockSubmission, rejectSubmission } from '@clipmeter/db/transact-submission';
import { withTransaction } from '@clipmeter/db/transaction';
import { v7 as uuidv7 } from 'uuid';
import type { World, WorldClip } from '#src/settlement-world.ts';

export const CLOSING_LIMIT_MS = 600_000;

/** What admins and the tracker do to a campaign while its clips are read, without the API around it. */
export function campaignSteps(world: World, actorId: string) {
  const { pool, now } = world;

  /** Pauses an active campaign, or resumes a paused one; anything else is left as it is. */
  async function setPaused(campaignId: string, paused: boolean): Promise<boolean> {
    return withTransaction(pool, async (tx) => {
      const campaign = await lockCampaign(tx, campaignId);
      const [from, to] = paused ? (['ACTIVE', 'PAUSED'] as const) : (['PAUSED', 'ACTIVE'] as const);
      if (campaign.status !== from || campaign.closingRoundId !== null) return false;
      await changeStatus(tx, { campaign, to, reason: null, actorId, at: now() });
      await (paused ? parkCampaign(tx, campaignId) : wakeCampaign(tx, campaignId, now()));
      await announceCampaign(tx, campaignId, now());
      return true;
    });
  }

  /** False: the campaign takes no money now. */
  async function topUp(campaignId: string, amountMicros: Micros): Promise<boolean> {
    return withTransaction(pool, async (tx) => {
      const campaign = await lockCampaign(tx, campaignId);
      if (campaign.completedAt !== null || campaign.closingRoundId !== null) return false;
      return fund(tx, { id: uuidv7(), campaign, kind: 'TOP_UP', amountMicros, actorId, at: now() });
    });
  }

  /** As long as the campaign is new: it is made a draft for it, and stays one. */
  const reduceDraft = (campaignId: string, amountMicros: Micros): Promise<void> =>
    withTransaction(pool, async (tx) => {
      await lockCampaign(tx, campaignId);
      await tx.query("UPDATE campaigns SET status = 'DRAFT' WHERE id = $1", [campaignId]);
      await tx.query(
        `INSERT INTO campaign_status_changes (id, campaign_id, from_status, to_status, settlement_number, actor_id, created_at)
         VALUES ($1, $2, 'ACTIVE', 'DRAFT', 0, $3, $4)`,
        [uuidv7(), campaignId, actorId, now()],
      );
      await reduce(tx, { campaign: await lockCampaign(tx, campaignId), amountMicros, actorId, at: now() });
    });

  const beginClosing = (campaignId: string, reason: ClosingReason): Promise<string | null> =>
    withTransaction(pool, (tx) =>
      beginClosingRound(tx, { campaignId, reason, actorId, now: now(), limitMs: CLOSING_LIMIT_MS }),
    );

  const finishClosing = (roundId: string, clipsMax?: number): Promise<ClosingOutcome> =>
    finishClosingRound(pool, { roundId, now: now(), ...(clipsMax !== undefined && { clipsMax }) }, world.config);

  /** False: it was final already. */
  async function cancel(campaignId: string): Promise<boolean> {
    return withTransaction(pool, async (tx) => {
      const campaign = await lockCampaign(tx, campaignId);
      if (campaign.completedAt !== null) return false;
      await completeCampaign(tx, { campaign, status: 'CANCELLED', reason: 'CANCELLED', actorId, now: now() });
      return true;
    });
  }

  const reject = (clip: WorldClip): Promise<void> =>
    withTransaction(pool, async (tx) => {
      const { submission, campaign } = await lockSubmission(tx, clip.submissionId);
      await rejectSubmission(tx, { submission, campaign, reason: 'no', actorId, at: now() });
    });

  /** To its end. */
  async function release(campaignId: string, clipsMax?: number): Promise<readonly ReleaseChunk[]> {
    const chunks: ReleaseChunk[] = [];
    const release = { campaignId, now, ...(clipsMax !== undefined && { clipsMax }) };
    for await (const chunk of releaseCampaign(pool, release)) chunks.push(chunk);
    return chunks;
  }

  return { setPaused, topUp, reduceDraft, beginClosing, finishClosing, cancel, reject, release };
}

/** What an account holds; zero if there is none. */
export async function balanceOf(
  world: World,
  kind: string,
  owner: { campaignId?: string; userId?: string },
): Promise<Micros> {
  const { rows } = await world.pool.query<{ balance: string }>(
    `SELECT balance FROM ledger_accounts WHERE kind = $1 AND campaign_id IS NOT DISTINCT FROM $2 AND user_id IS NOT DISTINCT FROM $3`,
    [kind, owner.campaignId ?? null, owner.userId ?? null],
  );
  return parseMicros(rows[0]?.balance ?? '0');
}

/** A clip's line in the schedule; `dueAt` is 'parked' while nothing wakes it, null if nothing wants it read. */
export async function scheduleOf(world: World, clip: WorldClip) {
  const { rows } = await world.pool.query<{
    parked: boolean;
    next_due_at: Date;
    lease_until: Date | null;
    run_id: string | null;
    urgent: boolean;
    failures: number;
  }>(
    `SELECT next_due_at = 'infinity' AS parked, CASE WHEN isfinite(next_due_at) THEN next_due_at END AS next_due_at,
       lease_until, run_id, urgent, failures FROM clip_schedules WHERE clip_id = $1`,
    [clip.clipId],
  );
  const row = rows[0];
  if (!row) return null;
  const { parked, next_due_at, lease_until, run_id, urgent, failures } = row;
  return {
    dueAt: parked ? ('parked' as const) : next_due_at,
    leaseUntil: lease_until,
    runId: run_id,
    urgent,
    failures,
  };
}
