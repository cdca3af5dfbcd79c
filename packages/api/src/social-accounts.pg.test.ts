import { CODE_LIFETIME_MS, CODE_TRIES_MAX } from '@clipmeter/core/account-proof';
import { newId } from '@clipmeter/db/new-id';
import { findSocialAccount, type SocialAccount } from '@clipmeter/db/social-account';
import { type ApiWorld, createApiWorld } from '@clipmeter/testing/api-world';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '#src/context.ts';
import { finishAccountCheck, type ProfileLook } from '#src/operations/finish-account-check.ts';

let api: ApiWorld;
let mira: Viewer;
let other: Viewer;

beforeAll(async () => {
  api = await createApiWorld();
});
afterAll(() => api.db.drop());
beforeEach(async () => {
  mira = await api.addViewer('CLIPPER', 'Mira');
  other = await api.addViewer('CLIPPER', 'Other');
});

const HOUR_MS = 3_600_000;

const add = (viewer: Viewer, handle = 'mira.cuts') => api.as(viewer).socialAccounts.add({ platform: 'TIKTOK', handle });

/** A platform's account whose bio holds this; each has an id of its own. */
function profile(bio: string, externalId: string = newId()): ProfileLook {
  return { kind: 'found', profile: { externalId, handle: 'Mira.Cuts', displayName: 'Mira Cuts', bio } };
}

async function account(accountId: string): Promise<SocialAccount> {
  const found = await findSocialAccount(api.db.pool, accountId);
  if (found === null) throw new Error('no such account');
  return found;
}

/** The tracker looks at the profile that was asked for. */
const look = async (accountId: string, found: ProfileLook) =>
  finishAccountCheck({ pool: api.db.pool, now: api.world.now }, await account(accountId), found);

/** Adds an account and proves it. */
async function prove(viewer: Viewer, externalId: string): Promise<string> {
  const { accountId, code } = await add(viewer);
  await api.as(viewer).socialAccounts.verify({ id: accountId });
  await look(accountId, profile(`clips ${code}`, externalId));
  return accountId;
}

const eventsOf = async (viewer: Viewer) => {
  const { rows } = await api.db.pool.query<{ payload: { version: number; checkOutcome: string | null } }>(
    `SELECT payload FROM events WHERE topic = $1 AND type = 'account.changed' ORDER BY id`,
    [`user:${viewer.userId}`],
  );
  return rows.map((row) => row.payload);
};

const noticesOf = async (viewer: Viewer) => {
  const { rows } = await api.db.pool.query<{ kind: string; title: string }>(
    'SELECT kind, title FROM notifications WHERE user_id = $1 ORDER BY created_at',
    [viewer.userId],
  );
  return rows;
};

