import { storedImage } from '@clipmeter/api/queries/stored-image';
import { backend } from '#src/server/backend.ts';

const A_YEAR = 'public, max-age=31536000, immutable';

/** A campaign's picture, for whoever has its address: a shared campaign shows it to strangers. It never changes. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const image = await storedImage(backend(), (await params).id);
  if (image === null) return new Response('Not found', { status: 404, headers: { 'cache-control': 'no-store' } });
  return new Response(new Uint8Array(image.bytes), {
    headers: {
      'content-type': image.contentType,
      'cache-control': A_YEAR,
      // Opened by itself it is a picture and nothing else.
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
}
