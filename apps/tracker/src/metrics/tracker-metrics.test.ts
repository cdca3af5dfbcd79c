import { micros } from '@clipmeter/core/money';
import { expect, test } from 'vitest';
import type { HealthReport } from '#src/health/health-report.ts';
import { parseExposition } from '#src/metrics/exposition.fixture.ts';
import { createTrackerMetrics } from '#src/metrics/tracker-metrics.ts';
import type { TrackerState } from '#src/metrics/tracker-state.ts';
import { CLOSE } from '#src/sockets/socket-limits.ts';
import { SocketTally } from '#src/sockets/socket-tally.ts';

const WELL: HealthReport = {
  ready: true,
  database: 'reachable',
  follower: { lagMs: 250, heldBy: null },
  sockets: 3,
  subscribers: 4,
  horizon: { pid: 1, database: 'other', application: 'psql', state: 'idle in transaction', seconds: 12.5 },
  queues: [{ name: 'batch.TIKTOK', waiting: 2, active: 1, failed: 0 }],
  platforms: [{ platform: 'TIKTOK', status: 'DELAYED', since: '', reason: null, version: 1 }],
  alerts: [1, 2].map((id) => ({
    ...{ id: String(id), kind: 'platform_incident', message: '', count: 1 },
    ...{ firstSeen: '', lastSeen: '' },
  })),
  mail: { configured: true, waiting: 0, since: null, failingSince: null },
};
const STATE: TrackerState = {
  health: WELL,
  lateness: [{ platform: 'TIKTOK', due: 7, oldestDueSeconds: 90, tickLateSeconds: 1.5 }],
  spending: [{ platform: 'TIKTOK', spentMicros: micros(2_500_000n) }],
};
const AWAY: TrackerState = {
  health: { ...WELL, ready: false, database: 'unreachable', horizon: null, queues: [], platforms: [], alerts: [] },
  lateness: null,
  spending: [],
};

function metrics(tally = new SocketTally()) {
  const pools = { tracker: { totalCount: 5, idleCount: 2, waitingCount: 1 } };
  return createTrackerMetrics({ platforms: ['TIKTOK'], tally, pools, limitMicros: micros(5_000_000n) });
}

async function linesOf(of: ReturnType<typeof metrics>, state: TrackerState): Promise<string[]> {
  const text = await of.exposition(state);
  parseExposition(text);
  return text.split('\n');
}

test('the gauges say what was read', async () => {
  const lines = await linesOf(metrics(), STATE);
  for (const line of [
    'clipmeter_follower_lag_seconds 0.25',
    'clipmeter_horizon_held_seconds 12.5',
    'clipmeter_subscriptions 4',
    'clipmeter_due_clips{platform="TIKTOK"} 7',
    'clipmeter_oldest_due_seconds{platform="TIKTOK"} 90',
    'clipmeter_tick_late_seconds{platform="TIKTOK"} 1.5',
    'clipmeter_queue_jobs{queue="batch.TIKTOK",state="waiting"} 2',
    'clipmeter_queue_jobs{queue="batch.YOUTUBE",state="waiting"} 0',
    'clipmeter_open_alerts{kind="platform_incident"} 2',
    'clipmeter_open_alerts{kind="daily_limit"} 0',
    'clipmeter_platform_status{platform="TIKTOK",status="DELAYED"} 1',
    'clipmeter_platform_status{platform="TIKTOK",status="OK"} 0',
    'clipmeter_day_spending_usd{platform="TIKTOK"} 2.5',
    'clipmeter_day_limit_usd{platform="TIKTOK"} 5',
    'clipmeter_pool_connections{pool="tracker",state="busy"} 3',
    'clipmeter_pool_waiting{pool="tracker"} 1',
  ])
    expect(lines).toContain(line);
});

test('what an absent database does not tell has no value, rather than the last one', async () => {
  const shown = metrics();
  await linesOf(shown, STATE);
  const lines = await linesOf(shown, AWAY);
  expect(lines).toContain('clipmeter_database_up 0');
  expect(lines).toContain('clipmeter_sockets 3');
  expect(
    lines.filter((line) => /^clipmeter_(horizon|due|oldest|tick|queue|open_alerts|platform|day)/.test(line)),
  ).toEqual([]);
  expect(await linesOf(shown, STATE)).toContain('clipmeter_horizon_held_seconds 12.5');
});

test('the counters add up, and scraping twice counts nothing twice', async () => {
  const tally = new SocketTally();
  const shown = metrics(tally);
  shown.meter.batchEnded('TIKTOK', 'in_part', 1_500);
  shown.meter.clipsAnswered('TIKTOK', 'put_back', 20);
  shown.meter.credited('round', micros(1_250_000n));
  shown.meter.credited('round', micros(1n));
  shown.meter.readsBilled('TIKTOK', micros(500_000n));
  shown.meter.jobFailed('cost');
  tally.sent(3, 1_200);
  tally.refuseHandshake('403 Forbidden');
  tally.refuseHandshake('403 Forbidden');
  tally.turnAway(CLOSE.policy);
  tally.close('stalled');
  tally.snapshots += 1;
  await linesOf(shown, STATE);
  const lines = await linesOf(shown, STATE);
  for (const line of [
    'clipmeter_batches_total{platform="TIKTOK",outcome="in_part"} 1',
    'clipmeter_batch_duration_seconds_bucket{le="1",platform="TIKTOK"} 0',
    'clipmeter_batch_duration_seconds_bucket{le="2.5",platform="TIKTOK"} 1',
    'clipmeter_clip_outcomes_total{platform="TIKTOK",outcome="put_back"} 20',
    'clipmeter_credited_usd_total{source="round"} 1.250001',
    'clipmeter_read_cost_usd_total{platform="TIKTOK"} 0.5',
    'clipmeter_failed_jobs_total{queue="cost"} 1',
    'clipmeter_frames_sent_total 3',
    'clipmeter_sent_bytes_total 1200',
    'clipmeter_handshakes_refused_total{status="403"} 2',
    'clipmeter_sockets_closed_total{reason="policy"} 1',
    'clipmeter_sockets_closed_total{reason="stalled"} 1',
    'clipmeter_sockets_closed_total{reason="silent"} 0',
    'clipmeter_snapshots_told_total 1',
  ])
    expect(lines).toContain(line);
});
