import { WebSocket } from 'ws';

/** Something hostile that goes on from `start` until what it returns is called. */
export interface Attack {
  readonly name: string;
  start(port: number): () => Promise<void>;
}

/** Above the crowd's and the clients': people of their own, twenty sockets each at most. */
let cookie = 1_000_000;
const ATTACKERS = 5;
/** Between being thrown out and coming again: the attacker's own CPU must not be what is measured. */
const AGAIN_MS = 250;
const call = (id: number) => ({ id, method: 'subscription', params: { path: 'live.campaigns', input: { json: {} } } });
const calls = (count: number) => JSON.stringify(Array.from({ length: count }, (_, id) => call(id)));
const MANY = calls(50_000);
const HUGE = Buffer.alloc(10 * 1024 * 1024, 'x');

/** Each attacker does it, is thrown out, and does it again. */
export const ATTACKS: readonly Attack[] = [
  repeated('foreign origin', () => {}, { origin: 'http://evil.example' }),
  repeated('parameters that never come', () => {}, { query: '?connectionParams=1' }),
  repeated('50,000 calls in a frame', (socket) => socket.send(MANY)),
  repeated('10 MB frames', (socket) => socket.send(HUGE)),
  repeated('1,000 subscriptions', (socket) => {
    for (let sent = 0; sent < 50; sent += 1) socket.send(calls(20));
  }),
  repeated('readers that stall', (socket) => {
    socket.send(JSON.stringify(call(1)));
    socket.pause();
  }),
  repeated('admin as a clipper', (socket) => {
    socket.send('{"id":1,"method":"subscription","params":{"path":"live.admin","input":{"json":{}}}}');
  }),
];

function repeated(
  name: string,
  act: (socket: WebSocket) => void,
  { origin = 'http://localhost', query = '' }: { origin?: string; query?: string } = {},
): Attack {
  return {
    name,
    start(port) {
      let stopped = false;
      const open = new Set<WebSocket>();
      const timers = new Set<NodeJS.Timeout>();
      const attack = () => {
        if (stopped) return;
        cookie += 1;
        const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc${query}`, {
          origin,
          headers: { cookie: `${cookie}` },
        });
        open.add(socket);
        socket.on('error', () => {});
        socket.once('open', () => act(socket));
        socket.once('close', () => {
          open.delete(socket);
          const timer = setTimeout(() => {
            timers.delete(timer);
            attack();
          }, AGAIN_MS);
          timers.add(timer);
        });
      };
      for (let attacker = 0; attacker < ATTACKERS; attacker += 1) attack();
      return async () => {
        stopped = true;
        for (const timer of timers) clearTimeout(timer);
        for (const socket of open) socket.terminate();
      };
    },
  };
}
