import { micros } from '@clipmeter/core/money';
import { afterEach, expect, test } from 'vitest';
import { ApifyRuns } from '#src/apify/apify-runs.ts';
import { type Script, type ScriptedApify, startScriptedApify } from '#src/apify/scripted-apify.fixture.ts';

const signal = new AbortController().signal;
const ACTOR = 'clockworks/tiktok-scraper';
const INPUT = { postURLs: ['https://www.tiktok.com/@mira/video/7234567890123456789'] };
const LIMITS = { itemsMax: 2, chargeMaxMicros: micros(500_000n), timeoutSecs: 182 };

let server: ScriptedApify | undefined;

afterEach(() => server?.stop());

async function runsOver(script: Script): Promise<ApifyRuns> {
  server = await startScriptedApify(script);
  return new ApifyRuns({ token: 'secret', baseUrl: server.url, retryDelayMs: 1, sleep: async () => {} });
}

function run(fields: Record<string, unknown> = {}) {
  return {
    id: 'run1',
    status: 'SUCCEEDED',
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: '2026-01-01T00:00:05.000Z',
    defaultDatasetId: 'dataset1',
    defaultKeyValueStoreId: 'store1',
    usageTotalUsd: 0.5,
    ...fields,
  };
}

test('a start carries every limit that keeps its cost in bounds', async () => {
  const runs = await runsOver(() => ({ status: 201, json: { data: run({ status: 'READY', finishedAt: null }) } }));
  expect(await runs.start(ACTOR, INPUT, LIMITS, signal)).toEqual({
    kind: 'started',
    externalRunId: 'run1',
    startedAt: new Date('2026-01-01T00:00:00.000Z'),
  });
  const [request] = server?.requests ?? [];
  expect(request?.path).toMatch(/^\/v2\/(actors|acts)\/clockworks~tiktok-scraper\/runs$/);
  expect(Object.fromEntries(request?.query ?? [])).toEqual({ maxItems: '2', maxTotalChargeUsd: '0.5', timeout: '182' });
});

test.each([
  ['an error of the server', { status: 502, json: { error: { type: 'bad-gateway', message: 'x' } } }],
  ['a cut connection', 'drop'],
  ['an unreadable answer', { status: 201, text: '{"data":{' }],
  ['an answer that is no run', { status: 201, json: { data: { id: 'run1' } } }],
  ['an answer without data', { status: 201, json: {} }],
] as const)('%s may hide a run: the start is lost and was sent once', async (_what, reply) => {
  const runs = await runsOver(() => reply);
  expect(await runs.start(ACTOR, INPUT, LIMITS, signal)).toMatchObject({ kind: 'lost' });
  expect(server?.requests).toHaveLength(1);
});

test('a start that cannot have arrived has failed', async () => {
  const runs = await runsOver(() => 'drop');
  await server?.stop();
  expect(await runs.start(ACTOR, INPUT, LIMITS, signal)).toMatchObject({ kind: 'failed' });
  expect(await runs.start(ACTOR, INPUT, LIMITS, AbortSignal.abort())).toMatchObject({ kind: 'failed' });
});

test('no reason tells the token', async () => {
  const runs = await runsOver(() => ({
    status: 401,
    json: { error: { type: 'invalid-token', message: 'not valid' } },
  }));
  const outcome = await runs.start(ACTOR, INPUT, LIMITS, signal);
  expect(outcome).toMatchObject({ kind: 'stopped', reason: 'Apify answered 401 invalid-token: not valid' });
});

test('items come in pages, though the server says that there are fewer', async () => {
  const rows = Array.from({ length: 2_300 }, (_, i) => ({ id: String(i) }));
  const runs = await runsOver(({ query }) => {
    const offset = Number(query.get('offset'));
    const headers = { 'x-apify-pagination-total': '1000', 'x-apify-pagination-offset': String(offset) };
    return { json: rows.slice(offset, offset + Number(query.get('limit'))), headers };
  });
  expect(await runs.readItems('dataset1', 5_000, signal)).toEqual({ kind: 'read', items: rows });
  expect(await runs.readItems('dataset1', 1_500, signal)).toEqual({ kind: 'read', items: rows.slice(0, 1_500) });
});

test('items without paging headers are read', async () => {
  const runs = await runsOver(() => ({ json: [{ id: '1' }] }));
  expect(await runs.readItems('dataset1', 10, signal)).toEqual({ kind: 'read', items: [{ id: '1' }] });
});

test('a read that meets errors is repeated, and one that meets nothing else is put off', async () => {
  const faults = [{ status: 500, json: {} }, { status: 429, json: {} }, { text: '[{' }] as const;
  const runs = await runsOver((_request, before) => faults[before.length] ?? { json: [] });
  expect(await runs.readItems('dataset1', 10, signal)).toEqual({ kind: 'read', items: [] });
  await server?.stop();
  const broken = await runsOver(() => ({ status: 500, json: {} }));
  expect(await broken.readItems('dataset1', 10, signal)).toMatchObject({ kind: 'interrupted' });
  expect(await broken.waitForEnd('run1', 1_000, signal)).toMatchObject({ kind: 'interrupted' });
  expect(await broken.read('run1', signal)).toBeNull();
});

test('a run that a replica does not know yet is waited for', async () => {
  const missing = { status: 404, json: { error: { type: 'record-not-found', message: 'x' } } };
  const runs = await runsOver((_request, before) => (before.length < 2 ? missing : { json: { data: run() } }));
  expect(await runs.waitForEnd('run1', 1_000, signal)).toMatchObject({ kind: 'ended' });
});

test('a run that outlasts its time is aborted', async () => {
  const runs = await runsOver(({ path }, before) => {
    const isAborted = path.endsWith('/abort') || before.some((request) => request.path.endsWith('/abort'));
    return { json: { data: run({ status: isAborted ? 'ABORTED' : 'RUNNING' }) } };
  });
  expect(await runs.waitForEnd('run1', 0, signal)).toMatchObject({ kind: 'ended', run: { status: 'ABORTED' } });
});

test('of several runs with the same input the first since the record is adopted, an older one only for a slow clock', async () => {
  const startedAt = { early: '00:00:58.500', first: '00:01:02.000', second: '00:01:09.000' };
  const items = Object.entries(startedAt).map(([id, time]) =>
    run({ id, startedAt: `2026-01-01T${time}Z`, defaultKeyValueStoreId: id }),
  );
  const runs = await runsOver(({ path }) =>
    path.endsWith('/runs') ? { json: { data: { items: items.toReversed(), total: 3 } } } : { json: INPUT },
  );
  const recordedAt = new Date('2026-01-01T00:01:00.000Z');
  const adopt = (...known: string[]) => runs.find(ACTOR, INPUT, recordedAt, { knownRunIds: new Set(known) });
  expect(await adopt()).toMatchObject({ kind: 'adopted', externalRunId: 'first' });
  expect(await adopt('first')).toMatchObject({ kind: 'adopted', externalRunId: 'second' });
  expect(await adopt('first', 'second')).toMatchObject({ kind: 'adopted', externalRunId: 'early' });
  expect(await adopt('first', 'second', 'early')).toEqual({ kind: 'none' });
});

test('whoever cannot look for a run does not say that there is none', async () => {
  const runs = await runsOver(() => ({ status: 500, json: {} }));
  expect(await runs.find(ACTOR, INPUT, new Date(), {})).toMatchObject({ kind: 'unavailable' });
});
