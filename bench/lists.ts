import { appRouter, createCaller } from '@clipmeter/api/app-router';
import type { ApiContext, Role } from '@clipmeter/api/context';
import { CAMPAIGN_SORTS } from '@clipmeter/core/campaign-sort';
import { newId } from '@clipmeter/db/new-id';
import { z } from 'zod';
import { type BenchDatabase, startBenchPostgres } from './harness/bench-postgres.ts';
import type { Bench } from './harness/benchmark.ts';
import { round } from './harness/beside-live.ts';
import { median } from './harness/quantile.ts';
import { adminIdOf, CLIPPER_ID, loadLists, SUBMISSION_ID } from './lists/list-fixture.ts';

/** A list as somebody opens it. */
interface ListCase {
  readonly as: Role;
  readonly input: object;
  /** What tells it from others of the same procedure. */
  readonly note?: string;
}

/** Every procedure that answers with pages. One that is missing here stops the benchmark, and with it its test. */
const LISTS: Record<string, readonly ListCase[]> = {
  'campaigns.list': CAMPAIGN_SORTS.map((sort) => ({ as: 'CLIPPER', input: { sort }, note: sort })),
  'me.clips': [{ as: 'CLIPPER', input: {} }],
  'mySubmissions.list': [
    { as: 'CLIPPER', input: {} },
    { as: 'CLIPPER', input: { status: 'APPROVED' }, note: 'approved' },
  ],
  'clips.statement': [{ as: 'CLIPPER', input: { id: SUBMISSION_ID } }],
  'notifications.list': [
    { as: 'CLIPPER', input: {} },
    { as: 'CLIPPER', input: { unreadOnly: true }, note: 'unread' },
  ],
  'review.queue': (['waiting', 'asked', 'held'] as const).flatMap((queue) =>
    (['newest', 'oldest'] as const).map((order) => ({
      as: 'ADMIN' as const,
      input: { queue, order },
      note: `${queue}, ${order}`,
    })),
  ),
  'review.decisions': [{ as: 'ADMIN', input: {} }],
  'people.list': [{ as: 'ADMIN', input: {} }],
  'audit.list': [{ as: 'ADMIN', input: {} }],
  'overview.activity': (['news', 'money', 'all'] as const).map((show) => ({
    as: 'ADMIN',
    input: { show },
    note: show,
  })),
};

const pageSchema = z.object({ items: z.array(z.unknown()), nextCursor: z.string().nullable() });
type Page = z.infer<typeof pageSchema>;

const WALK_LIMIT = 100;
const PAGE_LIMIT = 50;

/** The last page of every list beside its first, through the API as pages ask for it. */
export const run: Bench = async ({ small, tiny, say }) => {
  const rowsEach = tiny ? 300 : small ? 5_000 : 100_000;
  const rounds = tiny ? 3 : small ? 20 : 60;
  assertComplete();
  const postgres = await startBenchPostgres();
  try {
    const database = await postgres.createDatabase('lists');
    await loadLists(database, rowsEach);
    say(`every list is ${rowsEach} rows long`);
    const rows = [];
    for (const [path, cases] of Object.entries(LISTS)) {
      for (const each of cases) {
        const measured = await measure(database, { path, each, rowsEach, rounds });
        say(`${measured.list}: ${measured.firstMs} ms, ${measured.lastMs} ms`);
        rows.push(measured);
      }
    }
    return {
      rows,
      figures: {
        worstRatio: Math.max(...rows.map(({ ratio }) => ratio)),
        slowestFirstMs: Math.max(...rows.map(({ firstMs }) => firstMs)),
        slowestLastMs: Math.max(...rows.map(({ lastMs }) => lastMs)),
      },
    };
  } finally {
    await postgres.stop();
  }
};

/** Whether each procedure whose answer has a `nextCursor` is measured, and no other. */
function assertComplete(): void {
  const paged = Object.entries(appRouter._def.procedures)
    .filter(([, procedure]) => hasNextCursor(Reflect.get(Object(Reflect.get(procedure, '_def')), 'output')))
    .map(([path]) => path);
  const [found, known] = [paged.toSorted().join(' '), Object.keys(LISTS).toSorted().join(' ')];
  if (found !== known) throw new Error(`the lists of the router are ${found}; measured are ${known}`);
}

const hasNextCursor = (output: unknown) => output instanceof z.ZodObject && 'nextCursor' in output.shape;

interface ListMeasure {
  path: string;
  each: ListCase;
  rowsEach: number;
  rounds: number;
}

async function measure(database: BenchDatabase, { path, each, rowsEach, rounds }: ListMeasure) {
  const call = callerOf(database, path, each.as === 'ADMIN' ? adminIdOf(rowsEach) : CLIPPER_ID, each.as);
  const ask = async (cursor: string | null, limit: number): Promise<Page> =>
    pageSchema.parse(await call({ ...each.input, limit, ...(cursor !== null && { cursor }) }));
  const { lastCursor, total } = await walk(ask);
  if (total < rowsEach) throw new Error(`${path} ended after ${total} rows of ${rowsEach}`);
  const [firsts, lasts]: [number[], number[]] = [[], []];
  for (let time = 0; time < rounds; time += 1) {
    firsts.push(await timed(() => ask(null, PAGE_LIMIT)));
    lasts.push(await timed(() => ask(lastCursor, PAGE_LIMIT)));
  }
  const [firstMs, lastMs] = [median(firsts), median(lasts)];
  return {
    list: each.note === undefined ? path : `${path} (${each.note})`,
    rows: total,
    firstMs: round(firstMs),
    lastMs: round(lastMs),
    ratio: round(lastMs / firstMs),
  };
}

/** Goes through the whole list, and stops before its last page. */
async function walk(ask: (cursor: string | null, limit: number) => Promise<Page>) {
  let lastCursor: string | null = null;
  let total = 0;
  for (let cursor: string | null = null; ; ) {
    const page: Page = await ask(cursor, WALK_LIMIT);
    total += page.items.length;
    lastCursor = cursor;
    if (page.nextCursor === null) return { lastCursor, total };
    cursor = page.nextCursor;
  }
}

function callerOf(
  database: BenchDatabase,
  path: string,
  userId: string,
  role: Role,
): (input: object) => Promise<unknown> {
  const context: ApiContext = {
    pool: database.pool,
    now: () => new Date(),
    viewer: { userId, sessionId: newId(), role, name: 'Bench', email: 'bench@example.com' },
    requestId: 'bench',
    logError: (message, { error }) => {
      throw new Error(message, { cause: error });
    },
  };
  let target: unknown = createCaller(context);
  for (const part of path.split('.')) target = Reflect.get(Object(target), part);
  if (typeof target !== 'function') throw new Error(`no procedure ${path}`);
  const procedure = target;
  return async (input) => procedure(input);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
