import { chmod, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cursorParts, formatCursor } from '@clipmeter/realtime/cursor';
import { campaignRow, createWorld, resultsOf, type World, type WorldClip } from '@clipmeter/testing/settlement-world';
import { freePort } from '@clipmeter/testing/test-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAudit } from '#src/audit.ts';
import { takeBackup } from '#src/base-backup.ts';
import { createPool, type Pool } from '#src/connect.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#src/embedded-postgres.ts';
import { currentCursor } from '#src/event-log.ts';
import { createEventSource } from '#src/event-source.ts';
import { migrate } from '#src/migrate.ts';
import { type Restored, restoreBackup } from '#src/restore-backup.ts';

/** A server of its own: what is backed up is a whole cluster, and its log must be a real one. */
const password = 'of this test';
const settings = { fsync: 'off' };
let home: string;
let server: EmbeddedPostgres;
let pool: Pool;
let world: World;
let campaignId: string;
let clip: WorldClip;
/** Recorded before the backup, settled after it. */
let inFlight: string;
let waiting: WorldClip;
/** What was spent after each settlement whose commit was acknowledged, in the order of time. */
const spent: string[] = [];
let backupBegan: number;
let backupEnded: number;

const folder = () => path.join(home, 'backups', 'monday');
const restoredDir = () => path.join(home, 'restored');

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'clipmeter-backup-'));
  await chmod(home, 0o755); // as root, the server runs as somebody else
  server = await startEmbeddedPostgres({
    dataDir: path.join(home, 'data'),
    port: await freePort(),
    password,
    settings,
  });
  await migrate(server.url);
  pool = createPool({ url: server.url });
  world = createWorld(pool);
  campaignId = await world.addCampaign({ budget: '100000', rate: '10' });
  clip = await world.addClip(campaignId, 0n);
  waiting = await world.addClip(campaignId, 0n);
  inFlight = await world.record([waiting]);
});
afterAll(async () => {
  await pool?.end();
  await server?.stop();
  await rm(home, { recursive: true, force: true });
});

let views = 0n;
async function settleOnce(): Promise<void> {
  views += 1_000n;
  await world.read([[clip, { plays: views }]]);
  spent.push((await campaignRow(pool, campaignId)).spent);
}

const restore = async (mode: 'try' | 'fill' | 'replace', from = folder()): Promise<Restored> =>
  restoreBackup({ folder: from, dataDir: restoredDir(), password, port: await freePort(), mode, settings });

test('a backup is taken while settlements go on', async () => {
  await settleOnce();
  let isTaken = false;
  const settling = (async () => {
    while (!isTaken) await settleOnce();
  })();
  backupBegan = spent.length;
  const backup = await takeBackup({ url: server.url, folder: folder() });
  backupEnded = spent.length;
  isTaken = true;
  await settling;
  expect(backupEnded - backupBegan).toBeGreaterThan(3); // else this proves nothing
  expect(backup.bytes).toBeGreaterThan(10_000_000);
  expect(await readdir(path.dirname(folder()))).toEqual(['monday']);
  const { rows } = await pool.query('SELECT FROM pg_replication_slots');
  expect(rows).toEqual([]); // nothing keeps the log any more
});

test('is not taken into a folder that holds something', async () => {
  await expect(takeBackup({ url: server.url, folder: folder() })).rejects.toThrow(/not empty/);
});

test('what is restored is the books of one moment of the backup, and they go on from there', async () => {
  // The history that is about to be lost: what was in flight is settled, and a page has seen it.
  await world.settle(inFlight, resultsOf([[waiting, { plays: 500_000n }]]), world.advance(1_000));
  await settleOnce();
  const cursor = await currentCursor(pool);

  const { report, dataDir, takenAt } = await restore('fill');
  expect([report.differences, dataDir]).toEqual([0, restoredDir()]);
  expect(takenAt).toMatch(/^\d{4}-\d\d-\d\d /);
  const again = await startEmbeddedPostgres({ dataDir: restoredDir(), port: await freePort(), password, settings });
  const restored = createPool({ url: again.url });
  const source = createEventSource(restored, { url: again.url });
  try {
    const { spent: kept } = await campaignRow(restored, campaignId);
    // What was acknowledged when the backup began is there; of the rest, all up to one moment before its end.
    expect(spent.slice(backupBegan - 1, backupEnded + 1)).toContain(kept);

    // The page that saw the lost history is told so, even when the transaction ids have gone past its cursor.
    expect(await source.readAfter(cursor, 10)).toEqual({ lost: true });
    const { xid } = cursorParts(cursor);
    for (let given = 0n; given <= xid; ) {
      const { rows } = await restored.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid');
      given = BigInt(rows[0]?.xid ?? 0);
    }
    expect(await source.readAfter(cursor, 10)).toEqual({ lost: true });
    expect(await source.readAfter(formatCursor({ generation: 1, xid: 3n, id: 0n }), 10)).toEqual({ lost: true });
    expect(await source.readAfter(await source.head(), 10)).toMatchObject({ lost: false });

    // The run that was in flight is settled here too, once.
    const anew = createWorld(restored);
    anew.advance(86_400_000);
    const settle = () => anew.settle(inFlight, resultsOf([[waiting, { plays: 2_000n }]]), anew.advance(1_000));
    expect((await settle()).creditedMicros).toBe(20_000_000n);
    expect((await settle()).creditedMicros).toBe(0n);
    await anew.read([[clip, { plays: 1_000_000n }]]);
    expect((await runAudit(restored)).differences).toBe(0);
  } finally {
    await source.close();
    await restored.end();
    await again.stop();
  }
});

test('a trial leaves nothing behind, and data that is there is not overwritten unasked', async () => {
  const before = await readdir(home);
  const { report, dataDir } = await restore('try');
  expect([report.differences, dataDir]).toEqual([0, null]);
  expect(await readdir(home)).toEqual(before);
  await expect(restore('fill')).rejects.toThrow(/already/);
});

test('a backup that lacks a piece of its log is never put in the place of anything', async () => {
  const broken = path.join(home, 'broken');
  await rename(folder(), broken);
  const segments = (await readdir(path.join(broken, 'pg_wal'))).filter((name) => /^[0-9A-F]{24}$/.test(name));
  await rm(path.join(broken, 'pg_wal', segments.at(-1) ?? ''));
  const { ino } = await stat(restoredDir());
  await expect(restore('replace', broken)).rejects.toThrow(/did not start/);
  await rm(path.join(broken, 'backup_label'));
  await expect(restore('replace', broken)).rejects.toThrow(/no complete backup/);
  expect((await stat(restoredDir())).ino).toBe(ino);
  expect(await readdir(home)).toEqual(['broken', 'backups', 'data', 'restored'].sort());
});
