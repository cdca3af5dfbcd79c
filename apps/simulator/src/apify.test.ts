import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type ActorStartOptions, ApifyClient } from 'apify-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { APIFY_ERRORS, type NewFault } from '#src/fault.ts';
import { type Simulator, startSimulator } from '#src/simulator.ts';

const TIKTOK = 'clockworks/tiktok-scraper';
let simulator: Simulator;
let client: ApifyClient;

beforeEach(async () => {
  simulator = await startSimulator({ runDurationMs: 10, costSettlesMs: 60_000 });
  client = newClient();
});

afterEach(() => simulator.stop());

function newClient(options: { token?: string; maxRetries?: number } = { token: 'demo' }) {
  return new ApifyClient({ baseUrl: simulator.url, maxRetries: 0, minDelayBetweenRetriesMillis: 1, ...options });
}

function post(views: number, handle = 'mira') {
  const { video } = simulator.store.catalogue.postVideo({
    platform: 'TIKTOK',
    views,
    curve: 'flat',
    author: { handle },
  });
  return { id: video.id, url: `https://www.tiktok.com/@${handle}/video/${video.id}` };
}

async function read(urls: string[], options: ActorStartOptions = {}) {
  const started = await client.actor(TIKTOK).start({ postURLs: urls, resultsPerPage: 1 }, options);
  const run = await client.run(started.id).waitForFinish();
  return { started, run, page: await client.dataset(run.defaultDatasetId).listItems({ clean: true }) };
}

function breakTiktok(fault: Omit<NewFault, 'platform'>) {
  simulator.store.faults.add({ platform: 'TIKTOK', ...fault });
}

describe('a run', () => {
  test('goes from READY to SUCCEEDED and reads every video by its URL', async () => {
    const [first, second] = [post(5_000), post(12_345)];
    const { started, run, page } = await read([first.url, second.url]);
    expect([started.status, run.status]).toEqual(['READY', 'SUCCEEDED']);
    expect(page).toMatchObject({ total: 2, offset: 0, count: 2, desc: false });
    expect(page.items).toMatchObject([
      { id: first.id, playCount: 5_000, submittedVideoUrl: first.url, authorMeta: { name: 'mira' } },
      { id: second.id, playCount: 12_300 },
    ]);
  });

  test('answers for videos that are gone, private or no videos at all', async () => {
    const [gone, hidden] = [post(1), post(1)];
    simulator.store.catalogue.changeVideo('TIKTOK', gone.id, { state: 'deleted' });
    simulator.store.catalogue.changeVideo('TIKTOK', hidden.id, { state: 'private' });
    const { page } = await read([gone.url, hidden.url, 'https://example.com/']);
    expect(page.items.map((item) => item['errorCode'])).toEqual(['NOT_FOUND', 'PRIVATE_POST', 'INVALID_URLS']);
  });

  test('can be waited for in the request that starts it', async () => {
    const run = await client.actor(TIKTOK).start({ postURLs: [post(1).url] }, { waitForFinish: 60 });
    expect(run.status).toBe('SUCCEEDED');
  });

  test('is found again among those started since, by its INPUT', async () => {
    const before = new Date();
    breakTiktok({ kind: 'accept_then_drop', calls: 1 });
    const input = { postURLs: Array.from({ length: 40 }, () => post(1).url), resultsPerPage: 1 };
    await expect(client.actor(TIKTOK).start(input)).rejects.toThrow();
    const { items } = await client.actor(TIKTOK).runs().list({ startedAfter: before, desc: true });
    expect(items).toHaveLength(1);
    const record = await client.keyValueStore(items[0]?.defaultKeyValueStoreId ?? '').getRecord('INPUT');
    expect(record?.value).toEqual(input);
    expect(simulator.store.usage.list().find(({ platform }) => platform === 'TIKTOK')?.runs).toBe(1);
  });

  test('can be aborted while it hangs', async () => {
    breakTiktok({ kind: 'hang' });
    const { id } = await client.actor(TIKTOK).start({ postURLs: [post(1).url] });
    expect((await client.run(id).abort()).status).toBe('ABORTING');
    expect((await client.run(id).waitForFinish()).status).toBe('ABORTED');
  });

  test('that hangs is ended by its timeout', async () => {
    breakTiktok({ kind: 'hang' });
    expect((await read([post(1).url], { timeout: 0.05 })).run.status).toBe('TIMED-OUT');
  });

  test('costs at least the minimum, and the whole only some seconds after its end', async () => {
    const { run, page } = await read([post(1).url], { maxItems: 5, maxTotalChargeUsd: 0.5 });
    expect(page.items).toHaveLength(1);
    expect(run.usageTotalUsd).toBe(0.3);
    expect(simulator.store.usage.list()[0]).toMatchObject({ runs: 1, billedResults: 1, costMicros: '500000' });
  });

  test('stops at the items its starter would pay for', async () => {
    const { page } = await read([post(1).url, post(2).url, post(3).url], { maxItems: 2 });
    expect(page.items).toHaveLength(2);
  });
});

