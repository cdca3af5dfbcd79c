import { formatUsd } from '@clipmeter/core/money';
import { PLATFORMS, type Platform, platformName } from '@clipmeter/core/platform';
import { AmountField, MoneyField } from '@clipmeter/ui/amount-field';
import { Card } from '@clipmeter/ui/card';
import { CheckboxGroup } from '@clipmeter/ui/checkbox-group';
import { DateTimeField } from '@clipmeter/ui/date-time-field';
import { Field } from '@clipmeter/ui/field';
import { TextArea } from '@clipmeter/ui/text-area';
import type { ReactNode } from 'react';
import type { CampaignForm, FormErrors } from '#src/campaign-form/campaign-form.ts';
import { ImageField } from '#src/campaign-form/image-field.tsx';
import { PlatformRateField } from '#src/campaign-form/platform-rate-field.tsx';
import { amountOf } from '#src/format/amount.ts';

interface CampaignFieldsProps {
  form: CampaignForm;
  onChange: (change: Partial<CampaignForm>) => void;
  /** Of the fields that were left. */
  errors: FormErrors;
  onLeave: (field: keyof CampaignForm) => void;
  /** What of it is settled already. */
  fixed: { budget: boolean; start: boolean };
  /** Below the terms: whom a change of them concerns. */
  termsNote?: ReactNode;
}

/** Everything that an admin says of a campaign, in one column. */
export function CampaignFields({ form, onChange, errors, onLeave, fixed, termsNote }: CampaignFieldsProps) {
  const leave = (field: keyof CampaignForm) => () => onLeave(field);
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <Section title="What it is">
        <Field
          label="Title"
          value={form.title}
          maxLength={120}
          error={errors.title}
          onChange={(event) => onChange({ title: event.target.value })}
          onBlur={leave('title')}
        />
        <Field
          label="Brand"
          value={form.brand}
          maxLength={120}
          error={errors.brand}
          onChange={(event) => onChange({ brand: event.target.value })}
          onBlur={leave('brand')}
        />
        <TextArea
          label="Description"
          value={form.description}
          maxLength={5_000}
          hint="What it is about, for clippers who choose among campaigns."
          onChange={(event) => onChange({ description: event.target.value })}
        />
        <ImageField imageId={form.imageId} onChange={(imageId) => onChange({ imageId })} />
      </Section>

      <Section title="What it pays">
        <MoneyField
          label="Budget"
          value={form.budget}
          error={errors.budget}
          disabled={fixed.budget}
          hint={fixed.budget ? 'Once it is published a budget changes by a top-up, on the campaign’s page.' : undefined}
          onChange={(budget) => onChange({ budget })}
          onBlur={leave('budget')}
        />
        <MoneyField
          label="Rate"
          unit="per 1,000"
          value={form.ratePer1000}
          error={errors.ratePer1000}
          onChange={(ratePer1000) => onChange({ ratePer1000 })}
          onBlur={leave('ratePer1000')}
        />
        <CheckboxGroup
          legend="Platforms"
          options={PLATFORMS.map((platform) => ({
            value: platform,
            label: platformName(platform),
            detail: <PlatformRateField platform={platform} form={form} onChange={onChange} onBlur={leave('rates')} />,
          }))}
          value={form.platforms}
          error={errors.platforms ?? errors.rates}
          hint={platformsHint(form)}
          onChange={(platforms: Platform[]) => onChange({ platforms })}
        />
        <MoneyField
          label="Most a clip can earn"
          value={form.capPerClip}
          error={errors.capPerClip}
          hint="Nothing: no limit."
          onChange={(capPerClip) => onChange({ capPerClip })}
          onBlur={leave('capPerClip')}
        />
        <AmountField
          label="Minimum views"
          unit="views"
          inputMode="numeric"
          value={form.minViews}
          error={errors.minViews}
          hint="A clip that stays below earns nothing; once it is there, every view counts from the first."
          onChange={(minViews) => onChange({ minViews })}
          onBlur={leave('minViews')}
        />
        {termsNote}
      </Section>

      <Section title="When it runs">
        <DateTimeField
          label="Start"
          value={form.startsAt}
          error={errors.startsAt}
          disabled={fixed.start}
          hint={fixed.start ? 'It has started.' : 'Nothing: it starts when it is published.'}
          onChange={(startsAt) => onChange({ startsAt })}
          onBlur={leave('startsAt')}
        />
        <DateTimeField
          label="Deadline"
          value={form.deadline}
          error={errors.deadline}
          hint="It ends then, or earlier when its budget is reached. Needed before it is published."
          onChange={(deadline) => onChange({ deadline })}
          onBlur={leave('deadline')}
        />
      </Section>

      <Section title="What a clip has to be">
        <TextArea
          label="Requirements"
          value={form.requirements}
          maxLength={5_000}
          hint="One a line. Clippers see them before they submit, you when you review."
          onChange={(event) => onChange({ requirements: event.target.value })}
        />
        <Field
          label="Link to material"
          type="url"
          inputMode="url"
          placeholder="https://"
          value={form.materialUrl}
          maxLength={2_000}
          error={errors.materialUrl}
          hint="Logos, footage, sounds that clippers may use."
          onChange={(event) => onChange({ materialUrl: event.target.value })}
          onBlur={leave('materialUrl')}
        />
      </Section>
    </div>
  );
}

function platformsHint(form: CampaignForm): string {
  const rateMicros = amountOf(form.ratePer1000);
  const rate = rateMicros === null ? 'the rate above' : `${formatUsd(rateMicros)} per 1,000`;
  return `A platform without a rate of its own pays ${rate}.`;
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card title={title}>
      <div className="flex flex-col gap-5">{children}</div>
    </Card>
  );
}
