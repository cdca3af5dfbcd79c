import { micros } from '@clipmeter/core/money';
import { campaignSteps } from '@clipmeter/testing/campaign-steps';
import { createWorld, resultsOf, type WorldClip } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { formatAudit, runAudit } from '#src/audit.ts';
import { releaseCampaign } from '#src/release-campaign.ts';

/**
 * A history with everything in it that the audit rebuilds; then somebody with every right changes one thing at a time, and
 * takes care that what Postgres itself checks still holds.
 */
let database: TestDatabase;
let running: string;
let released: string;
let unreleased: string;
let draft: string;
let clip: WorldClip;

const TABLES = [
  'campaigns',
  'campaign_fundings',
  'campaign_status_changes',
  'clips',
  'clip_submissions',
  'submission_terms',
  'submission_status_changes',
  'settlements',
  'view_tracking',
  'ledger_accounts',
  'ledger_entries',
];

beforeAll(async () => {
  database = await createTestDatabase();
  const world = createWorld(database.pool);
  const steps = campaignSteps(world, await world.addUser('ADMIN'));
  running = await world.addCampaign({ budget: '1000', rate: '10' });
  clip = await world.addClip(running, 100n);
  const other = await world.addClip(running, 0n);
  await world.read([
    [clip, { plays: 2_100n }],
    [other, { plays: 1_000n }],
  ]);
  await steps.topUp(running, micros(50_000_000n));
  const inFlight = await world.record([clip, other]);
  await steps.setPaused(running, true);
  await world.settle(inFlight, resultsOf([[clip, { plays: 2_500n }]]), world.advance(1_000));
  await steps.setPaused(running, false);
  await world.read([[clip, { plays: 3_100n }]]);
  const finish = async (budget: string) => {
    const campaignId = await world.addCampaign({ budget, rate: '10' });
    const clips = [await world.addClip(campaignId, 0n), await world.addClip(campaignId, 0n)];
    await world.read(clips.map((each) => [each, { plays: 1_000n }] as const));
    const roundId = (await steps.beginClosing(campaignId, 'ADMIN')) ?? '';
    await world.read(clips.map((each, i) => [each, { plays: 2_000n + BigInt(i) }] as const));
    await steps.finishClosing(roundId);
    return campaignId;
  };
  released = await finish('500');
  unreleased = await finish('500');
  await steps.release(released);
  draft = await world.addCampaign({ budget: '100', rate: '10' });
  await steps.reduceDraft(draft, micros(40_000_000n));
  await database.ownerPool.query(
    TABLES.map((table) => `CREATE TABLE kept_${table} AS SELECT * FROM ${table}`).join('; '),
  );
});
afterAll(() => database.drop());

