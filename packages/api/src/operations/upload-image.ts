import { DomainError } from '@clipmeter/core/domain-error';
import { type ImageType, insertImage } from '@clipmeter/db/images';
import { newId } from '@clipmeter/db/new-id';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';

/**
 * Keeps a picture for campaigns. What it is follows from its bytes, not from what the browser calls it: only pictures
 * that run nothing are served from here.
 *
 * @throws DomainError INVALID_INPUT
 */
export function uploadImage(
  deps: OperationDeps,
  actor: Actor,
  input: { id?: string | undefined; base64: string },
): Promise<{ id: string }> {
  const bytes = Buffer.from(input.base64, 'base64');
  const contentType = imageTypeOf(bytes);
  if (contentType === null)
    throw new DomainError('INVALID_INPUT', 'That is no picture: choose a PNG, JPEG or WebP file.');
  const id = input.id ?? newId();
  return withTransaction(deps.pool, async (tx) => {
    await insertImage(tx, { id, contentType, bytes, createdBy: actor.userId, at: deps.now() });
    return { id };
  });
}

function imageTypeOf(bytes: Buffer): ImageType | null {
  const starts = (signature: string, at = 0) =>
    bytes.subarray(at).toString('latin1', 0, signature.length) === signature;
  if (starts('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (starts('\xff\xd8\xff')) return 'image/jpeg';
  if (starts('RIFF') && starts('WEBP', 8)) return 'image/webp';
  return null;
}
