import { z } from 'zod';
import { newFaultSchema } from '#src/fault.ts';
import { clockView, profileView, runView, statsView, videoView } from '#src/http/control-view.ts';
import { type Exchange, type Handler, json, type Reply } from '#src/http/exchange.ts';
import type { Router } from '#src/http/router.ts';
import { platformSchema } from '#src/platform.ts';
import { profileChangeSchema } from '#src/profile.ts';
import type { SimulatorStore } from '#src/store.ts';
import { newVideoSchema, videoChangeSchema } from '#src/video.ts';

const VIDEOS_A_CALL_MAX = 10_000;
const RUNS_LISTED_MAX = 1_000;

const platformText = z.string().toUpperCase().pipe(platformSchema);
const postSchema = z.union([newVideoSchema, z.array(newVideoSchema).max(VIDEOS_A_CALL_MAX)]);
const clockSchema = z
  .object({
    /** Simulated seconds in a real one; 0 stops the clock. */
    speed: z.number().min(0).max(1_000_000).optional(),
    advanceHours: z.number().min(0).max(100_000).optional(),
  })
  .strict();
const clearSchema = z.object({ platform: platformText.optional() });
const limitSchema = z.coerce.number().int().min(1).max(RUNS_LISTED_MAX).catch(50);

/** Mounts what a person or a test does to the world: post, set, delete, break, hurry. */
export function mountControlApi(router: Router, store: SimulatorStore): void {
  const { catalogue, faults, usage, clock } = store;
  const on = (method: string, path: string, handler: Handler) =>
    router.on(method, `/control${path}`, (exchange) => guarded(exchange, handler));

  on('GET', '/videos', ({ query }) => {
    const { platform } = clearSchema.parse(Object.fromEntries(query));
    const videos = catalogue.videos().filter((video) => platform === undefined || video.platform === platform);
    return json(200, { videos: videos.map((video) => videoView(store, video)) });
  });
  on('POST', '/videos', async ({ body }) => {
    const posted = postSchema.parse(await body());
    if (Array.isArray(posted)) {
      const videos = posted.map((one) => videoView(store, catalogue.postVideo(one).video));
      return json(201, { videos });
    }
    const { video, existed } = catalogue.postVideo(posted);
    return json(existed ? 200 : 201, videoView(store, video));
  });
  on('GET', '/videos/:platform/:id', ({ part }) => {
    const video = catalogue.video(platformText.parse(part('platform')), part('id'));
    return video ? json(200, videoView(store, video)) : notFound('video');
  });
  on('PATCH', '/videos/:platform/:id', async ({ part, body }) => {
    const change = videoChangeSchema.parse(await body());
    const video = catalogue.changeVideo(platformText.parse(part('platform')), part('id'), change);
    return video ? json(200, videoView(store, video)) : notFound('video');
  });

  on('GET', '/profiles', () => json(200, { profiles: catalogue.profiles().map(profileView) }));
  on('GET', '/profiles/:platform/:handle', ({ part }) => {
    const profile = catalogue.profile(platformText.parse(part('platform')), part('handle'));
    return profile ? json(200, profileView(profile)) : notFound('profile');
  });
  on('PATCH', '/profiles/:platform/:handle', async ({ part, body }) => {
    const change = profileChangeSchema.parse(await body());
    const profile = catalogue.changeProfile(platformText.parse(part('platform')), part('handle'), change);
    return json(200, profileView(profile));
  });

  on('GET', '/faults', () => json(200, { faults: faults.list() }));
  on('POST', '/faults', async ({ body }) => json(201, faults.add(newFaultSchema.parse(await body()))));
  on('DELETE', '/faults', ({ query }) => {
    faults.clear(clearSchema.parse(Object.fromEntries(query)));
    return json(200, { faults: faults.list() });
  });
  on('DELETE', '/faults/:id', ({ part }) => {
    faults.clear({ id: z.coerce.number().int().parse(part('id')) });
    return json(200, { faults: faults.list() });
  });

  on('GET', '/stats', () => json(200, statsView(store)));
  on('DELETE', '/stats', () => {
    usage.reset();
    return json(200, statsView(store));
  });
  on('GET', '/runs', ({ query }) => {
    const runs = store.runs.list().slice(-limitSchema.parse(query.get('limit') ?? undefined));
    return json(200, { runs: runs.reverse().map((run) => runView(store, run)) });
  });
  on('GET', '/clock', () => json(200, clockView(store)));
  on('POST', '/clock', async ({ body }) => {
    const wanted = clockSchema.parse(await body());
    if (wanted.speed !== undefined) clock.setSpeed(wanted.speed);
    if (wanted.advanceHours !== undefined) clock.advance(wanted.advanceHours * 3_600_000);
    store.onChange();
    return json(200, clockView(store));
  });
}

/** Turns a bad request into a sentence, and keeps other sites' forms out: they cannot send JSON without asking. */
async function guarded(exchange: Exchange, handler: Handler): Promise<Reply> {
  const type = exchange.headers['content-type'] ?? '';
  if (['POST', 'PATCH'].includes(exchange.method) && !type.startsWith('application/json')) {
    return json(415, { error: { type: 'unsupported-media-type', message: 'Send application/json.' } });
  }
  try {
    return await handler(exchange);
  } catch (error) {
    if (error instanceof z.ZodError) {
      return json(400, { error: { type: 'invalid-input', message: z.prettifyError(error) } });
    }
    if (error instanceof RangeError) return json(400, { error: { type: 'limit-reached', message: error.message } });
    throw error;
  }
}

function notFound(what: string): Reply {
  return json(404, { error: { type: 'record-not-found', message: `There is no such ${what}.` } });
}
