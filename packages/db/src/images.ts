import type { Queryable } from '#src/connect.ts';
import type { Tx } from '#src/transaction.ts';

export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp';

export interface StoredImage {
  readonly contentType: ImageType;
  readonly bytes: Buffer;
}

/** Keeps a picture for ever under its id. False: that id has one already, and nothing was written. */
export async function insertImage(
  tx: Tx,
  image: StoredImage & { readonly id: string; readonly createdBy: string; readonly at: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO images (id, content_type, bytes, created_by, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO NOTHING`,
    [image.id, image.contentType, image.bytes, image.createdBy, image.at],
  );
  return rowCount === 1;
}

export async function hasImage(client: Queryable, id: string): Promise<boolean> {
  return (await client.query('SELECT FROM images WHERE id = $1', [id])).rowCount === 1;
}

export async function readImage(client: Queryable, id: string): Promise<StoredImage | null> {
  const { rows } = await client.query<{ content_type: ImageType; bytes: Buffer }>(
    'SELECT content_type, bytes FROM images WHERE id = $1',
    [id],
  );
  return rows[0] === undefined ? null : { contentType: rows[0].content_type, bytes: rows[0].bytes };
}
