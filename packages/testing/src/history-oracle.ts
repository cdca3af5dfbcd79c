import type { Pool } from '@clipmeter/db/connect';

/** The terms of a campaign as the test made it; the oracle believes the test and not the database. */
export interface OracleTerms {
  readonly rate: bigint;
  readonly cap: bigint | null;
  readonly minViews: bigint;
}

export interface OracleFacts {
  readonly terms: ReadonlyMap<string, OracleTerms>;
  readonly clips: readonly { clipId: string; userId: string; campaignId: string }[];
  /** Whether the test ever gave this count for a clip, in this run or, for a baseline (null), in any. */
  wasGiven(clipId: string, views: bigint, runId: string | null): boolean;
}

/** A balance of every account, spent and lifetime earnings, in micros, by a name. */
export type Balances = Map<string, bigint>;

interface OracleClip {
  readonly clipId: string;
  readonly userId: string;
  readonly approvedAfter: bigint;
  readonly initialViews: bigint;
  views: bigint;
  credited: bigint;
}

/** "12.34" dollars in micros, by nobody's code but this. */
const microsOf = (numeric: string): bigint => {
  const [whole = '0', part = ''] = numeric.replace('-', '').split('.');
  const size = BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0'));
  return numeric.startsWith('-') ? -size : size;
};

/**
 * What every balance must be, worked out with plain bigints from what the test did. Of the database it asks only what the
 * test cannot know, the order: which settlement came when, on which clips' reads it decided, and after which of them a
 * funding, a change of status or an approval fell.
 */