describe('a client', () => {
  test('without a token is refused, and with another than the one configured too', async () => {
    await expect(newClient({}).actor(TIKTOK).start({})).rejects.toMatchObject({ type: 'token-not-provided' });
    const strict = await startSimulator({ token: 'right' });
    const wrong = new ApifyClient({ baseUrl: strict.url, token: 'wrong', maxRetries: 0 });
    await expect(wrong.actor(TIKTOK).start({})).rejects.toMatchObject({ type: 'invalid-token', statusCode: 401 });
    await strict.stop();
  });

  test('hears what is wrong with its input or its actor', async () => {
    await expect(client.actor(TIKTOK).start({ postUrls: [] })).rejects.toMatchObject({ type: 'invalid-input' });
    await expect(client.actor('no/such-actor').start({})).rejects.toMatchObject({ type: 'actor-not-found' });
    await expect(read([post(1).url], { maxTotalChargeUsd: 0.1 })).rejects.toMatchObject({
      type: 'max-total-charge-usd-below-minimum',
    });
    expect(await client.run('nothing').get()).toBeUndefined();
  });

  test.each([
    ['br', brotliCompressSync],
    ['gzip', gzipSync],
  ])('may compress its body with %s, and may use the older paths', async (encoding, compress) => {
    const response = await fetch(`${simulator.url}/v2/acts/clockworks~tiktok-scraper/runs`, {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json', 'content-encoding': encoding },
      body: new Uint8Array(compress(JSON.stringify({ postURLs: [post(1).url] }))),
    });
    expect(response.status).toBe(201);
  });

  test.each(Object.entries(APIFY_ERRORS))('hears the error %s as it is', async (type, { status }) => {
    breakTiktok({ kind: 'http_error', type, status });
    const starting = client.actor(TIKTOK).start({ postURLs: [post(1).url] });
    await expect(starting).rejects.toMatchObject({ type, statusCode: status });
  });

  test.each([
    { kind: 'http_error', status: 500 },
    { kind: 'http_error', status: 429 },
    { kind: 'invalid_json' },
    { kind: 'drop' },
  ] as const)('that retries gets through one %j', async (fault) => {
    breakTiktok({ ...fault, calls: 1, at: 'items' });
    const run = await client.actor(TIKTOK).start({ postURLs: [post(7).url] }, { waitForFinish: 60 });
    const { items } = await newClient({ token: 'demo', maxRetries: 4 }).dataset(run.defaultDatasetId).listItems();
    expect(items).toMatchObject([{ playCount: 7 }]);
  });
});

