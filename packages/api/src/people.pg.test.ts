import { newId } from '@clipmeter/db/new-id';
import { type ApiWorld, createApiWorld } from '@clipmeter/testing/api-world';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '#src/context.ts';

let api: ApiWorld;
let ada: Viewer;
let bea: Viewer;
let mara: Viewer;

beforeAll(async () => {
  api = await createApiWorld();
});
afterAll(() => api.db.drop());
beforeEach(async () => {
  // The guard is what these tests try: it is taken away only to begin anew.
  await api.db.ownerPool.query(
    `ALTER TABLE users DISABLE TRIGGER users_keep_an_admin; UPDATE users SET role = 'CLIPPER', suspended_at = NULL;
     ALTER TABLE users ENABLE TRIGGER users_keep_an_admin`,
  );
  ada = await api.addViewer('ADMIN', 'Ada Lindqvist');
  bea = await api.addViewer('ADMIN', 'Bea Ivanova');
  mara = await api.addViewer('CLIPPER', 'Mara Okafor');
});

async function openSession(userId: string, userAgent: string | null = null): Promise<string> {
  const id = newId();
  await api.db.pool.query(
    `INSERT INTO sessions (id, user_id, token, user_agent, expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, userId, newId(), userAgent, new Date(api.world.now().getTime() + 3_600_000), api.world.now()],
  );
  api.world.advance(1000);
  return id;
}

const as = (viewer: Viewer) => api.as(viewer).people;
const accessOf = async (viewer: Viewer) => {
  const { role, suspendedAt, signIns } = await as(ada).byId({ id: viewer.userId });
  return { role, suspended: suspendedAt !== null, signIns };
};

describe('access', () => {
  it('changes at once: whatever was open ends, the log says who did it, and the person is told', async () => {
    await openSession(mara.userId);
    await as(ada).promote({ id: mara.userId });
    expect(await accessOf(mara)).toEqual({ role: 'ADMIN', suspended: false, signIns: 0 });
    await openSession(mara.userId);
    await as(ada).demote({ id: mara.userId });
    await as(ada).suspend({ id: mara.userId, reason: 'Bought views' });
    expect(await accessOf(mara)).toEqual({ role: 'CLIPPER', suspended: true, signIns: 0 });
    await as(bea).restore({ id: mara.userId });
    const { rows: log } = await api.db.pool.query(
      'SELECT actor_id, action, details FROM audit_log WHERE subject_id = $1 ORDER BY id',
      [mara.userId],
    );
    const clipper = { role: 'CLIPPER', suspended: false };
    const suspended = { role: 'CLIPPER', suspended: true };
    const admin = { role: 'ADMIN', suspended: false };
    expect(log).toEqual([
      { actor_id: ada.userId, action: 'user.promote', details: { before: clipper, after: admin } },
      { actor_id: ada.userId, action: 'user.demote', details: { before: admin, after: clipper } },
      {
        actor_id: ada.userId,
        action: 'user.suspend',
        details: { before: clipper, after: suspended, reason: 'Bought views' },
      },
      { actor_id: bea.userId, action: 'user.restore', details: { before: suspended, after: clipper } },
    ]);
    const { rows: told } = await api.db.pool.query('SELECT title FROM notifications WHERE user_id = $1 ORDER BY id', [
      mara.userId,
    ]);
    expect(told.map(({ title }) => title)).toEqual(['You are an admin now', 'You are no admin any more']);
    const { rows: events } = await api.db.pool.query(
      "SELECT type FROM events WHERE payload->>'userId' = $1 AND type IN ('access.changed', 'person.changed', 'session.ended')",
      [mara.userId],
    );
    const kinds = events.map(({ type }) => type).toSorted();
    expect(kinds).toEqual([
      ...Array(4).fill('access.changed'),
      ...Array(6).fill('person.changed'), // two of them when she came and was given her name
      ...Array(2).fill('session.ended'),
    ]);
  });

  it('does not change where it makes no sense, and then nothing ends', async () => {
    await openSession(mara.userId);
    await expect(as(ada).restore({ id: mara.userId })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(as(ada).demote({ id: mara.userId })).rejects.toThrow('They are no admin.');
    await expect(as(ada).suspend({ id: mara.userId, reason: ' ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(as(ada).suspend({ id: ada.userId, reason: 'tired' })).rejects.toThrow('You cannot suspend yourself');
    await expect(as(ada).promote({ id: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await accessOf(mara)).toEqual({ role: 'CLIPPER', suspended: false, signIns: 1 });
  });
});

describe('the last admin', () => {
  it('stays one, suspended ones do not count', async () => {
    await as(ada).suspend({ id: bea.userId, reason: 'on leave' });
    await expect(as(ada).demote({ id: ada.userId })).rejects.toThrow(
      'The last admin cannot be demoted: promote somebody else first.',
    );
    await as(ada).promote({ id: mara.userId });
    await as(ada).demote({ id: ada.userId });
  });

  it('is left when two demote one another at once', async () => {
    const results = await Promise.allSettled([as(ada).demote({ id: bea.userId }), as(bea).demote({ id: ada.userId })]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({ reason: { code: 'FORBIDDEN' } });
  });

  it('is left when two step down at once', async () => {
    const results = await Promise.allSettled([as(ada).demote({ id: ada.userId }), as(bea).demote({ id: bea.userId })]);
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
  });

  it('is kept by Postgres itself, however it is gone about', async () => {
    const { pool, ownerPool } = api.db;
    await as(ada).demote({ id: bea.userId });
    for (const sql of [
      "UPDATE users SET role = 'CLIPPER' WHERE id = $1",
      'UPDATE users SET suspended_at = now() WHERE id = $1',
      'DELETE FROM users WHERE id = $1',
    ]) {
      await expect(pool.query(sql, [ada.userId])).rejects.toThrow('the last admin stays one');
    }
    await as(ada).promote({ id: bea.userId });
    await expect(ownerPool.query("UPDATE users SET role = 'CLIPPER'")).rejects.toThrow('the last admin stays one');
    const [one, other] = [await pool.connect(), await pool.connect()];
    await one.query('BEGIN');
    await one.query("UPDATE users SET role = 'CLIPPER' WHERE id = $1", [ada.userId]);
    const second = other.query("UPDATE users SET role = 'CLIPPER' WHERE id = $1", [bea.userId]);
    const refused = expect(second).rejects.toThrow('the last admin stays one');
    await one.query('COMMIT');
    await refused;
    one.release();
    other.release();
  });
});

describe('the list of people', () => {
  it('is found by the words of a name or an address, filtered, and goes on page by page', async () => {
    const names = async (input: Parameters<ReturnType<typeof as>['list']>[0]) =>
      (await as(ada).list(input)).items.map(({ name }) => name);
    expect(await names({ search: 'okaf mara', limit: 1 })).toEqual(['Mara Okafor']);
    expect(await names({ search: mara.userId.slice(0, 8) })).toContain('Mara Okafor'); // her address begins with it
    expect(await names({ search: '!' })).toEqual([]);
    expect((await names({ show: 'admins' })).toSorted()).toEqual(['Ada Lindqvist', 'Bea Ivanova']);
    expect(await names({ show: 'suspended' })).toEqual([]);

    const all = (await as(ada).list({ limit: 100 })).items.map(({ id }) => id);
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<ReturnType<typeof as>['list']>> = await as(ada).list({ limit: 2, cursor });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(paged).toEqual(all);
  });
});

describe('sign-ins', () => {
  it('are listed with what they are, this one first, and end one by one or all but this', async () => {
    const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Mobile/15E148 Safari/604.1';
    const here = { ...mara, sessionId: await openSession(mara.userId) };
    const [onPhone] = [await openSession(mara.userId, phone), await openSession(mara.userId)];
    const account = api.as(here).account;
    const list = async () => (await account.signIns()).items.map(({ id, isThis }) => [id, isThis]);
    expect((await list())[0]).toEqual([here.sessionId, true]);
    expect((await account.signIns()).items.find(({ id }) => id === onPhone)).toMatchObject({
      device: 'Safari on iPhone',
      kind: 'phone',
    });
    await account.endSession({ id: onPhone });
    await expect(account.endSession({ id: onPhone })).rejects.toThrow('That sign-in has ended already.');
    expect(await list()).toHaveLength(2);
    expect(await account.endOtherSessions()).toEqual({ ended: 1 });
    expect(await list()).toEqual([[here.sessionId, true]]);
  });

  it('of others cannot be ended', async () => {
    const hers = await openSession(mara.userId);
    await expect(api.as(bea).account.endSession({ id: hers })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await api.as(bea).account.endOtherSessions();
    expect((await accessOf(mara)).signIns).toBe(1);
  });
});

describe('a profile', () => {
  it('is renamed to one line', async () => {
    const account = api.as(mara).account;
    expect(await account.rename({ name: '  Mara O. ' })).toEqual({ name: 'Mara O.' });
    await expect(account.rename({ name: ' ' })).rejects.toThrow('Enter your name.');
    await expect(account.rename({ name: 'a\nb' })).rejects.toThrow('one line');
    expect(await account.profile()).toMatchObject({ name: 'Mara O.', emailVerified: false, hasPassword: false });
  });
});
