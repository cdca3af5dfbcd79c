import { z } from 'zod';
import { isTaken } from './ports.ts';

/** Prometheus's usual place for what has none of its own. */
const USUAL_PORT = 9464;

/**
 * The tracker's METRICS_PORT: what was asked for, as it is; otherwise the usual one, or any if something has it. Nobody
 * who tries Clipmeter beside another one has to know of this port.
 */
export async function chooseMetricsPort(env: NodeJS.ProcessEnv, host: string, usual = USUAL_PORT): Promise<string> {
  const asked = env['METRICS_PORT'];
  if (asked !== undefined) return asked.trim();
  return (await isTaken(usual, host)) ? '0' : String(usual);
}

const lineSchema = z.object({ msg: z.literal('metrics'), port: z.number() });

/** Where the tracker's log says that it shows its metrics; undefined: nowhere. */
export function metricsPortOf(logLines: readonly string[]): number | undefined {
  for (const line of logLines) {
    const read = lineSchema.safeParse(parseJson(line));
    if (read.success) return read.data.port;
  }
  return undefined;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
