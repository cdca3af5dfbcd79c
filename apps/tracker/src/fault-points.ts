/**
 * Named steps at which a test may stop the process, so that "killed between these two statements" is a place and not a
 * matter of luck. Set by FAULT_POINTS (`settle:before-commit=kill`), which production refuses.
 */
export const FAULT_POINT_NAMES = [
  'run:before-start',
  'run:after-start',
  'settle:before-commit',
  'settle:after-commit',
] as const;

export type FaultPointName = (typeof FAULT_POINT_NAMES)[number];

/** `kill`: SIGKILL, as the kernel's out-of-memory killer would. `throw`: an error, as a broken connection would. */
export type FaultAction = 'kill' | 'throw';

export type FaultPoints = ReadonlyMap<FaultPointName, FaultAction>;

/** Reads `name=action,name=action`. @throws Error when a name or an action is not known */
export function parseFaultPoints(text: string): FaultPoints {
  const points = new Map<FaultPointName, FaultAction>();
  for (const part of text.split(',').filter((piece) => piece.trim() !== '')) {
    const [wanted, action] = part.trim().split('=');
    const name = FAULT_POINT_NAMES.find((known) => known === wanted);
    if (name === undefined || (action !== 'kill' && action !== 'throw')) {
      throw new Error(`FAULT_POINTS: "${part}" is not one of ${FAULT_POINT_NAMES.join(', ')} with =kill or =throw`);
    }
    points.set(name, action);
  }
  return points;
}

/** Does what was asked for at this step, and nothing when nothing was. */
export async function hitFaultPoint(points: FaultPoints, name: FaultPointName): Promise<void> {
  const action = points.get(name);
  if (action === 'throw') throw new Error(`Fault point ${name}`);
  if (action !== 'kill') return;
  process.kill(process.pid, 'SIGKILL');
  // The signal may arrive a moment later; nothing happens after this step.
  await new Promise<never>(() => {});
}
