import type { IncomingMessage } from 'node:http';

/** One request as a handler sees it. */
export interface Exchange {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** A part of the path by the name its route gives it, decoded; '' if the route has no such part. */
  part: (name: string) => string;
  body: () => Promise<unknown>;
  /** Aborted when the client hangs up or the server stops. */
  signal: AbortSignal;
}

/** What a handler answers. */
export type Reply =
  | { kind: 'json'; status: number; json: unknown; headers?: Record<string, string> }
  | { kind: 'text'; status: number; text: string; contentType: string; headers?: Record<string, string> }
  | { kind: 'bytes'; status: number; bytes: Buffer; contentType: string; headers?: Record<string, string> }
  /** The connection is cut without a word. */
  | { kind: 'drop' };

export type Handler = (exchange: Exchange) => Reply | Promise<Reply>;

export function json(status: number, body: unknown, headers?: Record<string, string>): Reply {
  return headers ? { kind: 'json', status, json: body, headers } : { kind: 'json', status, json: body };
}

export function text(status: number, body: string, contentType = 'text/plain; charset=utf-8'): Reply {
  return { kind: 'text', status, text: body, contentType };
}

export const drop: Reply = { kind: 'drop' };

/** What a cut-off JSON answer looks like to a client. */
export const invalidJson: Reply = text(200, '{"data":{"id":"', 'application/json; charset=utf-8');
