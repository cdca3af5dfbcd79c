import { storedThumbnail } from '@clipmeter/api/queries/stored-thumbnail';
import { requestContext } from '#src/server/request-context.ts';

/** It never changes, and only who is signed in may have it: no cache between here and the browser. */
const A_YEAR = 'private, max-age=31536000, immutable';

/** The kept picture of a clip, by the clip's id. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const thumbnail = await storedThumbnail(await requestContext(request.headers), (await params).id);
  if (thumbnail === null) return new Response('Not found', { status: 404, headers: { 'cache-control': 'no-store' } });
  return new Response(new Uint8Array(thumbnail.bytes), {
    headers: {
      'content-type': thumbnail.contentType,
      'x-content-type-options': 'nosniff',
      'cache-control': A_YEAR,
      // Opened by itself it is a picture and nothing else.
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
}
