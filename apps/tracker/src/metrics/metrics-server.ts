import type { Logger } from 'pino';
import { listen } from '#src/listen.ts';
import type { TrackerMetrics } from '#src/metrics/tracker-metrics.ts';
import type { TrackerState } from '#src/metrics/tracker-state.ts';
import type { Service } from '#src/service.ts';
import { createHandshakeServer } from '#src/sockets/handshake-server.ts';

export interface MetricsServerDeps {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly log: Logger;
  readonly metrics: TrackerMetrics;
  readonly state: () => Promise<TrackerState>;
}

/** A port of its own for Prometheus, so that whoever may open a socket does not see the business's figures. */
export function createMetricsServer({ host, port, log, metrics, state }: MetricsServerDeps): Service {
  const server = createHandshakeServer();
  let scraping: Promise<string> | null = null;

  /** Who asks while somebody is being answered gets the same answer: scrapes never pile up in the database. */
  async function scrape(): Promise<string> {
    return metrics.exposition(await state());
  }

  function scrapeOnce(): Promise<string> {
    scraping ??= scrape().finally(() => {
      scraping = null;
    });
    return scraping;
  }

  server.on('request', (request, response) => {
    if (request.url?.split('?')[0] !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here. Try GET /metrics.\n');
      return;
    }
    scrapeOnce().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      (error: unknown) => {
        log.error({ err: error }, 'the metrics could not be read');
        response.writeHead(500).end();
      },
    );
  });

  return {
    name: 'metrics',
    async run() {
      metrics.watchProcess();
      log.info({ host, port: await listen(server, host, port, 'METRICS_PORT') }, 'metrics');
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
