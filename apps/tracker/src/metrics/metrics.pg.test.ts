import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Family, parseExposition } from '#src/metrics/exposition.fixture.ts';
import { openSocket } from '#src/sockets/socket-client.fixture.ts';
import { credited, startTrackerProcess, type TrackerProcess } from '#src/tracker-process.fixture.ts';
import { openTrackerWorld, type TrackerWorld } from '#src/tracker-world.fixture.ts';

const LIMIT_MS = 60_000;
const HOST = '127.0.0.1';

let world: TrackerWorld;
let tracker: TrackerProcess | null = null;
beforeAll(async () => {
  world = await openTrackerWorld();
});
afterEach(async () => {
  tracker?.kill('SIGKILL');
  await tracker?.ended;
  tracker = null;
});
afterAll(() => world.stop());

function start(metricsPort: string): TrackerProcess {
  const env = { METRICS_PORT: metricsPort };
  tracker = startTrackerProcess({ databaseUrl: world.database.url, simulatorUrl: world.simulator.url, env });
  return tracker;
}

async function metricsUrl(running: TrackerProcess): Promise<string> {
  const { port } = await running.until((line) => line.msg === 'metrics');
  return `http://${HOST}:${z.number().parse(port)}/metrics`;
}

async function scrape(url: string): Promise<ReadonlyMap<string, Family>> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  return parseExposition(await response.text());
}

/** The value of the one series with these labels; undefined if there is none. */
function seriesValue(metrics: ReadonlyMap<string, Family>, name: string, labels: Record<string, string> = {}) {
  const family = name.replace(/_(bucket|count|sum)$/, '');
  const samples = (metrics.get(name) ?? metrics.get(family))?.samples.filter(
    (sample) =>
      sample.name === name && Object.entries(labels).every(([label, content]) => sample.labels[label] === content),
  );
  expect(samples?.length ?? 0, `${name} ${JSON.stringify(labels)}`).toBeLessThanOrEqual(1);
  return samples?.[0]?.value;
}

const dashboardSchema = z.object({
  templating: z.object({ list: z.array(z.looseObject({ name: z.string(), type: z.string() })) }),
  panels: z.array(
    z.looseObject({
      id: z.number(),
      type: z.string(),
      title: z.string(),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number().max(24), h: z.number() }),
      targets: z
        .array(z.looseObject({ expr: z.string().min(1), datasource: z.object({ uid: z.literal(`\${datasource}`) }) }))
        .optional(),
    }),
  ),
});

async function readDashboard() {
  const text = await readFile(new URL('../../../../deploy/grafana-dashboard.json', import.meta.url), 'utf8');
  return dashboardSchema.parse(JSON.parse(text));
}

