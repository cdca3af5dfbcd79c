import { cache } from 'react';
import { serverCaller } from '#src/server/server-trpc.ts';

/** Who asks, and whether the views are simulated. Read once a request, however many components want it. */
export const currentSession = cache(async () => (await serverCaller()).session.viewer());
