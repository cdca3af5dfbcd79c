import { type Platform, platformName } from '@clipmeter/core/platform';
import { inputClass } from '@clipmeter/ui/field-shell';
import type { CampaignForm } from '#src/campaign-form/campaign-form.ts';

interface PlatformRateFieldProps {
  platform: Platform;
  form: CampaignForm;
  onChange: (change: Partial<CampaignForm>) => void;
  onBlur: () => void;
}

/** A platform's own rate, in its line; empty: it pays the campaign's, which stands there in grey. */
export function PlatformRateField({ platform, form, onChange, onBlur }: PlatformRateFieldProps) {
  return (
    <span className="relative flex items-center text-sm">
      <span aria-hidden className="pointer-events-none absolute left-3 text-faint">
        $
      </span>
      <input
        aria-label={`Rate on ${platformName(platform)}, per 1,000`}
        inputMode="decimal"
        autoComplete="off"
        value={form.rates[platform] ?? ''}
        placeholder={form.ratePer1000 === '' ? 'rate' : form.ratePer1000}
        onBlur={onBlur}
        onChange={(event) =>
          onChange({ rates: { ...form.rates, [platform]: event.target.value.replace(/[$,\s]/g, '') } })
        }
        className={inputClass('w-44 pr-20 pl-7 sm:h-9')}
      />
      <span aria-hidden className="pointer-events-none absolute right-3 text-faint">
        per 1,000
      </span>
    </span>
  );
}
