import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

test('says in a line of JSON where it listens, and ends with 0 at SIGTERM while someone waits', async () => {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, SIMULATOR_PORT: '0', SIMULATOR_STATE: '', SIMULATOR_RUN_MS: '60000', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = await once(createInterface(child.stdout), 'line');
  const { msg, url } = JSON.parse(String(line));
  expect(msg).toBe('listening');
  expect((await fetch(`${url}/health`)).status).toBe(200);
  const waiting = fetch(`${url}/v2/acts/clockworks~tiktok-scraper/runs?waitForFinish=60`, {
    method: 'POST',
    headers: { authorization: 'Bearer x' },
    body: JSON.stringify({ postURLs: ['https://www.tiktok.com/@a/video/7123456789012345678'] }),
  }).catch(() => 'cut off');
  // The run is there once the simulator counts it; only then is the request one that waits.
  const stats = async () => (await fetch(`${url}/control/stats`)).json();
  await expect.poll(stats).toMatchObject({ runs: 1 });
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  expect(await waiting).toBeDefined();
});

test('refuses a wrong variable in one line', async () => {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, SIMULATOR_PORT: 'many' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [line] = await once(createInterface(child.stderr), 'line');
  expect(line).toMatch(/^simulator: SIMULATOR_PORT: /);
  expect((await once(child, 'exit'))[0]).toBe(1);
});
