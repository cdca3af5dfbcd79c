import { headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import type { Viewer } from '#src/client/outputs.ts';
import { currentSession } from '#src/server/session.ts';

/** The signed-in viewer. Others go to the sign-in page, which brings them back. */
export async function requireViewer(): Promise<Viewer> {
  const { viewer } = await currentSession();
  if (viewer !== null) return viewer;
  const request = await headers();
  const from = request.get('x-path') ?? '/';
  // A cookie without a session behind it: it ended. Without a cookie somebody is only new here.
  const ended = request.get('cookie')?.includes('session_token') === true ? 'ended=1&' : '';
  redirect(`/sign-in?${ended}from=${encodeURIComponent(from)}`);
}

/** The signed-in admin; for anybody else the page is forbidden (403). */
export async function requireAdmin(): Promise<Viewer> {
  const viewer = await requireViewer();
  if (viewer.role !== 'ADMIN') forbidden();
  return viewer;
}
