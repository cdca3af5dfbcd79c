import type { CampaignStatus, CompletionReason } from '@clipmeter/core/campaign-state';
import { type CampaignChanged, CLIPS_PER_EVENT_MAX, type ClipViews } from '@clipmeter/realtime/event';
import { campaignTopic } from '@clipmeter/realtime/topic';
import type { Tx } from '#src/transaction.ts';

/**
 * Builds `campaign.changed` for campaigns as they are now in this transaction: absolute values and the row's version.
 * Every operation that changes a campaign ends with this, so there is one shape and one place.
 *
 * @param changed the clips that changed, by campaign; at most 100 of each are told
 */
export async function campaignEvents(
  tx: Tx,
  campaignIds: readonly string[],
  now: Date,
  changed: ReadonlyMap<string, readonly ClipViews[]> = new Map(),
): Promise<CampaignChanged[]> {
  if (campaignIds.length === 0) return [];
  const { rows } = await tx.query<{
    id: string;
    version: string;
    status: CampaignStatus;
    budget: string;
    spent: string;
    expected: string;
    closing: boolean;
    completed_at: Date | null;
    completion_reason: CompletionReason | null;
    released: boolean;
  }>(
    `SELECT id, version, status, budget, spent, expected, closing_round_id IS NOT NULL AS closing, completed_at,
       completion_reason, released_at IS NOT NULL AS released
     FROM campaigns WHERE id = ANY ($1::uuid[]) ORDER BY id`,
    [campaignIds],
  );
  return rows.map((row) => ({
    topic: campaignTopic(row.id),
    type: 'campaign.changed',
    payload: {
      ...toldClips(changed.get(row.id) ?? []),
      campaignId: row.id,
      version: Number(row.version),
      status: row.status,
      budget: row.budget,
      spent: row.spent,
      expected: row.expected,
      closing: row.closing,
      completedAt: row.completed_at?.toISOString() ?? null,
      completionReason: row.completion_reason,
      released: row.released,
      at: now.toISOString(),
    },
  }));
}

/** The first of the clips that changed; pages are warned if there were more. */
function toldClips(changed: readonly ClipViews[]): Pick<CampaignChanged['payload'], 'clips' | 'truncated'> {
  const clips = changed.slice(0, CLIPS_PER_EVENT_MAX);
  return clips.length < changed.length ? { clips, truncated: true } : { clips };
}
