import { Notice } from '@clipmeter/ui/notice';
import { numberText } from '@clipmeter/ui/number-text';
import { Info } from 'lucide-react';
import { ActDialog } from '#src/campaign/acts/act-dialog.tsx';
import { type CampaignForm, inputOf } from '#src/campaign-form/campaign-form.ts';
import type { CampaignPage } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';
import { rateText } from '#src/format/rate.ts';

type Campaign = CampaignPage['campaign'];

/** Not their figures: they may have been approved at different times, at different terms. */
const approvedKeep = (clips: number) =>
  clips === 1
    ? 'The approved clip keeps the terms of its approval'
    : `The ${clips} approved clips keep the terms of their approval`;

/** Below the terms, as soon as they differ: whom the change concerns. */
export function TermsNote({ campaign, clips }: { campaign: Campaign; clips: number }) {
  return (
    <Notice icon={Info}>
      {approvedKeep(clips)}. What you change here is for clips that are approved from now on, instead of{' '}
      {termsText(campaign)}.
    </Notice>
  );
}

interface TermsDialogProps {
  open: boolean;
  onClose: () => void;
  campaign: Campaign;
  clips: number;
  form: CampaignForm;
  pending: boolean;
  onConfirm: () => void;
}

/** Says once more before it is saved: clippers were promised something. */
export function TermsDialog({ open, onClose, campaign, clips, form, pending, onConfirm }: TermsDialogProps) {
  if (!open) return null;
  return (
    <ActDialog
      open
      onOpenChange={(stays) => (stays ? undefined : onClose())}
      title={`Change the terms of ${campaign.title}`}
      description={
        <>
          <p>Nothing that is pending changes. {approvedKeep(clips)}.</p>
          <p>
            Clips that are approved from now on get {termsText(offered(form))}, instead of {termsText(campaign)}.
          </p>
        </>
      }
      confirm="Save changes"
      keep="Keep the terms"
      pending={pending}
      error={undefined}
      onConfirm={onConfirm}
    />
  );
}

type Terms = Pick<Campaign, 'platforms' | 'ratePer1000' | 'rates' | 'capPerClip' | 'minViews'>;

function offered(form: CampaignForm): Terms {
  const { platforms, ratePer1000, rates = [], capPerClip = null, minViews = 0 } = inputOf(form);
  return { platforms, ratePer1000, rates, capPerClip, minViews };
}

/** "$2.00 per 1,000, at most $50.00 a clip, from 1,000 views" */
function termsText(terms: Terms): string {
  const parts = [`${rateText(terms)} per 1,000`];
  if (terms.capPerClip !== null) parts.push(`at most ${numberText(decimal(terms.capPerClip), 'usd')} a clip`);
  if (terms.minViews > 0) parts.push(`from ${numberText(terms.minViews, 'count')} views`);
  return parts.join(', ');
}
