import { connect, type Socket } from 'node:net';
import { z } from 'zod';
import { answer } from '../harness/worker.ts';

/**
 * Thousands of sockets that subscribe and count frames, as cheaply as a client can: what is measured is the server, and
 * the two share a machine.
 */
const openSchema = z.object({ port: z.number(), sockets: z.number(), subscribe: z.string(), framesFirst: z.number() });
const MASK = Buffer.from([0, 0, 0, 0]);
const PING_BYTES = 4;
const PONG = Buffer.concat([Buffer.from([0x81, 0x84]), MASK, Buffer.from('PONG')]);
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
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.once('error', reject);
    socket.write(
      `GET /trpc HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nCookie: ${index}\r\nConnection: Upgrade\r\n` +
        'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    let rest: Buffer | null = null;
    let isOpen = false;
    socket.on('data', (chunk: Buffer) => {
      let data = rest === null ? chunk : Buffer.concat([rest, chunk]);
      if (!isOpen) {
        const end = data.indexOf('\r\n\r\n');
        if (end === -1) {
          rest = data;
          return;
        }
        if (!data.toString('latin1', 0, end).includes(' 101 ')) return reject(new Error(data.toString()));
        isOpen = true;
        data = data.subarray(end + 4);
        if (subscribe !== '') socket.write(masked(subscribe.replace('ID', String((index % REQUEST_IDS) + 1))));
        resolve();
      }
      rest = countFrames(data, socket);
    });
  });
}

/** Counts whole frames and gives back what is left of the last. */
function countFrames(data: Buffer, socket: Socket): Buffer | null {
  let at = 0;
  while (at + 2 <= data.length) {
    let length = data[at + 1] ?? 0;
    let header = 2;
    if (length === 126 && at + 4 > data.length) break;
    if (length === 126) {
      length = data.readUInt16BE(at + 2);
      header = 4;
    }
    if (at + header + length > data.length) break;
    at += header + length;
    if (length === PING_BYTES) {
      socket.write(PONG);
      continue;
    }
    frames += 1;
    if (frames >= wanted) {
      wanted = Number.POSITIVE_INFINITY;
      reached();
    }
  }
  return at === data.length ? null : data.subarray(at);
}

function masked(text: string): Buffer {
  const payload = Buffer.from(text);
  const header = payload.length < 126 ? Buffer.from([0x81, 0x80 | payload.length]) : Buffer.from([0x81, 0xfe, 0, 0]);
  if (header.length === 4) header.writeUInt16BE(payload.length, 2);
  return Buffer.concat([header, MASK, payload]);
}
