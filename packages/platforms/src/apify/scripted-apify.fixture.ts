import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ScriptedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

interface ScriptedReply {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers a request, or drops its connection. */
export type Script = (request: ScriptedRequest, requestsSoFar: readonly ScriptedRequest[]) => ScriptedReply | 'drop';

export interface ScriptedApify {
  readonly url: string;
  readonly requests: readonly ScriptedRequest[];
  stop(): Promise<void>;
}

/** A server whose every answer the test writes itself: for what a faithful simulator would never say. */
export async function startScriptedApify(script: Script): Promise<ScriptedApify> {
  const requests: ScriptedRequest[] = [];
  const server = createServer((incoming, response) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
    const request = { method: incoming.method ?? '', path: pathname, query: searchParams };
    const reply = script(request, requests);
    requests.push(request);
    incoming.resume();
    if (reply === 'drop') {
      incoming.socket.destroy();
      return;
    }
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
    response.end(reply.text ?? JSON.stringify(reply.json));
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    requests,
    async stop() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
}
