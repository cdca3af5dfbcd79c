import { CampaignsLink } from '#src/frame/campaigns-link.tsx';
import { Message } from '#src/frame/message.tsx';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <Message code="404" title="There is no such campaign" action={<CampaignsLink />}>
      The link may be old, or the campaign may not be open to you.
    </Message>
  );
}
