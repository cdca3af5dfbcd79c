import type { Server, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { HealthReport } from '#src/health/health-report.ts';
import { metricsText } from '#src/health/metrics-text.ts';
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
 * cannot); `/metrics`: the same numbers for Prometheus. Sockets are upgraded on the same port.
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
    if (path === '/metrics') {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(metricsText(await readHealth()));
      return;
    }
    sendJson(response, 404, { error: 'There is nothing here. Try /health, /ready or /metrics.' });
  }

  return {
    name: 'http',
    async run() {
      await listen(server, host, port);
      const address = server.address();
      // The port that was taken when any would do.
      log.info({ host, port: typeof address === 'object' ? address?.port : port }, 'listening');
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** @throws Error with the command to type when the port is taken */
async function listen(server: Server, host: string, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error: NodeJS.ErrnoException) => {
    const taken = `Port ${port} is taken. Start again with another one: TRACKER_PORT=${port + 1} npm start`;
    reject(error.code === 'EADDRINUSE' ? new Error(taken) : error);
  });
  server.listen(port, host, resolve);
  await promise;
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
