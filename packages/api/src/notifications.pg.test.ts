import { newId } from '@clipmeter/db/new-id';
import { type NewNotification, notifyUsers } from '@clipmeter/db/notify-users';
import { withTransaction } from '@clipmeter/db/transaction';
import { type ApiWorld, createApiWorld } from '@clipmeter/testing/api-world';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Viewer } from '#src/context.ts';

let api: ApiWorld;
let clipper: Viewer;
let other: Viewer;

beforeAll(async () => {
  api = await createApiWorld();
});
beforeEach(async () => {
  clipper = await api.addViewer('CLIPPER');
  other = await api.addViewer('CLIPPER');
});
afterAll(() => api.db.drop());

const notice = (change: Partial<NewNotification> = {}): NewNotification => ({
  userId: clipper.userId,
  kind: 'submission.approved',
  cause: newId(),
  title: 'Approved',
  body: 'It counts from now.',
  link: null,
  ...change,
});
const at = (second: number) => new Date(api.world.now().getTime() + second * 1_000);
const notify = (second: number, ...notices: NewNotification[]) =>
  withTransaction(api.db.pool, (tx) => notifyUsers(tx, notices, at(second)));
const titlesOf = ({ items }: { items: { title: string }[] }) => items.map(({ title }) => title);
const readEvents = async (viewer: Viewer) =>
  (
    await api.db.pool.query<{ payload: unknown }>(
      "SELECT payload FROM events WHERE topic = $1 AND type = 'notifications.read' ORDER BY id",
      [`user:${viewer.userId}`],
    )
  ).rows.map((row) => row.payload);

it('pages are newest first, each place once, also where several were told at one moment', async () => {
  await notify(1, notice({ title: 'a' }), notice({ title: 'b' }), notice({ title: 'c' }));
  await notify(2, notice({ title: 'd' }), notice({ title: 'e' }));
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: { title: string }[]; nextCursor: string | null } = await api
      .as(clipper)
      .notifications.list({ cursor, limit: 2 });
    seen.push(...titlesOf(page));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen.slice(0, 2).toSorted()).toEqual(['d', 'e']);
  expect(seen.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('are narrowed to a group and to what is unread', async () => {
  await notify(1, notice({ title: 'clip' }), notice({ title: 'link', kind: 'link.failed' }));
  await notify(2, notice({ title: 'end', kind: 'campaign.completed' }));
  const { list, markRead } = api.as(clipper).notifications;
  expect(titlesOf(await list({ group: 'submissions' })).toSorted()).toEqual(['clip', 'link']);
  const [end] = (await list({ group: 'campaign_completed' })).items;
  await markRead({ ids: [end?.id ?? ''] });
  expect(titlesOf(await list({ unreadOnly: true })).toSorted()).toEqual(['clip', 'link']);
  expect(await api.as(clipper).notifications.unread()).toMatchObject({ unread: 2 });
});

it('are read once, and the owner’s other pages are told of it', async () => {
  await notify(1, notice(), notice());
  const { list, markRead } = api.as(clipper).notifications;
  const ids = (await list({})).items.map(({ id }) => id);
  expect(await markRead({ ids })).toEqual({ changed: 2 });
  expect(await markRead({ ids })).toEqual({ changed: 0 });
  expect(await readEvents(clipper)).toEqual([{ ids, at: expect.any(String) }]);
});

it('all are read up to the one that the reader has before them', async () => {
  await notify(1, notice());
  await notify(2, notice(), notice());
  await notify(3, notice());
  const upTo = at(2).toISOString();
  const { markAllRead, unread } = api.as(clipper).notifications;
  expect(await markAllRead({ upTo })).toEqual({ changed: 3 });
  expect(await unread()).toMatchObject({ unread: 1 });
  expect(await readEvents(clipper)).toEqual([{ ids: null, at: upTo }]);
});

it('are nobody else’s: they are not listed, counted or read', async () => {
  await notify(1, notice());
  const [mine] = (await api.as(clipper).notifications.list({})).items;
  expect((await api.as(other).notifications.list({})).items).toEqual([]);
  expect(await api.as(other).notifications.markRead({ ids: [mine?.id ?? ''] })).toEqual({ changed: 0 });
  expect(await api.as(other).notifications.markAllRead({})).toEqual({ changed: 0 });
  expect(await api.as(clipper).notifications.unread()).toMatchObject({ unread: 1 });
});

it('come by mail as their owner chooses, group by group; each role has the groups that it is told of', async () => {
  const { mailChoices, chooseMail } = api.as(clipper).notifications;
  const wanted = ({ groups }: { groups: { group: string; mail: boolean }[] }) =>
    groups.filter(({ mail }) => mail).map(({ group }) => group);
  const before = wanted(await mailChoices());
  expect(before).toContain('submissions');
  expect(before).not.toContain('campaign_started');
  await chooseMail({ group: 'campaign_started', mail: true });
  const after = wanted(await chooseMail({ group: 'submissions', mail: false }));
  expect(after).toContain('campaign_started');
  expect(after).not.toContain('submissions');
  expect(wanted(await api.as(other).notifications.mailChoices())).toEqual(before);

  const admin = await api.addViewer('ADMIN');
  const groups = (await api.as(admin).notifications.mailChoices()).groups.map(({ group }) => group);
  expect(groups).toContain('budget');
  expect(groups).not.toContain('submissions');
});
