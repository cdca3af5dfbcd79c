import { type Micros, micros, parseMicros } from '@clipmeter/core/money';
import type { Counts, Platform } from '@clipmeter/core/platform';
import { DEFAULT_SETTLE_LIMITS } from '@clipmeter/core/settlement';
import { leaseClips } from '@clipmeter/db/claim-due';
import type { Pool } from '@clipmeter/db/connect';
import { ensureAccounts, moveMoney } from '@clipmeter/db/ledger';
import type { SettlementConfig } from '@clipmeter/db/plan-batch';
import type { ReadOutcome, ReadResult } from '@clipmeter/db/read-result';
import { recordRun } from '@clipmeter/db/scrape-run';
import { type BatchSummary, type FaultPoint, settleBatch } from '@clipmeter/db/settle-batch';
import { withTransaction } from '@clipmeter/db/transaction';
import { v7 as uuidv7 } from 'uuid';

/** Settlement as the tests want it: quick intervals, the usual bounds. */
export const TEST_SETTLEMENT: SettlementConfig = {
  limits: DEFAULT_SETTLE_LIMITS,
  interval: { minIntervalMs: 10_000, maxIntervalMs: 3_600_000, readCostUsd: 0.0037 },
  goneAfterMs: 2 * 3_600_000,
};

/** As long as a tick would lease a clip. */
export const LEASE_MS = 15 * 60_000;

export interface WorldClip {
  readonly clipId: string;
  readonly submissionId: string;
  readonly userId: string;
}

/**
 * Campaigns, clippers and clips in a real database for tests of settlement: the smallest set of rows that the operations
 * would have made, and reads of views that go through the real settlement. Its clock stands still but for `advance`,
 * unless it is given another.
 */
