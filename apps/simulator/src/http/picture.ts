import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 180;
const HEIGHT = 240;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

type Color = readonly [red: number, green: number, blue: number];

/** A picture in colours of its own for a name, as a PNG: the same name gives the same picture. */
export function drawPicture(name: string): Buffer {
  const digest = createHash('sha256').update(name).digest();
  const hue = digest.readUInt16BE(0) % 360;
  const from = colorOf(hue, 0.35 + (digest[2] ?? 0) / 1024);
  const to = colorOf((hue + 40 + ((digest[3] ?? 0) % 90)) % 360, 0.55);
  const stripe = 20 + ((digest[4] ?? 0) % 30);
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const part = (x + y) / (WIDTH + HEIGHT);
      const shade = Math.floor((x + 2 * y) / stripe) % 2 === 0 ? 1 : 0.92;
      const at = y * (1 + WIDTH * 3) + 1 + x * 3;
      for (const [channel, start] of from.entries())
        rows[at + channel] = Math.round((start + ((to[channel] ?? 0) - start) * part) * shade);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits a channel, RGB
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Of a hue, at a lightness, not too loud. */
function colorOf(hue: number, lightness: number): Color {
  const amount = 0.42 * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const place = (offset + hue / 30) % 12;
    return 255 * (lightness - amount * Math.max(-1, Math.min(place - 3, 9 - place, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), 4 + body.length);
  return framed;
}