async function expectedBalances(pool: Pool, facts: OracleFacts): Promise<Balances> {
  const balances: Balances = new Map();
  const add = (name: string, amount: bigint) => balances.set(name, (balances.get(name) ?? 0n) + amount);
  for (const [campaignId, terms] of facts.terms) {
    const campaign = await orderOf(pool, campaignId);
    const clips: OracleClip[] = facts.clips
      .filter((clip) => clip.campaignId === campaignId)
      .flatMap(({ clipId, userId }) => {
        add(`earnings ${clipId}`, 0n);
        add(`pending ${campaignId} ${userId}`, 0n);
        add(`available ${userId}`, 0n);
        const approval = campaign.approvals.get(clipId);
        if (!approval) return [];
        const { after, initialViews } = approval;
        if (!facts.wasGiven(clipId, initialViews, null))
          throw new Error(`Nobody ever gave the baseline ${initialViews} of clip ${clipId}`);
        return [{ clipId, userId, approvedAfter: after, initialViews, views: initialViews, credited: 0n }];
      });
    let spent = 0n;
    for (const settlement of campaign.settlements) {
      const reads = campaign.reads.get(settlement.id) ?? new Map<string, { runId: string; views: bigint }>();
      for (const [clipId, read] of reads) {
        if (!facts.wasGiven(clipId, read.views, read.runId))
          throw new Error(`Nobody ever gave ${read.views} views for clip ${clipId} in run ${read.runId}`);
      }
      const isClosing = settlement.kind === 'CLOSING';
      const taking = clips.filter(
        (clip) => clip.approvedAfter < settlement.number && (isClosing || reads.has(clip.clipId)),
      );
      for (const clip of taking) clip.views = reads.get(clip.clipId)?.views ?? clip.views;
      const funded = sum(campaign.fundings.filter((f) => f.after < settlement.number).map((f) => f.amount));
      const pays = isClosing || statusAt(campaign.changes, settlement.number) === 'ACTIVE';
      const owed = taking.map((clip) => ({ clip, amount: pays ? positive(earned(terms, clip) - clip.credited) : 0n }));
      for (const { clip, amount } of share(funded - spent, owed)) {
        clip.credited += amount;
        spent += amount;
        add(`earnings ${clip.clipId}`, amount);
        add(campaign.isReleased ? `available ${clip.userId}` : `pending ${campaignId} ${clip.userId}`, amount);
      }
    }
    const funded = sum(campaign.fundings.map((f) => f.amount));
    add(`spent ${campaignId}`, spent);
    add(`budget ${campaignId}`, campaign.isFinal ? 0n : funded - spent);
    add('outside', campaign.isFinal ? -spent : -funded);
  }
  return balances;
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
const positive = (amount: bigint) => (amount > 0n ? amount : 0n);

/** What the clip has earned in all at its present views. */
function earned(terms: OracleTerms, clip: { views: bigint; initialViews: bigint }): bigint {
  const growth = positive(clip.views - clip.initialViews);
  const full = growth < terms.minViews ? 0n : (growth * terms.rate) / 1_000n;
  return terms.cap !== null && full > terms.cap ? terms.cap : full;
}

/** What is left goes by what is owed: whole micros first, then one micro each to those that lost most by rounding. */
function share<Clip extends { clipId: string }>(left: bigint, owed: readonly { clip: Clip; amount: bigint }[]) {
  const total = sum(owed.map(({ amount }) => amount));
  if (total <= left) return owed;
  const parts = owed.map(({ clip, amount }) => ({
    clip,
    amount: (left * amount) / total,
    lost: (left * amount) % total,
  }));
  parts.sort((a, b) => (a.lost === b.lost ? (a.clip.clipId < b.clip.clipId ? -1 : 1) : a.lost > b.lost ? -1 : 1));
  let over = left - sum(parts.map(({ amount }) => amount));
  for (const part of parts) {
    if (over === 0n) break;
    part.amount += 1n;
    over -= 1n;
  }
  return parts;
}

function statusAt(changes: readonly { from: string | null; to: string; after: bigint }[], number: bigint): string {
  const counts = new Map<string, number>();
  for (const change of changes.filter(({ after }) => after < number)) {
    counts.set(change.to, (counts.get(change.to) ?? 0) + 1);
    if (change.from !== null) counts.set(change.from, (counts.get(change.from) ?? 0) - 1);
  }
  return [...counts].find(([, count]) => count === 1)?.[0] ?? 'none';
}

async function orderOf(pool: Pool, campaignId: string) {
  const query = async (sql: string) => (await pool.query<Record<string, string>>(sql, [campaignId])).rows;
  const campaign = await query(
    `SELECT (completed_at IS NOT NULL)::text AS final, (released_at IS NOT NULL)::text AS released FROM campaigns WHERE id = $1`,
  );
  const settlements = await query('SELECT id, number, kind FROM settlements WHERE campaign_id = $1 ORDER BY number');
  const fundings = await query('SELECT amount, settlement_number FROM campaign_fundings WHERE campaign_id = $1');
  const changes = await query(
    `SELECT COALESCE(from_status, '') AS from_status, to_status, settlement_number FROM campaign_status_changes WHERE campaign_id = $1`,
  );
  const approvals = await query(
    `SELECT s.clip_id, t.settlement_number, t.initial_views FROM clip_submissions s JOIN submission_terms t ON t.submission_id = s.id
     WHERE s.campaign_id = $1`,
  );
  const snapshots = await query(
    `SELECT v.settlement_id, v.clip_id, v.run_id, v.views FROM view_tracking v JOIN settlements s ON s.id = v.settlement_id
     WHERE s.campaign_id = $1`,
  );
  const reads = new Map<string, Map<string, { runId: string; views: bigint }>>();
  for (const row of snapshots) {
    const bySettlement = reads.get(row['settlement_id'] ?? '') ?? new Map<string, { runId: string; views: bigint }>();
    bySettlement.set(row['clip_id'] ?? '', { runId: row['run_id'] ?? '', views: BigInt(row['views'] ?? '') });
    reads.set(row['settlement_id'] ?? '', bySettlement);
  }
  return {
    isFinal: campaign[0]?.['final'] === 'true',
    isReleased: campaign[0]?.['released'] === 'true',
    settlements: settlements.map((row) => ({
      id: row['id'] ?? '',
      kind: row['kind'],
      number: BigInt(row['number'] ?? ''),
    })),
    fundings: fundings.map((row) => ({
      amount: microsOf(row['amount'] ?? ''),
      after: BigInt(row['settlement_number'] ?? ''),
    })),
    changes: changes.map((row) => ({
      from: row['from_status'] || null,
      to: row['to_status'] ?? '',
      after: BigInt(row['settlement_number'] ?? ''),
    })),
    approvals: new Map(
      approvals.map((row) => [
        row['clip_id'] ?? '',
        { after: BigInt(row['settlement_number'] ?? ''), initialViews: BigInt(row['initial_views'] ?? '') },
      ]),
    ),
    reads,
  };
}

/** What every balance is. */
async function actualBalances(pool: Pool): Promise<Balances> {
  const { rows } = await pool.query<{ name: string; amount: string }>(
    `SELECT concat_ws(' ', kind, campaign_id, user_id) AS name, balance AS amount FROM ledger_accounts
     UNION ALL SELECT 'spent ' || id, spent FROM campaigns
     UNION ALL SELECT 'earnings ' || id, earnings FROM clips`,
  );
  return new Map(rows.map((row) => [row.name, microsOf(row.amount)]));
}

/** The balances that are not what plain arithmetic says, a sentence each. */
export async function balanceDifferences(pool: Pool, facts: OracleFacts): Promise<string[]> {
  const [actual, expected] = [await actualBalances(pool), await expectedBalances(pool, facts)];
  const names = [...new Set([...actual.keys(), ...expected.keys()])].sort();
  return names.flatMap((name) =>
    actual.get(name) === expected.get(name)
      ? []
      : [`${name}: should be ${expected.get(name) ?? 'absent'} micros, is ${actual.get(name) ?? 'absent'}`],
  );
}

/**
 * Clips of running campaigns that are not paid for their last views, a sentence each. Views only grew, so a campaign that
 * still runs owes nothing for the last read, in whatever order the others came.
 */
export async function unpaidClips(
  pool: Pool,
  terms: ReadonlyMap<string, OracleTerms>,
  lastViews: (clipId: string) => bigint,
): Promise<string[]> {
  const { rows } = await pool.query<{ clip_id: string; campaign_id: string; initial: string; earnings: string }>(
    `SELECT s.clip_id, s.campaign_id, s.initial_views AS initial, l.earnings FROM clip_submissions s
     JOIN clips l ON l.id = s.clip_id JOIN campaigns c ON c.id = s.campaign_id
     WHERE c.status = 'ACTIVE' AND s.status = 'APPROVED' ORDER BY s.clip_id`,
  );
  return rows.flatMap((row) => {
    const agreed = terms.get(row.campaign_id);
    if (!agreed) throw new Error(`Nobody made the campaign ${row.campaign_id}`);
    const full = earned(agreed, { views: lastViews(row.clip_id), initialViews: BigInt(row.initial) });
    const is = microsOf(row.earnings);
    return full === is ? [] : [`clip ${row.clip_id}: has earned ${full} micros by its last read, was credited ${is}`];
  });
}
