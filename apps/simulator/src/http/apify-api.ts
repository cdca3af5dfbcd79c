import { z } from 'zod';
import type { Actor } from '#src/actors/actor.ts';
import { actorId, findActor } from '#src/actors/find-actor.ts';
import type { Fault, Stage } from '#src/fault.ts';
import { apifyError, apifyErrorType } from '#src/http/apify-error.ts';
import { listRuns, runData, USER_ID } from '#src/http/apify-run.ts';
import { datasetItems } from '#src/http/dataset-items.ts';
import { drop, type Exchange, type Handler, invalidJson, json, type Reply, text } from '#src/http/exchange.ts';
import { UnreadableBody } from '#src/http/request.ts';
import type { Router } from '#src/http/router.ts';
import type { Platform } from '#src/platform.ts';
import { type Run, type RunOptions, runOptionsSchema } from '#src/run.ts';
import type { SimulatorStore } from '#src/store.ts';

/** The platform holds a request that waits for a run at most this long, whatever the client asks. */
const WAIT_MAX_SECS = 60;

const startQuerySchema = z.object({
  waitForFinish: z.coerce.number().min(0).default(0),
  timeout: z.coerce.number().min(0).optional(),
  memory: z.coerce.number().positive().optional(),
  build: z.string().optional(),
  maxItems: z.coerce.number().int().positive().optional(),
  maxTotalChargeUsd: z.coerce.number().positive().optional(),
});

/** Mounts the Apify REST API v2. `token`: the only one accepted; without it any will do, but one is required. */
export function mountApifyApi(router: Router, store: SimulatorStore, token: string | undefined): void {
  const on = (method: string, path: string, handler: Handler) =>
    router.on(method, path, (exchange) => refuseToken(exchange, token) ?? handler(exchange));

  on('GET', '/v2/users/me', () => json(200, { data: { id: USER_ID, username: 'simulator', isPaying: true } }));

  for (const prefix of ['/v2/actors', '/v2/acts']) {
    on('GET', `${prefix}/:actor`, ({ part }) => {
      const actor = findActor(part('actor'));
      return actor ? json(200, { data: actorData(actor) }) : apifyError('record-not-found');
    });
    on('POST', `${prefix}/:actor/runs`, (exchange) => startRun(store, exchange));
    on('GET', `${prefix}/:actor/runs`, ({ part, query }) => {
      const actor = findActor(part('actor'));
      if (!actor) return apifyError('actor-not-found');
      const runs = store.runs.list().filter((run) => run.actorName === actor.name);
      return hit(store, actor.platform, 'list') ?? listRuns(store, runs, query);
    });
  }
  on('GET', '/v2/actor-runs', ({ query }) => listRuns(store, store.runs.list(), query));
  on('GET', '/v2/actor-runs/:run', withRun(store, 'run', getRun(store)));
  on(
    'POST',
    '/v2/actor-runs/:run/abort',
    withRun(store, 'run', (run) => {
      store.runs.abort(run);
      return json(200, { data: runData(store, run) });
    }),
  );

  const items = (run: Run, { query }: Exchange) => datasetItems(run.items, query);
  on('GET', '/v2/datasets/:dataset/items', withRun(store, 'items', items));
  on('GET', '/v2/actor-runs/:run/dataset/items', withRun(store, 'items', items));
  on(
    'GET',
    '/v2/datasets/:dataset',
    withRun(store, 'items', (run) =>
      json(200, { data: { id: run.defaultDatasetId, userId: USER_ID, actRunId: run.id, itemCount: run.items.length } }),
    ),
  );

  const record = (run: Run, { part }: Exchange) =>
    part('key') === 'INPUT' ? json(200, run.input) : apifyError('record-not-found');
  on('GET', '/v2/key-value-stores/:store/records/:key', withRun(store, 'input', record));
  on('GET', '/v2/actor-runs/:run/key-value-store/records/:key', withRun(store, 'input', record));

  const log = withRun(store, 'run', (run) => text(200, `${new Date(run.startedAtMs).toISOString()} ${run.status}\n`));
  on('GET', '/v2/logs/:run', log);
  on('GET', '/v2/actor-runs/:run/log', log);
}

function refuseToken(exchange: Exchange, token: string | undefined): Reply | undefined {
  const given = /^Bearer\s+(.+)$/i.exec(exchange.headers.authorization ?? '')?.[1] ?? exchange.query.get('token');
  if (given === null || given === '') return apifyError('token-not-provided');
  return token !== undefined && given !== token ? apifyError('invalid-token') : undefined;
}

