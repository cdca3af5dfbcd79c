import { appRouter } from '@clipmeter/api/app-router';
import { z } from 'zod';
import { SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';

const idSchema = z.union([z.number(), z.string().max(50)]);
const jsonrpc = z.literal('2.0').optional();

/** Queries and mutations go over HTTP, where each request is authorised anew; a socket only follows. */
const callSchema = z.discriminatedUnion('method', [
  z.object({
    id: idSchema,
    jsonrpc,
    method: z.literal('subscription'),
    params: z.object({ path: z.string().max(100), input: z.unknown(), lastEventId: z.string().max(100).optional() }),
  }),
  z.object({ id: idSchema, jsonrpc, method: z.literal('subscription.stop') }),
]);
const callsSchema = z.union([callSchema.transform((call) => [call]), z.array(callSchema).min(1)]);

export type SocketCall = z.infer<typeof callSchema>;
export type RequestId = SocketCall['id'];

/** The calls in a text frame. @throws if it is not JSON, holds too many, or anything but subscriptions */
export function readCalls(text: string): SocketCall[] {
  const calls: unknown = JSON.parse(text);
  // Before each of them is looked at: a frame has room for eight thousand that are no calls.
  if (Array.isArray(calls) && calls.length > SOCKET_LIMITS.callsPerFrameMax) throw new Error('too many calls');
  return callsSchema.parse(calls);
}

/** The input as the procedure's schema gets it: after a reconnection with the last id that the client has seen. */
export function inputOf({ params }: Extract<SocketCall, { method: 'subscription' }>): unknown {
  const { transformer } = appRouter._def._config;
  const input: unknown = params.input == null ? undefined : transformer.input.deserialize(params.input);
  if (params.lastEventId === undefined) return input;
  if (input === undefined || input === null) return { lastEventId: params.lastEventId };
  return typeof input === 'object' ? { ...input, lastEventId: params.lastEventId } : input;
}
