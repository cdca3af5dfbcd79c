import { buttonClass } from '@clipmeter/ui/button-class';
import Link from 'next/link';
import { MessagePage } from '#src/frame/message-page.tsx';

export const metadata = { title: 'Not allowed' };

export default function Forbidden() {
  return (
    <MessagePage
      code="403"
      title="This page is for admins"
      action={
        <Link href="/campaigns" className={buttonClass('primary')}>
          Go to campaigns
        </Link>
      }
    >
      Your account does not open it. If it should, ask an admin of your team.
    </MessagePage>
  );
}
