import type { Encoder } from '@trpc/server/adapters/ws';
import { z } from 'zod';
import { SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';

/** Queries and mutations go over HTTP, where each request is authorised anew; a socket only follows. */
const call = z.looseObject({ method: z.enum(['subscription', 'subscription.stop']) });
const frame = z.union([call, z.array(call).max(SOCKET_LIMITS.callsPerFrameMax)]);

/** JSON text frames. tRPC's own takes any number of calls in a frame, and queries and mutations too. */
export const frameEncoder: Encoder = {
  encode: (data) => JSON.stringify(data),
  decode(data) {
    if (typeof data !== 'string') throw new Error('Frames are text.');
    return frame.parse(JSON.parse(data));
  },
};
