import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench } from '../bench/harness/benchmark.ts';
import { root } from './stack/checkout.ts';

const names = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
process.exitCode = await bench();

/** Runs one benchmark: a table, and with --json one line of JSON instead. */
async function bench(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, small: { type: 'boolean', default: false } },
  });
  const [name = ''] = positionals;
  if (positionals.length !== 1 || !names.includes(name)) {
    console.error(`npm run bench -- NAME [--json] [--small], where NAME is one of: ${names.join(', ')}`);
    return 2;
  }
  const module: { run: Bench } = await import(`../bench/${name}.ts`);
  const startedAt = performance.now();
  const { rows, figures } = await module.run({ small: values.small, say: (line) => console.error(line) });
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  if (values.json) {
    console.log(JSON.stringify(figures));
    return 0;
  }
  console.table(rows);
  for (const [figure, value] of Object.entries(figures)) console.log(`${figure}: ${value ?? 'not measured'}`);
  console.log(`${name}${values.small ? ' (small)' : ''} on ${cpus().length} cores (${cpus()[0]?.model}), ${seconds} s`);
  return 0;
}
