import type { Socket } from 'node:net';
import { z } from 'zod';
import { answer } from '../harness/worker.ts';
import { maskedFrame, openRawSocket } from './raw-socket.ts';

/** Thousands of sockets that subscribe and count frames, as cheaply as a client can. */
const openSchema = z.object({ port: z.number(), sockets: z.number(), subscribe: z.string(), framesFirst: z.number() });
const PING_BYTES = 4;
const PONG = maskedFrame('PONG');
const AT_ONCE = 100;
/** A page counts its requests from one; by the time it subscribes it may have made a few. */
const REQUEST_IDS = 10;

let frames = 0;
let wanted = Number.POSITIVE_INFINITY;
let reached: () => void = () => {};
const sockets: Socket[] = [];

answer({
  async open(input) {
    const { port, sockets: count, subscribe, framesFirst } = openSchema.parse(input);
    const opened = expect(count * framesFirst);
    const end = sockets.length + count;
    for (let from = sockets.length; from < end; from += AT_ONCE) {
      const batch = Array.from({ length: Math.min(AT_ONCE, end - from) }, (_, index) =>
        open(port, from + index, subscribe),
      );
      await Promise.all(batch);
    }
    await opened;
  },
  /** So many of the first. */
  close(input) {
    for (const socket of sockets.splice(0, z.number().parse(input))) socket.destroy();
  },
  /** Resolves when so many more frames have come. */
  expect: (input) => expect(z.number().parse(input)),
});

function expect(count: number): Promise<void> {
  frames -= count;
  if (frames >= 0) return Promise.resolve();
  wanted = 0;
  return new Promise((resolve) => {
    reached = resolve;
  });
}

function open(port: number, index: number, subscribe: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = openRawSocket({
      port,
      cookie: String(index),
      onOpen(opened) {
        if (subscribe !== '') opened.write(maskedFrame(subscribe.replace('ID', String((index % REQUEST_IDS) + 1))));
        resolve();
      },
      onFrame: countFrame,
    });
    sockets.push(socket);
    socket.once('error', reject);
  });
}

function countFrame(socket: Socket, _opcode: number, bytes: number): void {
  if (bytes === PING_BYTES) {
    socket.write(PONG);
    return;
  }
  frames += 1;
  if (frames < wanted) return;
  wanted = Number.POSITIVE_INFINITY;
  reached();
}
