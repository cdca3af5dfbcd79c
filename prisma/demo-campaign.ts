import type { Actor, OperationDeps } from '@clipmeter/api/context';
import { approveSubmission } from '@clipmeter/api/operations/approve-submission';
import { archiveCampaign } from '@clipmeter/api/operations/archive-campaign';
import { cancelCampaign } from '@clipmeter/api/operations/cancel-campaign';
import { completeCampaign } from '@clipmeter/api/operations/complete-campaign';
import { createCampaign } from '@clipmeter/api/operations/create-campaign';
import { pauseCampaign } from '@clipmeter/api/operations/pause-campaign';
import { publishCampaign } from '@clipmeter/api/operations/publish-campaign';
import { rejectSubmission } from '@clipmeter/api/operations/reject-submission';
import { releaseHold } from '@clipmeter/api/operations/release-hold';
import { reverseEarnings } from '@clipmeter/api/operations/reverse-earnings';
import { revokeSubmission } from '@clipmeter/api/operations/revoke-submission';
import { submitClip } from '@clipmeter/api/operations/submit-clip';
import { topUpCampaign } from '@clipmeter/api/operations/top-up-campaign';
import { withdrawSubmission } from '@clipmeter/api/operations/withdraw-submission';
import { deriveId } from '@clipmeter/core/id';
import { beginClosingRound } from '@clipmeter/db/closing-round';
import { finishClosingRound } from '@clipmeter/db/finish-closing-round';
import { withTransaction } from '@clipmeter/db/transaction';
import { CLOSING_HOURS_AGO, type DemoClip, TWIST_HOURS_AGO } from './demo-clip.ts';
import { DEMO_AUTHORS } from './demo-people.ts';
import { DEMO_SETTLEMENT } from './demo-reads.ts';
import type { Timeline } from './demo-timeline.ts';
import type { DemoCampaign } from './demo-world.ts';

/** What the parts of the past are made with. */
export interface Making {
  timeline: Timeline;
  deps: OperationDeps;
  /** Reads every clip at a time; what was submitted or approved just then comes first. */
  readAt: (hoursAgo: number) => void;
  admin: Actor;
  clippers: Actor[];
}

const CLOSING_LIMIT_MS = 600_000;
/** Those that run go on for weeks; what is not published has no deadline yet. */
const RUNS_ON_HOURS = 21 * 24;

export const campaignIdOf = (index: number) => deriveId('demo', 'campaign', String(index));
export const submissionIdOf = ({ platform, videoId }: DemoClip) => deriveId('demo', 'submission', platform, videoId);

/** A campaign from its making to how it stands when the demo begins, with its clips. */
export function addCampaign(making: Making, campaign: DemoCampaign, index: number): void {
  const { timeline, deps, admin } = making;
  const { fate, startedHoursAgo } = campaign;
  const id = campaignIdOf(index);
  const madeHoursAgo = Math.max(startedHoursAgo, 0) + 20;
  timeline.add(madeHoursAgo, () => createCampaign(deps, admin, { id, ...draftOf(campaign, timeline) }));
  if (fate === 'draft') return;
  // One that starts by itself is published before; the others start with it.
  const isScheduled = fate === 'scheduled' || startsByItself(campaign);
  timeline.add(isScheduled ? madeHoursAgo - 1 : startedHoursAgo, () => publishCampaign(deps, admin, { id }));
  for (const [place, clip] of campaign.clips.entries()) addClip(making, campaign, id, clip, place);
  addEnd(making, campaign, id);
}

const startsByItself = ({ title }: DemoCampaign) => title.startsWith('Planwerk');

function draftOf(campaign: DemoCampaign, timeline: Timeline) {
  const { title, brand, description, budget, ratePer1000, platforms, fate, startedHoursAgo } = campaign;
  const isScheduled = fate === 'scheduled' || startsByItself(campaign);
  const endsHoursAgo = fate === 'deadline' ? CLOSING_HOURS_AGO : -RUNS_ON_HOURS;
  return {
    title,
    brand,
    description,
    requirements: campaign.requirements ?? '',
    materialUrl: campaign.materialUrl ?? null,
    budget,
    ratePer1000,
    rates: campaign.rates ?? [],
    capPerClip: campaign.capPerClip ?? null,
    minViews: campaign.minViews ?? 0,
    platforms,
    startsAt: isScheduled ? timeline.at(startedHoursAgo).toISOString() : null,
    deadline: fate === 'draft' ? null : timeline.at(endsHoursAgo).toISOString(),
  };
}

