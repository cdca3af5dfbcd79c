import { PLATFORMS, type Platform } from '@clipmeter/core/platform';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ApifyRuns } from '#src/apify/apify-runs.ts';
import { createActorProfileReader } from '#src/apify/profile-reader.ts';
import { createProfileReaders } from '#src/create-profile-readers.ts';
import { instagramProfileActor } from '#src/instagram/profile.ts';
import type { ProfileOutcome, ProfileReader } from '#src/profile-port.ts';
import { tiktokProfileActor } from '#src/tiktok/profile.ts';
import { tweetProfileActor } from '#src/x/profile.ts';
import { createDataApiProfileReader } from '#src/youtube/data-api-profile.ts';
import { youtubeProfileActor } from '#src/youtube/profile.ts';
// A test may stand on the simulator; nothing else of this package does.
import { type Simulator, startSimulator } from '../../../apps/simulator/src/simulator.ts';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ runDurationMs: 20, costSettlesMs: 0 });
});
afterEach(() => simulator.stop());

const runsOf = () => new ApifyRuns({ token: 'demo', baseUrl: simulator.url, retryDelayMs: 1, sleep: async () => {} });
const actorReader = (adapter: Parameters<typeof createActorProfileReader>[0]) => () =>
  createActorProfileReader(adapter, runsOf(), { runTimeoutSecs: 1 });

interface Case {
  readonly name: string;
  readonly platform: Platform;
  readonly open: () => ProfileReader;
  /** What it says of a handle that nobody has. */
  readonly nobody: ProfileOutcome['kind'];
  readonly hasRuns: boolean;
}

const CASES: readonly Case[] = [
  {
    name: 'TikTok',
    platform: 'TIKTOK',
    open: actorReader(tiktokProfileActor),
    nobody: 'not_found',
    hasRuns: true,
  },
  {
    name: 'Instagram',
    platform: 'INSTAGRAM',
    open: actorReader(instagramProfileActor),
    nobody: 'not_found',
    hasRuns: true,
  },
  { name: 'X', platform: 'X', open: actorReader(tweetProfileActor), nobody: 'unknown', hasRuns: true },
  {
    name: 'YouTube through its actor',
    platform: 'YOUTUBE',
    open: actorReader(youtubeProfileActor),
    nobody: 'unknown',
    hasRuns: true,
  },
  {
    name: 'YouTube through its own API',
    platform: 'YOUTUBE',
    open: () => createDataApiProfileReader({ apiKey: 'secret-key', baseUrl: simulator.url }),
    nobody: 'not_found',
    hasRuns: false,
  },
];

