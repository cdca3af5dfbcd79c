import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startSimulator } from '#src/simulator.ts';

let folder: string;
let stateFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  stateFile = join(folder, 'state.json');
});

afterEach(() => rm(folder, { recursive: true }));

test('a restart goes on with the videos, the faults, the counts and the time', async () => {
  const first = await startSimulator({ stateFile, speed: 0 });
  const { catalogue, clock, faults, usage } = first.store;
  const { video } = catalogue.postVideo({ platform: 'YOUTUBE', views: 5_000, author: { handle: 'mira' } });
  clock.advance(36 * 3_600_000);
  faults.add({ platform: 'X', kind: 'hang' });
  usage.countRun('X');
  const views = catalogue.views(video);
  await first.stop();
  expect(await readdir(folder)).toEqual(['state.json']);

  const second = await startSimulator({ stateFile });
  const again = second.store.catalogue.video('YOUTUBE', video.id);
  expect(second.store.clock.speed).toBe(0);
  expect(again && second.store.catalogue.views(again)).toBe(views);
  expect(second.store.faults.list()).toHaveLength(1);
  expect(second.store.usage.list().find(({ platform }) => platform === 'X')?.runs).toBe(1);
  await second.stop();
});

test('a run that was under way goes on after a restart', async () => {
  const first = await startSimulator({ stateFile, runDurationMs: 60_000 });
  const response = await fetch(`${first.url}/v2/acts/clockworks~tiktok-scraper/runs`, {
    method: 'POST',
    headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
    body: JSON.stringify({ postURLs: ['https://www.tiktok.com/@a/video/7123456789012345678'] }),
  });
  const { data } = z.object({ data: z.object({ id: z.string() }) }).parse(await response.json());
  await first.stop();
  const second = await startSimulator({ stateFile });
  expect(second.store.runs.run(data.id)?.status).toMatch(/READY|RUNNING/);
  await second.stop();
});

test('after a kill time does not go back, so that no count falls', async () => {
  const killed = await startSimulator({ stateFile, speed: 3_600 });
  const { catalogue } = killed.store;
  const curve = { kind: 'steady', viewsPerHour: 1_000 } as const;
  const { video } = catalogue.postVideo({ platform: 'YOUTUBE', curve, author: { handle: 'mira' } });
  await expect.poll(() => readdir(folder)).toEqual(['state.json']);
  const left = join(folder, 'left.json');
  await copyFile(stateFile, left);
  const views = catalogue.views(video);
  const next = await startSimulator({ stateFile: left });
  const again = next.store.catalogue.video('YOUTUBE', video.id);
  expect(again && next.store.catalogue.views(again)).toBeGreaterThanOrEqual(views);
  await Promise.all([killed.stop(), next.stop()]);
});

test('a file that is not a state stops the start instead of emptying the world', async () => {
  await writeFile(stateFile, '{"version":1');
  await expect(startSimulator({ stateFile })).rejects.toThrow(/SIMULATOR_STATE .* is not a state/);
});
