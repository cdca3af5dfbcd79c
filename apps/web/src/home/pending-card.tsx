'use client';

import { parseMicros } from '@clipmeter/core/money';
import { Moment } from '@clipmeter/ui/age';
import { Button } from '@clipmeter/ui/button';
import { Card } from '@clipmeter/ui/card';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import Link from 'next/link';
import { useState } from 'react';
import type { Summary } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';

type Balance = Summary['balances'][number];

const SHOWN = 4;

/** What is pending, campaign by campaign, and when it could become available. Nothing pending: nothing shown. */
export function PendingCard({ summary }: { summary: Summary }) {
  const [isWhole, setIsWhole] = useState(false);
  const pending = summary.balances
    .filter(({ kind, balance }) => kind === 'pending' && parseMicros(balance) > 0n)
    .sort((a, b) => endMs(a) - endMs(b));
  if (pending.length === 0) return null;
  const shown = isWhole ? pending : pending.slice(0, SHOWN);
  return (
    <Card
      flush
      title="Pending"
      aside="becomes available when its campaign ends: at its deadline, or when its budget is spent"
    >
      <ul>
        {shown.map((each) => (
          <li
            key={each.campaignId}
            className="flex items-baseline justify-between gap-4 border-b px-4 py-2.5 text-sm last:border-b-0 sm:px-5"
          >
            <span className="min-w-0">
              {each.campaignTitle === null ? (
                'A campaign'
              ) : (
                <Link
                  href={`/campaigns/${each.campaignId}`}
                  className="block truncate pointer-coarse:py-2 hover:underline"
                >
                  {each.campaignTitle}
                </Link>
              )}
              <span className="block text-[0.8125rem] text-faint">
                <When balance={each} />
              </span>
            </span>
            <RollingNumber value={decimal(each.balance)} kind="usd" className="font-medium" />
          </li>
        ))}
      </ul>
      {pending.length > shown.length ? (
        <div className="border-t px-4 py-2 sm:px-5">
          <Button tone="quiet" onClick={() => setIsWhole(true)}>
            Show {pending.length - shown.length} more
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

/** The campaign that ends first stands first; what is released just now before all. */
const endMs = ({ campaignStatus, campaignDeadline }: Balance): number => {
  if (isOver(campaignStatus)) return 0;
  return campaignDeadline === null ? Number.POSITIVE_INFINITY : Date.parse(campaignDeadline);
};

const isOver = (status: Balance['campaignStatus']) => status === 'COMPLETED' || status === 'CANCELLED';

function When({ balance: { campaignStatus, campaignDeadline } }: { balance: Balance }) {
  if (isOver(campaignStatus)) return 'its campaign has ended: being released to you';
  const paused = campaignStatus === 'PAUSED' ? 'paused; ' : '';
  if (campaignDeadline === null) return `${paused}when its budget is spent, or an admin completes it`;
  return (
    <>
      {paused}by <Moment date={new Date(campaignDeadline)} /> at the latest
    </>
  );
}
