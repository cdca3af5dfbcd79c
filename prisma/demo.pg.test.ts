import { ACCOUNT_STATES, accountState } from '@clipmeter/core/account-proof';
import { CAMPAIGN_STATUSES, COMPLETION_REASONS } from '@clipmeter/core/campaign-state';
import { CLIP_STATES, clipState } from '@clipmeter/core/clip-state';
import { parseMicros } from '@clipmeter/core/money';
import { NOTICE_KINDS, noticeGroupOf } from '@clipmeter/core/notice-kind';
import type { PlatformStatus } from '@clipmeter/core/platform-notice';
import { linkStage, SUBMISSION_STAGES, submissionStage } from '@clipmeter/core/submission-stage';
import { SUBMISSION_STATUSES } from '@clipmeter/core/submission-state';
import { runAudit } from '@clipmeter/db/audit';
import { type ClipRow, readApprovedClips } from '@clipmeter/db/read-clips';
import { readPlatformStates } from '@clipmeter/db/read-platforms';
import { readOwnSubmissions } from '@clipmeter/db/read-submissions';
import { accountFacts, readSocialAccounts } from '@clipmeter/db/social-account';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillDatabase } from './demo.ts';

const madeAt = new Date();
const EVERYTHING = { after: null, limit: 1_000 };
let db: TestDatabase;
let userIds: string[];

beforeAll(async () => {
  db = await createTestDatabase();
  const account = { password: 'a long enough password', note: '' };
  await fillDatabase(
    db.pool,
    [
      { ...account, name: 'Ada', email: 'admin@demo.example', role: 'ADMIN' },
      { ...account, name: 'Mara', email: 'mara@demo.example', role: 'CLIPPER' },
      { ...account, name: 'Jonas', email: 'jonas@demo.example', role: 'CLIPPER' },
    ],
    madeAt,
  );
  userIds = await values('SELECT id AS value FROM users');
}, 180_000);
afterAll(() => db.drop());

async function values(sql: string): Promise<string[]> {
  return (await db.pool.query<{ value: string }>(sql)).rows.map((row) => row.value);
}

async function ofEverybody<T>(read: (userId: string) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (const userId of userIds) found.push(...(await read(userId)));
  return found;
}

/** Those of the states that nothing in the demo is in. */
const missing = (states: readonly string[], found: Iterable<string>) => {
  const there = new Set(found);
  return states.filter((state) => !there.has(state));
};

it('has campaigns in every state, over for every reason, and one that is archived', async () => {
  expect(missing(CAMPAIGN_STATUSES, await values('SELECT DISTINCT status AS value FROM campaigns'))).toEqual([]);
  const reasons = await values(
    'SELECT DISTINCT completion_reason AS value FROM campaigns WHERE completed_at IS NOT NULL',
  );
  expect(missing(COMPLETION_REASONS, reasons)).toEqual([]);
  expect(await values('SELECT title AS value FROM campaigns WHERE archived_at IS NOT NULL')).toHaveLength(1);
});

it('has submissions in every state and at every stage', async () => {
  const submissions = await ofEverybody((userId) =>
    readOwnSubmissions(db.pool, { userId, status: null, campaignId: null, ...EVERYTHING }),
  );
  expect(
    missing(
      SUBMISSION_STATUSES,
      submissions.map(({ status }) => status),
    ),
  ).toEqual([]);
  const links = await db.pool.query<{ status: 'WAITING' | 'FAILED'; reason: string | null }>(
    'SELECT status, reason FROM link_resolutions',
  );
  const stages = [...submissions.map(submissionStage), ...links.rows.map(linkStage)].map(({ name }) => name);
  expect(missing(SUBMISSION_STAGES, stages)).toEqual([]);
});

it('has clips in every state', async () => {
  const platforms = new Map((await readPlatformStates(db.pool)).map((state) => [state.platform, state.status]));
  const clips = await ofEverybody((userId) => readApprovedClips(db.pool, { userId, ...EVERYTHING }));
  const states = clips.map((clip) => stateOf(clip, platforms.get(clip.platform) ?? 'OK'));
  expect(missing(CLIP_STATES, states)).toEqual([]);
});

function stateOf(clip: ClipRow, platformStatus: PlatformStatus): string {
  const { status, terms, initialViews, lastReadAt, grewAt } = clip;
  if ((status !== 'APPROVED' && status !== 'REVOKED') || terms === null || initialViews === null) return 'none';
  return clipState({
    ...clip,
    status,
    views: BigInt(clip.views),
    terms: {
      initialViews: BigInt(initialViews),
      ratePer1000Micros: parseMicros(terms.ratePer1000),
      capMicros: terms.cap === null ? null : parseMicros(terms.cap),
      minViews: BigInt(terms.minViews),
      carriedMicros: parseMicros(terms.carried),
    },
    creditedMicros: parseMicros(clip.credited),
    isDoubtful: clip.doubtful,
    isStill: lastReadAt !== null && grewAt !== null && lastReadAt > grewAt && lastReadAt > terms.approvedAt,
    platformStatus,
    campaign: {
      status: clip.campaignStatus,
      completionReason: clip.campaignCompletionReason,
      released: clip.campaignReleased,
    },
  }).name;
}

it('has accounts at every point of being proved', async () => {
  const accounts = await ofEverybody((userId) => readSocialAccounts(db.pool, userId));
  const states = accounts.map((account) => accountState(accountFacts(account), madeAt.getTime()).name);
  expect(missing(ACCOUNT_STATES, states)).toEqual([]);
});

it('has told of everything that is told, but for payouts, which nobody can ask for yet', async () => {
  const told = NOTICE_KINDS.filter((kind) => noticeGroupOf(kind) !== 'payouts');
  expect(missing(told, await values('SELECT DISTINCT kind AS value FROM notifications'))).toEqual([]);
});

it('has a past: its charts are curves', async () => {
  const reads = await values(
    `SELECT count(DISTINCT v.date)::text AS value FROM view_tracking v JOIN clip_submissions cs ON cs.clip_id = v.clip_id
     JOIN campaigns c ON c.id = cs.campaign_id WHERE c.status = 'ACTIVE' AND cs.status = 'APPROVED'
       AND c.created_at < now() - interval '2 days' GROUP BY c.id`,
  );
  expect(reads.every((count) => Number(count) > 15)).toBe(true);
});

it('has books that agree with what caused them', async () => {
  const { lines } = await runAudit(db.pool);
  expect(lines.filter(({ differences }) => differences > 0)).toEqual([]);
  expect(lines.some(({ checked }) => checked > 100)).toBe(true);
});
