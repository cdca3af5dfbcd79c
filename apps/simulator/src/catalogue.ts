import type { SimulatedClock } from '#src/clock.ts';
import { type Curve, drawCurve, drawCurveKind } from '#src/curve.ts';
import type { Platform } from '#src/platform.ts';
import { drawAccountId, drawVideoId } from '#src/platform-id.ts';
import type { Profile, ProfileChange } from '#src/profile.ts';
import { hash32, seededRandom } from '#src/random.ts';
import {
  curveViews,
  type NewVideo,
  newVideoSchema,
  shownViews,
  trueViews,
  type Video,
  type VideoChange,
} from '#src/video.ts';

const VIDEOS_MAX = 1_000_000;
const TITLES = [
  'wait for the last second',
  'nobody told me about this',
  'three takes, one minute',
  'the part they cut out',
  'how it really works',
  'ranked, worst to best',
  'I tried it so you need not',
  'he did not see it coming',
];

/** Every video and profile of the simulated platforms. */
export class Catalogue {
  readonly #clock: SimulatedClock;
  readonly #seed: string;
  readonly #onChange: () => void;
  readonly #videos = new Map<string, Video>();
  readonly #aliases = new Map<string, Video>();
  readonly #profiles = new Map<string, Profile>();

  constructor(options: { clock: SimulatedClock; seed: string; onChange: () => void }) {
    this.#clock = options.clock;
    this.#seed = options.seed;
    this.#onChange = options.onChange;
  }

