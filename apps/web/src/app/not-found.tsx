import { buttonClass } from '@clipmeter/ui/button-class';
import Link from 'next/link';
import { MessagePage } from '#src/frame/message-page.tsx';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <MessagePage
      code="404"
      title="There is no such page"
      action={
        <Link href="/campaigns" className={buttonClass('primary')}>
          Go to campaigns
        </Link>
      }
    >
      The link may be old, or the campaign may not be open to you.
    </MessagePage>
  );
}