/** As the owner, with triggers and foreign keys off; checks and unique constraints stay. */
const asOwner = (sql: string) =>
  database.ownerPool.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`);

afterEach(async () => {
  await asOwner(
    TABLES.map(
      (table) => `DELETE FROM ${table}; INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM kept_${table}`,
    ).join('; '),
  );
});

const differing = async () =>
  (await runAudit(database.pool)).lines.filter((line) => line.differences > 0).map((line) => line.kind);

test('finds no difference in a history that nobody touched, also in the middle of a release', async () => {
  expect(await differing()).toEqual([]);
  const now = () => new Date('2026-11-23');
  for await (const { clips } of releaseCampaign(database.pool, { campaignId: unreleased, clipsMax: 1, now }))
    if (clips > 0) break;
  expect(await differing()).toEqual([]);
});

const account = (kind: string, campaign: string, user = 'NULL') =>
  `(SELECT id FROM ledger_accounts WHERE kind = '${kind}' AND campaign_id IS NOT DISTINCT FROM ${campaign} AND user_id IS NOT DISTINCT FROM ${user})`;
const someEntry = (movement: string) => `(SELECT min(id) FROM ledger_entries WHERE movement = '${movement}')`;

/** Moves an entry's money to another account of the same kind, balances and all. */
const redirect = (movement: string, kind: string) => `
  CREATE TEMP TABLE moved ON COMMIT DROP AS
    SELECT e.id, e.amount, e.to_account AS from_account, (SELECT a.id FROM ledger_accounts a JOIN ledger_accounts b ON b.id = e.to_account
      WHERE a.kind = '${kind}' AND a.id <> b.id AND a.campaign_id IS NOT DISTINCT FROM b.campaign_id ORDER BY a.id LIMIT 1) AS to_account
    FROM ledger_entries e WHERE e.id = ${someEntry(movement)};
  UPDATE ledger_entries e SET to_account = m.to_account FROM moved m WHERE e.id = m.id;
  UPDATE ledger_accounts a SET balance = a.balance - m.amount FROM moved m WHERE a.id = m.from_account;
  UPDATE ledger_accounts a SET balance = a.balance + m.amount FROM moved m WHERE a.id = m.to_account`;

/** Makes an entry's amount smaller by a micro, balances and all; the account that gets too little is given what it lacks. */
const shave = (movement: string) => `
  UPDATE ledger_accounts a SET balance = balance + 0.000001 FROM ledger_entries e WHERE e.id = ${someEntry(movement)} AND a.id = e.from_account;
  UPDATE ledger_accounts a SET balance = balance - 0.000001 FROM ledger_entries e WHERE e.id = ${someEntry(movement)} AND a.id = e.to_account;
  UPDATE ledger_entries SET amount = amount - 0.000001 WHERE id = ${someEntry(movement)}`;

const REPLAY = 'settlements replayed from snapshots';

const tampering: [name: string, kind: string, sql: () => string][] = [
  [
    'a balance',
    'account balance = its entries',
    () =>
      `UPDATE ledger_accounts SET balance = balance + 0.000001 WHERE id = ${account('available', 'NULL', `(SELECT user_id FROM clip_submissions WHERE campaign_id = '${released}' LIMIT 1)`)}`,
  ],
  [
    'an accrual, balances and all',
    'campaign spent = its accruals',
    () => `UPDATE ledger_accounts SET balance = balance + 1 WHERE kind = 'pending' AND balance = 0; ${shave('accrue')}`,
  ],
  ['whom an accrual went to', 'entry = its accounts and cause', () => redirect('accrue', 'pending')],
  ['whom a release went to', 'entry = its accounts and cause', () => redirect('release', 'available')],
  ['how much was released', 'released campaigns hold no pending', () => shave('release')],
  ['how much went back', 'completion refunds what was left', () => shave('refund')],
  ['how much came in', 'funding = its ledger entry', () => shave('fund')],
  [
    'whose clip it was',
    'entry = its accounts and cause',
    () =>
      `UPDATE clip_submissions SET user_id = (SELECT created_by FROM campaigns LIMIT 1) WHERE id = '${clip.submissionId}'`,
  ],
  [
    'how much a draft gave back',
    'campaign budget = its fundings',
    () => `UPDATE campaign_fundings SET amount = amount + 1 WHERE kind = 'REDUCTION'`,
  ],
  [
    'a reduction into a top-up',
    'funding = its ledger entry',
    () => `UPDATE campaign_fundings SET kind = 'TOP_UP' WHERE kind = 'REDUCTION'`,
  ],
  [
    'why a draft gave back',
    'entry = its accounts and cause',
    () =>
      `UPDATE ledger_entries SET cause_id = gen_random_uuid() WHERE cause_id = (SELECT id FROM campaign_fundings WHERE kind = 'REDUCTION')`,
  ],
  [
    'a budget',
    'campaign budget = its fundings',
    () => `UPDATE campaigns SET budget = budget + 1 WHERE id = '${running}'`,
  ],
  [
    'a top-up',
    'campaign budget = its fundings',
    () => `UPDATE campaign_fundings SET amount = amount + 1 WHERE kind = 'TOP_UP'`,
  ],
  ['a top-up away', 'campaign budget = its fundings', () => `DELETE FROM campaign_fundings WHERE kind = 'TOP_UP'`],
  [
    'every funding of a campaign away',
    'campaign budget = its fundings',
    () => `DELETE FROM campaign_fundings WHERE campaign_id = '${running}'`,
  ],
  ['when a top-up came', REPLAY, () => `UPDATE campaign_fundings SET settlement_number = 0 WHERE kind = 'TOP_UP'`],
  [
    'what was spent',
    'campaign spent = its accruals',
    () => `UPDATE campaigns SET spent = spent + 0.000001 WHERE id = '${running}'`,
  ],
  ['a status', 'campaign status = its history', () => `UPDATE campaigns SET status = 'PAUSED' WHERE id = '${running}'`],
  [
    'a change of status away',
    'campaign status = its history',
    () => `DELETE FROM campaign_status_changes WHERE to_status = 'PAUSED'`,
  ],
  [
    'when a campaign ended',
    'campaign end = its history',
    () => `UPDATE campaigns SET completed_at = completed_at + interval '1 ms' WHERE id = '${released}'`,
  ],
  [
    'why a campaign ended',
    'campaign end = its history',
    () => `UPDATE campaigns SET completion_reason = 'DEADLINE' WHERE id = '${released}'`,
  ],
  [
    'that a campaign was released',
    'final earnings exist = its campaign has released',
    () => `UPDATE campaigns SET released_at = completed_at WHERE id = '${unreleased}'`,
  ],
  [
    'the number of a campaign',
    'settlement numbers have no gap',
    () => `UPDATE campaigns SET settlement_number = settlement_number + 1 WHERE id = '${running}'`,
  ],
  [
    'a settlement away',
    'settlement numbers have no gap',
    () => `DELETE FROM settlements WHERE campaign_id = '${running}' AND number = 1`,
  ],
  [
    'what a settlement credited',
    'settlement credited = its entries',
    () => `UPDATE settlements SET credited = credited - 0.000001 WHERE credited > 0`,
  ],
  [
    'what a settlement owed',
    REPLAY,
    () => `UPDATE settlements SET owed = owed + 0.000001 WHERE campaign_id = '${running}'`,
  ],
  [
    'what a settlement had left',
    REPLAY,
    () => `UPDATE settlements SET left_before = left_before + 0.000001 WHERE campaign_id = '${running}'`,
  ],
  [
    'the status of a settlement',
    'settlement status = its campaign’s then',
    () => `UPDATE settlements SET status = 'PAUSED' WHERE campaign_id = '${released}'`,
  ],
  [
    'lifetime earnings',
    'clip earnings = its accruals',
    () => `UPDATE clips SET earnings = earnings + 0.000001 WHERE id = '${clip.clipId}'`,
  ],
  ['views', REPLAY, () => `UPDATE clips SET views = views + 1 WHERE id = '${clip.clipId}'`],
  [
    'a snapshot',
    REPLAY,
    () => `UPDATE view_tracking SET views = views + 1 WHERE clip_id = '${clip.clipId}' AND settlement_id IS NOT NULL`,
  ],
  [
    'a snapshot away',
    REPLAY,
    () => `DELETE FROM view_tracking WHERE clip_id = '${clip.clipId}' AND settlement_id IS NOT NULL`,
  ],
  [
    'whether a snapshot was believed',
    REPLAY,
    () =>
      `UPDATE view_tracking SET flag = 'doubtful_jump' WHERE clip_id = '${clip.clipId}' AND settlement_id IS NOT NULL`,
  ],
  [
    'frozen terms',
    'frozen terms = the latest recorded',
    () => `UPDATE clip_submissions SET payout_rate = payout_rate * 2 WHERE id = '${clip.submissionId}'`,
  ],
  [
    'frozen terms and their record',
    REPLAY,
    () =>
      `UPDATE clip_submissions SET payout_rate = payout_rate * 2 WHERE id = '${clip.submissionId}'; UPDATE submission_terms SET payout_rate = payout_rate * 2 WHERE submission_id = '${clip.submissionId}'`,
  ],
  [
    'a baseline and its record',
    REPLAY,
    () =>
      `UPDATE clip_submissions SET initial_views = 0 WHERE id = '${clip.submissionId}'; UPDATE submission_terms SET initial_views = 0 WHERE submission_id = '${clip.submissionId}'`,
  ],
  [
    'where a submission began',
    'frozen terms = the latest recorded',
    () => `UPDATE clip_submissions SET earnings_base = 1 WHERE id = '${clip.submissionId}'`,
  ],
  [
    'final earnings',
    REPLAY,
    () => `UPDATE clip_submissions SET final_earnings = final_earnings + 0.000001 WHERE campaign_id = '${released}'`,
  ],
  [
    'final earnings away',
    'final earnings exist = its campaign has released',
    () => `UPDATE clip_submissions SET final_earnings = NULL WHERE campaign_id = '${released}'`,
  ],
  [
    'the status of a submission',
    'submission status = its history',
    () => `UPDATE clip_submissions SET status = 'REVOKED' WHERE id = '${clip.submissionId}'`,
  ],
  [
    'whether a clip is on hold',
    'submission on hold = its history',
    () => `UPDATE clip_submissions SET held_at = now(), held_reason = 'x' WHERE id = '${clip.submissionId}'`,
  ],
  [
    'credit from one clip to another, with entries, clips and all',
    REPLAY,
    () => `
    UPDATE ledger_entries SET amount = amount - 0.000001 WHERE id = (SELECT min(id) FROM ledger_entries WHERE clip_id = '${clip.clipId}');
    UPDATE ledger_entries SET amount = amount + 0.000001 WHERE id = (SELECT min(id) FROM ledger_entries WHERE clip_id <> '${clip.clipId}' AND settlement_id = (SELECT settlement_id FROM ledger_entries WHERE clip_id = '${clip.clipId}' ORDER BY id LIMIT 1));
    UPDATE clips c SET earnings = e.total FROM (SELECT clip_id, sum(amount) AS total FROM ledger_entries GROUP BY clip_id) e WHERE e.clip_id = c.id;
    UPDATE ledger_accounts a SET balance = e.total FROM (SELECT account, sum(amount) AS total FROM (SELECT to_account AS account, amount FROM ledger_entries UNION ALL SELECT from_account, -amount FROM ledger_entries) s GROUP BY account) e WHERE e.account = a.id`,
  ],
];

test.each(tampering)('sees that somebody changed %s', async (_name, kind, sql) => {
  await asOwner(sql());
  const report = await runAudit(database.pool);
  const line = report.lines.find((each) => each.kind === kind);
  expect(line?.first, formatAudit(report)).toBeTruthy();
  expect(formatAudit(report)).toContain(`${kind}: ${line?.first?.subject}`);
});