async function startRun(store: SimulatorStore, exchange: Exchange): Promise<Reply> {
  const actor = findActor(exchange.part('actor'));
  if (!actor) return apifyError('actor-not-found');
  const input = await readInput(exchange);
  const fault = store.faults.drawWire(actor.platform, 'start', input?.value);
  if (fault && fault.kind !== 'accept_then_drop') return wireFaultReply(fault);

  const query = startQuerySchema.safeParse(Object.fromEntries(exchange.query));
  if (!query.success) return apifyError('invalid-input', { message: z.prettifyError(query.error) });
  if (input === undefined) return apifyError('invalid-request-body');
  const prepared = actor.prepare(input.value);
  if ('problem' in prepared) return apifyError('invalid-input', { message: prepared.problem });
  const options = runOptions(query.data);
  if (isBelowMinimum(actor, options)) return apifyError('max-total-charge-usd-below-minimum');

  const run = store.runs.start(actor, input.value, options, store.faults.drawRun(actor.platform));
  if (fault) return drop;
  await store.runs.waitForEnd(run, waitMs(query.data.waitForFinish), exchange.signal);
  return json(201, { data: runData(store, run) }, { location: `/v2/actor-runs/${run.id}` });
}

async function readInput(exchange: Exchange): Promise<{ value: unknown } | undefined> {
  try {
    return { value: (await exchange.body()) ?? {} };
  } catch (error) {
    if (error instanceof UnreadableBody) return undefined;
    throw error;
  }
}

function runOptions(query: z.infer<typeof startQuerySchema>): RunOptions {
  return runOptionsSchema.parse({
    build: query.build,
    timeoutSecs: query.timeout,
    memoryMbytes: query.memory,
    maxItems: query.maxItems,
    maxTotalChargeUsd: query.maxTotalChargeUsd,
  });
}

function isBelowMinimum(actor: Actor, options: RunOptions): boolean {
  const limitUsd = options.maxTotalChargeUsd;
  return limitUsd !== undefined && Math.round(limitUsd * 1_000_000) < Number(actor.minimumChargeMicros);
}

function getRun(store: SimulatorStore) {
  return async (run: Run, exchange: Exchange): Promise<Reply> => {
    const wanted = Number(exchange.query.get('waitForFinish') ?? 0);
    await store.runs.waitForEnd(run, waitMs(wanted), exchange.signal);
    return json(200, { data: runData(store, run) });
  };
}

function waitMs(wantedSecs: number): number {
  return Number.isFinite(wantedSecs) ? Math.min(Math.max(0, wantedSecs), WAIT_MAX_SECS) * 1000 : 0;
}

/** Finds the run that a path means, by its own id or by that of its dataset or store. */
function withRun(
  store: SimulatorStore,
  stage: Stage,
  handler: (run: Run, exchange: Exchange) => Reply | Promise<Reply>,
): Handler {
  return (exchange) => {
    const { part } = exchange;
    const run =
      store.runs.run(part('run')) ??
      store.runs.runOfDataset(part('dataset')) ??
      store.runs.runOfKeyValueStore(part('store'));
    if (!run) return apifyError('record-not-found');
    return hit(store, run.platform, stage) ?? handler(run, exchange);
  };
}

function hit(store: SimulatorStore, platform: Platform, stage: Stage): Reply | undefined {
  const fault = store.faults.drawWire(platform, stage);
  return fault && wireFaultReply(fault);
}

function wireFaultReply(fault: Fault): Reply {
  if (fault.kind === 'invalid_json') return invalidJson;
  if (fault.kind === 'invalid_input') return refusedInput(fault);
  if (fault.kind !== 'http_error') return drop;
  const type = fault.type ?? apifyErrorType(fault.status ?? 500);
  return apifyError(type, { status: fault.status });
}

function refusedInput({ match, named }: Fault): Reply {
  const what = named && match !== undefined ? `: "${match}" is not a valid URL.` : '.';
  return apifyError('invalid-input', { message: `Input is not valid: Field input: items are not valid${what}` });
}

function actorData(actor: Actor) {
  const [username, name] = actor.name.split('/');
  return { id: actorId(actor.name), userId: USER_ID, name, username, title: actor.name, isPublic: true };
}
