import { Notice } from '@clipmeter/ui/notice';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { CircleCheck, Hourglass, LoaderCircle } from 'lucide-react';
import type { CampaignPage, Viewer } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';

/** A campaign's end as it happens: closing, then releasing, then what was earned. Nothing while it runs. */
export function CampaignEnding({ page, role }: { page: CampaignPage; role: Viewer['role'] }) {
  const { campaign, mine } = page;
  if (campaign.completedAt === null) {
    return campaign.closing ? (
      <Notice icon={Hourglass} tone="warn">
        Closing: every clip is read once more, then what is left is shared by what each has earned.
      </Notice>
    ) : null;
  }
  const earned = <RollingNumber value={decimal(mine.credited)} kind="usd" className="font-medium text-ink" />;
  if (!campaign.released) {
    return (
      <Notice icon={LoaderCircle}>
        Releasing: what was earned becomes available to its clippers.
        {mine.clips > 0 ? <> You earned {earned}.</> : null}
      </Notice>
    );
  }
  if (mine.clips > 0) {
    return <Notice icon={CircleCheck}>You earned {earned} in this campaign. It is available.</Notice>;
  }
  return role === 'ADMIN' ? (
    <Notice icon={CircleCheck}>
      Everything earned here is available to its clippers; each clip shows its sum below.
    </Notice>
  ) : null;
}