describe('a broken platform', () => {
  test.each([
    ['failed', 'FAILED'],
    ['timed_out', 'TIMED-OUT'],
    ['aborted', 'ABORTED'],
  ] as const)('ends a run as %s', async (kind, status) => {
    breakTiktok({ kind });
    expect((await read([post(1).url])).run.status).toBe(status);
  });

  const spoiled = async (kind: NewFault['kind'], count = 4) => {
    breakTiktok({ kind, calls: 1 });
    const posted = Array.from({ length: count }, (_, index) => post(1_000 + index));
    const { run, page } = await read(posted.map(({ url }) => url));
    expect(run.status).toBe('SUCCEEDED');
    return { items: page.items, posted };
  };

  test('succeeds with nothing', async () => {
    expect((await spoiled('empty')).items).toEqual([]);
  });

  test('answers no_items for each URL', async () => {
    const { items, posted } = await spoiled('no_items');
    expect(items.map(({ url, error }) => [url, error])).toEqual(posted.map(({ url }) => [url, 'no_items']));
  });

  test.each([
    ['no_results', { noResults: true }],
    ['mock_rows', { type: 'mock_tweet', id: -1 }],
    ['not_found', { errorCode: 'NOT_FOUND' }],
    ['private_post', { errorCode: 'PRIVATE_POST' }],
    ['private_profile', { errorCode: 'PROFILE_PRIVATE' }],
    ['empty_profile', { errorCode: 'PROFILE_EMPTY' }],
    ['invalid_urls', { errorCode: 'INVALID_URLS' }],
    ['falling_counts', { playCount: 900 }],
    ['null_counts', { playCount: null, diggCount: null }],
    ['negative_counts', { playCount: -1 }],
    ['text_counts', { playCount: '1K views' }],
  ] as const)('answers %s', async (kind, row) => {
    expect((await spoiled(kind, 1)).items).toMatchObject([row]);
  });

  test('answers fewer items than it was asked for', async () => {
    expect((await spoiled('missing_items')).items.length).toBeLessThan(4);
    expect((await spoiled('missing_items', 1)).items).toHaveLength(0);
  });

  test('answers twice, or in another order', async () => {
    expect((await spoiled('duplicates', 2)).items).toHaveLength(4);
    const { items, posted } = await spoiled('shuffled', 12);
    const ids = posted.map(({ id }) => id);
    expect(items.map(({ id }) => id)).not.toEqual(ids);
    expect(items.map(({ id }) => id).sort()).toEqual(ids.sort());
  });
});

test('a profile run tells the bio, where a proof of ownership goes', async () => {
  simulator.store.catalogue.changeProfile('TIKTOK', 'mira', { bio: 'CODE-42' });
  const actor = client.actor('clockworks/tiktok-profile-scraper');
  const run = await actor.start({ profiles: ['mira'], resultsPerPage: 1 }, { waitForFinish: 60 });
  const { items } = await client.dataset(run.defaultDatasetId).listItems();
  expect(items).toMatchObject([{ authorMeta: { name: 'mira', signature: 'CODE-42' } }]);
});

test('the other actors read their videos too', async () => {
  const author = { handle: 'mira' };
  const { catalogue } = simulator.store;
  const read = async (actor: string, input: object) => {
    const run = await client.actor(actor).start(input, { waitForFinish: 60 });
    return (await client.dataset(run.defaultDatasetId).listItems()).items;
  };
  const youtube = catalogue.postVideo({ platform: 'YOUTUBE', views: 10_001, curve: 'flat', author }).video;
  const shorts = `https://www.youtube.com/shorts/${youtube.id}`;
  const missing = 'https://youtu.be/aaaaaaaaaaa';
  const rows = await read('streamers/youtube-scraper', { startUrls: [{ url: shorts }, { url: missing }] });
  expect(rows).toMatchObject([{ id: youtube.id, viewCount: 10_001, type: 'shorts' }, { error: expect.any(String) }]);

  const reel = catalogue.postVideo({ platform: 'INSTAGRAM', views: 2_000, curve: 'flat', author }).video;
  const reelUrl = `https://www.instagram.com/reel/${reel.id}/`;
  expect(await read('apify/instagram-reel-scraper', { username: [reelUrl], resultsLimit: 1 })).toMatchObject([
    { shortCode: reel.id, videoPlayCount: 2_000, videoViewCount: 1_100, inputUrl: reelUrl },
  ]);

  const tweet = catalogue.postVideo({ platform: 'X', views: 300, curve: 'flat', author }).video;
  const tweets = await read('kaitoeasyapi/twitter-x-data-tweet-scraper-pay-per-result-cheapest', {
    tweetIDs: [tweet.id, '1'],
  });
  expect(tweets).toMatchObject([
    {
      type: 'tweet',
      id: tweet.id,
      viewCount: 300,
      createdAt: expect.stringMatching(/^\w{3} \w{3} \d\d .* \+0000 \d{4}$/),
    },
    { type: 'mock_tweet', id: -1 },
  ]);
});
