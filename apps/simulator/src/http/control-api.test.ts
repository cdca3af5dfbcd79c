import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type Simulator, startSimulator } from '#src/simulator.ts';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator();
});

afterEach(() => simulator.stop());

async function control(method: string, path: string, body?: unknown) {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(`${simulator.url}/control${path}`, init);
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
}

const id = '7123456789012345678';
const video = { platform: 'TIKTOK', id, views: 1_000, curve: 'flat', author: { handle: '@mira' } };

test('posts a video, once however often it is asked', async () => {
  expect(await control('POST', '/videos', video)).toMatchObject({ status: 201, body: { id, views: 1_000 } });
  expect(await control('POST', '/videos', { ...video, views: 5 })).toMatchObject({
    status: 200,
    body: { views: 1_000 },
  });
  const many = await control('POST', '/videos', [video, { platform: 'X', author: { handle: 'nico' } }]);
  expect(many.body['videos']).toHaveLength(2);
  expect((await control('GET', '/videos?platform=x')).body['videos']).toHaveLength(1);
});

test('sets and adds views, hides, deletes and freezes', async () => {
  await control('POST', '/videos', video);
  const change = async (body: object) => (await control('PATCH', `/videos/tiktok/${id}`, body)).body;
  expect(await change({ views: 53_199 })).toMatchObject({ views: 53_199, shownViews: 53_100 });
  expect(await change({ addViews: -199 })).toMatchObject({ views: 53_000 });
  expect(await change({ state: 'private' })).toMatchObject({ state: 'private' });
  expect(await change({ state: 'frozen' })).toMatchObject({ state: 'live', frozen: true });
  expect(await change({ state: 'deleted' })).toMatchObject({ state: 'deleted', views: 53_000 });
});

test('edits a bio, also of someone who never posted', async () => {
  const path = '/profiles/youtube/@new.person';
  expect(await control('PATCH', path, { bio: 'CODE-1' })).toMatchObject({
    body: { handle: 'new.person', bio: 'CODE-1' },
  });
  expect(await control('GET', path)).toMatchObject({ body: { id: expect.stringMatching(/^UC/) } });
});

test('breaks and mends a platform', async () => {
  const { body } = await control('POST', '/faults', { platform: 'TIKTOK', kind: 'hang', calls: 3 });
  expect((await control('GET', '/faults')).body['faults']).toHaveLength(1);
  expect((await control('DELETE', `/faults/${String(body['id'])}`)).body['faults']).toHaveLength(0);
});

test('sets the clock and tells what was used', async () => {
  const { body } = await control('POST', '/clock', { speed: 0, advanceHours: 24 });
  expect(body).toMatchObject({ speed: 0, elapsedHours: expect.closeTo(24, 1) });
  expect((await control('GET', '/stats')).body).toMatchObject({
    runs: 0,
    billedResults: 0,
    costUsd: '0.000000',
    platforms: { TIKTOK: { runs: 0 } },
  });
});

test('says in a sentence what is wrong with a request', async () => {
  expect((await control('POST', '/videos', { platform: 'VINE', author: { handle: 'a' } })).status).toBe(400);
  expect((await control('PATCH', '/videos/tiktok/1', { views: 1 })).status).toBe(404);
  expect((await control('PATCH', '/videos/tiktok/1', { views: 1, addViews: 1 })).status).toBe(400);
  const form = await fetch(`${simulator.url}/control/faults`, { method: 'POST', body: '{}' });
  expect(form.status).toBe(415);
});

test('the page shows the videos and escapes what people wrote', async () => {
  await control('POST', '/videos', { ...video, title: '<img src=x>' });
  const page = await (await fetch(`${simulator.url}/?q=mira`)).text();
  expect(page).toContain('&lt;img src=x&gt;');
  expect(page).toContain('1,000');
});