/** The names in the first column of the table in docs/operate.md. */
async function documentedMetrics(): Promise<string[]> {
  const text = await readFile(new URL('../../../../docs/operate.md', import.meta.url), 'utf8');
  return [...text.matchAll(/^\| `(clipmeter_[a-z_]+)`/gm)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

test('a scrape shows what a batch did, what sockets were refused, and the state', { timeout: LIMIT_MS }, async () => {
  const campaignId = await world.world.addCampaign({ budget: '100', rate: '10' });
  const clip = await world.postClip(campaignId, 1_000);
  await world.readAll();
  world.setViews(clip, 2_000);
  await world.makeDue();
  const running = start('0');
  const url = await metricsUrl(running);
  const publicUrl = `http://${HOST}:${await running.port()}`;
  await running.until(credited('10.000000'));

  const stranger = openSocket(`${publicUrl.replace('http', 'ws')}/trpc`);
  await stranger.subscribe('live.campaign', { id: campaignId });
  await stranger.until((message) => message.error !== undefined);
  const foreign = await fetch(`${publicUrl}/trpc`, { headers: { origin: 'https://evil.example' } });
  expect(foreign.status).toBe(404);

  const metrics = await scrape(url);
  const TIKTOK = { platform: 'TIKTOK' };
  expect(seriesValue(metrics, 'clipmeter_batches_total', { ...TIKTOK, outcome: 'settled' })).toBeGreaterThanOrEqual(1);
  expect(seriesValue(metrics, 'clipmeter_batches_total', { ...TIKTOK, outcome: 'failed' })).toBe(0);
  expect(seriesValue(metrics, 'clipmeter_batches_total', { platform: 'X', outcome: 'settled' })).toBe(0);
  expect(seriesValue(metrics, 'clipmeter_clip_outcomes_total', { ...TIKTOK, outcome: 'found' })).toBeGreaterThanOrEqual(
    1,
  );
  expect(seriesValue(metrics, 'clipmeter_run_starts_total', { ...TIKTOK, how: 'started' })).toBeGreaterThanOrEqual(1);
  expect(seriesValue(metrics, 'clipmeter_batch_duration_seconds_count', TIKTOK)).toBeGreaterThanOrEqual(1);
  expect(seriesValue(metrics, 'clipmeter_settlement_duration_seconds_count', TIKTOK)).toBeGreaterThanOrEqual(1);
  expect(seriesValue(metrics, 'clipmeter_credits_total')).toBe(1);
  expect(seriesValue(metrics, 'clipmeter_credited_usd_total', { source: 'batch' })).toBe(10);
  expect(seriesValue(metrics, 'clipmeter_sockets')).toBe(1);
  expect(seriesValue(metrics, 'clipmeter_sockets_opened_total')).toBe(1);
  expect(seriesValue(metrics, 'clipmeter_socket_calls_refused_total', { code: 'UNAUTHORIZED' })).toBe(1);
  expect(seriesValue(metrics, 'clipmeter_frames_sent_total')).toBeGreaterThanOrEqual(1);
  expect(seriesValue(metrics, 'clipmeter_sent_bytes_total')).toBeGreaterThan(50);
  expect(seriesValue(metrics, 'clipmeter_ready')).toBe(1);
  expect(seriesValue(metrics, 'clipmeter_database_up')).toBe(1);
  expect(seriesValue(metrics, 'clipmeter_platform_status', { ...TIKTOK, status: 'OK' })).toBe(1);
  expect(seriesValue(metrics, 'clipmeter_open_alerts', { kind: 'billing_stop' })).toBe(0);
  expect(seriesValue(metrics, 'clipmeter_queue_jobs', { queue: 'tick.TIKTOK', state: 'failed' })).toBe(0);
  expect(seriesValue(metrics, 'clipmeter_pool_connections', { pool: 'tracker', state: 'idle' })).toBeGreaterThanOrEqual(
    1,
  );
  expect(seriesValue(metrics, 'clipmeter_oldest_due_seconds', TIKTOK)).toBeDefined();
  expect(seriesValue(metrics, 'clipmeter_tick_late_seconds', TIKTOK)).toBeLessThan(60);
  expect(seriesValue(metrics, 'clipmeter_day_spending_usd', TIKTOK)).toBeGreaterThan(0);
  expect(seriesValue(metrics, 'clipmeter_build_info', { node: process.version })).toBe(1);
  expect(seriesValue(metrics, 'process_resident_memory_bytes')).toBeGreaterThan(0);

  // Not where browsers come, and nothing else where Prometheus does.
  expect((await fetch(`${publicUrl}/metrics`)).status).toBe(404);
  expect((await fetch(new URL('/health', url))).status).toBe(404);
  expect((await fetch(url, { method: 'POST' })).status).toBe(404);

  const ours = [...metrics.keys()].filter((name) => name.startsWith('clipmeter_'));
  expect((await documentedMetrics()).toSorted()).toEqual(ours.toSorted());

  const shown = new Set(
    [...metrics.values()].flatMap(({ name, samples }) => [name, ...samples.map((each) => each.name)]),
  );
  const { panels } = await readDashboard();
  const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  const asked = new Set(queries.flatMap((query) => query.match(/\b(?:clipmeter|process|nodejs)_[a-z0-9_]+/g) ?? []));
  expect([...asked].filter((name) => !shown.has(name))).toEqual([]);
  // Everything of ours is looked at, a histogram by its buckets.
  expect(ours.filter((name) => !asked.has(name) && !asked.has(`${name}_bucket`))).toEqual([]);

  expect(await running.stop()).toMatchObject({ code: 0 });
});

test('the dashboard can be imported: a variable for the data source, four rows, no panel upon another', async () => {
  const { templating, panels } = await readDashboard();
  expect(templating.list).toMatchObject([{ name: 'datasource', type: 'datasource' }]);
  expect(panels.filter(({ type }) => type === 'row').map(({ title }) => title)).toEqual([
    'Money',
    'Reads',
    'Live',
    'Database',
  ]);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  for (const { type, targets = [] } of panels) expect(targets.length > 0).toBe(type !== 'row');
});

test('a taken port ends the start with one line that says what to type; none is opened when none is wanted', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, HOST, resolve));
  const address = other.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const refused = start(String(port));
  expect(await refused.ended).toMatchObject({ code: 1 });
  expect(refused.errors().trim()).toBe(
    `Port ${port} is taken. Start again with another one: METRICS_PORT=${port + 1} npm start`,
  );
  await new Promise((resolve) => other.close(resolve));

  const silent = start('off');
  await silent.port();
  expect(silent.lines.some((line) => line.msg === 'metrics')).toBe(false);
});
