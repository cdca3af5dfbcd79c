import type { FrozenTerms } from '@clipmeter/core/earnings';
import type { CampaignId, ClipId } from '@clipmeter/core/id';
import { addMicros, formatDecimal, type Micros, subtractMicros, sumMicros, ZERO_MICROS } from '@clipmeter/core/money';
import type { Counts, Metric } from '@clipmeter/core/platform';
import { settleCampaign } from '@clipmeter/core/settlement';
import { readRoundParts } from '#src/audit-round-parts.ts';
import type { Queryable } from '#src/connect.ts';
import { microsFromNumeric } from '#src/micros-column.ts';
import type { SubmissionPlace } from '#src/submission-place.ts';

/** A difference between what the replay computes and what is stored. */
export interface Difference {
  readonly kind: string;
  readonly subject: string;
  readonly expected: string;
  readonly actual: string;
}

/** A submission as the replay carries it from settlement to settlement. */
interface Replayed {
  readonly submissionId: string;
  readonly userId: string;
  readonly clipId: ClipId;
  readonly approvedAfter: bigint;
  /** The last settlement before it was revoked; null while it runs. */
  readonly endedAfter: bigint | null;
  /** From which settlement on it was on hold, and from which on no more. */
  holds: readonly { isHeld: boolean; after: bigint }[];
  terms: readonly { terms: FrozenTerms; after: bigint }[];
  creditedMicros: Micros;
  views: bigint;
}

interface Settlement {
  readonly id: string;
  readonly number: bigint;
  readonly kind: 'BATCH' | 'CLOSING';
  readonly status: 'ACTIVE' | 'PAUSED';
  readonly leftBefore: string;
  readonly owed: string;
  readonly credited: string;
  readonly roundId: string | null;
  /** The last submission that it settled, where a round was settled in parts. */
  readonly through: SubmissionPlace | null;
}

interface Snapshot {
  readonly clipId: string;
  readonly metric: Metric;
  readonly views: bigint;
  readonly flag: string | null;
}

/** What was recorded as doubtful was not believed, whatever the bound is today; the rest was. */
const BELIEVE_ALL = { jumpFactor: 10n ** 18n, jumpFloorViews: 10n ** 18n };

/**
 * Replays every settlement of a campaign from its fundings, frozen terms and snapshots through the same pure decision, and
 * compares what it owes, credits and leaves with what is stored, to the micro.
 *
 * @returns how many clip decisions were replayed, and every difference
 */
export async function replayCampaign(
  client: Queryable,
  campaignId: CampaignId,
): Promise<{ replayed: number; differences: Difference[] }> {
  const differences: Difference[] = [];
  const compare = (kind: string, subject: string, expected: string, actual: string) => {
    if (expected !== actual) differences.push({ kind, subject, expected, actual });
  };
  const settlements = await readSettlements(client, campaignId);
  const fundings = await readFundings(client, campaignId);
  const submissions = await readSubmissions(client, campaignId, await readHolds(client, campaignId));
  const byClip = Map.groupBy(submissions, (submission): string => submission.clipId);
  const snapshots = await readSnapshots(client, campaignId);
  const credits = await readCredits(client, campaignId);
  const parts = await readRoundParts(client, campaignId);
  const reversals = await readReversals(client, campaignId);
  let spentMicros = ZERO_MICROS;
  let replayed = 0;
  for (const settlement of settlements) {
    const budgetMicros = sumMicros(fundings.filter((f) => f.after < settlement.number).map((f) => f.amountMicros));
    const seen = snapshots.get(settlement.id) ?? new Map<string, Snapshot>();
    // A batch decides on the clips that it read, a closing round on all, or a part of it on the next of them.
    const candidates =
      settlement.kind === 'CLOSING'
        ? parts.ofPart(settlement, submissions)
        : [...seen.keys()].flatMap((id) => byClip.get(id) ?? []);
    const clips = candidates.filter(
      (s) =>
        s.approvedAfter < settlement.number &&
        (s.endedAfter === null || settlement.number <= s.endedAfter) &&
        !isHeldAt(s, settlement.number),
    );
    const decision = settleCampaign(
      {
        campaign: {
          id: campaignId,
          status: settlement.kind === 'CLOSING' ? 'ACTIVE' : settlement.status,
          budgetMicros,
          spentMicros: subtractMicros(
            spentMicros,
            sumMicros(reversals.filter((r) => r.after < settlement.number).map((r) => r.amountMicros)),
          ),
        },
        clips: clips.map((clip) => ({
          clipId: clip.clipId,
          terms: termsAt(clip, settlement.number),
          creditedMicros: clip.creditedMicros,
          observation: { counts: believed(clip, seen.get(clip.clipId), settlement) },
          previousViews: clip.views,
          doubtfulViews: null,
        })),
      },
      BELIEVE_ALL,
      parts.ruleOf(settlement),
    );
    const subject = `settlement ${settlement.id} (number ${settlement.number} of campaign ${campaignId})`;
    compare('settlement: left before', subject, formatDecimal(decision.leftBeforeMicros), settlement.leftBefore);
    compare('settlement: owed', subject, formatDecimal(decision.owedMicros), settlement.owed);
    compare('settlement: credited', subject, formatDecimal(decision.creditedMicros), settlement.credited);
    const stored = credits.get(settlement.id) ?? new Map<string, string>();
    for (const [clipId, amount] of stored)
      if (!clips.some((clip) => clip.clipId === clipId))
        compare('credit of a clip', `clip ${clipId} in ${subject}`, '0.000000', amount);
    for (const [index, clip] of clips.entries()) {
      const decided = decision.clips[index];
      if (decided?.clipId !== clip.clipId) throw new Error(`The replay lost clip ${clip.clipId} in ${subject}`);
      replayed += 1;
      compare(
        'credit of a clip',
        `clip ${decided.clipId} in ${subject}`,
        formatDecimal(decided.creditMicros),
        stored.get(decided.clipId) ?? '0.000000',
      );
      clip.creditedMicros = addMicros(clip.creditedMicros, decided.creditMicros);
      clip.views = decided.views ?? clip.views;
    }
    spentMicros = addMicros(spentMicros, decision.creditedMicros);
    parts.add(settlement, decision);
  }
  for (const round of parts.differences()) compare('closing round in parts = as one', ...round);
  await compareClips(client, campaignId, submissions, compare);
  return { replayed, differences };
}

