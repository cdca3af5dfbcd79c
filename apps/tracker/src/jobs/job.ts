import type { z } from 'zod';

/** Work that pg-boss hands out. Handlers run at least once: their effects carry their own keys. */
export interface Job<Data extends object = object> {
  readonly queue: string;
  readonly data: z.ZodType<Data>;
  /** Jobs of this queue at once in this process. */
  readonly concurrency: number;
  readonly pollSeconds: number;
  /** When a job repeats by itself: each one sends the next this long before it works. */
  readonly everySeconds?: number;
  /** A cron expression: for what happens daily, and to begin again a chain of repeated jobs that broke. */
  readonly cron?: string;
  /**
   * Does the work. What a platform or a network can do is no error here: a handler deals with it and returns. A throw is
   * for what may pass by itself (the database is away) and makes pg-boss deliver the job again.
   */
  handle(data: Data, signal: AbortSignal): Promise<void>;
}

/** Every minute: the shortest that pg-boss's cron knows. */
export const EVERY_MINUTE = '* * * * *';
