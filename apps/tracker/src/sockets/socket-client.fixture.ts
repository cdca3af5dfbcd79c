import { WebSocket } from 'ws';
import { z } from 'zod';

/** What the tracker sends: data of a subscription, an error, or the request to come again. */
const messageSchema = z.looseObject({
  id: z.number().nullable(),
  method: z.string().optional(),
  error: z.looseObject({ json: z.looseObject({ data: z.looseObject({ code: z.string() }) }) }).optional(),
  result: z
    .looseObject({
      type: z.string(),
      id: z.string().optional(),
      data: z.looseObject({ json: z.looseObject({ data: z.looseObject({ type: z.string() }).optional() }) }).optional(),
    })
    .optional(),
});

export type SocketMessage = z.infer<typeof messageSchema>;

/** A browser's side of the socket, one message at a time, in tRPC's own words. */
export function openSocket(url: string, options: { cookie?: string; origin?: string } = {}) {
  const { cookie, origin = 'http://localhost:3000' } = options;
  const socket = new WebSocket(url, { origin, headers: cookie === undefined ? {} : { cookie } });
  const messages: SocketMessage[] = [];
  const texts: string[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (raw) => {
    const text = raw.toString();
    if (text === 'PING') return socket.send('PONG');
    texts.push(text);
    messages.push(messageSchema.parse(JSON.parse(text)));
    for (const look of [...waiting]) look();
  });
  const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
  const opened = new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  opened.catch(() => {}); // a test that expects the refusal awaits it

  return {
    opened,
    /** The code with which it was closed. */
    closed,
    messages,
    /** The same as they came. */
    texts,
    async subscribe(path: string, input: object, id = 1): Promise<void> {
      await opened;
      socket.send(
        JSON.stringify({ id, jsonrpc: '2.0', method: 'subscription', params: { path, input: { json: input } } }),
      );
    },
    async stop(id: number): Promise<void> {
      socket.send(JSON.stringify({ id, jsonrpc: '2.0', method: 'subscription.stop' }));
    },
    /** Anything, as it is. */
    async send(text: string): Promise<void> {
      await opened;
      socket.send(text);
    },
    /** Reads nothing more. */
    stall: () => socket.pause(),
    resume: () => socket.resume(),
    /** The first message that fits, now or later. */
    async until(fits: (message: SocketMessage) => boolean): Promise<SocketMessage> {
      for (;;) {
        const found = messages.find(fits);
        if (found) return found;
        await new Promise<void>((resolve) => {
          const look = () => {
            waiting.delete(look);
            resolve();
          };
          waiting.add(look);
        });
      }
    },
    /** Without a goodbye, as a network that is gone. */
    cut: () => socket.terminate(),
  };
}
