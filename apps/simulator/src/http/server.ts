import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { type Exchange, json, type Reply } from '#src/http/exchange.ts';
import { readJson, UnreadableBody } from '#src/http/request.ts';
import type { Router } from '#src/http/router.ts';

/** An HTTP server over a router; JSON in, JSON out. */
export function createHttpServer(router: Router, log: Logger): Server {
  const server = createServer((request, response) => {
    const startedAtMs = performance.now();
    response.on('finish', () => {
      const durationMs = Math.round(performance.now() - startedAtMs);
      log.debug({ method: request.method, path: request.url, status: response.statusCode, durationMs }, 'request');
    });
    answer(router, request, response).catch((error: unknown) => {
      log.error({ err: error, path: request.url }, 'request failed');
      response.destroy();
    });
  });
  // Longer than the 60 s that a client may ask to wait for a run.
  server.requestTimeout = 120_000;
  server.keepAliveTimeout = 65_000;
  return server;
}

async function answer(router: Router, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://simulator');
  const method = request.method ?? 'GET';
  const found = router.find(method, url.pathname);
  if (found === undefined) return send(response, json(404, errorBody('page-not-found', 'Nothing is here.')));
  if (found === 'method') {
    return send(response, json(405, errorBody('method-not-allowed', `${method} is not allowed here.`)));
  }
  const hungUp = new AbortController();
  response.on('close', () => hungUp.abort());
  const exchange: Exchange = {
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    part: (name) => found.parts.get(name) ?? '',
    body: () => readJson(request),
    signal: hungUp.signal,
  };
  try {
    send(response, await found.handler(exchange), method === 'HEAD');
  } catch (error) {
    if (!(error instanceof UnreadableBody)) throw error;
    send(response, json(400, errorBody('invalid-request-body', error.message)));
  }
}

function send(response: ServerResponse, reply: Reply, withoutBody = false): void {
  if (response.destroyed) return;
  if (reply.kind === 'drop') {
    response.destroy();
    return;
  }
  const body = bodyOf(reply);
  response.writeHead(reply.status, {
    'content-type': reply.kind === 'json' ? 'application/json; charset=utf-8' : reply.contentType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...reply.headers,
  });
  response.end(withoutBody ? undefined : body);
}

function bodyOf(reply: Exclude<Reply, { kind: 'drop' }>): string | Buffer {
  if (reply.kind === 'json') return JSON.stringify(reply.json);
  return reply.kind === 'text' ? reply.text : reply.bytes;
}

function errorBody(type: string, message: string) {
  return { error: { type, message } };
}
