import { DomainError } from '@clipmeter/core/domain-error';
import type { Queryable } from '@clipmeter/db/connect';
import { type ClipRow, readClip } from '@clipmeter/db/read-clips';
import type { Viewer } from '#src/context.ts';

/**
 * A submission's clip with its money, for its clipper and for admins.
 *
 * @throws DomainError NOT_FOUND: there is none, or it is not the viewer's to know
 */
export async function visibleClip(client: Queryable, viewer: Viewer, submissionId: string): Promise<ClipRow> {
  const clip = await readClip(client, submissionId);
  if (clip === null || (clip.userId !== viewer.userId && viewer.role !== 'ADMIN')) {
    throw new DomainError('NOT_FOUND', 'There is no such clip.');
  }
  return clip;
}
