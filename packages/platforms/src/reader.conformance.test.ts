import type { ActorAdapter } from '#src/apify/actor-adapter.ts';
import { createActorReader } from '#src/apify/actor-reader.ts';
import { ApifyRuns } from '#src/apify/apify-runs.ts';
import { instagramPostActor, instagramReelActor } from '#src/instagram/actor.ts';
import { describeConformance } from '#src/reader.conformance.ts';
import { aMinuteLater, openSimulatedWorld } from '#src/simulated-world.fixture.ts';
import { tiktokActor } from '#src/tiktok/actor.ts';
import type { ConformanceFixture } from '#src/world.conformance.ts';
import { tweetActor } from '#src/x/actor.ts';
import { youtubeActor } from '#src/youtube/actor.ts';
import { createYoutubeDataApiReader } from '#src/youtube/data-api-reader.ts';

/** What every platform that is read through an actor of Apify has in common. */
function actorFixture(adapter: ActorAdapter) {
  return {
    hasRuns: true,
    deletedVideo: 'not_found',
    privateVideo: 'private',
    absentVideo: 'unknown',
    tellsDuration: true,
    refusals: [
      [{ kind: 'http_error', status: 400, type: 'invalid-input' }, 'rejected'],
      [{ kind: 'http_error', status: 401, type: 'invalid-token' }, 'stopped'],
      [{ kind: 'http_error', status: 402, type: 'not-enough-usage-to-run-paid-actor' }, 'stopped'],
      [{ kind: 'http_error', status: 402, type: 'platform-feature-disabled' }, 'stopped'],
      [{ kind: 'http_error', status: 402, type: 'actor-is-not-rented' }, 'stopped'],
      [{ kind: 'http_error', status: 402, type: 'max-total-charge-usd-below-minimum' }, 'stopped'],
      [{ kind: 'http_error', status: 402, type: 'concurrent-runs-limit-exceeded' }, 'throttled'],
      [{ kind: 'http_error', status: 402, type: 'actor-memory-limit-exceeded' }, 'throttled'],
      [{ kind: 'http_error', status: 403, type: 'insufficient-permissions' }, 'stopped'],
      [{ kind: 'http_error', status: 404, type: 'actor-not-found' }, 'stopped'],
      [{ kind: 'http_error', status: 429, type: 'rate-limit-exceeded' }, 'throttled'],
      [{ kind: 'http_error', status: 500 }, 'lost'],
      [{ kind: 'invalid_json' }, 'lost'],
      [{ kind: 'drop' }, 'lost'],
    ],
    open: () =>
      openSimulatedWorld(adapter.platform, (baseUrl) => {
        const runs = new ApifyRuns({ token: 'demo', baseUrl, retryDelayMs: 1, sleep: async () => {} });
        return createActorReader(adapter, runs, { now: aMinuteLater, runTimeoutSecs: 1 });
      }),
  } satisfies Partial<ConformanceFixture>;
}

describeConformance({ ...actorFixture(tiktokActor), name: 'TikTok through its actor', metrics: ['plays'] });
describeConformance({ ...actorFixture(youtubeActor), name: 'YouTube through its actor', metrics: ['views'] });

for (const actor of [instagramReelActor, instagramPostActor]) {
  describeConformance({
    ...actorFixture(actor),
    name: `Instagram through ${actor.actorId}`,
    metrics: ['plays', 'views'],
    // A private post looks like a page that would not load.
    privateVideo: 'unknown',
  });
}

describeConformance({
  ...actorFixture(tweetActor),
  name: 'X through its actor',
  metrics: ['impressions'],
  // A post that is gone is padded with a mock row, as one that was not fetched is.
  deletedVideo: 'unknown',
  privateVideo: 'unknown',
  absentAmongOthers: 'absent',
  tellsDuration: false,
});

describeConformance({
  name: 'YouTube through its Data API',
  metrics: ['views'],
  hasRuns: false,
  deletedVideo: 'not_found',
  tellsDuration: true,
  privateVideo: 'not_found',
  absentVideo: 'not_found',
  refusals: [
    [{ kind: 'http_error', status: 400, type: 'badRequest' }, 'failed'],
    [{ kind: 'http_error', status: 401, type: 'authError' }, 'stopped'],
    [{ kind: 'http_error', status: 403, type: 'accessNotConfigured' }, 'stopped'],
    [{ kind: 'http_error', status: 403, type: 'quotaExceeded' }, 'throttled'],
    [{ kind: 'http_error', status: 429, type: 'rateLimitExceeded' }, 'throttled'],
    [{ kind: 'http_error', status: 500 }, 'failed'],
    [{ kind: 'invalid_json' }, 'failed'],
    [{ kind: 'drop' }, 'failed'],
  ],
  open: () => openSimulatedWorld('YOUTUBE', (baseUrl) => createYoutubeDataApiReader({ apiKey: 'demo', baseUrl })),
});
