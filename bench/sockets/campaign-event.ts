import { campaignTopic } from '@clipmeter/realtime/topic';

export const CAMPAIGN_ID = '01930000-0000-7000-8000-000000000001';
export const TOPIC = campaignTopic(CAMPAIGN_ID);

const CLIPS = 8;

/** What a settlement of eight clips tells of its campaign: about a kilobyte. */
export function campaignChanged(version: number) {
  const at = new Date(Date.UTC(2026, 10, 23) + version * 1_000).toISOString();
  return {
    campaignId: CAMPAIGN_ID,
    version,
    status: 'ACTIVE',
    budget: '10000.000000',
    spent: `${version}.123456`,
    expected: '12.500000',
    closing: false,
    completedAt: null,
    completionReason: null,
    released: false,
    clips: Array.from({ length: CLIPS }, (_, clip) => ({
      clipId: `01930000-0000-7000-8000-0000000001${String(clip).padStart(2, '0')}`,
      version,
      views: version * 1_000 + clip,
      readAt: at,
    })),
    at,
  };
}
