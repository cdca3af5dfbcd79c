import type { ReactNode } from 'react';
import { AccountNav } from '#src/account/account-nav.tsx';
import { requireViewer } from '#src/server/require-viewer.ts';

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer();
  return (
    <>
      <AccountNav role={viewer.role} />
      {children}
    </>
  );
}
