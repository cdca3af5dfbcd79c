import { createEventSource } from '@clipmeter/db/event-source';
import { Follower } from '@clipmeter/realtime/follower';
import { Hub } from '@clipmeter/realtime/hub';
import { type ApiWorld, createApiWorld, NEW_CAMPAIGN, newTikTokLink, submittedNow } from '@clipmeter/testing/api-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveContext, Viewer } from '#src/context.ts';
import type { LiveMessage } from '#src/output/live-event.ts';

let api: ApiWorld;
let source: ReturnType<typeof createEventSource>;
let follower: Follower;
let running: Promise<void>;
let live: LiveContext;
let admin: Viewer;
let ann: Viewer;
let bob: Viewer;
let campaignId: string;

beforeAll(async () => {
  api = await createApiWorld();
  source = createEventSource(api.db.pool, { url: api.db.url, retryMinMs: 10 });
  const hub = new Hub();
  follower = new Follower({ source, hub, onError: (error) => api.logged.push(error) });
  running = follower.run();
  live = { source, hub, lagMs: () => follower.lag().lagMs };
  admin = await api.addViewer('ADMIN');
  ann = await api.addClipper();
  bob = await api.addClipper();
  ({ id: campaignId } = await api.as(admin).campaigns.create(NEW_CAMPAIGN));
  await api.as(admin).campaigns.publish({ id: campaignId });
});
afterAll(async () => {
  follower.stop();
  await running;
  await source.close();
  await api.db.drop();
});

type Tracked = [id: string, data: LiveMessage, ...rest: unknown[]];

/** Messages up to and with the first that is wanted. */
async function until(stream: AsyncIterable<unknown>, wanted: (message: LiveMessage) => boolean): Promise<Tracked[]> {
  const seen: Tracked[] = [];
  for await (const item of stream) {
    const tracked = item as Tracked;
    seen.push(tracked);
    if (wanted(tracked[1])) break;
  }
  return seen;
}

async function approvedClip(viewer: Viewer, views: bigint) {
  const { id, clipId } = submittedNow(await api.as(viewer).submissions.submit({ campaignId, link: newTikTokLink() }));
  await api.as(admin).submissions.approve({ id });
  const clip = { clipId, submissionId: id, userId: viewer.userId };
  await api.world.read([[clip, { plays: views }]]);
  return clip;
}

describe('a live page', () => {
  it('starts where its query’s snapshot ends, and goes on over a cut without a miss or a repeat', async () => {
    const { cursor, campaign } = await api.as(ann).campaigns.byId({ id: campaignId });
    await api.as(admin).campaigns.topUp({ id: campaignId, amount: '1' });
    const isBudget = (budget: string) => (message: LiveMessage) =>
      message.type === 'campaign.changed' && message.payload.budget === budget;
    const first = await until(
      await api.as(ann, live).live.campaign({ id: campaignId, lastEventId: cursor }),
      isBudget('101.000000'),
    );
    await api.as(admin).campaigns.topUp({ id: campaignId, amount: '1' });
    const lastEventId = first.at(-1)?.[0];
    const stream = await api.as(ann, live).live.campaign({ id: campaignId, lastEventId });
    const rest = until(stream, isBudget('103.000000'));
    await api.as(admin).campaigns.topUp({ id: campaignId, amount: '1' });
    // What the query saw already may come again where another database of the server held the log up: a reader drops it.
    const budgets = [...first, ...(await rest)].flatMap(([, message]) =>
      message.type === 'campaign.changed' && message.payload.version > campaign.version ? [message.payload.budget] : [],
    );
    expect(budgets).toEqual(['101.000000', '102.000000', '103.000000']);
  });

  it('never brings a clipper what another one earns', async () => {
    const clip = await approvedClip(bob, 1_000n);
    const { cursor } = await api.as(ann).campaigns.byId({ id: campaignId });
    await api.world.read([[clip, { plays: 2_000n }]]);
    const spent = (message: LiveMessage) => message.type === 'campaign.changed' && message.payload.clips.length > 0;
    for (const stream of [
      await api.as(ann, live).live.campaign({ id: campaignId, lastEventId: cursor }),
      await api.as(ann, live).live.campaigns({ lastEventId: cursor }),
    ]) {
      const seen = await until(stream, spent);
      expect(JSON.stringify(seen)).not.toContain('credited');
      expect(JSON.stringify(seen)).not.toContain('earnings');
      expect(JSON.stringify(seen)).not.toContain(bob.userId);
    }
    const earned = (message: LiveMessage) => message.type === 'earnings.changed';
    const own = await until(await api.as(bob, live).live.me({ lastEventId: cursor }), earned);
    expect(own.at(-1)?.[1]).toMatchObject({
      payload: { userId: bob.userId, clips: [{ clipId: clip.clipId, credited: '10.000000' }] },
    });
    const all = await until(
      await api.as(admin, live).live.campaign({ id: campaignId, lastEventId: cursor }),
      (message) => message.type === 'clip.earned',
    );
    expect(all.at(-1)?.[1]).toMatchObject({ payload: { clips: [{ clipId: clip.clipId, earnings: '10.000000' }] } });
  });

  it('brings drafts to admins only', async () => {
    const { cursor } = await api.as(ann).campaigns.list({});
    const draft = await api.as(admin).campaigns.create(NEW_CAMPAIGN);
    await api.as(admin).campaigns.topUp({ id: campaignId, amount: '1' });
    const isLast = (message: LiveMessage) =>
      message.type === 'campaign.changed' && message.payload.campaignId === campaignId;
    const idsSeenBy = async (viewer: Viewer) => {
      const seen = await until(await api.as(viewer, live).live.campaigns({ lastEventId: cursor }), isLast);
      return seen.map(([, message]) => message.type === 'campaign.changed' && message.payload.campaignId);
    };
    expect(await idsSeenBy(ann)).toEqual([campaignId]);
    expect(await idsSeenBy(admin)).toEqual([draft.id, campaignId]);
  });

  it('is told to fetch again when it comes with no cursor or an unknown one', async () => {
    for (const lastEventId of [null, 'nonsense', '99:1:1']) {
      const [first] = await until(await api.as(ann, live).live.me({ lastEventId }), () => true);
      expect(first?.[1]).toMatchObject({ type: 'reset' });
    }
  });

  it('is not served by a process without a follower', async () => {
    await expect(api.as(ann).live.me({})).rejects.toThrow('Live updates are not available here.');
  });
});
