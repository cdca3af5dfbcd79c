import { CampaignsLink } from '#src/frame/campaigns-link.tsx';
import { MessagePage } from '#src/frame/message-page.tsx';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <MessagePage code="404" title="There is no such page" action={<CampaignsLink />}>
      The link may be old, or mistyped.
    </MessagePage>
  );
}
