import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

const BODY_MAX_BYTES = 16 * 1024 * 1024;
const DECODERS = {
  br: promisify(brotliDecompress),
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
};

/** A request whose body cannot be read, told to the caller as a 400. */
export class UnreadableBody extends Error {}

/** The JSON body of a request, decompressed; undefined when there is none. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > BODY_MAX_BYTES) throw new UnreadableBody(`body exceeds ${BODY_MAX_BYTES} bytes`);
    chunks.push(part);
  }
  if (bytes === 0) return undefined;
  try {
    const plain = await decode(Buffer.concat(chunks), request.headers['content-encoding']);
    return JSON.parse(plain.toString('utf8'));
  } catch (error) {
    throw new UnreadableBody(error instanceof Error ? error.message : String(error));
  }
}

async function decode(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity') return body;
  if (encoding !== 'br' && encoding !== 'gzip' && encoding !== 'deflate') {
    throw new UnreadableBody(`content encoding ${encoding} is not known`);
  }
  return DECODERS[encoding](body, { maxOutputLength: BODY_MAX_BYTES });
}
