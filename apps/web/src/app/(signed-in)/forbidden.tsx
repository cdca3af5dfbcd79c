import { CampaignsLink } from '#src/frame/campaigns-link.tsx';
import { Message } from '#src/frame/message.tsx';

export const metadata = { title: 'Not allowed' };

export default function Forbidden() {
  return (
    <Message code="403" title="This page is for admins" action={<CampaignsLink />}>
      Your account does not open it. If it should, ask an admin of your team.
    </Message>
  );
}
