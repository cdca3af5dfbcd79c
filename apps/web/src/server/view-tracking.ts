import { parseTrackingRound, type TrackingRoundInput } from '@clipmeter/api/input/tracking-round';
import { requestTrackingRound } from '@clipmeter/api/operations/request-tracking-round';
import { DomainError } from '@clipmeter/core/domain-error';
import { backend } from '#src/server/backend.ts';
import { carriesSecret } from '#src/server/bearer-secret.ts';
import { env } from '#src/server/env.ts';
import { logError } from '#src/server/log-error.ts';

/** Who calls is known by the secret alone, in every environment: a user agent can be anybody's. Every call is counted. */
export async function answerViewTracking(request: Request): Promise<Response> {
  const { pool, cronCalls } = backend();
  const { CRON_SECRET, CRON_WAIT_SECONDS } = env();
  const agent = request.headers.get('user-agent');
  const refuse = (status: number, error: string, headers?: HeadersInit) =>
    answer({ success: false, error }, status, headers);

  if (!carriesSecret(request.headers.get('authorization'), CRON_SECRET)) {
    cronCalls.record('REFUSED', agent);
    return refuse(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
  }
  let input: TrackingRoundInput;
  try {
    input = parseTrackingRound(new URL(request.url).searchParams);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    cronCalls.record('MALFORMED', agent);
    return refuse(400, error.message);
  }
  try {
    const deps = { pool, now: () => new Date() };
    const wait = { waitMs: CRON_WAIT_SECONDS * 1000, signal: request.signal };
    const round = await requestTrackingRound(deps, input, wait);
    cronCalls.record(round.running ? 'RUNNING' : 'ENDED', agent);
    if (round.running) return answer({ success: true, roundId: round.roundId, running: true }, 202);
    return answer({ success: true, duration: `${round.durationMs}ms`, stats: round.stats });
  } catch (error) {
    cronCalls.record('FAILED', agent);
    logError('view tracking failed', { error });
    return refuse(500, 'Something went wrong on our side; the log says what.');
  }
}

function answer(body: object, status = 200, headers: HeadersInit = {}): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}
