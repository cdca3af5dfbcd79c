import { DomainError } from '@clipmeter/core/domain-error';
import type { Queryable } from '@clipmeter/db/connect';
import { type CampaignRow, readCampaign } from '@clipmeter/db/read-campaigns';
import type { Viewer } from '#src/context.ts';

/**
 * A campaign that the viewer may see: drafts are for admins.
 *
 * @throws DomainError NOT_FOUND
 */
export async function visibleCampaign(client: Queryable, viewer: Viewer, id: string): Promise<CampaignRow> {
  const campaign = await readCampaign(client, id);
  if (campaign === null || (campaign.status === 'DRAFT' && viewer.role !== 'ADMIN')) {
    throw new DomainError('NOT_FOUND', 'There is no such campaign.');
  }
  return campaign;
}
