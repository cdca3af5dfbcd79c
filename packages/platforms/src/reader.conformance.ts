import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunOutcome, StartOutcome, VideoOutcome, VideoRef } from '#src/port.ts';
import type { ConformanceFixture, ConformanceWorld, WorldFault } from '#src/world.conformance.ts';

/** What every reader must do. A platform joins by its adapter and a fixture. */
export function describeConformance(fixture: ConformanceFixture): void {
  describe(`${fixture.name} conforms to the port`, () => {
    let world: ConformanceWorld;
    const signal = new AbortController().signal;

    beforeEach(async () => {
      world = await fixture.open();
    });
    afterEach(() => world.stop());

    async function startRun(batch: VideoRef[]): Promise<string> {
      const started = await world.reader.start(batch, signal);
      if (started.kind !== 'started') throw new Error(`the run was not started: ${started.kind}, ${started.reason}`);
      return started.externalRunId;
    }

    async function read(batch: VideoRef[]): Promise<RunOutcome> {
      return world.reader.collect(await startRun(batch), batch, signal);
    }

    async function outcomesOf(batch: VideoRef[]): Promise<VideoOutcome[]> {
      return outcomes(await read(batch));
    }

    /** The first refusal met, whether the start or the read of it. */
    async function refusalOf(batch: VideoRef[]): Promise<StartOutcome | RunOutcome> {
      const started = await world.reader.start(batch, signal);
      return started.kind === 'started' ? world.reader.collect(started.externalRunId, batch, signal) : started;
    }

    function countOf(outcome: VideoOutcome): bigint | undefined {
      return outcome.kind === 'found' ? outcome.counts[fixture.metrics[0]] : undefined;
    }

    function postVideos(count: number): VideoRef[] {
      return Array.from({ length: count }, (_, i) => world.postVideo(1_000 + i, 'mira'));
    }

    test('says who it is and what it costs', () => {
      const { reader } = world;
      expect(reader.source).not.toBe('');
      expect(reader.maxBatch).toBeGreaterThan(0);
      expect(reader.minimumChargeMicros).toBeGreaterThanOrEqual(0n);
      expect(reader.pricePerResultMicros).toBeGreaterThanOrEqual(0n);
    });

    test('reads the views of each video by its metric, in the order of the batch', async () => {
      const batch = postVideos(3);
      const outcome = await read(batch);
      expect(outcome).toMatchObject({ kind: 'ended', incident: null });
      expect(outcome.kind === 'ended' && outcome.results.map(({ ref }) => ref)).toEqual(batch);
      expect(outcomes(outcome).map(countOf)).toEqual([1_000n, 1_001n, 1_002n]);
    });

    test('gives every count that the platform has, under its own name', async () => {
      const [outcome] = await outcomesOf(postVideos(1));
      if (outcome?.kind !== 'found') throw new Error('the video was not found');
      expect(Object.keys(outcome.counts)).toEqual(fixture.metrics);
    });

    test('says of a shown video who posted it, when, and what it looks like', async () => {
      const [outcome] = await outcomesOf(postVideos(1));
      if (outcome?.kind !== 'found') throw new Error('the video was not found');
      expect(outcome.authorId).toBeTruthy();
      expect(outcome.publishedAt).toBeInstanceOf(Date);
      expect(outcome.title).toBeTruthy();
      if (fixture.tellsDuration) expect(outcome.durationMs).toBeGreaterThan(0);
      expect(outcome.raw).toBeTypeOf('object');
    });

    test('says that a zero is a zero, and follows a falling count', async () => {
      const ref = world.postVideo(5_000, 'mira');
      world.setViews(ref, 0);
      expect((await outcomesOf([ref])).map(countOf)).toEqual([0n]);
    });

    test('tells a deleted video from a private one and from one that is there', async () => {
      const [there, deleted, hidden] = [world.postVideo(10, 'a'), world.postVideo(20, 'b'), world.postVideo(30, 'c')];
      world.hide(deleted, 'deleted');
      world.hide(hidden, 'private');
      const kinds = (await outcomesOf([deleted, there, hidden])).map(({ kind }) => kind);
      expect(kinds).toEqual([fixture.deletedVideo, 'found', fixture.privateVideo]);
    });

    test.each(['null_counts', 'negative_counts', 'text_counts'] as const)(
      'takes %s for unknown, and for an incident',
      async (kind) => {
        const batch = postVideos(4);
        world.breakWith({ kind });
        const outcome = await read(batch);
        expect(kindsOf(outcome)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
        expect(outcome).toMatchObject({ kind: 'ended', incident: expect.stringContaining('4 of 4') });
      },
    );

    test.each(['empty', 'no_items', 'no_results', 'mock_rows'] as const)(
      'learns nothing from %s but what an absence means, and never finds a video in it',
      async (kind) => {
        const batch = postVideos(4);
        world.breakWith({ kind });
        const outcome = await read(batch);
        expect(kindsOf(outcome)).toEqual(batch.map(() => fixture.absentVideo));
        const incident = fixture.absentVideo === 'unknown' ? expect.stringContaining('4 of 4') : null;
        expect(outcome).toMatchObject({ kind: 'ended', incident });
      },
    );

    test('reads what came when some items are missing', async () => {
      const batch = postVideos(24);
      world.breakWith({ kind: 'missing_items' });
      const kinds = kindsOf(await read(batch));
      expect(kinds).toHaveLength(24);
      const left = kinds.filter((kind) => kind !== 'found');
      const isTold = fixture.absentAmongOthers !== undefined && left.length <= kinds.length / 2;
      const expected = isTold ? fixture.absentAmongOthers : fixture.absentVideo;
      expect(left).toEqual(left.map(() => expected));
      expect(left).not.toEqual([]);
    });

    test.each(['shuffled', 'duplicates'] as const)('reads %s items as if they were not', async (kind) => {
      const batch = postVideos(5);
      const plain = await outcomesOf(batch);
      world.breakWith({ kind });
      expect((await outcomesOf(batch)).map(countsOf)).toEqual(plain.map(countsOf));
    });

    test.each(fixture.refusals.map(([fault, kind]) => [describeFault(fault), kind, fault] as const))(
      'takes %s for %s',
      async (_description, kind, fault) => {
        const batch = postVideos(2);
        world.breakWith(fault);
        const refusal = await refusalOf(batch);
        expect(refusal.kind).toBe(kind);
        if (refusal.kind === 'throttled') expect(refusal.retryAfterMs).toBeGreaterThan(0);
        world.mend();
        expect(kindsOf(await read(batch))).toEqual(['found', 'found']);
      },
    );

    test('gives way to the signal, and answers when it is asked again', async () => {
      const batch = postVideos(2);
      const runId = await startRun(batch);
      expect(await world.reader.collect(runId, batch, AbortSignal.abort())).toMatchObject({ kind: 'interrupted' });
      expect(kindsOf(await world.reader.collect(runId, batch, signal))).toEqual(['found', 'found']);
    });

    test('knows in the end what a run cost', async () => {
      const batch = postVideos(2);
      const runId = await startRun(batch);
      await world.reader.collect(runId, batch, signal);
      const least = world.reader.minimumChargeMicros;
      expect(await world.reader.cost(runId)).toBeGreaterThanOrEqual(least);
    });

    test('refuses a batch that is empty or too large', async () => {
      const ref = world.postVideo(1, 'mira');
      const tooLarge = Array.from({ length: world.reader.maxBatch + 1 }, () => ref);
      await expect(async () => world.reader.start([], signal)).rejects.toThrow('a batch holds');
      await expect(async () => world.reader.start(tooLarge, signal)).rejects.toThrow('a batch holds');
    });

    if (fixture.hasRuns) describeRuns();
    else {
      test('has nothing to adopt, because nothing was started anywhere', async () => {
        expect(await world.reader.adopt(postVideos(1), new Date(0))).toEqual({ kind: 'none' });
      });
    }

    function describeRuns(): void {
      test('tells the same end of a run each time it is asked', async () => {
        const batch = postVideos(2);
        const runId = await startRun(batch);
        const first = await world.reader.collect(runId, batch, signal);
        const second = await world.reader.collect(runId, batch, signal);
        expect(first.kind === 'ended' && first.endedAt).toEqual(second.kind === 'ended' && second.endedAt);
      });

      test('finds a run whose answer was lost, and starts no second one', async () => {
        const batch = postVideos(3);
        const recordedAt = new Date();
        world.breakWith({ kind: 'accept_then_drop' });
        expect(await world.reader.start(batch, signal)).toMatchObject({ kind: 'lost' });
        world.mend();
        const adopted = await world.reader.adopt(batch.toReversed(), recordedAt);
        if (adopted.kind !== 'adopted') throw new Error(`nothing was adopted: ${adopted.kind}`);
        expect(kindsOf(await world.reader.collect(adopted.externalRunId, batch, signal))).toEqual([
          'found',
          'found',
          'found',
        ]);
        expect(world.startCount()).toBe(1);
      });

      test('adopts no run of another batch, none that is known, none from before the record', async () => {
        const [one, two] = [world.postVideo(1, 'a'), world.postVideo(2, 'b')];
        const runId = await startRun([one]);
        const recordedAt = new Date(0);
        expect(await world.reader.adopt([one, two], recordedAt)).toEqual({ kind: 'none' });
        expect(await world.reader.adopt([two], recordedAt)).toEqual({ kind: 'none' });
        expect(await world.reader.adopt([one], recordedAt, { knownRunIds: new Set([runId]) })).toEqual({
          kind: 'none',
        });
        expect(await world.reader.adopt([one], new Date(Date.now() + 3_600_000))).toEqual({ kind: 'none' });
        expect(await world.reader.adopt([one], recordedAt)).toMatchObject({ kind: 'adopted', externalRunId: runId });
      });

      test.each(['failed', 'timed_out', 'aborted', 'hang'] as const)(
        'keeps what a run that ended %s had read, and fails without',
        async (kind) => {
          const batch = postVideos(2);
          world.breakWith({ kind });
          const outcome = await read(batch);
          if (outcome.kind === 'ended') {
            expect(kindsOf(outcome)).toContain('found');
            expect(outcome.incident).toEqual(expect.any(String));
          } else {
            expect(outcome.kind).toBe('failed');
          }
        },
      );

      test('fails for a run that the platform does not know', async () => {
        expect(await world.reader.collect('NoSuchRun00000001', postVideos(1), signal)).toMatchObject({
          kind: 'failed',
        });
      });
    }
  });
}

function outcomes(run: RunOutcome): VideoOutcome[] {
  if (run.kind !== 'ended') throw new Error(`the run did not end: ${run.kind}, ${run.reason}`);
  return run.results.map(({ outcome }) => outcome);
}

function kindsOf(run: RunOutcome): string[] {
  return outcomes(run).map(({ kind }) => kind);
}

function countsOf(outcome: VideoOutcome) {
  return outcome.kind === 'found' ? outcome.counts : outcome.kind;
}

function describeFault(fault: WorldFault): string {
  return fault.kind === 'http_error' ? `${fault.status} ${fault.type ?? ''}`.trim() : fault.kind;
}
