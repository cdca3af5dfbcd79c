import { expect, test } from 'vitest';
import * as ws from 'ws';
import { textFrame } from '#src/sockets/text-frame.ts';

test.each([0, 1, 125, 126, 127, 0xffff, 0x1_0000, 200_000])('%i bytes are framed as ws itself frames them', (bytes) => {
  const text = 'é'.repeat(bytes / 2) + 'x'.repeat(bytes % 2);
  const theirs = framedByWs(text);
  expect(textFrame(text).equals(theirs)).toBe(true);
});

/** What a server's socket of `ws` puts on the wire. */
function framedByWs(text: string): Buffer {
  const written: Buffer[] = [];
  const transport = {
    cork() {},
    uncork() {},
    // Text comes as it is.
    write: (chunk: Buffer | string) => written.push(Buffer.from(chunk)),
  };
  const sender: { send(data: string, options: object): void } = Reflect.construct(Reflect.get(ws, 'Sender'), [
    transport,
  ]);
  sender.send(text, { fin: true, binary: false, mask: false, compress: false });
  return Buffer.concat(written);
}
