import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { parseClipLink, type ShortLink } from '@clipmeter/core/clip-link';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLinkResolver, type LinkOutcome, type LinkResolverOptions } from '#src/short-link/resolve-link.ts';
import { selfSigned } from '#src/short-link/self-signed.fixture.ts';

const VIDEO = '7301234567890123456';
const CLIP_URL = `https://www.tiktok.com/@mira/video/${VIDEO}?_r=1&u=${'x'.repeat(3_000)}`;
const PUBLIC = '93.184.216.34';
const HOSTS = ['vm.tiktok.com', 'vt.tiktok.com', 'www.tiktok.com', 'm.tiktok.com', 'www.instagram.com'];

const { key, cert } = selfSigned(HOSTS);
const stranger = selfSigned(['evil.example']);

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
/** What the world answers, by "host/path"; everything that was asked, with the address it was asked at. */
let answers: Map<string, Answer>;
let asked: string[];
let reached: string[];

beforeAll(async () => {
  server = createServer({ key, cert }, (request, response) => {
    const place = `${request.headers.host}${request.url}`;
    asked.push(place);
    const answer = answers.get(place);
    if (answer === undefined) response.writeHead(200).end('<html>a page</html>');
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  answers = new Map();
  asked = [];
  reached = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function portOf(): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return address.port;
}

/** The real thing, over a DNS and a certificate of the test's own; checked addresses lead to the local server. */
function resolve(link: string, options: LinkResolverOptions = {}): Promise<LinkOutcome> {
  const resolver = createLinkResolver({
    lookup: async () => [PUBLIC],
    ca: cert,
    place(address) {
      reached.push(address);
      return { host: '127.0.0.1', port: portOf() };
    },
    ...options,
  });
  return resolver.resolve(shortLink(link), new AbortController().signal);
}

function shortLink(text: string): ShortLink {
  const link = parseClipLink(text);
  if (link.kind !== 'short') throw new Error('not a short link');
  return link;
}

const redirect =
  (location: string, status = 302): Answer =>
  (_request, response) =>
    response.writeHead(status, { location, 'set-cookie': 'tracking=1; Path=/' }).end();

const SHORT = 'https://vm.tiktok.com/ZMabc/';

test.each([301, 302, 303, 307, 308])('a %i leads to the video', async (status) => {
  answers.set('vm.tiktok.com/ZMabc/', redirect(CLIP_URL, status));
  expect(await resolve(SHORT)).toEqual({
    kind: 'resolved',
    clip: {
      kind: 'clip',
      platform: 'TIKTOK',
      externalId: VIDEO,
      canonicalUrl: `https://www.tiktok.com/@mira/video/${VIDEO}`,
    },
  });
  // The video's own page is not asked for: its address names it.
  expect(asked).toEqual(['vm.tiktok.com/ZMabc/']);
});

test.each([
  ['https://vt.tiktok.com/ZSabc', 'vt.tiktok.com/ZSabc/', `https://m.tiktok.com/v/${VIDEO}.html?u=1`, VIDEO],
  ['https://www.tiktok.com/t/ZTabc', 'www.tiktok.com/t/ZTabc/', `/@mira/video/${VIDEO}`, VIDEO],
  [
    'https://www.instagram.com/share/reel/BAabc',
    'www.instagram.com/share/reel/BAabc/',
    'https://www.instagram.com/reel/C8x_Zb-tQ1a/?igsh=1',
    'C8x_Zb-tQ1a',
  ],
  ['https://www.instagram.com/share/p/BAabc', 'www.instagram.com/share/p/BAabc/', '/p/C8x_Zb-tQ1a/', 'C8x_Zb-tQ1a'],
])('%s is followed', async (link, place, location, externalId) => {
  answers.set(place, redirect(location));
  expect(await resolve(link)).toMatchObject({ kind: 'resolved', clip: { externalId } });
});

test('the connection goes to the address that was checked, and the name is looked up once a hop', async () => {
  answers.set('vm.tiktok.com/ZMabc/', redirect('https://www.tiktok.com/t/ZT1/'));
  answers.set('www.tiktok.com/t/ZT1/', redirect(CLIP_URL));
  const lookups: string[] = [];
  // A name that changes its address after the check would go unnoticed if it were looked up again.
  const lookup = async (host: string) => {
    lookups.push(host);
    return lookups.length <= 2 ? [`93.184.216.${lookups.length}`, '2606:4700::1'] : ['127.0.0.1'];
  };
  expect(await resolve(SHORT, { lookup })).toMatchObject({ kind: 'resolved' });
  expect(lookups).toEqual(['vm.tiktok.com', 'www.tiktok.com']);
  expect(reached).toEqual(['93.184.216.1', '93.184.216.2']);
});

test('an address that cannot be reached gives way to one of the other family', async () => {
  answers.set('vm.tiktok.com/ZMabc/', redirect(CLIP_URL));
  const lookup = async () => ['2606:4700::1', '2606:4700::2', PUBLIC, '93.184.216.35'];
  const place = (address: string) => {
    reached.push(address);
    return { host: '127.0.0.1', port: address === PUBLIC ? portOf() : 1 };
  };
  expect(await resolve(SHORT, { lookup, place })).toMatchObject({ kind: 'resolved' });
  expect(reached).toEqual(['2606:4700::1', PUBLIC]);
});

test('no cookie is kept or sent, and nothing says who asks', async () => {
  answers.set('vm.tiktok.com/ZMabc/', redirect('https://vm.tiktok.com/ZMnext/'));
  const seen: IncomingMessage['headers'][] = [];
  answers.set('vm.tiktok.com/ZMnext/', (request, response) => {
    seen.push(request.headers);
    redirect(CLIP_URL)(request, response);
  });
  await resolve(SHORT);
  expect(Object.keys(seen[0] ?? {}).toSorted()).toEqual(['accept', 'connection', 'host', 'user-agent']);
});

/** A chain of so many redirects before the video. */
function chain(length: number): void {
  for (let hop = 1; hop <= length; hop += 1) {
    const from = hop === 1 ? 'ZMabc' : `ZM${hop}`;
    answers.set(`vm.tiktok.com/${from}/`, redirect(hop === length ? CLIP_URL : `/ZM${hop + 1}/`));
  }
}

test('five hops are followed, a sixth is not', async () => {
  chain(5);
  expect(await resolve(SHORT)).toMatchObject({ kind: 'resolved' });
  asked = [];
  chain(6);
  expect(await resolve(SHORT)).toMatchObject({
    kind: 'refused',
    sentence: 'That TikTok link leads to no video. Open the video and copy its link.',
    reason: 'more than 5 redirects',
  });
  expect(asked).toHaveLength(5);
});

test('a circle ends', async () => {
  answers.set('vm.tiktok.com/ZMabc/', redirect(SHORT));
  expect(await resolve(SHORT)).toMatchObject({ kind: 'refused', reason: 'more than 5 redirects' });
});

test.each([
  ['another host', 'https://evil.example/x', 'another host: evil.example'],
  ['another platform', 'https://www.youtube.com/watch?v=dQw4w9-gX_Q', 'another host: www.youtube.com'],
  ['a host that only looks right', 'https://www.tiktok.com.evil.example/', 'another host: www.tiktok.com.evil.example'],
  ['a subdomain that is not listed', 'https://internal.tiktok.com/', 'another host: internal.tiktok.com'],
  ['an address', 'https://127.0.0.1/', 'another host: 127.0.0.1'],
  ['an address in other digits', 'https://2130706433/', 'another host: 127.0.0.1'],
  ['an address of IPv6', 'https://[::1]/', 'another host: [::1]'],
  ['metadata of a cloud', 'https://169.254.169.254/latest/', 'another host: 169.254.169.254'],
  ['plain http', `http://www.tiktok.com/@mira/video/${VIDEO}`, 'not https: http:'],
  ['a file', 'file:///etc/passwd', 'not https: file:'],
  ['a script', 'javascript:alert(1)', 'not https: javascript:'],
  ['another port', 'https://www.tiktok.com:8443/t/x/', 'a port or a login in it'],
  ['a login', 'https://me:pw@www.tiktok.com/t/x/', 'a port or a login in it'],
  ['an endless address', `https://www.tiktok.com/${'x'.repeat(9_000)}`, 'an address that is too long'],
])('a hop to %s is refused, and nothing is sent there', async (_what, location, reason) => {
  answers.set('vm.tiktok.com/ZMabc/', redirect(location));
  expect(await resolve(SHORT)).toEqual({
    kind: 'refused',
    sentence: 'That TikTok link leads away from TikTok.',
    reason,
  });
  expect(asked).toEqual(['vm.tiktok.com/ZMabc/']);
});

test.each([
  [['127.0.0.1']],
  [['10.0.0.1']],
  [['192.168.1.1']],
  [['172.16.0.1']],
  [['169.254.169.254']],
  [['100.64.0.1']],
  [['0.0.0.0']],
  [['::1']],
  [['fe80::1']],
  [['fd00::1']],
  [['::ffff:127.0.0.1']],
  [['64:ff9b::7f00:1']],
  [[PUBLIC, '127.0.0.1']],
])('a name at %j is refused, and nothing is sent', async (addresses) => {
  expect(await resolve(SHORT, { lookup: async () => addresses })).toMatchObject({
    kind: 'refused',
    sentence: 'That link could not be followed safely.',
  });
  expect([asked, reached]).toEqual([[], []]);
});

test('a later hop is checked like the first', async () => {
  answers.set('vm.tiktok.com/ZMabc/', redirect('https://www.tiktok.com/t/x/'));
  const lookup = async (host: string) => (host === 'vm.tiktok.com' ? [PUBLIC] : ['10.0.0.1']);
  expect(await resolve(SHORT, { lookup })).toMatchObject({ kind: 'refused', reason: 'www.tiktok.com is at 10.0.0.1' });
  expect(asked).toHaveLength(1);
});

test('a host that shows another certificate is not asked', async () => {
  expect(await resolve(SHORT, { ca: stranger.cert })).toMatchObject({ kind: 'unavailable' });
  const odd = createServer(stranger);
  await new Promise<void>((listening) => odd.listen(0, '127.0.0.1', listening));
  const address = odd.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const place = () => ({ host: '127.0.0.1', port });
  const outcome = await resolve(SHORT, { ca: stranger.cert, place });
  expect(outcome).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('ERR_TLS_CERT_ALTNAME') });
  odd.close();
});

test.each([
  [200, 'refused'],
  [404, 'refused'],
  [410, 'refused'],
  [403, 'unavailable'],
  [429, 'unavailable'],
  [500, 'unavailable'],
  [503, 'unavailable'],
])('an answer of %i is %s', async (status, kind) => {
  answers.set('vm.tiktok.com/ZMabc/', (_request, response) => response.writeHead(status).end('x'));
  expect(await resolve(SHORT)).toMatchObject({ kind });
});

test('a page without a video is refused in words', async () => {
  answers.set('vm.tiktok.com/ZMabc/', redirect('https://www.tiktok.com/?_r=1'));
  expect(await resolve(SHORT)).toMatchObject({
    kind: 'refused',
    sentence: 'That TikTok link leads to no video. Open the video and copy its link.',
  });
});

test('a redirect to nowhere is refused', async () => {
  answers.set('vm.tiktok.com/ZMabc/', (_request, response) => response.writeHead(302).end());
  expect(await resolve(SHORT)).toMatchObject({ kind: 'refused', reason: '302 without an address' });
  answers.set('vm.tiktok.com/ZMabc/', redirect('https://'));
  expect(await resolve(SHORT)).toMatchObject({ kind: 'refused' });
});

test('a body without an end is not read', async () => {
  const stopped = Promise.withResolvers<void>();
  answers.set('vm.tiktok.com/ZMabc/', (_request, response) => {
    response.writeHead(302, { location: CLIP_URL });
    const pour = () => {
      while (response.write('x'.repeat(65_536)));
    };
    response.on('drain', pour).on('close', stopped.resolve).on('error', stopped.resolve);
    pour();
  });
  expect(await resolve(SHORT)).toMatchObject({ kind: 'resolved' });
  await stopped.promise;
});

test('headers without an end are cut off', async () => {
  answers.set('vm.tiktok.com/ZMabc/', (_request, response) =>
    response.writeHead(302, { location: CLIP_URL, 'x-much': 'x'.repeat(20_000) }).end(),
  );
  expect(await resolve(SHORT)).toMatchObject({
    kind: 'unavailable',
    reason: expect.stringContaining('HPE_HEADER_OVERFLOW'),
  });
});

test('a host that does not answer, and a name server that does not, are left after a while', async () => {
  answers.set('vm.tiktok.com/ZMabc/', () => {});
  expect(await resolve(SHORT, { hopTimeoutMs: 30 })).toMatchObject({ kind: 'unavailable' });
  expect(await resolve(SHORT, { timeoutMs: 30 })).toMatchObject({ kind: 'unavailable' });
  const never = () => new Promise<string[]>(() => {});
  expect(await resolve(SHORT, { hopTimeoutMs: 30, lookup: never })).toMatchObject({ kind: 'unavailable' });
});

test('a name that is not found, or has no address, may be there later', async () => {
  const notFound = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
  expect(await resolve(SHORT, { lookup: notFound })).toEqual({
    kind: 'unavailable',
    reason: 'vm.tiktok.com did not answer: ENOTFOUND',
  });
  expect(await resolve(SHORT, { lookup: async () => [] })).toMatchObject({ kind: 'unavailable' });
});

test('it gives way to the signal', async () => {
  const resolver = createLinkResolver({ lookup: async () => [PUBLIC] });
  expect(await resolver.resolve(shortLink(SHORT), AbortSignal.abort())).toMatchObject({ kind: 'unavailable' });
});
