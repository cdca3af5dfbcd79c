import { formatDecimal, micros } from '@clipmeter/core/money';
import type { Pool } from '@clipmeter/db/connect';
import { accrualCause } from '../../packages/db/src/accrual-cause.ts';
import { prepared } from '../../packages/db/src/prepared.ts';
import { fixtureId } from './clip-fixture.ts';
import type { ClipRead } from './clip-reads.ts';

interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

const decimal = (amount: bigint) => formatDecimal(micros(amount));
const numbers = new Map<string, number>();
let serial = 0;

/**
 * The rows of one settlement as bare writes to the same tables, made beforehand: what no settlement can go below that
 * keeps these tables. It reads nothing, locks nothing and decides nothing, so it is right only while it is alone.
 */
export function prepareFloor(run: { runId: string; endedAt: Date }, reads: readonly ClipRead[]): Statement[] {
  const { runId, endedAt } = run;
  const at = endedAt.toISOString();
  const campaigns = Map.groupBy(reads, (read) => read.campaignId);
  const clippers = Map.groupBy(reads, (read) => read.userId);
  const sum = (group: readonly ClipRead[]) => group.reduce((total, read) => total + read.creditMicros, 0n);
  const settlements = new Map([...campaigns.keys()].map((id) => [id, fixtureId('settlement', ++serial)]));
  const numberOf = (campaignId: string) => {
    numbers.set(campaignId, (numbers.get(campaignId) ?? 1_000_000_000) + 1);
    return numbers.get(campaignId);
  };
  const clipOf = (read: ClipRead) => ({ clipId: read.clipId, version: 2, views: Number(read.views), readAt: at });
  const earnedOf = (read: ClipRead) => ({
    earnings: decimal(read.earningsMicros),
    credited: decimal(read.earningsMicros),
  });
  const events = [
    ...[...campaigns].map(([campaignId, group]) => [
      `campaign:${campaignId}`,
      'campaign.changed',
      {
        ...{
          campaignId,
          version: 2,
          status: 'ACTIVE',
          budget: '1000000000.000000',
          spent: '1234.500000',
          expected: '1.000000',
        },
        ...{ closing: false, completedAt: null, completionReason: null, released: false },
        ...{ clips: group.slice(0, 100).map(clipOf), at },
      },
    ]),
    ...[...clippers].map(([userId, group]) => [
      `user:${userId}`,
      'earnings.changed',
      {
        userId,
        balances: [{ kind: 'pending', campaignId: group[0]?.campaignId, balance: '1234.500000', version: 2 }],
        clips: group.map((read) => ({ ...clipOf(read), campaignId: read.campaignId, ...earnedOf(read) })),
        at,
      },
    ]),
    ...[...campaigns].map(([campaignId, group]) => [
      'admin',
      'clip.earned',
      { campaignId, clips: group.map((read) => ({ clipId: read.clipId, version: 2, ...earnedOf(read) })), at },
    ]),
    ['admin', 'run.finished', { runId, platform: 'TIKTOK', claimed: reads.length, read: reads.length, at }],
  ];
  const accounts = new Map<string, bigint>();
  for (const read of reads) {
    accounts.set(read.budgetAccountId, (accounts.get(read.budgetAccountId) ?? 0n) - read.creditMicros);
    accounts.set(read.pendingAccountId, (accounts.get(read.pendingAccountId) ?? 0n) + read.creditMicros);
  }
  const clipIds = reads.map((read) => read.clipId);
  const views = reads.map((read) => read.views);
  const credits = reads.map((read) => decimal(read.creditMicros));
  const settlementIds = reads.map((read) => settlements.get(read.campaignId));
  return [
    {
      text: `INSERT INTO settlements (id, campaign_id, number, run_id, kind, left_before, owed, credited, status)
        SELECT id, campaign_id, number, $5, 'BATCH', 1000000, credited, credited, 'ACTIVE' FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::numeric[]) AS s (id, campaign_id, number, credited)`,
      values: [
        [...settlements.values()],
        [...settlements.keys()],
        [...settlements.keys()].map(numberOf),
        [...campaigns.values()].map((group) => decimal(sum(group))),
        runId,
      ],
    },
    {
      text: `INSERT INTO view_tracking (clip_id, run_id, date, platform, metric, views, counts, settlement_id)
        SELECT clip_id, $4, $5, 'TIKTOK', 'plays', views, counts, settlement_id FROM unnest($1::uuid[], $2::bigint[], $3::jsonb[], $6::uuid[]) AS w (clip_id, views, counts, settlement_id)`,
      values: [clipIds, views, views.map((count) => `{"plays":${count}}`), runId, endedAt, settlementIds],
    },
    {
      text: `UPDATE clips c SET views = w.views, earnings = c.earnings + w.credit, last_read_at = $4, version = c.version + 1
        FROM unnest($1::uuid[], $2::bigint[], $3::numeric[]) AS w (id, views, credit) WHERE c.id = w.id`,
      values: [clipIds, views, credits, endedAt],
    },
    {
      text: `UPDATE campaigns c SET spent = c.spent + w.credit, version = c.version + 1, updated_at = $3
        FROM unnest($1::uuid[], $2::numeric[]) AS w (id, credit) WHERE c.id = w.id`,
      values: [[...campaigns.keys()], [...campaigns.values()].map((group) => decimal(sum(group))), endedAt],
    },
    {
      text: `UPDATE clip_schedules s SET next_due_at = w.due, lease_until = NULL, run_id = NULL, velocity = w.velocity, last_outcome = 'found'
        FROM unnest($1::uuid[], $2::timestamptz[], $3::double precision[]) AS w (clip_id, due, velocity) WHERE s.clip_id = w.clip_id`,
      values: [
        clipIds,
        clipIds.map((_, i) => new Date(endedAt.getTime() + 3_600_000 + i * 1_000)),
        clipIds.map((_, i) => 100 + i),
      ],
    },
    {
      text: `INSERT INTO ledger_entries (cause_kind, cause_id, movement, from_account, to_account, amount, clip_id, settlement_id, event_at)
        SELECT 'snapshot', cause_id, 'accrue', from_account, to_account, amount, clip_id, settlement_id, $7
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::numeric[], $5::uuid[], $6::uuid[]) AS w (cause_id, from_account, to_account, amount, clip_id, settlement_id)`,
      values: [
        clipIds.map((clipId) => accrualCause(clipId, runId)),
        reads.map((read) => read.budgetAccountId),
        reads.map((read) => read.pendingAccountId),
        credits,
        clipIds,
        settlementIds,
        endedAt,
      ],
    },
    {
      text: `UPDATE ledger_accounts a SET balance = a.balance + w.amount, version = a.version + 1
        FROM unnest($1::uuid[], $2::numeric[]) AS w (id, amount) WHERE a.id = w.id`,
      values: [[...accounts.keys()], [...accounts.values()].map(decimal)],
    },
    {
      text: `UPDATE scrape_runs SET status = 'SETTLED', ended_at = $2, read = claimed, unknown = 0, unavailable = 0, credited = $3, duration_ms = 1 WHERE id = $1`,
      values: [runId, endedAt, decimal(sum(reads))],
    },
    {
      text: `INSERT INTO events (topic, type, payload) SELECT topic, type, payload::json
        FROM unnest(string_to_array($1, '|'), string_to_array($2, '|'), string_to_array($3, '|')) AS e (topic, type, payload)`,
      values: [
        events.map(([topic]) => topic).join('|'),
        events.map(([, type]) => type).join('|'),
        events.map(([, , payload]) => JSON.stringify(payload)).join('|'),
      ],
    },
    { text: `SELECT pg_notify('clipmeter_events', '')`, values: [] },
  ];
}

/** Writes what was prepared, in one transaction. */
export async function writeFloor(pool: Pool, statements: readonly Statement[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    for (const { text, values } of statements) await client.query(prepared(text), values);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}
