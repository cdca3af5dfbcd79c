import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FAULT_KINDS, type FaultKind } from '#src/fault.ts';
import type { Platform } from '#src/platform.ts';
import { type Simulator, startSimulator } from '#src/simulator.ts';

// Every kind of fault, for the next calls and with a probability, through the API that a client sees.

let simulator: Simulator;
const urls: Record<string, string[]> = {};
beforeAll(async () => {
  simulator = await startSimulator({ runDurationMs: 1, costSettlesMs: 0, speed: 0 });
  for (const platform of ['TIKTOK', 'INSTAGRAM'] as const) {
    urls[platform] = Array.from({ length: 12 }, (_, i) => {
      const { catalogue } = simulator.store;
      const { video } = catalogue.postVideo({ platform, views: 1_000 + i, curve: 'flat', author: { handle: 'mira' } });
      catalogue.changeVideo(platform, video.id, { frozen: true });
      return platform === 'TIKTOK'
        ? `https://www.tiktok.com/@mira/video/${video.id}`
        : `https://www.instagram.com/p/${video.id}/`;
    });
  }
});
afterAll(() => simulator.stop());
beforeEach(() => simulator.store.faults.clear());

const ACTORS: Partial<Record<Platform, { name: string; field: string }>> = {
  TIKTOK: { name: 'clockworks~tiktok-scraper', field: 'postURLs' },
  INSTAGRAM: { name: 'apify~instagram-reel-scraper', field: 'username' },
};

async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };
  return fetch(`${simulator.url}/v2/${path}`, { ...init, headers });
}

/** What one run comes to, from its start to its items, as text; what changes from run to run is left out. */
async function readAll(platform: Platform): Promise<string> {
  const actor = ACTORS[platform];
  if (actor === undefined) throw new Error(`no actor for ${platform}`);
  try {
    const body = JSON.stringify({ [actor.field]: urls[platform] });
    // A run that hangs is ended by its timeout, which no other comes near.
    const started = await call(`actors/${actor.name}/runs?timeout=0.7&waitForFinish=5`, { method: 'POST', body });
    if (started.status !== 201) return `start: ${started.status}`;
    const { data } = (await started.json()) as { data: { status: string; defaultDatasetId: string } };
    const items = await (await call(`datasets/${data.defaultDatasetId}/items`)).text();
    return `${data.status} ${items.replaceAll(/x-expires=\d+/g, '')}`;
  } catch {
    return 'no answer';
  }
}

const platformOf = (kind: FaultKind): Platform => (kind === 'metric_switch' ? 'INSTAGRAM' : 'TIKTOK');

describe.each(FAULT_KINDS)('%s', (kind) => {
  const platform = platformOf(kind);

  test('for the next two calls hits two, and then no more', async () => {
    const plain = await readAll(platform);
    simulator.store.faults.add({ platform, kind, calls: 2 });
    const runs = [];
    for (let i = 0; i < 4; i += 1) runs.push((await readAll(platform)) === plain);
    expect(runs).toEqual([false, false, true, true]);
    expect(simulator.store.faults.list()).toEqual([]);
  });

  test('with a probability hits some calls and not others', async () => {
    const plain = await readAll(platform);
    simulator.store.faults.add({ platform, kind, probability: 0.5 });
    const runs = await Promise.all(Array.from({ length: 24 }, () => readAll(platform)));
    const hits = runs.filter((run) => run !== plain).length;
    expect(hits).toBeGreaterThan(0);
    expect(hits).toBeLessThan(runs.length);
  });
});

test('an input is refused for one address of it, quoted or not, and every other is taken', async () => {
  const [bad = '', good = ''] = urls['TIKTOK'] ?? [];
  const start = (postURLs: string[]) =>
    call('actors/clockworks~tiktok-scraper/runs', { method: 'POST', body: JSON.stringify({ postURLs }) });
  const fault = simulator.store.faults.add({ platform: 'TIKTOK', kind: 'invalid_input', match: bad, named: true });
  expect((await start([good])).status).toBe(201);
  const refused = await start([good, bad]);
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({
    error: { type: 'invalid-input', message: expect.stringContaining(bad) },
  });
  simulator.store.faults.clear({ id: fault.id });
  simulator.store.faults.add({ platform: 'TIKTOK', kind: 'invalid_input', match: bad });
  expect(JSON.stringify(await (await start([bad])).json())).not.toContain(bad);
});

test('a video is shown for its other ids too, under its own', async () => {
  const { catalogue } = simulator.store;
  const { video } = catalogue.postVideo({ platform: 'INSTAGRAM', aliases: ['Alias000001'], author: { handle: 'a' } });
  const username = ['https://www.instagram.com/p/Alias000001/'];
  const path = 'actors/apify~instagram-reel-scraper/runs?waitForFinish=5';
  const started = await call(path, { method: 'POST', body: JSON.stringify({ username }) });
  const { data } = (await started.json()) as { data: { defaultDatasetId: string } };
  expect(await (await call(`datasets/${data.defaultDatasetId}/items`)).json()).toMatchObject([
    { inputUrl: username[0], shortCode: video.id, url: `https://www.instagram.com/p/${video.id}/` },
  ]);
});

test('a request that waits for a run is held for a minute at most, whatever it asks', async () => {
  const held: number[] = [];
  const { runs } = simulator.store;
  const waitForEnd = runs.waitForEnd.bind(runs);
  runs.waitForEnd = (run, waitMs, signal) => {
    held.push(waitMs);
    return waitForEnd(run, waitMs, signal);
  };
  const body = JSON.stringify({ postURLs: urls['TIKTOK'] });
  const started = await call('acts/clockworks~tiktok-scraper/runs?waitForFinish=999', { method: 'POST', body });
  const { data } = (await started.json()) as { data: { id: string } };
  await call(`actor-runs/${data.id}?waitForFinish=61`);
  await call(`actor-runs/${data.id}`);
  expect(held).toEqual([60_000, 60_000, 0]);
});
