import type { Queryable } from '@clipmeter/db/connect';
import {
  type CampaignHistory,
  microsOf,
  readCampaignHistory,
  type SettlementRow,
  type SubmissionHistory,
} from '#src/history-rows.ts';

/** The terms of a campaign as the test made it; the oracle believes the test and not the database. */
export interface OracleTerms {
  readonly rate: bigint;
  readonly cap: bigint | null;
  readonly minViews: bigint;
}

/** What the test did. */
export interface OracleFacts {
  readonly terms: ReadonlyMap<string, OracleTerms>;
  /** Every amount that the test put into a campaign, in micros. */
  readonly fundings: ReadonlyMap<string, readonly bigint[]>;
  /** In the order in which they were made. */
  readonly submissions: readonly OracleSubmission[];
  /** Submissions that the test revoked. */
  readonly revoked: ReadonlySet<string>;
  /** Submissions of which the test took back all that they had earned, and out of which account. */
  readonly reversed: ReadonlyMap<string, 'pending' | 'available'>;
  /** Whether the test ever gave this count for a clip, in this run or, for a baseline (null), in any. */
  wasGiven(clipId: string, views: bigint, runId: string | null): boolean;
}

export interface OracleSubmission {
  readonly submissionId: string;
  readonly clipId: string;
  readonly userId: string;
  readonly campaignId: string;
}

/** Every amount that the product keeps of money, in micros, by a name. */
export type Amounts = Map<string, bigint>;

interface Earning extends OracleSubmission, SubmissionHistory {
  views: bigint;
  credited: bigint;
}

/**
 * What every amount must be, worked out with plain bigints from what the test did. Of the database it asks only what the
 * test cannot know, the order: which settlement came when, on which clips' reads it decided, and after which of them a
 * funding, a change of status, an approval or a revocation fell.
 */
