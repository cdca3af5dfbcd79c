import { type Fault, type FaultKind, type NewFault, newFaultSchema, type Stage, WIRE_FAULTS } from '#src/fault.ts';
import type { Platform } from '#src/platform.ts';
import { type Random, seededRandom } from '#src/random.ts';

const FAULTS_MAX = 1_000;
const wireKinds: readonly FaultKind[] = WIRE_FAULTS;

/** The faults now in force. */
export class FaultBox {
  readonly #random: Random;
  readonly #onChange: () => void;
  #faults: Fault[] = [];
  #nextId = 1;

  constructor(options: { seed: string; onChange: () => void }) {
    this.#random = seededRandom(options.seed, 'faults');
    this.#onChange = options.onChange;
  }

  /** Breaks a platform. */
  add(input: NewFault): Fault {
    if (this.#faults.length >= FAULTS_MAX) throw new RangeError(`at most ${FAULTS_MAX} faults`);
    const fault: Fault = { ...newFaultSchema.parse(input), id: this.#nextId++, hits: 0 };
    this.#faults.push(fault);
    this.#onChange();
    return fault;
  }

  list(): Fault[] {
    return [...this.#faults];
  }

  /** Mends everything, one platform, or one fault. */
  clear(which: { platform?: Platform | undefined; id?: number | undefined } = {}): void {
    this.#faults = this.#faults.filter(
      (fault) =>
        (which.platform !== undefined && fault.platform !== which.platform) ||
        (which.id !== undefined && fault.id !== which.id),
    );
    this.#onChange();
  }

  /** The wire fault that hits this request, if one does. `input`: what a start asks for. */
  drawWire(platform: Platform, stage: Stage, input?: unknown): Fault | undefined {
    const fits = (fault: Fault) => wireKinds.includes(fault.kind) && hitsStage(fault, stage) && hitsInput(fault, input);
    return this.#draw(platform, fits, 1)[0];
  }

  /** Every fault of the run or its items that hits this run: they add up. */
  drawRun(platform: Platform): Fault[] {
    return this.#draw(platform, (fault) => !wireKinds.includes(fault.kind), Number.POSITIVE_INFINITY);
  }

  /** Takes over what an earlier process kept. */
  restore(faults: Fault[]): void {
    this.#faults = faults;
    this.#nextId = Math.max(0, ...faults.map((fault) => fault.id)) + 1;
  }

  #draw(platform: Platform, fits: (fault: Fault) => boolean, limit: number): Fault[] {
    const drawn: Fault[] = [];
    for (const fault of this.#faults) {
      if (drawn.length >= limit) break;
      if (fault.platform !== platform || !fits(fault)) continue;
      if (fault.probability !== undefined && this.#random() >= fault.probability) continue;
      fault.hits += 1;
      if (fault.calls !== undefined) fault.calls -= 1;
      drawn.push({ ...fault });
    }
    if (drawn.length > 0) {
      this.#faults = this.#faults.filter((fault) => fault.calls !== 0);
      this.#onChange();
    }
    return drawn;
  }
}

function hitsStage(fault: Fault, stage: Stage): boolean {
  // A lost answer only means something where an answer matters: a run was started and nobody was told.
  if (fault.kind === 'accept_then_drop') return stage === 'start' || stage === 'direct';
  if (fault.kind === 'invalid_input') return stage === 'start';
  return fault.at === 'any' || fault.at === stage || (fault.at === 'start' && stage === 'direct');
}

/** One address that the platform cannot take is enough to refuse a whole start. */
function hitsInput(fault: Fault, input: unknown): boolean {
  return fault.match === undefined || (JSON.stringify(input) ?? '').includes(fault.match);
}
