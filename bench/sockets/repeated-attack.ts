import type { Socket } from 'node:net';
import type { Pool } from '@clipmeter/db/connect';
import { openSession, revokeSession } from './bench-session.ts';
import { OPCODE, openRawSocket } from './raw-socket.ts';

/** Something hostile. Five clients do it, each again and again. */
export interface AttackSpec {
  readonly name: string;
  readonly origin?: string;
  readonly query?: string;
  /** Once the socket is open, and every so often if it is said how often. */
  readonly act?: (socket: Socket) => void;
  readonly everyMs?: number;
  /** Who is not thrown out leaves after so long, and comes again. */
  readonly staysMs?: number;
  /** Signed in with a session of the database, which is deleted while the socket is open. */
  readonly isRevoked?: boolean;
}

export interface AttackReport {
  /** Sockets tried. */
  readonly attempts: number;
  /** From the revocation's commit to the end of the connection, the longest. Null: none was revoked. */
  readonly revokedClosedMs: number | null;
}

const ATTACKERS = 5;
/** Between being thrown out and coming again. */
const AGAIN_MS = 250;
const STAYS_MS = 1_500;
const REVOKED_AFTER_MS = 200;

/** Above the crowd's and the clients': people of their own, twenty sockets each at most. */
let nextCookie = 1_000_000;

/** Begins it. What it returns ends it and tells how it went. */
export function startAttack(spec: AttackSpec, target: { port: number; pool: Pool }): () => AttackReport {
  const run = new RepeatedAttack(spec, target);
  for (let attacker = 0; attacker < ATTACKERS; attacker += 1) void run.attack();
  return () => run.stop();
}

class RepeatedAttack {
  readonly #spec: AttackSpec;
  readonly #target: { port: number; pool: Pool };
  readonly #open = new Set<Socket>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #closedMs: number[] = [];
  #attempts = 0;
  #stopped = false;

  constructor(spec: AttackSpec, target: { port: number; pool: Pool }) {
    this.#spec = spec;
    this.#target = target;
  }

  async attack(): Promise<void> {
    const { origin, query, isRevoked = false } = this.#spec;
    nextCookie += 1;
    const cookie = isRevoked ? await openSession(this.#target.pool) : String(nextCookie);
    if (this.#stopped) return;
    this.#attempts += 1;
    let revokedAt: number | null = null;
    let acting: NodeJS.Timeout | undefined;
    const socket = openRawSocket({
      ...{ port: this.#target.port, cookie },
      ...(origin !== undefined && { origin }),
      ...(query !== undefined && { query }),
      onOpen: (opened) => {
        const { act, everyMs, staysMs = STAYS_MS } = this.#spec;
        act?.(opened);
        if (act && everyMs !== undefined) acting = setInterval(() => act(opened), everyMs);
        if (Number.isFinite(staysMs)) this.#later(staysMs, () => opened.destroy());
        if (!isRevoked) return;
        this.#later(REVOKED_AFTER_MS, async () => {
          await revokeSession(this.#target.pool, cookie);
          revokedAt = performance.now();
        });
      },
      onFrame(opened, opcode) {
        if (opcode === OPCODE.close && !isRevoked) opened.destroy();
      },
    });
    this.#open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => {
      clearInterval(acting);
      this.#open.delete(socket);
      if (this.#stopped) return;
      if (revokedAt !== null) this.#closedMs.push(performance.now() - revokedAt);
      this.#later(AGAIN_MS, () => this.attack());
    });
  }

  stop(): AttackReport {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of this.#open) socket.destroy();
    return {
      attempts: this.#attempts,
      revokedClosedMs: this.#closedMs.length === 0 ? null : Math.round(Math.max(...this.#closedMs)),
    };
  }

  #later(ms: number, work: () => unknown): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#stopped) void work();
    }, ms);
    this.#timers.add(timer);
  }
}