/** The count that was believed: nothing where the read was flagged or brought another metric, and then the last views in a closing round. */
function believed(clip: Replayed, snapshot: Snapshot | undefined, settlement: Settlement): Counts {
  const { metric } = termsAt(clip, settlement.number);
  if (snapshot && snapshot.flag === null && snapshot.metric === metric) return { [metric]: snapshot.views };
  return settlement.kind === 'CLOSING' ? { [metric]: clip.views } : {};
}

function termsAt(clip: Replayed, settlementNumber: bigint): FrozenTerms {
  const inForce = clip.terms.filter((row) => row.after < settlementNumber).at(-1);
  if (!inForce) throw new Error(`Submission ${clip.submissionId} has no terms for settlement ${settlementNumber}`);
  return inForce.terms;
}

/** Whether it was on hold then: such a clip has no part in a settlement. */
const isHeldAt = (clip: Replayed, settlementNumber: bigint): boolean =>
  clip.holds.filter((change) => change.after < settlementNumber).at(-1)?.isHeld ?? false;

type Compare = (kind: string, subject: string, expected: string, actual: string) => void;

/** Ends of the replay: what each submission was credited and, while it is the clip's live one, the clip's views. */
async function compareClips(
  client: Queryable,
  campaignId: string,
  submissions: readonly Replayed[],
  compare: Compare,
): Promise<void> {
  const { rows } = await client.query<{
    id: string;
    status: string;
    views: string;
    credited: string;
    final_earnings: string | null;
  }>(
    `SELECT s.id, s.status, c.views, c.earnings - s.earnings_base AS credited, s.final_earnings
     FROM clip_submissions s JOIN clips c ON c.id = s.clip_id
     WHERE s.campaign_id = $1 AND s.status IN ('APPROVED', 'REVOKED')`,
    [campaignId],
  );
  const stored = new Map(rows.map((row) => [row.id, row]));
  for (const submission of submissions) {
    const row = stored.get(submission.submissionId);
    if (!row) continue;
    const subject = `submission ${submission.submissionId}`;
    if (row.final_earnings !== null)
      compare('final earnings', subject, formatDecimal(submission.creditedMicros), row.final_earnings);
    if (row.status !== 'APPROVED') continue;
    compare('credited so far', subject, formatDecimal(submission.creditedMicros), row.credited);
    compare('views', subject, submission.views.toString(), row.views);
  }
}

async function readSettlements(client: Queryable, campaignId: string): Promise<Settlement[]> {
  const { rows } = await client.query<{
    id: string;
    number: string;
    kind: 'BATCH' | 'CLOSING';
    status: 'ACTIVE' | 'PAUSED';
    left_before: string;
    owed: string;
    credited: string;
    round_id: string | null;
    user_id: string | null;
    submission_id: string | null;
  }>(
    `SELECT id, number, kind, status, left_before, owed, credited, round_id, through_user_id AS user_id,
       through_submission_id AS submission_id FROM settlements WHERE campaign_id = $1 ORDER BY number`,
    [campaignId],
  );
  return rows.map((row) => ({
    ...row,
    number: BigInt(row.number),
    leftBefore: row.left_before,
    roundId: row.round_id,
    through: row.user_id && row.submission_id ? { userId: row.user_id, submissionId: row.submission_id } : null,
  }));
}

async function readFundings(client: Queryable, campaignId: string) {
  const { rows } = await client.query<{ amount: string; settlement_number: string }>(
    `SELECT CASE kind WHEN 'REDUCTION' THEN -amount ELSE amount END AS amount, settlement_number FROM campaign_fundings
     WHERE campaign_id = $1`,
    [campaignId],
  );
  return rows.map((row) => ({ amountMicros: microsFromNumeric(row.amount), after: BigInt(row.settlement_number) }));
}

