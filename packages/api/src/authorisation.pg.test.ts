import { type ApiWorld, createApiWorld } from '@clipmeter/testing/api-world';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '#src/context.ts';
import { createCallerFactory } from '#src/procedure.ts';
import { appRouter } from '#src/routers/app-router.ts';

/** Who may call what. A procedure that is missing here fails the test: a new one is decided on, not forgotten. */
const MAY_CALL: Record<string, 'anyone' | 'signed in' | 'admin'> = {
  'campaigns.list': 'signed in',
  'campaigns.byId': 'signed in',
  'campaigns.preview': 'anyone',
  'campaigns.clips': 'signed in',
  'campaigns.chart': 'signed in',
  'campaigns.marks': 'signed in',
  'campaigns.create': 'admin',
  'campaigns.edit': 'admin',
  'campaigns.duplicate': 'admin',
  'campaigns.archive': 'admin',
  'campaigns.restore': 'admin',
  'campaigns.publish': 'admin',
  'campaigns.pause': 'admin',
  'campaigns.resume': 'admin',
  'campaigns.complete': 'admin',
  'campaigns.cancel': 'admin',
  'campaigns.topUp': 'admin',
  'review.queue': 'admin',
  'review.counts': 'admin',
  'review.decisions': 'admin',
  'review.submission': 'admin',
  'review.approve': 'admin',
  'review.reject': 'admin',
  'review.revoke': 'admin',
  'review.reverse': 'admin',
  'mySubmissions.list': 'signed in',
  'mySubmissions.byId': 'signed in',
  'mySubmissions.counts': 'signed in',
  'mySubmissions.choices': 'signed in',
  'mySubmissions.check': 'signed in',
  'mySubmissions.withdraw': 'signed in',
  'submissions.links': 'signed in',
  'submissions.submit': 'signed in',
  'submissions.approve': 'admin',
  'submissions.reject': 'admin',
  'submissions.releaseHold': 'admin',
  'audit.list': 'admin',
  'audit.choices': 'admin',
  'search.everything': 'admin',
  'socialAccounts.list': 'signed in',
  'socialAccounts.add': 'signed in',
  'socialAccounts.verify': 'signed in',
  'socialAccounts.renewCode': 'signed in',
  'socialAccounts.remove': 'signed in',
  'notifications.list': 'signed in',
  'notifications.unread': 'signed in',
  'notifications.markRead': 'signed in',
  'notifications.markAllRead': 'signed in',
  'notifications.mailChoices': 'signed in',
  'notifications.chooseMail': 'signed in',
  'images.upload': 'admin',
  'live.campaigns': 'signed in',
  'live.campaign': 'signed in',
  'live.me': 'signed in',
  'live.admin': 'admin',
  'account.profile': 'signed in',
  'account.rename': 'signed in',
  'account.signIns': 'signed in',
  'account.endSession': 'signed in',
  'account.endOtherSessions': 'signed in',
  'people.list': 'admin',
  'people.byId': 'admin',
  'people.promote': 'admin',
  'people.demote': 'admin',
  'people.suspend': 'admin',
  'people.restore': 'admin',
  'overview.figures': 'admin',
  'overview.activity': 'admin',
  'tracker.overview': 'admin',
  'platforms.status': 'signed in',
  'firstRun.clipper': 'signed in',
  'firstRun.admin': 'admin',
  'me.summary': 'signed in',
  'me.clips': 'signed in',
  'me.chart': 'signed in',
  'clips.byId': 'signed in',
  'clips.statement': 'signed in',
  'clips.chart': 'signed in',
  'session.viewer': 'anyone',
  'setup.claimFirstAdmin': 'anyone',
};

const procedures = Object.keys(appRouter._def.procedures);

let api: ApiWorld;
let clipper: Viewer;
let admin: Viewer;

beforeAll(async () => {
  api = await createApiWorld();
  clipper = await api.addViewer('CLIPPER');
  admin = await api.addViewer('ADMIN');
});
afterAll(() => api.db.drop());

/** Calls without an input: who may call gets past the door, and an answer or BAD_REQUEST. */
async function refusalOf(path: string, viewer: Viewer | null): Promise<string | null> {
  const caller: unknown = createCallerFactory(appRouter)(api.contextOf(viewer));
  try {
    await call(caller, path);
    return null;
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return error.code === 'UNAUTHORIZED' || error.code === 'FORBIDDEN' ? error.code : null;
  }
}

async function call(caller: unknown, path: string): Promise<void> {
  let target = caller;
  for (const part of path.split('.')) target = Reflect.get(Object(target), part);
  if (typeof target !== 'function') throw new Error(`no procedure ${path}`);
  await target(undefined);
}

describe('who may call what', () => {
  it('is decided for every procedure, and for no other', () => {
    expect(procedures.toSorted()).toEqual(Object.keys(MAY_CALL).toSorted());
  });

  it.each(procedures)('%s', async (path) => {
    const level = MAY_CALL[path];
    expect(await refusalOf(path, null)).toBe(level === 'anyone' ? null : 'UNAUTHORIZED');
    expect(await refusalOf(path, clipper)).toBe(level === 'admin' ? 'FORBIDDEN' : null);
    expect(await refusalOf(path, admin)).toBeNull();
  });
});
