import { platformName } from '@clipmeter/core/platform';
import { numberText } from '@clipmeter/ui/number-text';
import { ArrowUpRight, Check } from 'lucide-react';
import type { CampaignPreview } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';
import { ratesByPlatform } from '#src/format/rate.ts';

const LIST = new Intl.ListFormat('en-US');

type Rules = CampaignPreview['campaign'];

/** What the campaign is about, what a clip has to fulfil, and what it is paid by: in words, for whoever wants to clip. */
export function CampaignRules({ campaign, materialUrl = null }: { campaign: Rules; materialUrl?: string | null }) {
  const requirements = campaign.requirements.split('\n').filter((line) => line.trim() !== '');
  return (
    <div className="flex max-w-prose flex-col gap-5 text-sm leading-6">
      {campaign.description === '' ? null : <p className="whitespace-pre-line">{campaign.description}</p>}
      {requirements.length === 0 ? null : (
        <div>
          <h3 className="font-medium">Requirements</h3>
          <RuleList rules={requirements} />
        </div>
      )}
      <div>
        <h3 className="font-medium">How a clip earns</h3>
        <RuleList rules={earningRules(campaign)} />
      </div>
      {materialUrl === null ? null : (
        <a
          href={materialUrl}
          target="_blank"
          rel="noreferrer"
          className="inline-flex min-h-11 items-center gap-1.5 self-start font-medium text-accent hover:underline sm:min-h-0"
        >
          Open the material <span className="font-normal text-faint">{hostOf(materialUrl)}</span>
          <ArrowUpRight aria-hidden className="size-4" />
        </a>
      )}
    </div>
  );
}

function RuleList({ rules }: { rules: string[] }) {
  return (
    <ul className="mt-1.5 flex flex-col gap-1">
      {rules.map((rule) => (
        <li key={rule} className="flex gap-2.5 text-muted">
          <Check aria-hidden className="mt-1 size-4 shrink-0 text-faint" />
          <span className="min-w-0">{rule}</span>
        </li>
      ))}
    </ul>
  );
}

/** The terms that an approval freezes, a sentence each. */
function earningRules(campaign: Rules): string[] {
  const rules = [
    ...rateRules(campaign),
    'Views count from the moment your clip is approved, at the rate of that moment.',
  ];
  if (campaign.minViews > 0) {
    rules.push(
      `From ${numberText(campaign.minViews, 'count')} new views on; once there, every view since the approval counts.`,
    );
  }
  if (campaign.capPerClip !== null) {
    rules.push(`A clip earns at most ${numberText(decimal(campaign.capPerClip), 'usd')}.`);
  }
  return rules;
}

/** "$2.00 per 1,000 views on TikTok and YouTube.": a sentence a rate. */
function rateRules(campaign: Rules): string[] {
  const byRate = Map.groupBy(ratesByPlatform(campaign), (rate) => rate.ratePer1000);
  return [...byRate].map(([rate, same]) => {
    const names = LIST.format(same.map(({ platform }) => platformName(platform)));
    return `${numberText(decimal(rate), 'usd')} per 1,000 views on ${names}.`;
  });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : '';
}
