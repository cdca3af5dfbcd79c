import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { assertPortsFree, freePort, isTaken } from './ports.ts';
import { readSettings } from './settings.ts';

const servers: Server[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve)))));

async function listen(host: string): Promise<number> {
  const server = createServer();
  servers.push(server);
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return port;
}

describe('a port', () => {
  test('that something listens on is taken, whichever loopback it is on', async () => {
    expect(await isTaken(await listen('127.0.0.1'), '127.0.0.1')).toBe(true);
    expect(await isTaken(await listen('0.0.0.0'), '127.0.0.1')).toBe(true);
  });

  test('that nothing listens on is free', async () => {
    expect(await isTaken(await freePort(), '127.0.0.1')).toBe(false);
  });
});

describe('a start onto a taken port', () => {
  test('says the exact command that would work', async () => {
    const taken = await listen('127.0.0.1');
    const settings = readSettings({ WEB_PORT: String(taken) });
    const refusal = assertPortsFree(settings, ['WEB_PORT'], {}, 'npm start');
    await expect(refusal).rejects.toThrow(new RegExp(`Port ${taken} is taken`));
    await expect(refusal).rejects.toThrow(/^ {2}WEB_PORT=\d+ npm start$/m);
  });

  test('keeps what was chosen already in that command', async () => {
    const env = { WEB_PORT: String(await listen('127.0.0.1')), TRACKER_PORT: String(await freePort()) };
    const refusal = assertPortsFree(readSettings(env), ['WEB_PORT', 'TRACKER_PORT'], env, 'npm run dev');
    await expect(refusal).rejects.toThrow(new RegExp(`WEB_PORT=\\d+ TRACKER_PORT=${env.TRACKER_PORT} npm run dev`));
  });

  test('is refused too when two of its own ports are the same', async () => {
    const port = String(await freePort());
    const env = { WEB_PORT: port, TRACKER_PORT: port };
    await expect(assertPortsFree(readSettings(env), ['WEB_PORT', 'TRACKER_PORT'], env, 'npm start')).rejects.toThrow();
  });
});
