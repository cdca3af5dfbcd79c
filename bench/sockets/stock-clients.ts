import type { AppRouter } from '@clipmeter/api/app-router';
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import superjson from 'superjson';
import { z } from 'zod';
import { answer } from '../harness/worker.ts';

/** A few of tRPC's own clients that note how long after its writing each probe reached their callback. */
const openSchema = z.object({ port: z.number(), clients: z.number(), firstCookie: z.number() });
const latenciesMs: number[] = [];

answer({
  async open(input) {
    const { port, clients, firstCookie } = openSchema.parse(input);
    await Promise.all(Array.from({ length: clients }, (_, index) => follow(port, String(firstCookie + index))));
  },
  /** Since the last asking, in ms. */
  latencies: () => latenciesMs.splice(0),
});

function follow(port: number, cookie: string): Promise<void> {
  class Browser extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers: { cookie, origin: 'http://localhost' } });
    }
  }
  const socket = createWSClient({ url: `ws://127.0.0.1:${port}/trpc`, WebSocket: Browser });
  const client = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket, transformer: superjson })] });
  return new Promise((resolve, reject) => {
    client.live.campaigns.subscribe(
      {},
      {
        onData({ data }) {
          if (data.type === 'reset') resolve();
          // A probe carries the time of its writing where a campaign has the time of its end.
          const writtenAt = data.type === 'campaign.changed' ? data.payload.completedAt : null;
          if (writtenAt !== null) latenciesMs.push(Date.now() - Date.parse(writtenAt));
        },
        onError: reject,
      },
    );
  });
}
