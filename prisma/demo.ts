import { randomUUID } from 'node:crypto';
import type { Actor, OperationDeps } from '@clipmeter/api/context';
import { createUser } from '@clipmeter/api/operations/create-user';
import { deriveId } from '@clipmeter/core/id';
import { appendAudit } from '@clipmeter/db/audit-log';
import { createPool, type Pool } from '@clipmeter/db/connect';
import { withTransaction } from '@clipmeter/db/transaction';
import { authorAt, postedHoursAgo, viewsAt } from './demo-clip.ts';
import { type DemoPeople, makeHistory } from './demo-history.ts';
import { DEMO_SHORT_CODE } from './demo-links.ts';
import { authorIdOf, DEMO_OTHERS } from './demo-people.ts';
import { demoCampaigns } from './demo-world.ts';
import { SimulatorControl } from './simulator-control.ts';

export interface DemoAccount {
  name: string;
  email: string;
  password: string;
  role: 'ADMIN' | 'CLIPPER';
  note: string;
}

export interface DemoDeps {
  databaseUrl: string;
  simulatorUrl: string;
  /** One admin, then two clippers. */
  accounts: readonly DemoAccount[];
  signal: AbortSignal;
}

const BEGUN = 'demo.begin';
const SEEDED = 'demo.seed';
type Mark = typeof BEGUN | typeof SEEDED;
const DEMO_ID = deriveId('demo');
const HOUR_MS = 3_600_000;
const JOINED_HOURS_AGO = 340;

/**
 * Fills a database with the demo and the simulator with its videos, before a tracker reads any. The past is made by the
 * operations that screens use; one that was killed half way goes on where it was. Once all is done it is noted, and later
 * starts leave alone what people made of it.
 */
export async function seedDemo({ databaseUrl, simulatorUrl, accounts, signal }: DemoDeps): Promise<void> {
  const pool = createPool({ url: databaseUrl, max: 4, applicationName: 'clipmeter-demo' });
  try {
    const madeAt = await beginDemo(pool);
    // Also on later starts: a simulator that lost its state would tell that every clip is gone.
    await postVideos(new SimulatorControl(simulatorUrl, signal), madeAt);
    if ((await timeOf(pool, SEEDED)) !== null) return;
    await fillDatabase(pool, accounts, madeAt, signal);
  } finally {
    await pool.end();
  }
}

/** Everything but the simulator's part. */
export async function fillDatabase(
  pool: Pool,
  accounts: readonly DemoAccount[],
  madeAt: Date,
  signal?: AbortSignal,
): Promise<void> {
  const people = await addPeople(pool, accounts, madeAt);
  await makeHistory(pool, people, madeAt, signal);
  // Last, so that nobody is sent two weeks of mails.
  await pool.query("UPDATE users SET email_verified = true WHERE email LIKE '%@demo.example'");
  await note(pool, SEEDED, new Date());
}

async function beginDemo(pool: Pool): Promise<Date> {
  const begun = await timeOf(pool, BEGUN);
  if (begun !== null) return begun;
  const madeAt = new Date();
  await note(pool, BEGUN, madeAt);
  return madeAt;
}

/** In the audit log: what the system did to this database as a whole. */
function note(pool: Pool, action: Mark, at: Date): Promise<void> {
  return withTransaction(pool, (tx) =>
    appendAudit(tx, { actorId: null, action, subjectKind: 'user', subjectId: DEMO_ID, at }),
  );
}

async function timeOf(pool: Pool, action: Mark): Promise<Date | null> {
  const { rows } = await pool.query<{ created_at: Date }>(
    'SELECT created_at FROM audit_log WHERE action = $1 ORDER BY created_at LIMIT 1',
    [action],
  );
  return rows[0]?.created_at ?? null;
}

/** The videos as the past leaves them, and a little later on a later start. */
async function postVideos(simulator: SimulatorControl, madeAt: Date): Promise<void> {
  const hoursSince = (Date.now() - madeAt.getTime()) / HOUR_MS;
  const videos = demoCampaigns.flatMap((campaign) => campaign.clips.map((clip) => ({ clip, campaign })));
  await simulator.postVideos(
    videos.map(({ clip, campaign }) => {
      const { platform, videoId, title, viewsPerHour, twist } = clip;
      const handle = authorAt(clip, 0);
      const isStill = twist === 'fell' || twist === 'still';
      const grown = isStill ? 0 : Math.floor(viewsPerHour * hoursSince);
      return {
        platform,
        id: videoId,
        author: { handle, id: authorIdOf(platform, handle) },
        title,
        views: viewsAt(clip, campaign, 0) + grown,
        publishedAt: new Date(madeAt.getTime() - postedHoursAgo(clip, campaign) * HOUR_MS).toISOString(),
        curve: isStill ? { kind: 'flat' } : { kind: 'steady', viewsPerHour },
      };
    }),
  );
  await simulator.postVideos([
    {
      platform: 'TIKTOK',
      id: '7412300000000099001',
      aliases: [DEMO_SHORT_CODE],
      author: { handle: 'cutroom.mara', id: authorIdOf('TIKTOK', 'cutroom.mara') },
      title: 'what the label does not say, twice',
      views: 2_400,
      curve: { kind: 'steady', viewsPerHour: 900 },
    },
  ]);
  for (const { clip } of videos) {
    if (clip.twist === 'private') await simulator.setState(clip.platform, clip.videoId, 'private');
    if (clip.twist === 'gone') await simulator.setState(clip.platform, clip.videoId, 'deleted');
  }
}

async function addPeople(pool: Pool, accounts: readonly DemoAccount[], madeAt: Date): Promise<DemoPeople> {
  const deps = { pool, now: () => new Date(madeAt.getTime() - JOINED_HOURS_AGO * HOUR_MS) };
  const others = DEMO_OTHERS.map((other) => ({ ...other, password: randomUUID(), role: 'CLIPPER' as const }));
  const [admin, ...clippers] = await Promise.all([...accounts, ...others].map((account) => ensureUser(deps, account)));
  if (admin === undefined) throw new Error('The demo needs an admin.');
  return { admin, clippers };
}

async function ensureUser(deps: OperationDeps, account: Omit<DemoAccount, 'note'>): Promise<Actor> {
  const { rows } = await deps.pool.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [account.email]);
  return rows[0] === undefined ? createUser(deps, null, account) : { userId: rows[0].id };
}
