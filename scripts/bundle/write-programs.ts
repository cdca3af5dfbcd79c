import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'rolldown';
import { root } from '../stack/checkout.ts';

const PROGRAMS = {
  'tracker.mjs': join(root, 'apps', 'tracker', 'src', 'main.ts'),
  'migrate.mjs': join(root, 'scripts', 'prepare-database.ts'),
};

/** It is found by its path, so it stays a package. */
const SCHEMA_ENGINE = '@prisma/schema-engine-wasm';

/** Native quickenings that pg and ws ask for and do without. */
const OPTIONAL = ['pg-native', 'bufferutil', 'utf-8-validate'];

/** Each program of Node's as one file, with all the packages it needs in it but the schema engine. */
export async function writePrograms(folder: string): Promise<void> {
  await cp(join(root, 'node_modules', SCHEMA_ENGINE), join(folder, 'node_modules', SCHEMA_ENGINE), { recursive: true });
  for (const [name, entry] of Object.entries(PROGRAMS)) await writeProgram(entry, join(folder, name));
}

async function writeProgram(entry: string, file: string): Promise<void> {
  await build({
    input: entry,
    platform: 'node',
    external: [new RegExp(`^${SCHEMA_ENGINE}/`), ...OPTIONAL],
    plugins: [rootIsBundle],
    // Before anything reads it, and whoever started it: with it the tracker refuses the fault points of the tests.
    output: { file, format: 'esm', codeSplitting: false, banner: "process.env.NODE_ENV = 'production';" },
    onLog(level, log) {
      if (level === 'warn' && log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
    },
  });
}

/** A source that looks three folders up means the checkout; in one file at the bundle's top that is beside it. */
const rootIsBundle: Plugin = {
  name: 'root-is-bundle',
  transform: {
    filter: { id: /\/packages\/\w+\/src\/[^/]+\.ts$/ },
    handler: (code) => code.replaceAll("new URL('../../../", "new URL('./"),
  },
};
