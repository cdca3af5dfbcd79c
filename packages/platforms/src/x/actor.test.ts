import { describe, expect, test } from 'vitest';
import { createActorReader } from '#src/apify/actor-reader.ts';
import { ApifyRuns } from '#src/apify/apify-runs.ts';
import { aMinuteLater, openSimulatedWorld } from '#src/simulated-world.fixture.ts';
import { tweetActor } from '#src/x/actor.ts';

function openWorld() {
  return openSimulatedWorld('X', (baseUrl) => {
    const runs = new ApifyRuns({ token: 'demo', baseUrl, retryDelayMs: 1, sleep: async () => {} });
    return createActorReader(tweetActor, runs, { now: aMinuteLater, runTimeoutSecs: 1 });
  });
}

describe('a post that is gone', () => {
  test('is absent beside posts that are shown, and unknown in an answer that shows none', async () => {
    const world = await openWorld();
    const { reader } = world;
    const signal = new AbortController().signal;
    const [gone, there] = [world.postVideo(10, 'a'), world.postVideo(20, 'b')];
    world.hide(gone, 'deleted');
    const kindsOf = async (batch: (typeof gone)[]) => {
      const started = await reader.start(batch, signal);
      if (started.kind !== 'started') throw new Error(started.reason);
      const outcome = await reader.collect(started.externalRunId, batch, signal);
      return outcome.kind === 'ended' ? outcome.results.map((result) => result.outcome.kind) : outcome.kind;
    };
    expect(await kindsOf([gone, there])).toEqual(['absent', 'found']);
    expect(await kindsOf([gone])).toEqual(['unknown']);
    world.breakWith({ kind: 'timed_out' });
    expect(await kindsOf([there, gone, gone, gone])).not.toContain('absent');
    await world.stop();
  });
});