function addClip(making: Making, campaign: DemoCampaign, campaignId: string, clip: DemoClip, place: number): void {
  const { timeline, deps, readAt, admin } = making;
  const id = submissionIdOf(clip);
  const { startedHoursAgo: life } = campaign;
  const submit = () => submitClip(deps, clipperOf(making, clip), { id, campaignId, link: linkOf(clip) });
  // Two waves: who is there at once, and who comes later.
  const joinedHoursAgo = life - Math.min(1, life / 10) - (place % 2) * Math.min(24, life / 5);
  switch (clip.fate) {
    case 'approved':
      timeline.add(joinedHoursAgo, submit);
      timeline.add(joinedHoursAgo - Math.min(0.8, life / 20), () => approveSubmission(deps, admin, { id }));
      readAt(joinedHoursAgo - Math.min(1, life / 15));
      addTwist(making, clip, id);
      break;
    case 'waiting':
      timeline.add(5 - place * 0.2, submit);
      break;
    case 'reading':
      timeline.add(0, submit);
      break;
    case 'readLate':
      timeline.add(1.5, submit);
      break;
    case 'approving':
      timeline.add(2.5, submit);
      timeline.add(0, () => approveSubmission(deps, admin, { id }));
      break;
    case 'approvalLate':
      timeline.add(3.5, submit);
      timeline.add(0.05, () => approveSubmission(deps, admin, { id }));
      break;
    case 'notTheirs':
      timeline.add(joinedHoursAgo, submit);
      break;
    case 'rejected':
      timeline.add(joinedHoursAgo, submit);
      timeline.add(joinedHoursAgo - 0.7, () =>
        rejectSubmission(deps, admin, { id, reason: 'The brand is not in the first three seconds.' }),
      );
      break;
    case 'withdrawn':
      timeline.add(joinedHoursAgo, submit);
      timeline.add(joinedHoursAgo - 0.7, () => withdrawSubmission(deps, clipperOf(making, clip), { id }));
  }
}

function addTwist({ timeline, deps, admin }: Making, clip: DemoClip, id: string): void {
  if (clip.twist === 'cleared') {
    timeline.add(TWIST_HOURS_AGO - 3, () =>
      releaseHold(deps, admin, { id, reason: 'Their team account: the clipper showed both.' }),
    );
  }
  if (clip.twist !== 'revoked' && clip.twist !== 'reversed') return;
  const reason = 'The music is not theirs.';
  timeline.add(TWIST_HOURS_AGO + 4, () => revokeSubmission(deps, admin, { id, reason }));
  if (clip.twist === 'reversed') {
    timeline.add(TWIST_HOURS_AGO + 3, () => reverseEarnings(deps, admin, { id, amount: '20', reason }));
  }
}

function addEnd({ timeline, deps, readAt, admin }: Making, { fate, title }: DemoCampaign, id: string): void {
  const finish = async () => {
    const { rows } = await deps.pool.query<{ id: string }>(
      'SELECT id FROM closing_rounds WHERE campaign_id = $1 AND ended_at IS NULL',
      [id],
    );
    for (const round of rows) {
      await finishClosingRound(deps.pool, { roundId: round.id, now: timeline.now() }, DEMO_SETTLEMENT);
    }
  };
  const minutesLater = (hoursAgo: number, minutes: number) => hoursAgo - minutes / 60;
  const addRound = (hoursAgo: number, begin: () => Promise<unknown>) => {
    timeline.add(hoursAgo, begin);
    readAt(minutesLater(hoursAgo, 2));
    timeline.add(minutesLater(hoursAgo, 11), finish);
    readAt(minutesLater(hoursAgo, 12));
  };
  switch (fate) {
    case 'paused':
      timeline.add(26, () => pauseCampaign(deps, admin, { id }));
      break;
    case 'deadline':
      addRound(CLOSING_HOURS_AGO, () =>
        withTransaction(deps.pool, (tx) =>
          beginClosingRound(tx, {
            campaignId: id,
            reason: 'DEADLINE',
            actorId: null,
            now: timeline.now(),
            limitMs: CLOSING_LIMIT_MS,
          }),
        ),
      );
      break;
    case 'completed':
      addRound(75, () => completeCampaign(deps, admin, { id }));
      break;
    case 'cancelled':
      timeline.add(100, () => cancelCampaign(deps, admin, { id, note: 'The bakery moved.' }));
      break;
    case 'archived':
      timeline.add(200, () => cancelCampaign(deps, admin, { id }));
      timeline.add(190, () => archiveCampaign(deps, admin, { id, archived: true }));
      break;
    case 'runs':
      if (title.startsWith('Kessler')) timeline.add(30, () => topUpCampaign(deps, admin, { id, amount: '5000' }));
      return;
    default:
      return;
  }
}

function clipperOf({ clippers }: Making, { author }: DemoClip): Actor {
  const clipper = clippers[DEMO_AUTHORS.find(({ handle }) => handle === author)?.clipper ?? -1];
  if (clipper === undefined) throw new Error(`Nobody in the demo is @${author}`);
  return clipper;
}

function linkOf({ platform, videoId, author }: DemoClip): string {
  if (platform === 'YOUTUBE') return `https://www.youtube.com/watch?v=${videoId}`;
  return platform === 'INSTAGRAM'
    ? `https://www.instagram.com/reel/${videoId}/`
    : `https://www.tiktok.com/@${author}/video/${videoId}`;
}
