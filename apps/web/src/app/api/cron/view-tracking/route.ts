import { answerViewTracking } from '#src/server/view-tracking.ts';

/** Asks the tracker for a round of reads and waits for its figures. For cron jobs, with CRON_SECRET. */
export function GET(request: Request): Promise<Response> {
  return answerViewTracking(request);
}
