import { appRouter } from '@clipmeter/api/app-router';
import type { LiveMessage } from '@clipmeter/api/output/live-event';
import type { Cursor } from '@clipmeter/realtime/cursor';
import { transformTRPCResponse } from '@trpc/server';
import { textFrame } from '#src/sockets/text-frame.ts';

/** A message, serialised once, and its frames by the beginning that names the request. */
interface MessageFrames {
  readonly cursor: Cursor;
  readonly result: string;
  readonly byHead: Map<string, Buffer>;
}

// Pages count their requests from one: most subscribers of a topic share a handful of ids, and so of frames.
const known = new WeakMap<LiveMessage, MessageFrames>();

/**
 * The frame in which tRPC tells a subscription of a message. The same message to the same request id is the same buffer,
 * so it must not be changed.
 */
export function liveFrame(head: string, cursor: Cursor, message: LiveMessage): Buffer {
  let frames = known.get(message);
  // A cursor other than the event's own: at the seam between the gap and the hub.
  if (frames === undefined || frames.cursor !== cursor) {
    frames = { cursor, result: resultOf(cursor, message), byHead: new Map() };
    known.set(message, frames);
  }
  let frame = frames.byHead.get(head);
  if (frame === undefined) {
    frame = textFrame(head + frames.result);
    frames.byHead.set(head, frame);
  }
  return frame;
}

/** How every answer to a request begins. */
export function headOf(id: string | number | null, jsonrpc: '2.0' | undefined): string {
  return `{"id":${JSON.stringify(id)},${jsonrpc === undefined ? '' : '"jsonrpc":"2.0",'}`;
}

function resultOf(cursor: Cursor, message: LiveMessage): string {
  const response = transformTRPCResponse(appRouter._def._config, {
    result: { type: 'data', data: { id: cursor, data: message }, id: cursor },
  });
  return JSON.stringify(response).slice(1);
}
