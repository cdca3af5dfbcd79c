import { createCaller } from '@clipmeter/api/app-router';
import type { ApiContext, LiveContext, Role, Viewer } from '@clipmeter/api/context';
import { newId } from '@clipmeter/db/new-id';
import { createWorld } from '#src/settlement-world.ts';
import { createTestDatabase } from '#src/test-database.ts';
import { verifyAccounts } from '#src/verified-accounts.ts';

/** The API over a database of its own, called as one user or another, for tests. Its clock is the world's. */
export async function createApiWorld() {
  const db = await createTestDatabase();
  const world = createWorld(db.pool);
  const logged: unknown[] = [];

  async function addViewer(role: Role, name: string = role): Promise<Viewer> {
    const userId = await world.addUser(role);
    await db.pool.query('UPDATE users SET name = $2 WHERE id = $1', [userId, name]);
    return { userId, sessionId: newId(), role, name, email: `${userId}@example.com` };
  }

  /** Somebody who may submit videos of every platform. */
  async function addClipper(name?: string): Promise<Viewer> {
    const viewer = await addViewer('CLIPPER', name);
    await verifyAccounts(db.pool, viewer.userId);
    return viewer;
  }

  function contextOf(viewer: Viewer | null, live?: LiveContext): ApiContext {
    const logError = (_message: string, fields: unknown) => void logged.push(fields);
    return { pool: db.pool, now: world.now, viewer, requestId: 'request-1', logError, live };
  }

  const as = (viewer: Viewer | null, live?: LiveContext) => createCaller(contextOf(viewer, live));
  return { db, world, logged, addViewer, addClipper, contextOf, as };
}

export type ApiWorld = Awaited<ReturnType<typeof createApiWorld>>;

export const NEW_CAMPAIGN = {
  title: 'Launch',
  brand: 'Acme',
  budget: '100',
  ratePer1000: '10',
  platforms: ['TIKTOK', 'YOUTUBE'],
  deadline: '2099-01-01T00:00:00.000Z',
} satisfies Parameters<ReturnType<typeof createCaller>['campaigns']['create']>[0];

/** What a link that names its video became at once. */
export function submittedNow<T extends { clipId: string | null }>(standing: T): T & { clipId: string } {
  const { clipId } = standing;
  if (clipId === null) throw new Error('the link has to be followed first');
  return { ...standing, clipId };
}

let videos = 0;

/** A link to a TikTok video that nobody submitted before. */
export function newTikTokLink(): string {
  videos += 1;
  return `https://www.tiktok.com/@someone/video/7${String(videos).padStart(18, '0')}`;
}
