'use client';

import type { AccountState } from '@clipmeter/core/account-proof';
import { platformName } from '@clipmeter/core/platform';
import { profileUrl } from '@clipmeter/core/social-handle';
import { AgeToCome } from '@clipmeter/ui/age';
import { buttonClass } from '@clipmeter/ui/button-class';
import { CopyButton } from '@clipmeter/ui/copy-button';
import { ExternalLink, FlaskConical } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SocialAccountRow } from '#src/client/outputs.ts';

interface ProofStepsProps {
  account: SocialAccountRow;
  state: AccountState;
  /** The simulator's page, where views are simulated. */
  simulatorUrl: string | null;
}

/** The code, and where it goes. */
export function ProofSteps({ account, state, simulatorUrl }: ProofStepsProps) {
  const { platform, handle, code, codeExpiresAt } = account;
  if (code === null || state.needsCode) return null;
  return (
    <ol className="flex flex-col gap-4">
      <Step number={1} title="Copy your code">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <code className="select-all rounded-md border bg-sunken px-3 py-2 font-mono text-base tracking-wide">
            {code}
          </code>
          <CopyButton text={code}>Copy code</CopyButton>
          {codeExpiresAt === null ? null : (
            <AgeToCome date={new Date(codeExpiresAt)} prefix="expires " className="text-[0.8125rem] text-faint" />
          )}
        </div>
      </Step>
      <Step number={2} title={`Put it into the bio of @${handle}`}>
        <div className="flex flex-wrap gap-2">
          <ProfileLink platform={platform} handle={handle} />
          {simulatorUrl === null ? null : (
            <a
              href={simulatedProfileUrl(simulatorUrl, account)}
              target="_blank"
              rel="noreferrer"
              className={buttonClass('secondary')}
            >
              <FlaskConical aria-hidden className="size-4" />
              Edit the simulated bio
            </a>
          )}
        </div>
      </Step>
    </ol>
  );
}

/** Out to the profile itself. */
export function ProfileLink({ platform, handle }: Pick<SocialAccountRow, 'platform' | 'handle'>) {
  return (
    <a
      href={profileUrl(platform, handle)}
      target="_blank"
      rel="noreferrer"
      className={buttonClass('secondary', 'self-start')}
    >
      <ExternalLink aria-hidden className="size-4" />
      Open profile
      <span className="sr-only">
        of @{handle} on {platformName(platform)}, in a new tab
      </span>
    </a>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3 gap-y-2">
      <span
        aria-hidden
        className="grid size-6 place-items-center rounded-full bg-sunken font-medium text-[0.8125rem] text-muted"
      >
        {number}
      </span>
      <h3 className="self-center font-medium text-sm">{title}</h3>
      <div className="col-start-2">{children}</div>
    </li>
  );
}

/** The simulator's page with its forms filled: to save the bio is one press there. */
function simulatedProfileUrl(simulatorUrl: string, { platform, handle, code }: SocialAccountRow): string {
  const url = new URL('/', simulatorUrl);
  url.search = new URLSearchParams({ platform, as: handle, bio: code ?? '' }).toString();
  url.hash = 'profile-title';
  return url.toString();
}
