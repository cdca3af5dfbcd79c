import { z } from 'zod';

/** Money as it crosses the API: a decimal string with six places, beside a `currency`. Never a number. */
export const decimalSchema = z.string().regex(/^-?\d+\.\d{6}$/);
/** ISO 8601 in UTC, in queries and events alike, so that an event can replace what a query gave. */
export const timeSchema = z.iso.datetime();
/** Views, versions, counts: safe integers. */
export const countSchema = z.int().nonnegative();
export const currencySchema = z.literal('USD');
/** Where in the event log the snapshot of a query lies: the first subscription starts there. */
export const liveCursorSchema = z.string();
export const platformSchema = z.enum(['TIKTOK', 'YOUTUBE', 'INSTAGRAM', 'X']);
export const metricSchema = z.enum(['plays', 'views', 'impressions']);
export const campaignStatusSchema = z.enum(['DRAFT', 'SCHEDULED', 'ACTIVE', 'PAUSED', 'COMPLETED', 'CANCELLED']);
export const completionReasonSchema = z.enum(['BUDGET', 'DEADLINE', 'ADMIN', 'CANCELLED']);
export const submissionStatusSchema = z.enum(['PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'REVOKED']);
export const roleSchema = z.enum(['CLIPPER', 'ADMIN']);
