import type { BenchDatabase } from '../harness/bench-postgres.ts';

/** The clips of one clipper, all in one campaign. */
export const CLIPS_PER_CLIPPER = 5;

/** Both kinds of crowd stand in one database: half of the clippers share 10 campaigns, the other half 1,000. */
export const FEW_CAMPAIGNS = 10;
export const MANY_CAMPAIGNS = 1_000;

/** What rows the ids below stand for, by the digit that tells them apart. */
const ID_KINDS = {
  user: 1,
  campaign: 2,
  clip: 3,
  submission: 4,
  budget: 5,
  pending: 6,
  run: 7,
  settlement: 8,
  cause: 9,
};

type IdKind = keyof typeof ID_KINDS;

/** The id of the nth row of a kind, the same here and in SQL: in the order in which rows were made, as uuid v7 are. */
export const fixtureId = (kind: IdKind, n: number) => `${idHead(kind)}${n.toString(16).padStart(12, '0')}`;

const idHead = (kind: IdKind) => `019ab000-000${ID_KINDS[kind]}-7000-8000-`;
export const sqlId = (kind: IdKind, n: string) => `('${idHead(kind)}' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/** The campaign of a clipper: the first half in the few, the second in the many. */
export function campaignOf(clipper: number, clippers: number): number {
  return clipper < clippers / 2 ? clipper % FEW_CAMPAIGNS : FEW_CAMPAIGNS + (clipper % MANY_CAMPAIGNS);
}

/** How many views every clip had when it was approved. */
export const INITIAL_VIEWS = 1_000;

/**
 * Fills a database with `clips` approved clips in active campaigns, all due, each with its schedule, submission, account
 * and one snapshot and ledger entry of before; then gathers the planner's statistics and writes what is dirty.
 */
export async function loadClips(database: BenchDatabase, clips: number): Promise<void> {
  const clippers = clips / CLIPS_PER_CLIPPER;
  const campaigns = FEW_CAMPAIGNS + MANY_CAMPAIGNS;
  const campaign = (clipper: string) =>
    `CASE WHEN ${clipper} < ${clippers / 2} THEN ${clipper} % ${FEW_CAMPAIGNS} ELSE ${FEW_CAMPAIGNS} + ${clipper} % ${MANY_CAMPAIGNS} END`;
  await database.load(`
    INSERT INTO users (id, name, email, created_at)
      SELECT ${sqlId('user', 'n')}, 'Clipper ' || n, n || '@example.com', now() FROM generate_series(0, ${clippers - 1}) n;
    INSERT INTO campaigns (id, title, brand, budget, payout_rate, platforms, status, created_by)
      SELECT ${sqlId('campaign', 'n')}, 'Campaign ' || n, 'Brand', 1000000000, 2, '{TIKTOK}', 'ACTIVE', ${sqlId('user', '0')} FROM generate_series(0, ${campaigns - 1}) n;
    INSERT INTO clips (id, platform, external_id, url, title, author_handle, availability, views, metric, last_read_at)
      SELECT ${sqlId('clip', 'n')}, 'TIKTOK', (7000000000000000000 + n)::text, 'https://www.tiktok.com/@clipper/video/' || (7000000000000000000 + n),
        'Clip ' || n, 'clipper', 'LIVE', ${INITIAL_VIEWS}, 'plays', now() - interval '1 day' FROM generate_series(0, ${clips - 1}) n;
    INSERT INTO clip_submissions (id, campaign_id, clip_id, user_id, status, approved_at, metric, initial_views, payout_rate, min_views)
      SELECT ${sqlId('submission', 'n')}, ${sqlId('campaign', campaign(`(n / ${CLIPS_PER_CLIPPER})`))}, ${sqlId('clip', 'n')},
        ${sqlId('user', `(n / ${CLIPS_PER_CLIPPER})`)}, 'APPROVED', now() - interval '1 day', 'plays', ${INITIAL_VIEWS}, 2, 0 FROM generate_series(0, ${clips - 1}) n;
    INSERT INTO clip_schedules (clip_id, platform, next_due_at, velocity)
      SELECT ${sqlId('clip', 'n')}, 'TIKTOK', now() - random() * interval '12 hours', 100 FROM generate_series(0, ${clips - 1}) n;
    INSERT INTO ledger_accounts (id, kind, campaign_id, balance)
      SELECT ${sqlId('budget', 'n')}, 'budget', ${sqlId('campaign', 'n')}, 1000000000 FROM generate_series(0, ${campaigns - 1}) n;
    INSERT INTO ledger_accounts (id, kind, campaign_id, user_id)
      SELECT ${sqlId('pending', 'n')}, 'pending', ${sqlId('campaign', campaign('n'))}, ${sqlId('user', 'n')} FROM generate_series(0, ${clippers - 1}) n;
    INSERT INTO view_tracking (clip_id, run_id, date, platform, metric, views, counts)
      SELECT ${sqlId('clip', 'n')}, ${sqlId('run', '0')}, now() - interval '1 day', 'TIKTOK', 'plays', ${INITIAL_VIEWS}, '{"plays":${INITIAL_VIEWS}}' FROM generate_series(0, ${clips - 1}) n;
    INSERT INTO ledger_entries (cause_kind, cause_id, movement, from_account, to_account, amount, clip_id, settlement_id, event_at)
      SELECT 'snapshot', gen_random_uuid(), 'accrue', ${sqlId('budget', campaign(`(n / ${CLIPS_PER_CLIPPER})`))}, ${sqlId('pending', `(n / ${CLIPS_PER_CLIPPER})`)},
        1, ${sqlId('clip', 'n')}, ${sqlId('settlement', '0')}, now() - interval '1 day' FROM generate_series(0, ${clips - 1}) n;
    VACUUM ANALYZE;
    CHECKPOINT`);
}
