import { buttonClass } from '@clipmeter/ui/button-class';
import Link from 'next/link';

/** The way on from a page that has nothing to show. */
export function CampaignsLink() {
  return (
    <Link href="/campaigns" className={buttonClass('primary')}>
      Go to campaigns
    </Link>
  );
}
