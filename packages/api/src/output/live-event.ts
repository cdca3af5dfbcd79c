import type { LiveEvent } from '@clipmeter/realtime/event';
import { CLIPS_PER_EVENT_MAX } from '@clipmeter/realtime/event';
import { z } from 'zod';
import { platformStatusSchema } from '#src/output/platform-status.ts';
import {
  campaignStatusSchema,
  completionReasonSchema,
  countSchema,
  decimalSchema,
  liveCursorSchema,
  platformSchema,
  submissionStatusSchema,
  timeSchema,
} from '#src/output/scalar.ts';
import { socialAccountSchema } from '#src/output/social-account.ts';

const clipViewsSchema = z.object({
  clipId: z.string(),
  version: countSchema,
  views: countSchema,
  readAt: timeSchema.nullable(),
});

/** What a page can receive: the events of @clipmeter/realtime, without those about sessions. */
export const liveEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('campaign.changed'),
    topic: z.templateLiteral(['campaign:', z.string()]),
    payload: z.object({
      campaignId: z.string(),
      version: countSchema,
      status: campaignStatusSchema,
      budget: decimalSchema,
      spent: decimalSchema,
      expected: decimalSchema,
      closing: z.boolean(),
      completedAt: timeSchema.nullable(),
      completionReason: completionReasonSchema.nullable(),
      released: z.boolean(),
      clips: z.array(clipViewsSchema).max(CLIPS_PER_EVENT_MAX),
      truncated: z.literal(true).optional(),
      at: timeSchema,
    }),
  }),
  z.object({
    type: z.literal('campaign.edited'),
    topic: z.templateLiteral(['campaign:', z.string()]),
    payload: z.object({ campaignId: z.string(), status: campaignStatusSchema, at: timeSchema }),
  }),
  z.object({
    type: z.literal('earnings.changed'),
    topic: z.templateLiteral(['user:', z.string()]),
    payload: z.object({
      userId: z.string(),
      balances: z
        .array(
          z.object({
            kind: z.enum(['pending', 'available', 'reserved', 'paid']),
            campaignId: z.string().nullable(),
            balance: decimalSchema,
            version: countSchema,
          }),
        )
        .max(CLIPS_PER_EVENT_MAX),
      clips: z
        .array(clipViewsSchema.extend({ campaignId: z.string(), earnings: decimalSchema, credited: decimalSchema }))
        .max(CLIPS_PER_EVENT_MAX),
      at: timeSchema,
    }),
  }),
  z.object({
    type: z.literal('submission.changed'),
    topic: z.union([z.templateLiteral(['user:', z.string()]), z.literal('admin')]),
    payload: z.object({
      submissionId: z.string(),
      clipId: z.string(),
      campaignId: z.string(),
      status: submissionStatusSchema,
      approvalRequested: z.boolean(),
      by: z.object({ userId: z.string(), name: z.string() }).optional(),
      at: timeSchema,
    }),
  }),
  z.object({
    type: z.literal('link.changed'),
    topic: z.templateLiteral(['user:', z.string()]),
    payload: z.object({
      linkId: z.string(),
      campaignId: z.string(),
      url: z.string(),
      status: z.enum(['WAITING', 'RESOLVED', 'FAILED']),
      reason: z.string().nullable(),
      submissionId: z.string().nullable(),
      at: timeSchema,
    }),
  }),
  z.object({
    type: z.literal('account.changed'),
    topic: z.templateLiteral(['user:', z.string()]),
    payload: socialAccountSchema.extend({ removed: z.boolean(), at: timeSchema }),
  }),
  z.object({
    type: z.literal('notification.created'),
    topic: z.templateLiteral(['user:', z.string()]),
    payload: z.object({
      id: z.string(),
      kind: z.string(),
      title: z.string(),
      body: z.string(),
      link: z.string().nullable(),
      at: timeSchema,
    }),
  }),
  z.object({
    type: z.literal('notifications.read'),
    topic: z.templateLiteral(['user:', z.string()]),
    payload: z.object({ ids: z.array(z.string()).nullable(), at: timeSchema }),
  }),
  z.object({
    type: z.literal('audit.appended'),
    topic: z.literal('admin'),
    payload: z.object({
      id: z.string(),
      actorId: z.string().nullable(),
      action: z.string(),
      subjectKind: z.string(),
      subjectId: z.string(),
      at: timeSchema,
    }),
  }),
  z.object({
    type: z.literal('run.finished'),
    topic: z.literal('admin'),
    payload: z.object({
      runId: z.string(),
      platform: platformSchema,
      claimed: countSchema,
      read: countSchema,
      unknown: countSchema,
      unavailable: countSchema,
      credited: decimalSchema,
      cost: decimalSchema.nullable(),
      durationMs: countSchema,
      error: z.string().nullable(),
      corrected: z.literal(true).optional(),
      at: timeSchema,
    }),
  }),
  z.object({ type: z.literal('platform.changed'), topic: z.literal('platforms'), payload: platformStatusSchema }),
  z.object({
    type: z.literal('platform.detail'),
    topic: z.literal('admin'),
    payload: z.object({
      platform: platformSchema,
      reason: z.string().nullable(),
      lastError: z.string().nullable(),
      lastErrorAt: timeSchema.nullable(),
      version: countSchema,
    }),
  }),
  z.object({
    type: z.literal('alert.changed'),
    topic: z.literal('admin'),
    payload: z.object({
      id: z.string(),
      kind: z.string(),
      message: z.string(),
      count: countSchema,
      resolved: z.boolean(),
      at: timeSchema,
    }),
  }),
  z.object({
    type: z.literal('clip.earned'),
    topic: z.literal('admin'),
    payload: z.object({
      campaignId: z.string(),
      clips: z
        .array(z.object({ clipId: z.string(), version: countSchema, earnings: decimalSchema, credited: decimalSchema }))
        .max(CLIPS_PER_EVENT_MAX),
      at: timeSchema,
    }),
  }),
  z.object({
    type: z.literal('profile.changed'),
    topic: z.templateLiteral(['user:', z.string()]),
    payload: z.object({ userId: z.string(), at: timeSchema }),
  }),
  z.object({
    type: z.literal('sessions.changed'),
    topic: z.templateLiteral(['user:', z.string()]),
    payload: z.object({ userId: z.string(), at: timeSchema }),
  }),
  z.object({
    type: z.literal('person.changed'),
    topic: z.literal('admin'),
    payload: z.object({ userId: z.string().nullable(), at: timeSchema }),
  }),
]);

/** The log no longer holds what came after the reader's cursor, or the reader was too slow: fetch the queries again. */
export const resetSchema = z.object({
  type: z.literal('reset'),
  topic: z.null(),
  payload: z.object({ cursor: liveCursorSchema }),
});

export const liveMessageSchema = z.union([liveEventSchema, resetSchema]);

export type PageEvent = z.infer<typeof liveEventSchema>;
export type LiveMessage = z.infer<typeof liveMessageSchema>;

// Both directions: the schemas and the types of the event log cannot drift apart.
type Published = Exclude<LiveEvent, { type: 'session.ended' | 'access.changed' }>;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
export const SCHEMA_MATCHES_TYPES: Same<PageEvent, Published> = true;
