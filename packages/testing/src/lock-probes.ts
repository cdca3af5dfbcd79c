import { runAudit } from '@clipmeter/db/audit';
import { CLAIM_PROBES } from '#src/claim-probes.ts';
import { DECISION_PROBES } from '#src/decision-probes.ts';
import { type LockProbe, locksInOrder } from '#src/lock-probe.ts';
import {
  accountRows,
  campaignRows,
  clipRows,
  failureOf,
  freeRows,
  inFirst,
  openScene,
  type Rows,
  type Scene,
  scheduleRows,
  submissionRows,
  turnAround,
  waits,
} from '#src/lock-scene.ts';
import { resultsOf, type WorldClip } from '#src/settlement-world.ts';

const settledRows = ({ clips, campaignIds }: Scene): readonly Rows[] => [
  clipRows(clips),
  campaignRows(campaignIds),
  scheduleRows(clips),
  submissionRows(clips),
];

/** While a settlement decides, it alone may change what it decides from. */
const holdsItsRows: LockProbe = {
  name: 'a settlement holds every row that it decides from',
  async run(database) {
    const scene = await openScene(database);
    const { world, clips } = scene;
    const runId = await world.record(clips);
    const free: string[] = [];
    const look = async (step: string) => {
      if (step !== 'settle:locked') return;
      for (const rows of settledRows(scene)) if ((await freeRows(database.plain, rows)).size > 0) free.push(rows.table);
    };
    const results = resultsOf(clips.map((clip) => [clip, { plays: 1_000n }]));
    await world.settle(runId, results, world.advance(1_000), look);
    return free.length > 0 ? `rows of ${free.join(', ')} were free while a settlement decided from them` : null;
  },
};

/** One settlement stands between its decision and its writes while another begins; then the books are read. */
function settlesBoth(name: string, budget: string, second: (scene: Scene) => readonly WorldClip[]): LockProbe {
  return {
    name,
    async run(database) {
      const scene = await openScene(database, budget);
      const { world, clips } = scene;
      const firstRun = await world.record(clips);
      const secondRun = await world.record(second(scene));
      const [firstEnd, secondEnd] = [world.advance(1_000), world.advance(1_000)];
      const [decided, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const pause = async (step: string) => {
        if (step !== 'settle:locked') return;
        decided.resolve();
        await go.promise;
      };
      const answers = (views: bigint, of: readonly WorldClip[]) =>
        resultsOf(of.map((clip) => [clip, { plays: views }]));
      const first = world.settle(firstRun, answers(2_000n, clips.slice(0, 2)), firstEnd, pause);
      await Promise.race([decided.promise, first]);
      const next = world.settle(secondRun, answers(3_000n, second(scene)), secondEnd);
      await waits(database.plain, next);
      go.resolve();
      const failures = [await failureOf(first), await failureOf(next)].filter((failure) => failure !== null);
      if (failures.length > 0) return `a settlement failed: ${failures[0]}`;
      const { lines } = await runAudit(database.plain);
      const wrong = lines.find((line) => line.differences > 0);
      return wrong ? `the audit: ${wrong.kind}` : null;
    },
  };
}

const settleAll = async ({ world, clips }: Scene) => {
  const runId = await world.record(clips);
  const endedAt = world.advance(60_000);
  return () => world.settle(runId, resultsOf(clips.map((clip) => [clip, { plays: 2_000n }])), endedAt);
};

const SETTLEMENT_ORDER = (['clips', 'campaigns', 'clip_schedules', 'clip_submissions'] as const).map((table) =>
  locksInOrder(`a settlement locks ${table} by id`, async (scene) => {
    const rows = settledRows(scene).find((each) => each.table === table);
    if (!rows) throw new Error(`A settlement locks no ${table}`);
    return { rows, operation: await settleAll(scene) };
  }),
);

const CAMPAIGN_ORDER: readonly LockProbe[] = [
  locksInOrder('a pause locks schedules by id', async (scene) => ({
    rows: scheduleRows(inFirst(scene)),
    operation: () => scene.steps.setPaused(scene.campaignIds[0], true),
  })),
  locksInOrder('an ending locks schedules by id', async (scene) => ({
    rows: scheduleRows(inFirst(scene)),
    operation: () => scene.steps.cancel(scene.campaignIds[0]),
  })),
  locksInOrder('a closing round’s begin locks schedules by id', async (scene) => ({
    rows: scheduleRows(inFirst(scene)),
    operation: () => scene.steps.beginClosing(scene.campaignIds[0], 'ADMIN'),
  })),
  locksInOrder('a release locks the approvals that it ends by id', async (scene, { plain }) => {
    const [campaignId] = scene.campaignIds;
    const asked = [await scene.world.submitClip(campaignId), await scene.world.submitClip(campaignId)];
    await scene.steps.cancel(campaignId);
    await turnAround(plain);
    return { rows: submissionRows(asked), operation: () => scene.steps.release(campaignId) };
  }),
  locksInOrder('a release locks the submissions that it closes by id', async (scene, { plain }) => {
    const [campaignId] = scene.campaignIds;
    await scene.steps.cancel(campaignId);
    await turnAround(plain);
    return { rows: submissionRows(inFirst(scene)), operation: () => scene.steps.release(campaignId) };
  }),
];

/** In the order in which they are cheapest. */
export const LOCK_PROBES: readonly LockProbe[] = [
  holdsItsRows,
  settlesBoth('the same views are paid once by two settlements at once', '1000', ({ clips }) => clips.slice(0, 2)),
  settlesBoth('two settlements at once share one budget', '30', ({ clips }) => clips.slice(2)),
  ...DECISION_PROBES,
  ...CLAIM_PROBES,
  ...SETTLEMENT_ORDER,
  locksInOrder('a settlement locks ledger_accounts by id', async (scene, { plain }) => ({
    rows: await accountRows(plain, scene.campaignIds),
    operation: await settleAll(scene),
  })),
  ...CAMPAIGN_ORDER,
];