async function expectedAmounts(client: Queryable, facts: OracleFacts): Promise<Amounts> {
  const amounts: Amounts = new Map();
  const add = (name: string, amount: bigint) => amounts.set(name, (amounts.get(name) ?? 0n) + amount);
  const credited = new Map<string, bigint>();
  add('outside', 0n);
  for (const [campaignId, terms] of facts.terms) {
    const history = await readCampaignHistory(client, campaignId);
    const told = [...(facts.fundings.get(campaignId) ?? [])].sort(ascending);
    const recorded = history.fundings.map(({ amount }) => amount).sort(ascending);
    if (told.join() !== recorded.join())
      throw new Error(`Campaign ${campaignId} was given ${told.join(', ')} micros and records ${recorded.join(', ')}`);
    const submissions = facts.submissions.filter((each) => each.campaignId === campaignId);
    const earning = submissions.flatMap((submission): Earning[] => {
      const approval = history.submissions.get(submission.submissionId);
      if (facts.revoked.has(submission.submissionId) !== (approval?.endedAfter != null))
        throw new Error(
          `Submission ${submission.submissionId} was revoked by the test or in the database, not in both`,
        );
      if (!approval) return [];
      if (!facts.wasGiven(submission.clipId, approval.initialViews, null))
        throw new Error(`Nobody ever gave the baseline ${approval.initialViews} of clip ${submission.clipId}`);
      return [{ ...submission, ...approval, views: approval.initialViews, credited: 0n }];
    });
    const back = earning.flatMap((each) => {
      const [from, after] = [facts.reversed.get(each.submissionId), history.reversals.get(each.submissionId)];
      if ((from === undefined) !== (after === undefined))
        throw new Error(`Submission ${each.submissionId} was reversed by the test or in the database, not in both`);
      return from === undefined || after === undefined ? [] : [{ each, from, after }];
    });
    /** A revoked submission earns no more: what it had is what it has. */
    const intoBudget = (number: bigint | null) =>
      sum(
        back
          .filter(({ from, after }) => from === 'pending' && (number === null || after < number))
          .map(({ each }) => each.credited),
      );
    let spent = 0n;
    for (const settlement of inOrder(history)) {
      for (const [clipId, read] of settlement.reads) {
        if (!facts.wasGiven(clipId, read.views, read.runId))
          throw new Error(`Nobody ever gave ${read.views} views for clip ${clipId} in run ${read.runId}`);
      }
      const { number, isClosing, parts } = settlement;
      const taking = earning.filter(
        (each) =>
          each.approvedAfter < number &&
          (each.endedAfter === null || number <= each.endedAfter) &&
          (isClosing || settlement.reads.has(each.clipId)),
      );
      for (const each of taking) each.views = settlement.reads.get(each.clipId)?.views ?? each.views;
      const given =
        sum(history.fundings.filter(({ after }) => after < number).map(({ amount }) => amount)) + intoBudget(number);
      const pays = isClosing || statusAt(history.changes, number) === 'ACTIVE';
      // What a pause does not pay stays owed.
      const owed = taking.map((each) => ({ each, amount: positive(earned(terms, each) - each.credited) }));
      const shares = pays ? share(given - spent, owed) : [];
      for (const { each, amount } of shares) each.credited += amount;
      let done = '';
      for (const part of parts) {
        const isMine = ({ each }: { each: Earning }) =>
          part.through === null || (done < placeOf(each) && placeOf(each) <= part.through);
        const paid = sum(shares.filter(isMine).map(({ amount }) => amount));
        add(`settlement ${campaignId} ${part.number} left`, given - spent);
        add(`settlement ${campaignId} ${part.number} owed`, sum(owed.filter(isMine).map(({ amount }) => amount)));
        add(`settlement ${campaignId} ${part.number} credited`, paid);
        spent += paid;
        done = part.through ?? done;
      }
    }
    for (const { clipId, userId } of submissions) {
      add(`earnings ${clipId}`, 0n);
      add(`entries ${clipId}`, 0n);
      add(`pending ${campaignId} ${userId}`, 0n);
      add(`available ${userId}`, 0n);
    }
    spent -= intoBudget(null);
    for (const { each, from } of back) {
      if (from === 'available') add('outside', each.credited);
    }
    for (const each of earning) {
      const kept = facts.reversed.has(each.submissionId) ? 0n : each.credited;
      credited.set(each.submissionId, each.credited);
      add(`earnings ${each.clipId}`, each.credited);
      add(`entries ${each.clipId}`, each.credited);
      add(history.isReleased ? `available ${each.userId}` : `pending ${campaignId} ${each.userId}`, kept);
      // A revoked clip's earnings are not final here: its submission had ended before its campaign did.
      if (history.isReleased && each.endedAfter === null) add(`final ${each.submissionId}`, each.credited);
      add(`rate ${each.submissionId}`, terms.rate);
      add(`min ${each.submissionId}`, terms.minViews);
      if (terms.cap !== null) add(`cap ${each.submissionId}`, terms.cap);
    }
    const funded = sum(told);
    add(`funded ${campaignId}`, funded);
    add(`spent ${campaignId}`, spent);
    add(`budget ${campaignId}`, history.isFinal ? 0n : funded - spent);
    add('outside', history.isFinal ? -spent : -funded);
  }
  // What a clip had earned before, under submissions that were over.
  const before = new Map<string, bigint>();
  for (const { submissionId, clipId } of facts.submissions) {
    const amount = credited.get(submissionId);
    if (amount === undefined) continue;
    add(`base ${submissionId}`, before.get(clipId) ?? 0n);
    before.set(clipId, (before.get(clipId) ?? 0n) + amount);
  }
  return amounts;
}

/** In which order the parts of a closing round take its clips; identifiers sort as their text does. */
const placeOf = ({ userId, submissionId }: OracleSubmission) => `${userId} ${submissionId}`;

/** A decision: a settlement, or all those that are the parts of one closing round. */
interface Decision {
  readonly number: bigint;
  readonly isClosing: boolean;
  readonly parts: readonly SettlementRow[];
  readonly reads: ReadonlyMap<string, { runId: string; views: bigint }>;
}

function inOrder({ settlements, reads }: CampaignHistory): Decision[] {
  const decisions = Map.groupBy(settlements, ({ id, roundId, through }) => (through === null ? id : (roundId ?? id)));
  return [...decisions.values()].flatMap((parts) => {
    const [first] = parts;
    if (!first) return [];
    const seen = parts.flatMap(({ id }) => [...(reads.get(id) ?? [])]);
    return { number: first.number, isClosing: first.kind === 'CLOSING', parts, reads: new Map(seen) };
  });
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
const positive = (amount: bigint) => (amount > 0n ? amount : 0n);
const ascending = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);

