import { z } from 'zod';
import { CURVE_KINDS, type Curve, curveSchema, viewsOnCurve } from '#src/curve.ts';
import { type Platform, platformSchema } from '#src/platform.ts';
import { hash32 } from '#src/random.ts';

const HOUR_MS = 3_600_000;
const idText = z.string().min(1).max(64);
const handleText = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .transform((handle) => handle.replace(/^@/, ''));

export const videoStateSchema = z.enum(['live', 'deleted', 'private']);

/** A video as the world keeps it and the state file holds it. */
export const videoSchema = z.object({
  platform: platformSchema,
  id: idText,
  /** Other ids by which the platform finds it; what it shows has its own. */
  aliases: z.array(idText).default([]),
  authorHandle: z.string(),
  /** Accounts it was published with (Instagram). */
  coauthorHandles: z.array(z.string()).default([]),
  title: z.string(),
  /** Real time, as the platform will tell it. */
  publishedAt: z.string(),
  /** Simulated time at which its curve starts. */
  bornAtMs: z.number(),
  curve: curveSchema,
  /** Views beside the curve: set or added by hand, negative after a purge by hand. */
  extraViews: z.number(),
  /** Views at which it was frozen, or null while it grows. */
  frozenViews: z.number().nullable(),
  state: videoStateSchema,
  durationSeconds: z.number(),
});

export type Video = z.infer<typeof videoSchema>;

const viewCount = z.number().int().min(0).max(1e12);

/** What it takes to post a video; what is left out is drawn from the seed. */
export const newVideoSchema = z.object({
  platform: platformSchema,
  id: idText.optional(),
  aliases: z.array(idText).max(10).optional(),
  views: viewCount.optional(),
  curve: z.union([z.enum(CURVE_KINDS), curveSchema]).optional(),
  author: z.object({ id: idText.optional(), handle: handleText, name: z.string().max(200).optional() }),
  coauthors: z.array(handleText).max(10).optional(),
  publishedAt: z.iso.datetime({ offset: true }).optional(),
  title: z.string().max(500).optional(),
  durationSeconds: z.number().int().positive().max(43_200).optional(),
});

export type NewVideo = z.input<typeof newVideoSchema>;

/** What can be done to a video by hand. */
export const videoChangeSchema = z
  .object({
    views: viewCount.optional(),
    addViews: z.number().int().min(-1e12).max(1e12).optional(),
    state: z.enum(['live', 'deleted', 'private', 'frozen']).optional(),
    frozen: z.boolean().optional(),
    curve: z.union([z.enum(CURVE_KINDS), curveSchema]).optional(),
    title: z.string().max(500).optional(),
    /** Whose it is from now on: accounts are renamed, sold and taken over. */
    author: z.object({ handle: handleText }).optional(),
    coauthors: z.array(handleText).max(10).optional(),
  })
  .strict()
  .refine((change) => change.views === undefined || change.addViews === undefined, 'give views or addViews, not both');

export type VideoChange = z.infer<typeof videoChangeSchema>;

/** Views that the curve alone gives at this simulated time. */
export function curveViews(video: { platform: Platform; id: string; bornAtMs: number; curve: Curve }, nowMs: number) {
  const phase = hash32(`${video.platform}:${video.id}`) / 2 ** 32;
  return Math.floor(viewsOnCurve(video.curve, (nowMs - video.bornAtMs) / HOUR_MS, phase));
}

/** A video's true views at this simulated time; platforms may show them rounded. */
export function trueViews(video: Video, nowMs: number): number {
  if (video.frozenViews !== null) return video.frozenViews;
  return Math.max(0, curveViews(video, nowMs) + video.extraViews);
}

/**
 * Views as the platform tells them. TikTok gives exact counts below 10,000, then hundreds ("12.3K"), from a million
 * on hundreds of thousands ("2.7M"), always rounded down: the series is a staircase.
 */
export function shownViews(platform: Platform, views: number): number {
  if (platform !== 'TIKTOK' || views < 10_000) return views;
  const step = views < 1_000_000 ? 100 : 100_000;
  return Math.floor(views / step) * step;
}

/** Likes, comments, shares and saves that fit the views; each video has its own temper. */
export function engagement(video: Video, views: number) {
  const temper = (salt: string) => hash32(`${salt}:${video.id}`) / 2 ** 32;
  const share = (salt: string, low: number, high: number) => Math.floor(views * (low + temper(salt) * (high - low)));
  return {
    likes: share('likes', 0.02, 0.12),
    comments: share('comments', 0.0005, 0.006),
    shares: share('shares', 0.0005, 0.01),
    saves: share('saves', 0.001, 0.015),
  };
}

/** The address a person would paste. */
export function videoUrl(video: { platform: Platform; id: string; authorHandle: string }): string {
  switch (video.platform) {
    case 'TIKTOK':
      return `https://www.tiktok.com/@${video.authorHandle}/video/${video.id}`;
    case 'YOUTUBE':
      return `https://www.youtube.com/watch?v=${video.id}`;
    case 'INSTAGRAM':
      return `https://www.instagram.com/p/${video.id}/`;
    case 'X':
      return `https://x.com/${video.authorHandle}/status/${video.id}`;
  }
}
