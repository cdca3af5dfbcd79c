import { DomainError } from '@clipmeter/core/domain-error';
import type { Queryable } from '@clipmeter/db/connect';
import { type CampaignRow, readCampaign } from '@clipmeter/db/read-campaigns';
import type { Viewer } from '#src/context.ts';

/**
 * A campaign that the viewer may see: drafts are for admins, what was archived is not for strangers.
 *
 * @throws DomainError NOT_FOUND
 */
export async function visibleCampaign(client: Queryable, viewer: Viewer | null, id: string): Promise<CampaignRow> {
  const campaign = await readCampaign(client, id);
  const isHidden = campaign?.status === 'DRAFT' || (viewer === null && campaign?.archivedAt !== null);
  if (campaign === null || (isHidden && viewer?.role !== 'ADMIN')) {
    throw new DomainError('NOT_FOUND', 'There is no such campaign.');
  }
  return campaign;
}