  /** Posts a video and creates its author if new. An id that exists is answered with the video that has it. */
  postVideo(input: NewVideo): { video: Video; existed: boolean } {
    const wanted = newVideoSchema.parse(input);
    const existing = wanted.id === undefined ? undefined : this.video(wanted.platform, wanted.id);
    if (existing) return { video: existing, existed: true };
    if (this.#videos.size >= VIDEOS_MAX) throw new RangeError(`at most ${VIDEOS_MAX} videos`);
    const publishedAtMs = wanted.publishedAt === undefined ? Date.now() : Date.parse(wanted.publishedAt);
    const id = wanted.id ?? this.#freeId(wanted.platform, publishedAtMs);
    const random = seededRandom(this.#seed, wanted.platform, id);
    const nowMs = this.#clock.now();
    const video: Video = {
      platform: wanted.platform,
      id,
      aliases: wanted.aliases ?? [],
      authorHandle: this.#ensureProfile(wanted.platform, wanted.author).handle,
      coauthorHandles: this.#ensureProfiles(wanted.platform, wanted.coauthors ?? []),
      title: wanted.title ?? TITLES[hash32(id) % TITLES.length] ?? '',
      publishedAt: new Date(publishedAtMs).toISOString(),
      bornAtMs: nowMs - Math.max(0, Date.now() - publishedAtMs),
      curve: this.#resolveCurve(wanted.platform, id, wanted.curve ?? drawCurveKind(random)),
      extraViews: 0,
      frozenViews: null,
      state: 'live',
      durationSeconds: wanted.durationSeconds ?? 8 + Math.floor(random() * 52),
    };
    if (wanted.views !== undefined) video.extraViews = wanted.views - curveViews(video, nowMs);
    this.#keep(video);
    this.#onChange();
    return { video, existed: false };
  }

  /** Changes a video by hand; undefined if there is none with this id. */
  changeVideo(platform: Platform, id: string, change: VideoChange): Video | undefined {
    const video = this.video(platform, id);
    if (!video) return undefined;
    const nowMs = this.#clock.now();
    const views = trueViews(video, nowMs);
    const wantedViews = change.views ?? Math.max(0, views + (change.addViews ?? 0));
    if (change.title !== undefined) video.title = change.title;
    if (change.author !== undefined) video.authorHandle = this.#ensureProfile(platform, change.author).handle;
    if (change.coauthors !== undefined) video.coauthorHandles = this.#ensureProfiles(platform, change.coauthors);
    if (change.curve !== undefined) video.curve = this.#resolveCurve(platform, id, change.curve);
    if (change.state !== undefined) video.state = change.state === 'frozen' ? 'live' : change.state;
    const frozen =
      change.frozen ?? (change.state === 'frozen' || (change.state !== 'live' && video.frozenViews !== null));
    video.frozenViews = frozen ? wantedViews : null;
    // Whatever the change, the count goes on from the wanted views: a new curve never makes it jump.
    video.extraViews = wantedViews - curveViews(video, nowMs);
    this.#onChange();
    return video;
  }

  video(platform: Platform, id: string): Video | undefined {
    return this.#videos.get(key(platform, id));
  }

  /** The video that the platform shows for an id, which may be one of its others. */
  shownFor(platform: Platform, id: string): Video | undefined {
    return this.video(platform, id) ?? this.#aliases.get(key(platform, id));
  }

  /** All videos, the newest first. */
  videos(): Video[] {
    return [...this.#videos.values()].sort((a, b) => b.publishedAt.localeCompare(a.publishedAt));
  }

  /** An account's videos that anybody can see, the newest first. */
  videosOf(profile: Profile): Video[] {
    return this.videos().filter(
      (video) => video.platform === profile.platform && video.authorHandle === profile.handle && video.state === 'live',
    );
  }

  /** True views now. */
  views(video: Video): number {
    return trueViews(video, this.#clock.now());
  }

  /** Views now, as the platform tells them. */
  shownViews(video: Video): number {
    return shownViews(video.platform, this.views(video));
  }

  profile(platform: Platform, handle: string): Profile | undefined {
    return this.#profiles.get(key(platform, handle.replace(/^@/, '').toLowerCase()));
  }

  profileById(platform: Platform, id: string): Profile | undefined {
    return [...this.#profiles.values()].find((profile) => profile.platform === platform && profile.id === id);
  }

  profiles(): Profile[] {
    return [...this.#profiles.values()];
  }

  /** The account that posted a video. */
  author(video: Video): Profile {
    return this.#ensureProfile(video.platform, { handle: video.authorHandle });
  }

  /** The accounts that a video was published with. */
  coauthors(video: Video): Profile[] {
    return video.coauthorHandles.map((handle) => this.#ensureProfile(video.platform, { handle }));
  }

  /** Edits a profile and creates it if new: people sign up on platforms without asking anybody. */
  changeProfile(platform: Platform, handle: string, change: ProfileChange): Profile {
    const profile = this.#ensureProfile(platform, { handle: handle.replace(/^@/, '') });
    if (change.bio !== undefined) profile.bio = change.bio;
    if (change.name !== undefined) profile.name = change.name;
    if (change.followers !== undefined) profile.followers = change.followers;
    this.#onChange();
    return profile;
  }

  /** Takes over what an earlier process kept. */
  restore(videos: Video[], profiles: Profile[]): void {
    for (const video of videos) this.#keep(video);
    for (const profile of profiles) this.#profiles.set(key(profile.platform, profile.handle.toLowerCase()), profile);
  }

  #keep(video: Video): void {
    this.#videos.set(key(video.platform, video.id), video);
    for (const alias of video.aliases) this.#aliases.set(key(video.platform, alias), video);
  }

  #ensureProfiles(platform: Platform, handles: readonly string[]): string[] {
    return handles.map((handle) => this.#ensureProfile(platform, { handle }).handle);
  }

  #ensureProfile(
    platform: Platform,
    author: { id?: string | undefined; handle: string; name?: string | undefined },
  ): Profile {
    const profileKey = key(platform, author.handle.toLowerCase());
    const existing = this.#profiles.get(profileKey);
    if (existing) return existing;
    const random = seededRandom(this.#seed, platform, 'profile', author.handle.toLowerCase());
    const profile: Profile = {
      platform,
      id: author.id ?? drawAccountId(platform, random),
      handle: author.handle,
      name: author.name ?? author.handle,
      bio: '',
      followers: Math.floor(random() ** 4 * 200_000),
    };
    this.#profiles.set(profileKey, profile);
    return profile;
  }

  #freeId(platform: Platform, publishedAtMs: number): string {
    for (let attempt = this.#videos.size; ; attempt++) {
      const id = drawVideoId(platform, publishedAtMs, seededRandom(this.#seed, platform, 'id', attempt));
      if (!this.video(platform, id)) return id;
    }
  }

  #resolveCurve(platform: Platform, id: string, wanted: Curve | Curve['kind']): Curve {
    return typeof wanted === 'string' ? drawCurve(wanted, seededRandom(this.#seed, platform, id, wanted)) : wanted;
  }
}

function key(platform: Platform, name: string): string {
  return `${platform}:${name}`;
}
