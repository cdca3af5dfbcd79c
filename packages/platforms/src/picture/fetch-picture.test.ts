import { createServer as createPlainServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPictureFetcher, type PictureFetcherOptions } from '#src/picture/fetch-picture.ts';
import { selfSigned } from '#src/short-link/self-signed.fixture.ts';

const HOST = 'p16-sign.tiktokcdn-us.com';
const PUBLIC = '93.184.216.34';
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(96)]);
const { key, cert } = selfSigned([HOST, 'i.ytimg.com']);

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let standIn: Server;
let answer: Answer;
let asked: string[];

const respond: Answer = (request, response) => {
  asked.push(`${request.headers.host}${request.url}`);
  answer(request, response);
};

beforeAll(async () => {
  server = createServer({ key, cert }, respond);
  standIn = createPlainServer(respond);
  for (const one of [server, standIn]) await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  asked = [];
  answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(JPEG);
});
afterAll(() => {
  for (const one of [server, standIn]) {
    one.closeAllConnections();
    one.close();
  }
});

function portOf(one: Server): number {
  const address: AddressInfo | string | null = one.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return address.port;
}

function fetchPicture(url: string, options: Partial<PictureFetcherOptions> = {}, signal = AbortSignal.timeout(10_000)) {
  const fetcher = createPictureFetcher({
    bytesMax: 1_000,
    lookup: async () => [PUBLIC],
    ca: cert,
    place: () => ({ host: '127.0.0.1', port: portOf(server) }),
    ...options,
  });
  return fetcher.fetch({ platform: 'TIKTOK', url }, signal);
}

test('a picture is what its bytes say it is, with the signature of its address sent along', async () => {
  expect(await fetchPicture(`https://${HOST}/a.jpeg?x-expires=1`)).toEqual({
    kind: 'picture',
    contentType: 'image/jpeg',
    bytes: JPEG,
  });
  expect(asked).toEqual([`${HOST}/a.jpeg?x-expires=1`]);
});

describe('nobody is asked', () => {
  test.each([
    ['over plain http', `http://${HOST}/a.jpeg`],
    ['at another port', `https://${HOST}:8443/a.jpeg`],
    ['with a login', `https://me:secret@${HOST}/a.jpeg`],
    ['at another platform’s host', 'https://i.ytimg.com/a.jpg'],
    ['at a host that only looks like one', 'https://eviltiktokcdn-us.com/a.jpeg'],
    ['at an address of this machine', 'https://127.0.0.1/a.jpeg'],
    ['for what is no address', 'a.jpeg'],
    ['for what is too long', `https://${HOST}/${'a'.repeat(5_000)}`],
  ])('%s', async (_, url) => {
    expect(await fetchPicture(url)).toMatchObject({ kind: 'refused' });
    expect(asked).toEqual([]);
  });

  test('where the name leads into a private network', async () => {
    const lookup = async () => [PUBLIC, '10.0.0.7'];
    expect(await fetchPicture(`https://${HOST}/a.jpeg`, { lookup })).toEqual({
      kind: 'refused',
      reason: `${HOST} is at 10.0.0.7`,
    });
    expect(asked).toEqual([]);
  });
});

describe('what comes back is not kept', () => {
  test.each<[string, Answer, string]>([
    ['when it is no picture', (_, response) => response.end('<html>a page of some length</html>'), 'no picture'],
    ['when it is gone', (_, response) => response.writeHead(404).end(), 'answered 404'],
    ['when it leads on', (_, response) => response.writeHead(302, { location: '/b' }).end(), 'answered 302'],
    ['when it does not end', (_, response) => response.write(Buffer.alloc(100_000)), 'too large'],
  ])('%s', async (_, answered, reason) => {
    answer = answered;
    expect(await fetchPicture(`https://${HOST}/a.jpeg`)).toEqual({ kind: 'refused', reason });
    expect(asked).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ['when the host is in trouble', (_, response) => response.writeHead(503).end()],
    ['when it asks us to wait', (_, response) => response.writeHead(429).end()],
    ['when it hangs up', (request) => request.socket.destroy()],
  ])('%s: later again', async (_, answered) => {
    answer = answered;
    expect(await fetchPicture(`https://${HOST}/a.jpeg`)).toMatchObject({ kind: 'unavailable' });
  });

  test('when its certificate is somebody else’s', async () => {
    const { cert: ca } = selfSigned(['evil.example']);
    expect(await fetchPicture(`https://${HOST}/a.jpeg`, { ca })).toMatchObject({ kind: 'unavailable' });
  });

  test('when it takes too long', async () => {
    answer = () => {}; // for ever
    expect(await fetchPicture(`https://${HOST}/a.jpeg`, { timeoutMs: 20 })).toMatchObject({ kind: 'unavailable' });
  });
});

test('a stand-in is asked instead, by the address without its signature, and behind the same fence', async () => {
  const stand = `http://127.0.0.1:${portOf(standIn)}`;
  expect(await fetchPicture(`https://${HOST}/a.jpeg?x-expires=1`, { standIn: stand })).toMatchObject({
    kind: 'picture',
  });
  expect(asked).toEqual([`127.0.0.1:${portOf(standIn)}/picture?of=${encodeURIComponent(`https://${HOST}/a.jpeg`)}`]);
  expect(await fetchPicture('https://evil.example/a.jpeg', { standIn: stand })).toMatchObject({ kind: 'refused' });
});
