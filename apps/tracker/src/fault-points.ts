import type { Pool } from '@clipmeter/db/connect';

/**
 * Named steps at which a test may stop the process, so that "killed between these two statements" is a place and not a
 * matter of luck. Set by FAULT_POINTS (`settle:before-commit=kill`, or `=kill@3` for the third time it is reached), which
 * production refuses. In the order in which a batch, a closing round and a release meet them.
 */
export const FAULT_POINT_NAMES = [
  'claim:before-commit',
  'claim:after-commit',
  'run:before-start',
  'run:after-start',
  'run:started',
  'run:after-collect',
  'settle:locked',
  'settle:before-commit',
  'settle:after-commit',
  'batch:before-acknowledgement',
  'round:begun',
  'round:before-commit',
  'round:after-commit',
  'release:before-commit',
  'release:after-commit',
  'release:before-acknowledgement',
] as const;

export type FaultPointName = (typeof FAULT_POINT_NAMES)[number];

/** `kill`: SIGKILL, as the kernel's out-of-memory killer would. `throw`: an error, as a broken connection would. */
export type FaultAction = 'kill' | 'throw';

interface Fault {
  readonly action: FaultAction;
  /** How often the step is still passed before it acts. */
  passes: number;
}

export type FaultPoints = ReadonlyMap<FaultPointName, Fault>;

/** Reads `name=action,name=action@2`. @throws Error when a name or an action is not known */
export function parseFaultPoints(text: string): FaultPoints {
  const points = new Map<FaultPointName, Fault>();
  for (const part of text.split(',').filter((piece) => piece.trim() !== '')) {
    const [wanted, what = ''] = part.trim().split('=');
    const name = FAULT_POINT_NAMES.find((known) => known === wanted);
    const [, action, nth = '1'] = /^(kill|throw)(?:@([1-9]\d*))?$/.exec(what) ?? [];
    if (name === undefined || (action !== 'kill' && action !== 'throw')) {
      throw new Error(`FAULT_POINTS: "${part}" is not one of ${FAULT_POINT_NAMES.join(', ')} with =kill or =throw`);
    }
    points.set(name, { action, passes: Number(nth) - 1 });
  }
  return points;
}

/** Does what was asked for at this step, and nothing when nothing was. */
export async function hitFaultPoint(points: FaultPoints, name: FaultPointName): Promise<void> {
  const fault = points.get(name);
  if (fault === undefined) return;
  if (fault.passes > 0) {
    fault.passes -= 1;
    return;
  }
  if (fault.action === 'throw') throw new Error(`Fault point ${name}`);
  process.kill(process.pid, 'SIGKILL');
  // The signal may arrive a moment later; nothing happens after this step.
  await new Promise<never>(() => {});
}

type Committing = 'claim' | 'round' | 'release';

/**
 * The pool with fault points on both sides of each COMMIT, for operations that a test cannot look into. Without a fault
 * asked for there, it is the pool itself.
 */
export function withCommitFaults(pool: Pool, points: FaultPoints, operation: Committing): Pool {
  const before = `${operation}:before-commit` as const;
  const after = `${operation}:after-commit` as const;
  if (!points.has(before) && !points.has(after)) return pool;
  const connect = async () => {
    const client = await pool.connect();
    const query = async (text: string, values?: unknown[]) => {
      if (text === 'COMMIT') await hitFaultPoint(points, before);
      const result = await client.query(text, values);
      if (text === 'COMMIT') await hitFaultPoint(points, after);
      return result;
    };
    return replaced(client, { query });
  };
  return replaced(pool, { connect });
}

/** The same object but for these members; its other methods still find themselves. */
function replaced<T extends object>(target: T, members: Record<string, unknown>): T {
  return new Proxy(target, {
    get(_, key) {
      if (typeof key === 'string' && key in members) return members[key];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