describe.each(CASES)('$name', ({ platform, open, nobody, hasRuns }) => {
  const read = (handle: string, since: Date | null = null, signal = new AbortController().signal) =>
    open().readProfile({ handle, since }, signal);

  function account(handle: string, bio: string) {
    simulator.store.catalogue.changeProfile(platform, handle, { bio, name: 'Mira Cuts' });
    simulator.store.catalogue.postVideo({ platform, author: { handle } });
  }

  test('shows the account by its handle: the immutable id, the name and the bio', async () => {
    account('Mira.cuts', 'clips and cuts cm-7k3q9xwd');
    const id = simulator.store.catalogue.profile(platform, 'mira.cuts')?.id;
    expect(await read('mira.cuts')).toMatchObject({
      kind: 'found',
      profile: { externalId: id, displayName: 'Mira Cuts', bio: 'clips and cuts cm-7k3q9xwd' },
    });
  });

  test('an empty bio is empty, not unknown', async () => {
    account('mira', '');
    expect(await read('mira')).toMatchObject({ kind: 'found', profile: { bio: '' } });
  });

  test('a handle that nobody has', async () => {
    expect((await read('nobody.here')).kind).toBe(nobody);
  });

  test('what goes wrong on the way is not an empty bio and not a missing account', async () => {
    account('mira', 'hello');
    const { faults } = simulator.store;
    for (const kind of ['failed', 'drop', 'invalid_json'] as const) {
      faults.clear();
      faults.add({ platform, kind });
      expect((await read('mira')).kind, kind).toBe('unknown');
    }
    for (const status of [402, 429, 500]) {
      faults.clear();
      faults.add({ platform, kind: 'http_error', status });
      expect((await read('mira')).kind, String(status)).toBe('unknown');
    }
  });

  test('a wait that is cut short says nothing at all', async () => {
    account('mira', 'hello');
    expect((await read('mira', null, AbortSignal.abort())).kind).toBe('interrupted');
  });

  test.runIf(hasRuns)('an attempt that crashed is taken up: its run is not paid for again', async () => {
    account('mira', 'hello');
    const since = new Date();
    await read('mira');
    const [run] = simulator.store.runs.list();
    expect(await read('mira', since)).toMatchObject({ kind: 'found', externalRunId: run?.id });
    expect(simulator.store.runs.list()).toHaveLength(1);
    expect(await read('mira')).toMatchObject({ kind: 'found' });
    expect(simulator.store.runs.list()).toHaveLength(2);
  });

  test.runIf(hasRuns)(
    'a look right after another reads anew, though clocks let the first run seem its own',
    async () => {
      account('mira', 'no code');
      await read('mira');
      const answeredRunIds = new Set(simulator.store.runs.list().map(({ id }) => id));
      account('mira', 'cm-7k3q9xwd');
      const second = open().readProfile(
        { handle: 'mira', since: new Date(), answeredRunIds },
        new AbortController().signal,
      );
      expect(await second).toMatchObject({ kind: 'found', profile: { bio: 'cm-7k3q9xwd' } });
      expect(simulator.store.runs.list()).toHaveLength(2);
    },
  );

  test.runIf(hasRuns)('a start whose answer was lost is found again', async () => {
    account('mira', 'hello');
    simulator.store.faults.add({ platform, kind: 'accept_then_drop', calls: 1 });
    expect(await read('mira')).toMatchObject({ kind: 'found' });
    expect(simulator.store.runs.list()).toHaveLength(1);
  });
});

test('a throttled platform says when to ask again', async () => {
  simulator.store.faults.add({ platform: 'TIKTOK', kind: 'http_error', status: 429, type: 'rate-limit-exceeded' });
  const reader = createActorProfileReader(tiktokProfileActor, runsOf());
  const outcome = await reader.readProfile({ handle: 'mira', since: null }, new AbortController().signal);
  expect(outcome).toMatchObject({ kind: 'unknown', retryAfterMs: 15_000 });
});

test('the key of the Data API is in no reason', async () => {
  simulator.store.faults.add({ platform: 'YOUTUBE', kind: 'http_error', status: 403 });
  const reader = createDataApiProfileReader({ apiKey: 'secret-key', baseUrl: simulator.url });
  const outcome = await reader.readProfile({ handle: 'mira', since: null }, new AbortController().signal);
  expect(outcome.kind).toBe('unknown');
  expect(JSON.stringify(outcome)).not.toContain('secret-key');
});

test('the real API leaves `items` out for a handle that nobody has', async () => {
  const body = { kind: 'youtube#channelListResponse', etag: 'x', pageInfo: { totalResults: 0, resultsPerPage: 5 } };
  const reader = createDataApiProfileReader({ apiKey: 'k', fetch: async () => Response.json(body) });
  expect((await reader.readProfile({ handle: 'nobody', since: null }, new AbortController().signal)).kind).toBe(
    'not_found',
  );
});

test('with both accesses every platform has a reader, and YouTube is asked for free', () => {
  const readers = createProfileReaders({
    apify: { token: 't', baseUrl: simulator.url },
    youtube: { apiKey: 'k', baseUrl: simulator.url },
  });
  expect([...readers.keys()].toSorted()).toEqual([...PLATFORMS].toSorted());
  expect(readers.get('YOUTUBE')?.source).toBe('youtube-data-api');
});
