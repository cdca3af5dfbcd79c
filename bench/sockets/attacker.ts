import { createPool } from '@clipmeter/db/connect';
import { z } from 'zod';
import { answer } from '../harness/worker.ts';
import { ATTACKS } from './attacks.ts';
import { type AttackReport, startAttack } from './repeated-attack.ts';

/** Attacks from a process of its own, so that what an attack costs its author delays nobody who is measured. */
const pool = createPool({ url: process.argv[2] ?? '', max: 2, applicationName: 'bench-attacker' });
const startSchema = z.object({ name: z.string(), port: z.number() });
let stop: () => AttackReport = () => ({ attempts: 0, revokedClosedMs: null });

answer({
  start(input) {
    const { name, port } = startSchema.parse(input);
    const attack = ATTACKS.find((each) => each.name === name);
    if (attack === undefined) throw new Error(`no such attack: ${name}`);
    stop = startAttack(attack, { port, pool });
  },
  stop: () => stop(),
});
