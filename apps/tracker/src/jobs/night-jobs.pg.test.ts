import { createServer } from 'node:http';
import { alertWords } from '@clipmeter/core/alert-kind';
import { withTransaction } from '@clipmeter/db/transaction';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { raiseAlert } from '#src/alert.ts';
import { createAlertJob } from '#src/jobs/alert-job.ts';
import { createAuditJob } from '#src/jobs/audit-job.ts';
import { createPartitionsJob } from '#src/jobs/partitions-job.ts';
import { openTrackerWorld, type TrackerWorld } from '#src/tracker-world.fixture.ts';

let tracker: TrackerWorld;
beforeAll(async () => {
  tracker = await openTrackerWorld();
});
afterAll(() => tracker.stop());

const log = pino({ level: 'silent' });
const now = () => new Date();
const idle = () => new AbortController().signal;

test('the audit raises an alert when a sum does not come out, and takes it back when it does', async () => {
  const { pool } = tracker;
  const job = createAuditJob({ pool, log, now });
  const campaignId = await tracker.world.addCampaign({ budget: '100', rate: '10' });
  await job.handle({}, idle());
  expect(await tracker.openAlerts()).toEqual([]);

  await pool.query('UPDATE campaigns SET spent = 1 WHERE id = $1', [campaignId]);
  await job.handle({}, idle());
  expect(await tracker.openAlerts()).toContain('audit_difference');

  await pool.query('UPDATE campaigns SET spent = 0 WHERE id = $1', [campaignId]);
  await job.handle({}, idle());
  expect(await tracker.openAlerts()).toEqual([]);
});

test('partitions are made ahead', async () => {
  const { pool } = tracker;
  const inAMonth = new Date(Date.now() + 31 * 86_400_000);
  await createPartitionsJob({ pool, log, now: () => inAMonth }).handle({}, idle());
  const { rows } = await pool.query<{ name: string | null }>('SELECT to_regclass($1)::text AS name', [
    `events_${inAMonth.toISOString().slice(0, 10).replaceAll('-', '')}`,
  ]);
  expect(rows[0]?.name).not.toBeNull();
});

test('an alert is posted until the webhook takes it, and then no more', async () => {
  const { pool } = tracker;
  await pool.query('UPDATE alerts SET posted_at = now()');
  const bodies: string[] = [];
  let status = 500;
  const webhook = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (chunk: string) => bodies.push(chunk));
    request.on('end', () => response.writeHead(status).end());
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const address = webhook.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const job = createAlertJob({ pool, log, now, webhookUrl: `http://127.0.0.1:${address.port}/` });

  await withTransaction(pool, (tx) =>
    raiseAlert(tx, { kind: 'billing_stop', cause: 'TIKTOK', message: 'TikTok is not read any more', now: now() }),
  );
  await job.handle({}, idle());
  status = 204;
  await job.handle({}, idle());
  await job.handle({}, idle());
  const { title, remedy } = alertWords('billing_stop');
  const told = {
    ...{ kind: 'billing_stop', cause: 'TIKTOK', title, remedy },
    text: `Clipmeter: ${title}. TikTok is not read any more. ${remedy}`,
  };
  expect(bodies.map((body) => JSON.parse(body))).toMatchObject([told, told]);
  await new Promise((resolve) => webhook.close(resolve));
});
