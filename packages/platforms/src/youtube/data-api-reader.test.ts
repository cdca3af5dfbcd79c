import { expect, test } from 'vitest';
import type { RunOutcome, VideoRef } from '#src/port.ts';
import { createYoutubeDataApiReader } from '#src/youtube/data-api-reader.ts';

const KEY = 'AIza-secret-key';
const signal = new AbortController().signal;

function ref(i: number): VideoRef {
  const externalId = `video${String(i).padStart(6, '0')}`;
  return { externalId, url: `https://www.youtube.com/watch?v=${externalId}`, authorHandle: null };
}

function refs(count: number): VideoRef[] {
  return Array.from({ length: count }, (_, i) => ref(i));
}

function video(id: string) {
  return { id, snippet: { channelId: 'UC1', title: 't' }, statistics: { viewCount: '7' } };
}

type Answer = (ids: string[], call: number) => Response | Error;

async function read(batch: VideoRef[], answer: Answer): Promise<{ outcome: RunOutcome; urls: URL[] }> {
  const urls: URL[] = [];
  const reader = createYoutubeDataApiReader({
    apiKey: KEY,
    now: () => new Date('2026-01-10T20:00:00.000Z'),
    fetch: async (input) => {
      const url = new URL(String(input));
      const reply = answer(url.searchParams.get('id')?.split(',') ?? [], urls.push(url));
      if (reply instanceof Error) throw reply;
      return reply;
    },
  });
  const started = await reader.start(batch, signal);
  if (started.kind !== 'started') throw new Error('not started');
  return { outcome: await reader.collect(started.externalRunId, batch, signal), urls };
}

function refusal(code: number, reason: string, message = ''): Response {
  return Response.json({ error: { code, message, errors: [{ reason }] } }, { status: code });
}

function kinds(outcome: RunOutcome): string[] {
  return outcome.kind === 'ended' ? outcome.results.map((result) => result.outcome.kind) : [outcome.kind];
}

test('fifty ids go in a call', async () => {
  const { outcome, urls } = await read(refs(120), (ids) => Response.json({ items: ids.map(video) }));
  expect(urls.map((url) => url.searchParams.get('id')?.split(',').length)).toEqual([50, 50, 20]);
  expect(urls[0]?.origin + (urls[0]?.pathname ?? '')).toBe('https://www.googleapis.com/youtube/v3/videos');
  expect(urls[0]?.searchParams.get('part')).toBe('snippet,statistics,status,contentDetails');
  expect(new Set(kinds(outcome))).toEqual(new Set(['found']));
});

test('an id that a whole answer leaves out is not found', async () => {
  const { outcome } = await read(refs(3), ([first = '']) => Response.json({ items: [video(first)] }));
  expect(kinds(outcome)).toEqual(['found', 'not_found', 'not_found']);
});

test('an id is unknown when the answer holds something that cannot be read', async () => {
  const answer: Answer = ([first = '']) => Response.json({ items: [video(first), { snippet: {} }] });
  expect(kinds((await read(refs(2), answer)).outcome)).toEqual(['found', 'unknown']);
});

test.each([
  ['no list', () => Response.json({ kind: 'youtube#videoListResponse' })],
  ['no JSON', () => new Response('<html>')],
  ['an empty body', () => new Response('')],
])('an answer with %s is no answer about any video', async (_what, answer) => {
  expect(kinds((await read(refs(2), answer)).outcome)).toEqual(['failed']);
});

test('a spent quota waits for midnight in California', async () => {
  const { outcome } = await read(refs(1), () => refusal(403, 'quotaExceeded'));
  expect(outcome).toMatchObject({ kind: 'throttled', retryAfterMs: 12 * 3_600_000 });
});

test('what was read before the quota ran out is kept', async () => {
  const answer: Answer = (ids, call) =>
    call === 1 ? Response.json({ items: ids.map(video) }) : refusal(403, 'quotaExceeded');
  const { outcome, urls } = await read(refs(130), answer);
  expect(urls).toHaveLength(2);
  expect(outcome).toMatchObject({ kind: 'ended', incident: expect.stringContaining('quotaExceeded') });
  expect(kinds(outcome).filter((kind) => kind === 'found')).toHaveLength(50);
  expect(kinds(outcome).filter((kind) => kind === 'unknown')).toHaveLength(80);
});

test.each([
  [403, 'rateLimitExceeded', 'throttled'],
  [429, 'rateLimitExceeded', 'throttled'],
  [403, 'accessNotConfigured', 'stopped'],
  [403, 'forbidden', 'stopped'],
  [400, 'keyInvalid', 'stopped'],
  [400, 'invalidParameter', 'failed'],
  [500, 'backendError', 'failed'],
])('%i %s is %s', async (code, reason, kind) => {
  expect(kinds((await read(refs(1), () => refusal(code, reason))).outcome)).toEqual([kind]);
});

test('the key is in the address and in no reason', async () => {
  const quoted = await read(refs(1), () => refusal(400, 'keyInvalid', `API key ${KEY} not valid`));
  expect(quoted.urls[0]?.searchParams.get('key')).toBe(KEY);
  expect(JSON.stringify(quoted.outcome, (_, value) => (typeof value === 'bigint' ? '' : value))).not.toContain(KEY);
  const cause = Object.assign(new Error(`connect to /videos?key=${KEY}`), { code: 'ECONNRESET' });
  const cut = await read(refs(1), () => new TypeError(`fetch failed key=${KEY}`, { cause }));
  expect(cut.outcome).toMatchObject({ kind: 'failed', reason: 'the YouTube Data API did not answer (ECONNRESET)' });
});
