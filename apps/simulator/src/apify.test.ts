import { ApifyClient } from 'apify-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '#src/simulator.ts';

let simulator: Simulator;
let client: ApifyClient;

beforeEach(async () => {
  simulator = await startSimulator({ runDurationMs: 20, costSettlesMs: 0 });
  client = new ApifyClient({ token: 'demo', baseUrl: simulator.url, maxRetries: 0 });
});

afterEach(() => simulator.stop());

test('a TikTok run reads the views of a video', async () => {
  const { video } = simulator.store.catalogue.postVideo({
    platform: 'TIKTOK',
    views: 5_000,
    curve: 'flat',
    author: { handle: 'mira' },
  });
  const url = `https://www.tiktok.com/@mira/video/${video.id}`;
  const started = await client.actor('clockworks/tiktok-scraper').start({ postURLs: [url], resultsPerPage: 1 });
  expect(started.status).toBe('READY');
  const run = await client.run(started.id).waitForFinish();
  expect(run.status).toBe('SUCCEEDED');
  const { items, total } = await client.dataset(run.defaultDatasetId).listItems();
  expect(total).toBe(1);
  expect(items[0]).toMatchObject({ id: video.id, playCount: 5_000, submittedVideoUrl: url });
});