/** What came back into the budget from clips whose approval was revoked. */
async function readReversals(client: Queryable, campaignId: string) {
  const { rows } = await client.query<{ amount: string; settlement_number: string }>(
    `SELECT r.amount, r.settlement_number FROM earnings_reversals r JOIN clip_submissions s ON s.id = r.submission_id
     WHERE s.campaign_id = $1 AND r.from_kind = 'pending'`,
    [campaignId],
  );
  return rows.map((row) => ({ amountMicros: microsFromNumeric(row.amount), after: BigInt(row.settlement_number) }));
}

type Holds = ReadonlyMap<string, Replayed['holds']>;

async function readHolds(client: Queryable, campaignId: string): Promise<Holds> {
  const { rows } = await client.query<{ submission_id: string; held: boolean; settlement_number: string }>(
    `SELECT h.submission_id, h.held, h.settlement_number FROM submission_hold_changes h
     JOIN clip_submissions s ON s.id = h.submission_id WHERE s.campaign_id = $1 ORDER BY h.submission_id, h.number`,
    [campaignId],
  );
  const bySubmission = Map.groupBy(rows, (row) => row.submission_id);
  return new Map(
    [...bySubmission].map(([id, changes]) => [
      id,
      changes.map((row) => ({ isHeld: row.held, after: BigInt(row.settlement_number) })),
    ]),
  );
}

async function readSubmissions(client: Queryable, campaignId: string, holds: Holds): Promise<Replayed[]> {
  const { rows } = await client.query<{
    submission_id: string;
    user_id: string;
    clip_id: ClipId;
    ended_after: string | null;
    metric: Metric;
    initial_views: string;
    payout_rate: string;
    cap: string | null;
    min_views: string;
    carried: string;
    settlement_number: string;
  }>(
    `SELECT s.id AS submission_id, s.user_id, s.clip_id, t.metric, t.initial_views, t.payout_rate, t.cap, t.min_views, t.carried, t.settlement_number,
       (SELECT x.settlement_number FROM submission_status_changes x WHERE x.submission_id = s.id AND x.to_status = 'REVOKED' LIMIT 1) AS ended_after
     FROM clip_submissions s JOIN submission_terms t ON t.submission_id = s.id
     WHERE s.campaign_id = $1 ORDER BY s.id, t.number`,
    [campaignId],
  );
  return [...Map.groupBy(rows, (row) => row.submission_id).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return {
      submissionId: first.submission_id,
      userId: first.user_id,
      clipId: first.clip_id,
      approvedAfter: BigInt(first.settlement_number),
      endedAfter: first.ended_after === null ? null : BigInt(first.ended_after),
      holds: holds.get(first.submission_id) ?? [],
      terms: group.map((row) => ({
        after: BigInt(row.settlement_number),
        terms: {
          metric: row.metric,
          initialViews: BigInt(row.initial_views),
          ratePer1000Micros: microsFromNumeric(row.payout_rate),
          capMicros: row.cap === null ? null : microsFromNumeric(row.cap),
          minViews: BigInt(row.min_views),
          carriedMicros: microsFromNumeric(row.carried),
        },
      })),
      creditedMicros: ZERO_MICROS,
      views: BigInt(first.initial_views),
    };
  });
}

/** Snapshots by settlement and clip. */
async function readSnapshots(client: Queryable, campaignId: string): Promise<Map<string, Map<string, Snapshot>>> {
  const { rows } = await client.query<{
    settlement_id: string;
    clip_id: string;
    metric: Metric;
    views: string;
    flag: string | null;
  }>(
    `SELECT v.settlement_id, v.clip_id, v.metric, v.views, v.flag FROM view_tracking v
     WHERE v.clip_id IN (SELECT clip_id FROM clip_submissions WHERE campaign_id = $1)
       AND v.settlement_id IN (SELECT id FROM settlements WHERE campaign_id = $1)`,
    [campaignId],
  );
  const bySettlement = new Map<string, Map<string, Snapshot>>();
  for (const row of rows) {
    const clips = bySettlement.get(row.settlement_id) ?? new Map<string, Snapshot>();
    clips.set(row.clip_id, { clipId: row.clip_id, metric: row.metric, views: BigInt(row.views), flag: row.flag });
    bySettlement.set(row.settlement_id, clips);
  }
  return bySettlement;
}

/** What the ledger credited, by settlement and clip. */
async function readCredits(client: Queryable, campaignId: string): Promise<Map<string, Map<string, string>>> {
  const { rows } = await client.query<{ settlement_id: string; clip_id: string; amount: string }>(
    `SELECT e.settlement_id, e.clip_id, sum(e.amount) AS amount FROM ledger_entries e
     JOIN ledger_accounts a ON a.id = e.from_account AND a.kind = 'budget' AND a.campaign_id = $1
     WHERE e.movement = 'accrue' GROUP BY e.settlement_id, e.clip_id`,
    [campaignId],
  );
  const bySettlement = new Map<string, Map<string, string>>();
  for (const row of rows) {
    const clips = bySettlement.get(row.settlement_id) ?? new Map<string, string>();
    clips.set(row.clip_id, row.amount);
    bySettlement.set(row.settlement_id, clips);
  }
  return bySettlement;
}