export function createWorld(pool: Pool, config: SettlementConfig = TEST_SETTLEMENT, clockMs?: () => number) {
  let clock = Date.parse('2026-11-22T12:00:00.000Z');
  const now = () => new Date(clockMs?.() ?? clock);
  const advance = (ms: number) => {
    clock += ms;
    return now();
  };

  async function addUser(role: 'CLIPPER' | 'ADMIN' = 'CLIPPER'): Promise<string> {
    const id = uuidv7();
    await pool.query('INSERT INTO users (id, name, email, role) VALUES ($1, $2, $3, $4)', [
      id,
      `User ${id.slice(-4)}`,
      `${id}@example.com`,
      role,
    ]);
    return id;
  }

  /** An active campaign, funded in full. Amounts in dollars. */
  async function addCampaign(spec: { budget: string; rate: string; minViews?: number; cap?: string }): Promise<string> {
    const campaignId = uuidv7();
    const fundingId = uuidv7();
    const actorId = await addUser('ADMIN');
    await withTransaction(pool, async (tx) => {
      await tx.query(
        `INSERT INTO campaigns (id, title, brand, budget, payout_rate, min_views, cap_per_clip, platforms, status, created_by, deadline)
         VALUES ($1, 'Campaign', 'Brand', $2, $3, $4, $5, '{TIKTOK,YOUTUBE}', 'ACTIVE', $6, '2027-01-01')`,
        [campaignId, spec.budget, spec.rate, spec.minViews ?? 0, spec.cap ?? null, actorId],
      );
      await tx.query(
        `INSERT INTO campaign_status_changes (id, campaign_id, to_status, settlement_number, actor_id, created_at) VALUES ($1, $2, 'ACTIVE', 0, $3, $4)`,
        [uuidv7(), campaignId, actorId, now()],
      );
      await tx.query(
        `INSERT INTO campaign_fundings (id, campaign_id, kind, amount, settlement_number, actor_id) VALUES ($1, $2, 'FUNDING', $3, 0, $4)`,
        [fundingId, campaignId, spec.budget, actorId],
      );
      await ensureAccounts(tx, [{ kind: 'outside' }, { kind: 'budget', campaignId }]);
      await moveMoney(tx, [
        {
          causeKind: 'funding',
          causeId: fundingId,
          movement: 'fund',
          from: { kind: 'outside' },
          to: { kind: 'budget', campaignId },
          amountMicros: parseMicros(spec.budget),
          eventAt: now(),
        },
      ]);
    });
    return campaignId;
  }

  /** A clip whose approval is asked for: its next read is its baseline. A video that was submitted before keeps its clip. */
  async function submitClip(
    campaignId: string,
    userId?: string,
    platform: Platform = 'TIKTOK',
    clipId: string = uuidv7(),
  ): Promise<WorldClip> {
    const clip = { clipId, submissionId: uuidv7(), userId: userId ?? (await addUser()) };
    await withTransaction(pool, async (tx) => {
      await tx.query(
        `INSERT INTO clips (id, platform, external_id, url) VALUES ($1, $2, $3, 'https://example.com') ON CONFLICT DO NOTHING`,
        [clip.clipId, platform, clip.clipId],
      );
      await tx.query(
        `INSERT INTO clip_submissions (id, campaign_id, clip_id, user_id, approval_requested_at, created_at) VALUES ($1, $2, $3, $4, $5, $5)`,
        [clip.submissionId, campaignId, clip.clipId, clip.userId, now()],
      );
      await tx.query(
        `INSERT INTO submission_status_changes (id, submission_id, to_status, settlement_number, created_at) VALUES ($1, $2, 'PENDING', 0, $3)`,
        [uuidv7(), clip.submissionId, now()],
      );
      await tx.query(
        `INSERT INTO clip_schedules (clip_id, platform, next_due_at, urgent) VALUES ($1, $2, $3, true)
         ON CONFLICT (clip_id) DO UPDATE SET next_due_at = EXCLUDED.next_due_at, urgent = true`,
        [clip.clipId, platform, now()],
      );
      await ensureAccounts(tx, [
        { kind: 'pending', campaignId, userId: clip.userId },
        { kind: 'available', userId: clip.userId },
      ]);
    });
    return clip;
  }

  /** A clip with its baseline. */
  async function addClip(campaignId: string, initialViews: bigint, userId?: string): Promise<WorldClip> {
    const clip = await submitClip(campaignId, userId);
    await read([[clip, { plays: initialViews }]]);
    return clip;
  }

  /** Records a run over clips and leases them to it, as a tick does, whoever has them. */
  async function record(clips: readonly Pick<WorldClip, 'clipId'>[]): Promise<string> {
    const runId = uuidv7();
    const clipIds = clips.map((clip) => clip.clipId);
    await withTransaction(pool, async (tx) => {
      await recordRun(tx, { runId, platform: 'TIKTOK', source: 'test', clipIds, now: now() });
      await tx.query('SELECT FROM clip_schedules WHERE clip_id = ANY ($1::uuid[]) ORDER BY clip_id FOR NO KEY UPDATE', [
        clipIds,
      ]);
      await leaseClips(tx, { runId, clipIds, until: new Date(clock + LEASE_MS) });
    });
    return runId;
  }

  /** Settles a recorded run. */
  function settle(
    runId: string,
    results: readonly ReadResult[],
    endedAt: Date,
    faultPoint?: FaultPoint,
  ): Promise<BatchSummary> {
    return settleBatch(
      pool,
      {
        runId,
        platform: 'TIKTOK',
        endedAt,
        results,
        now: endedAt,
        costMicros: micros(3_700n),
        costIsFinal: false,
        durationMs: 1,
      },
      config,
      faultPoint,
    );
  }

  /** One run a minute after the last that finds these counts, or gets these answers. */
  async function read(answers: readonly (readonly [WorldClip, Counts | ReadOutcome])[]): Promise<BatchSummary> {
    advance(60_000);
    const runId = await record(answers.map(([clip]) => clip));
    return settle(runId, resultsOf(answers), advance(1_000));
  }

  return { pool, now, advance, addUser, addCampaign, submitClip, addClip, record, settle, read, config };
}

export type World = ReturnType<typeof createWorld>;

/** Answers by clip as a run gives them. */
export function resultsOf(answers: readonly (readonly [WorldClip, Counts | ReadOutcome])[]): ReadResult[] {
  return answers.map(([clip, answer]) => ({
    clipId: clip.clipId,
    outcome: 'kind' in answer ? answer : { kind: 'found', counts: answer },
  }));
}

/** A campaign's row, money as decimal strings. */
export async function campaignRow(pool: Pool, campaignId: string) {
  const { rows } = await pool.query<{
    status: string;
    budget: string;
    spent: string;
    completion_reason: string | null;
    completed_at: Date | null;
    released_at: Date | null;
  }>('SELECT status, budget, spent, completion_reason, completed_at, released_at FROM campaigns WHERE id = $1', [
    campaignId,
  ]);
  const row = rows[0];
  if (!row) throw new Error(`no campaign ${campaignId}`);
  return row;
}

/** What a clip has earned in its life. */
export async function earningsOf(pool: Pool, clip: WorldClip): Promise<Micros> {
  const { rows } = await pool.query<{ earnings: string }>('SELECT earnings FROM clips WHERE id = $1', [clip.clipId]);
  return parseMicros(rows[0]?.earnings ?? '');
}
