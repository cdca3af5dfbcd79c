import type { Server, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { HealthReport } from '#src/health/health-report.ts';
import { listen } from '#src/listen.ts';
import type { Service } from '#src/service.ts';

export interface HealthServerDeps {
  readonly server: Server;
  readonly host: string;
  readonly port: number;
  readonly log: Logger;
  readonly readHealth: () => Promise<HealthReport>;
}

/**
 * The tracker's port. `/health`: the process lives, and how it is doing; `/ready`: it can do its work (503 when it
 * cannot). Sockets are upgraded on the same port.
 */
export function createHealthServer({ server, host, port, log, readHealth }: HealthServerDeps): Service {
  server.on('request', (request, response) => {
    answer(request.url ?? '/', response).catch((error: unknown) => {
      log.error({ err: error }, 'a request failed');
      response.writeHead(500).end();
    });
  });

  async function answer(url: string, response: ServerResponse): Promise<void> {
    const path = url.split('?')[0];
    if (path === '/health') return sendJson(response, 200, await readHealth());
    if (path === '/ready') {
      const report = await readHealth();
      return sendJson(response, report.ready ? 200 : 503, report);
    }
    sendJson(response, 404, { error: 'There is nothing here. Try /health or /ready.' });
  }

  return {
    name: 'http',
    async run() {
      log.info({ host, port: await listen(server, host, port, 'TRACKER_PORT') }, 'listening');
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
