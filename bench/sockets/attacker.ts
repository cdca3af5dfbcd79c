import { z } from 'zod';
import { answer } from '../harness/worker.ts';
import { ATTACKS } from './attacks.ts';

/** Attacks from a process of its own, so that what an attack costs its author delays nobody who is measured. */
const startSchema = z.object({ name: z.string(), port: z.number() });
let stop: () => Promise<void> = async () => {};

answer({
  start(input) {
    const { name, port } = startSchema.parse(input);
    const attack = ATTACKS.find((each) => each.name === name);
    if (attack === undefined) throw new Error(`no such attack: ${name}`);
    stop = attack.start(port);
  },
  stop: () => stop(),
});
