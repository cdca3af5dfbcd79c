import type { HealthReport } from '#src/health/health-report.ts';

/** The report as Prometheus reads it. */
export function metricsText(report: HealthReport): string {
  const lines = [
    gauge('ready', Number(report.ready)),
    gauge('follower_lag_seconds', report.follower.lagMs / 1000),
    gauge('horizon_held_seconds', report.horizon?.seconds ?? 0),
    gauge('sockets', report.sockets),
    gauge('subscribers', report.subscribers),
    gauge('open_alerts', report.alerts.length),
    ...report.platforms.map(({ platform, status }) => gauge('platform_ok', Number(status === 'OK'), { platform })),
    ...report.queues.flatMap(({ name, waiting, active, failed }) => [
      gauge('queue_waiting', waiting, { queue: name }),
      gauge('queue_active', active, { queue: name }),
      gauge('queue_failed', failed, { queue: name }),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function gauge(name: string, value: number, labels: Record<string, string> = {}): string {
  const text = Object.entries(labels).map(([label, content]) => `${label}="${content}"`);
  return `clipmeter_${name}${text.length === 0 ? '' : `{${text.join(',')}}`} ${value}`;
}