/** What the clip has earned in all at its present views. */
function earned(terms: OracleTerms, clip: { views: bigint; initialViews: bigint }): bigint {
  const growth = positive(clip.views - clip.initialViews);
  const full = growth < terms.minViews ? 0n : (growth * terms.rate) / 1_000n;
  return terms.cap !== null && full > terms.cap ? terms.cap : full;
}

/** What is left goes by what is owed: whole micros first, then one micro each to those that lost most by rounding. */
function share<Clip extends { clipId: string }>(left: bigint, owed: readonly { each: Clip; amount: bigint }[]) {
  const total = sum(owed.map(({ amount }) => amount));
  if (total <= left) return owed;
  const parts = owed.map(({ each, amount }) => ({
    each,
    amount: (left * amount) / total,
    lost: (left * amount) % total,
  }));
  parts.sort((a, b) => (a.lost === b.lost ? (a.each.clipId < b.each.clipId ? -1 : 1) : a.lost > b.lost ? -1 : 1));
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

/** Every amount that is stored. */
async function actualAmounts(client: Queryable): Promise<Amounts> {
  const { rows } = await client.query<{ name: string; amount: string }>(
    `SELECT concat_ws(' ', kind, campaign_id, user_id) AS name, balance::text AS amount FROM ledger_accounts
     UNION ALL SELECT 'funded ' || id, budget::text FROM campaigns
     UNION ALL SELECT 'spent ' || id, spent::text FROM campaigns
     UNION ALL SELECT 'earnings ' || id, earnings::text FROM clips
     UNION ALL SELECT 'entries ' || c.id, COALESCE(sum(e.amount), 0)::text FROM clips c
       LEFT JOIN ledger_entries e ON e.clip_id = c.id AND e.movement = 'accrue' GROUP BY c.id
     UNION ALL SELECT 'final ' || id, final_earnings::text FROM clip_submissions WHERE final_earnings IS NOT NULL
     UNION ALL SELECT 'base ' || id, earnings_base::text FROM clip_submissions WHERE approved_at IS NOT NULL
     UNION ALL SELECT 'rate ' || id, payout_rate::text FROM clip_submissions WHERE payout_rate IS NOT NULL
     UNION ALL SELECT 'cap ' || id, cap::text FROM clip_submissions WHERE cap IS NOT NULL
     UNION ALL SELECT 'min ' || id, (min_views * 0.000001)::text FROM clip_submissions WHERE min_views IS NOT NULL
     UNION ALL SELECT concat_ws(' ', 'settlement', campaign_id, number, 'left'), left_before::text FROM settlements
     UNION ALL SELECT concat_ws(' ', 'settlement', campaign_id, number, 'owed'), owed::text FROM settlements
     UNION ALL SELECT concat_ws(' ', 'settlement', campaign_id, number, 'credited'), credited::text FROM settlements`,
  );
  return new Map(rows.map((row) => [row.name, microsOf(row.amount)]));
}

/** The amounts that are not what plain arithmetic says, a sentence each. */
export async function amountDifferences(client: Queryable, facts: OracleFacts): Promise<string[]> {
  const [actual, expected] = [await actualAmounts(client), await expectedAmounts(client, facts)];
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
  client: Queryable,
  terms: ReadonlyMap<string, OracleTerms>,
  lastViews: (clipId: string) => bigint,
): Promise<string[]> {
  const { rows } = await client.query<{ clip_id: string; campaign_id: string; initial: string; earned: string }>(
    `SELECT s.clip_id, s.campaign_id, s.initial_views AS initial, l.earnings - s.earnings_base AS earned
     FROM clip_submissions s JOIN clips l ON l.id = s.clip_id JOIN campaigns c ON c.id = s.campaign_id
     WHERE c.status = 'ACTIVE' AND s.status = 'APPROVED' ORDER BY s.clip_id`,
  );
  return rows.flatMap((row) => {
    const agreed = terms.get(row.campaign_id);
    if (!agreed) throw new Error(`Nobody made the campaign ${row.campaign_id}`);
    const full = earned(agreed, { views: lastViews(row.clip_id), initialViews: BigInt(row.initial) });
    const is = microsOf(row.earned);
    return full === is ? [] : [`clip ${row.clip_id}: has earned ${full} micros by its last read, was credited ${is}`];
  });
}
