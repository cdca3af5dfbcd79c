import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type Simulator, startSimulator } from '#src/simulator.ts';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ youtubeUnitsADay: 5 });
});

afterEach(() => simulator.stop());

const answerSchema = z.object({
  items: z.array(z.record(z.string(), z.unknown())).optional(),
  error: z.object({ errors: z.array(z.object({ reason: z.string() })) }).optional(),
});

async function get(path: string) {
  const response = await fetch(`${simulator.url}/youtube/v3/${path}`);
  return { status: response.status, body: answerSchema.parse(await response.json()) };
}

function post(views: number) {
  const author = { handle: 'mira', name: 'Mira' };
  return simulator.store.catalogue.postVideo({
    platform: 'YOUTUBE',
    views,
    curve: 'flat',
    author,
    durationSeconds: 197,
  }).video;
}

test('tells the videos that are there and is silent about the others', async () => {
  const [seen, gone, hidden] = [post(12_345), post(1), post(1)];
  simulator.store.catalogue.changeVideo('YOUTUBE', gone.id, { state: 'deleted' });
  simulator.store.catalogue.changeVideo('YOUTUBE', hidden.id, { state: 'private' });
  const ids = [seen.id, gone.id, hidden.id].join(',');
  const { body } = await get(`videos?part=snippet,statistics,contentDetails&id=${ids}&key=k`);
  expect(body.items).toMatchObject([
    {
      id: seen.id,
      snippet: { channelTitle: 'Mira', publishedAt: seen.publishedAt },
      statistics: { viewCount: '12345' },
      contentDetails: { duration: 'PT3M17S' },
    },
  ]);
  expect(body.items?.[0]).not.toHaveProperty('status');
});

test('finds a channel by its handle and tells its description', async () => {
  post(1);
  const { id } = simulator.store.catalogue.changeProfile('YOUTUBE', 'mira', { bio: 'CODE-42' });
  const { body } = await get('channels?part=snippet&forHandle=@mira&key=k');
  expect(body.items).toMatchObject([{ id, snippet: { description: 'CODE-42' } }]);
});

test('refuses callers without a key and more than fifty ids', async () => {
  expect((await get('videos?part=snippet&id=a')).status).toBe(403);
  const ids = Array.from({ length: 51 }, (_, index) => `id${index}`).join(',');
  expect((await get(`videos?part=snippet&id=${ids}&key=k`)).status).toBe(400);
});

test('says that the quota is used up once it is', async () => {
  const { id } = post(1);
  for (let call = 0; call < 5; call++) {
    expect((await get(`videos?part=statistics&id=${id}&key=k`)).status).toBe(200);
  }
  const { status, body } = await get(`videos?part=statistics&id=${id}&key=k`);
  expect(status).toBe(403);
  expect(body.error?.errors).toMatchObject([{ reason: 'quotaExceeded' }]);
});

test('a fault of the platform is a fault of its Data API', async () => {
  const { id } = post(900);
  const videos = `videos?part=statistics&id=${id}&key=k`;
  const { faults } = simulator.store;
  faults.add({ platform: 'YOUTUBE', kind: 'http_error', status: 403, calls: 1 });
  expect((await get(videos)).body.error?.errors).toMatchObject([{ reason: 'quotaExceeded' }]);
  faults.add({ platform: 'YOUTUBE', kind: 'null_counts', calls: 1 });
  expect((await get(videos)).body.items).toMatchObject([{ id, statistics: {} }]);
  faults.add({ platform: 'YOUTUBE', kind: 'empty', calls: 1 });
  expect((await get(videos)).body.items).toEqual([]);
  faults.add({ platform: 'YOUTUBE', kind: 'drop', calls: 1 });
  await expect(get(videos)).rejects.toThrow();
  expect((await get(videos)).body.items).toMatchObject([{ statistics: { viewCount: '900' } }]);
});
