import { connect, type Socket } from 'node:net';

/** A WebSocket's client without WebSocket's cost: what is measured is the server, and the two share a machine. */
export interface RawSocketOptions {
  readonly port: number;
  readonly cookie: string;
  readonly origin?: string;
  /** Behind the path, with its question mark. */
  readonly query?: string;
  onOpen(socket: Socket): void;
  /** A whole frame has come; `bytes` of it are its payload. */
  onFrame(socket: Socket, opcode: number, bytes: number): void;
}

export const OPCODE = { text: 1, close: 8 } as const;
const MASKED = 0x80;
const LENGTH_16_BITS = 126;
const LENGTH_64_BITS = 127;
const MASK = Buffer.from([0, 0, 0, 0]);

/** Opens it. A refused handshake destroys it with an error. */
export function openRawSocket(options: RawSocketOptions): Socket {
  const { port, cookie, origin = 'http://localhost', query = '' } = options;
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `GET /trpc${query} HTTP/1.1\r\nHost: localhost\r\nOrigin: ${origin}\r\nCookie: ${cookie}\r\nConnection: Upgrade\r\n` +
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
      const answer = data.toString('latin1', 0, end);
      if (!answer.includes(' 101 ')) return socket.destroy(new Error(answer));
      isOpen = true;
      data = data.subarray(end + 4);
      options.onOpen(socket);
    }
    rest = readFrames(data, (opcode, bytes) => options.onFrame(socket, opcode, bytes));
  });
  return socket;
}

/** A frame as a client sends it. Its mask is zero, so that its text needs no changing. */
export function maskedFrame(payload: Buffer | string): Buffer {
  const bytes = Buffer.from(payload);
  return Buffer.concat([header(bytes.length), MASK, bytes]);
}

function header(bytes: number): Buffer {
  const first = 0x80 | OPCODE.text;
  if (bytes < LENGTH_16_BITS) return Buffer.from([first, MASKED | bytes]);
  const head = Buffer.from([first, MASKED | LENGTH_64_BITS, 0, 0, 0, 0, 0, 0, 0, 0]);
  if (bytes > 0xffff) {
    head.writeBigUInt64BE(BigInt(bytes), 2);
    return head;
  }
  head[1] = MASKED | LENGTH_16_BITS;
  head.writeUInt16BE(bytes, 2);
  return head.subarray(0, 4);
}

/** Tells of each whole frame and gives back what there is of the next. A server's frames are unmasked. */
function readFrames(data: Buffer, onFrame: (opcode: number, bytes: number) => void): Buffer | null {
  let at = 0;
  while (at + 2 <= data.length) {
    const opcode = (data[at] ?? 0) & 0x0f;
    let bytes = data[at + 1] ?? 0;
    let headerBytes = 2;
    if (bytes === LENGTH_16_BITS) {
      if (at + 4 > data.length) break;
      bytes = data.readUInt16BE(at + 2);
      headerBytes = 4;
    } else if (bytes === LENGTH_64_BITS) {
      if (at + 10 > data.length) break;
      bytes = Number(data.readBigUInt64BE(at + 2));
      headerBytes = 10;
    }
    if (at + headerBytes + bytes > data.length) break;
    at += headerBytes + bytes;
    onFrame(opcode, bytes);
  }
  return at === data.length ? null : data.subarray(at);
}