describe('an account that is added', () => {
  it('gets a code, is on its clipper’s list and on nobody else’s, and is told live', async () => {
    const added = await add(mira, 'https://www.tiktok.com/@mira.cuts');
    expect(added).toMatchObject({ platform: 'TIKTOK', handle: 'mira.cuts', verifiedAt: null, version: 1 });
    expect(added.code).toMatch(/^cm-/);
    const list = await api.as(mira).socialAccounts.list();
    expect(list.items).toEqual([added]);
    expect(list.cursor).toMatch(/^\d+:\d+:\d+$/);
    expect((await api.as(other).socialAccounts.list()).items).toEqual([]);
    expect(await eventsOf(mira)).toMatchObject([{ accountId: added.accountId, removed: false, version: 1 }]);
  });

  it('is refused twice, in whatever case; a repeat of the request is not a second one', async () => {
    const id = '0199a2b4-0000-7000-8000-0000000000aa';
    const once = await api.as(mira).socialAccounts.add({ id, platform: 'X', handle: 'mira' });
    expect(await api.as(mira).socialAccounts.add({ id, platform: 'X', handle: 'mira' })).toEqual(once);
    await expect(api.as(mira).socialAccounts.add({ platform: 'X', handle: '@MIRA' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'You have added @MIRA on X already.',
    });
    await expect(api.as(other).socialAccounts.add({ id, platform: 'X', handle: 'x' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    // Somebody else may try to prove the same handle: whoever can write the bio wins.
    await api.as(other).socialAccounts.add({ platform: 'X', handle: 'mira' });
  });

  it('is out of reach of another clipper', async () => {
    const { accountId: id } = await add(mira);
    for (const act of ['verify', 'renewCode', 'remove'] as const)
      await expect(api.as(other).socialAccounts[act]({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await account(id)).version).toBe(1);
  });
});

describe('verify', () => {
  it('binds the immutable id, the name and the handle as the platform writes it, and says so', async () => {
    const { accountId, code } = await add(mira);
    const asked = await api.as(mira).socialAccounts.verify({ id: accountId });
    expect(asked.checkRequestedAt).not.toBeNull();
    api.world.advance(2_000);
    expect(await look(accountId, profile(`CLIPS ${code?.toUpperCase()}`, 'id-1'))).toBe('VERIFIED');
    expect(await account(accountId)).toMatchObject({
      externalId: 'id-1',
      handle: 'Mira.Cuts',
      displayName: 'Mira Cuts',
      verifiedAt: api.world.now(),
      code: null,
    });
    expect((await eventsOf(mira)).map(({ version, checkOutcome }) => [version, checkOutcome])).toEqual([
      [1, null],
      [2, null],
      [3, 'VERIFIED'],
    ]);
    expect(await noticesOf(mira)).toEqual([{ kind: 'account.verified', title: '@Mira.Cuts on TikTok is verified' }]);
    // The same answer delivered again, or another one, changes nothing.
    expect(await look(accountId, { kind: 'unreadable' })).toBeNull();
    expect((await account(accountId)).version).toBe(3);
  });

  it('tells “not there yet” from “could not read”: only the first counts as a try, only the second is a notice', async () => {
    const { accountId: id } = await add(mira);
    const caller = api.as(mira).socialAccounts;
    await caller.verify({ id });
    expect(await look(id, profile('no code here'))).toBe('NOT_YET');
    expect(await account(id)).toMatchObject({ attempts: 1, checkOutcome: 'NOT_YET', externalId: null });
    api.world.advance(1_000);
    await caller.verify({ id });
    expect(await look(id, { kind: 'unreadable' })).toBe('UNREADABLE');
    expect(await account(id)).toMatchObject({ attempts: 1, checkOutcome: 'UNREADABLE' });
    expect((await noticesOf(mira)).map(({ kind }) => kind)).toEqual(['account.not_verified']);
  });

  it('pressed twice reads the profile once', async () => {
    const { accountId: id } = await add(mira);
    const first = await api.as(mira).socialAccounts.verify({ id });
    api.world.advance(1_000);
    expect(await api.as(mira).socialAccounts.verify({ id })).toEqual(first);
  });

  it('is refused with an expired code, and a new code makes the old one worthless', async () => {
    const { accountId: id, code: old } = await add(mira);
    api.world.advance(CODE_LIFETIME_MS);
    await expect(api.as(mira).socialAccounts.verify({ id })).rejects.toMatchObject({
      message: expect.stringContaining('Take a new code'),
    });
    const renewed = await api.as(mira).socialAccounts.renewCode({ id });
    expect(renewed.code).not.toBe(old);
    await api.as(mira).socialAccounts.verify({ id });
    await expect(api.as(mira).socialAccounts.renewCode({ id })).rejects.toMatchObject({
      message: expect.stringContaining('being read'),
    });
    expect(await look(id, profile(`clips ${old}`))).toBe('NOT_YET');
  });

  it('is allowed 5 times an hour for all accounts of a clipper; a refusal and another clipper do not count', async () => {
    const accounts = [await add(mira, 'one'), await add(mira, 'two')];
    const press = async (n: number) => {
      const id = accounts[n % 2]?.accountId ?? '';
      await api.as(mira).socialAccounts.verify({ id });
      await look(id, profile('nothing'));
      api.world.advance(1_000);
    };
    for (let n = 0; n < 5; n += 1) await press(n);
    await expect(press(5)).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      message: expect.stringContaining('Too many attempts to verify an account'),
    });
    expect((await account(accounts[1]?.accountId ?? '')).attempts).toBe(2);
    await add(other).then(({ accountId }) => api.as(other).socialAccounts.verify({ id: accountId }));
    api.world.advance(HOUR_MS);
    await press(5);
  });

  it('looks at a profile so often with one code, and then wants a new one', async () => {
    const { accountId: id } = await add(mira);
    for (let n = 0; n < CODE_TRIES_MAX; n += 1) {
      await api.as(mira).socialAccounts.verify({ id });
      await look(id, profile('nothing'));
      api.world.advance(HOUR_MS / 4);
    }
    await expect(api.as(mira).socialAccounts.verify({ id })).rejects.toMatchObject({
      message: expect.stringContaining(`${CODE_TRIES_MAX} times`),
    });
    expect((await api.as(mira).socialAccounts.renewCode({ id })).attempts).toBe(0);
    await api.as(mira).socialAccounts.verify({ id });
  });
});

describe('one account belongs to one clipper', () => {
  it('who proves it second is told that it is taken', async () => {
    await prove(mira, 'shared-1');
    const second = await prove(other, 'shared-1');
    expect(await account(second)).toMatchObject({ verifiedAt: null, externalId: null, checkOutcome: 'TAKEN' });
    expect((await noticesOf(other)).map(({ kind }) => kind)).toEqual(['account.not_verified']);
  });

  it('of two who prove it at once one gets it', async () => {
    const added = [await add(mira), await add(other)];
    await api.as(mira).socialAccounts.verify({ id: added[0]?.accountId ?? '' });
    await api.as(other).socialAccounts.verify({ id: added[1]?.accountId ?? '' });
    const bio = added.map(({ code }) => code).join(' ');
    const outcomes = await Promise.all(added.map(({ accountId }) => look(accountId, profile(bio, 'shared-2'))));
    expect(outcomes.toSorted()).toEqual(['TAKEN', 'VERIFIED']);
  });

  it('who removes it lets another prove it', async () => {
    const id = await prove(mira, 'shared-3');
    await api.as(mira).socialAccounts.remove({ id });
    expect((await api.as(mira).socialAccounts.list()).items).toEqual([]);
    expect(await account(await prove(other, 'shared-3'))).toMatchObject({ checkOutcome: 'VERIFIED' });
    // The handle may be added again too.
    await add(mira);
  });
});

it('an account is not removed while a clip from it may still earn', async () => {
  const id = await prove(mira, 'earning');
  const campaignId = await api.world.addCampaign({ budget: '100', rate: '10' });
  const clip = await api.world.addClip(campaignId, 0n, mira.userId);
  await api.db.pool.query('UPDATE clip_submissions SET social_account_id = $2 WHERE id = $1', [clip.submissionId, id]);
  await expect(api.as(mira).socialAccounts.remove({ id })).rejects.toMatchObject({
    message: 'A clip from @Mira.Cuts may still earn: remove the account when its campaign has ended.',
  });
  expect((await account(id)).removedAt).toBeNull();
});

it('an account that is removed while its profile is read is not proved by the answer', async () => {
  const { accountId, code } = await add(mira);
  await api.as(mira).socialAccounts.verify({ id: accountId });
  await api.as(mira).socialAccounts.remove({ id: accountId });
  expect(await look(accountId, profile(`${code}`))).toBeNull();
  expect(await account(accountId)).toMatchObject({ verifiedAt: null });
});

describe('a clip on hold', () => {
  async function heldClip() {
    const campaignId = await api.world.addCampaign({ budget: '100', rate: '10' });
    const id = await prove(mira, newId());
    const clip = await api.world.addClip(campaignId, 0n, mira.userId);
    await api.db.pool.query('UPDATE clip_submissions SET social_account_id = $2 WHERE id = $1', [
      clip.submissionId,
      id,
    ]);
    await api.world.read([[clip, { kind: 'found', counts: { plays: 3_000n }, authorId: 'stranger' }]]);
    return { clip, campaignId };
  }
  const releaseOf = (id: string, viewer: Viewer) =>
    api.as(viewer).submissions.releaseHold({ id, reason: 'It is her second account.' });

  it('is released by an admin, with a reason on record; its clipper is told, and its growth is paid', async () => {
    const admin = await api.addViewer('ADMIN');
    const { clip } = await heldClip();
    await releaseOf(clip.submissionId, admin);
    expect((await noticesOf(mira)).map(({ kind }) => kind)).toContain('submission.released');
    const { rows } = await api.db.pool.query(
      `SELECT details FROM audit_log WHERE action = 'submission.releaseHold' AND subject_id = $1`,
      [clip.submissionId],
    );
    expect(rows).toMatchObject([{ details: { reason: 'It is her second account.' } }]);
    const summary = await api.world.read([[clip, { kind: 'found', counts: { plays: 4_000n }, authorId: 'stranger' }]]);
    expect(summary.creditedMicros).toBe(40_000_000n);
    await expect(releaseOf(clip.submissionId, admin)).rejects.toMatchObject({ message: 'This clip is not on hold.' });
  });

  it('stays on hold while its campaign closes, and when it has ended', async () => {
    const admin = await api.addViewer('ADMIN');
    const { clip, campaignId } = await heldClip();
    await api.as(admin).campaigns.complete({ id: campaignId });
    await expect(releaseOf(clip.submissionId, admin)).rejects.toMatchObject({
      message: expect.stringContaining('closing'),
    });
    await api.as(admin).campaigns.cancel({ id: campaignId });
    await expect(releaseOf(clip.submissionId, admin)).rejects.toMatchObject({
      message: expect.stringContaining('has ended'),
    });
  });
});
