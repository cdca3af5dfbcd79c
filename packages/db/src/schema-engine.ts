import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { connectionConfig } from '#src/connect.ts';

/** What is used of it here: without the DOM's types, TypeScript does not know it. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

/** Nothing of the database is hidden from the engine. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] };

/** The least that names the kind of database: migrations are SQL and need no models. */
const NO_MODELS: [string, string][] = [['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n']];

let instantiated: Promise<void> | undefined;

/**
 * Prisma's schema engine as WebAssembly, over a connection of the owner: the same engine that `prisma migrate` downloads
 * and runs as a program, with the same books (`_prisma_migrations`), and no download. Its connection is closed with it;
 * it keeps the engine's lock on the migrations until then.
 */
export async function withSchemaEngine<T>(
  url: string,
  work: (engine: SchemaEngine) => Promise<T>,
  datamodels = NO_MODELS,
): Promise<T> {
  instantiated ??= instantiate();
  await instantiated;
  const adapters: SqlDriverAdapter[] = [];
  const factory = bindMigrationAwareSqlAdapterFactory(ownerAdapter(url, adapters));
  const engine = await glue.SchemaEngine.new({ datamodels }, () => {}, factory);
  try {
    return await work(engine);
  } finally {
    engine.free();
    for (const adapter of adapters) await adapter.dispose();
  }
}

async function instantiate(): Promise<void> {
  // Where the engine leaves the reason before it panics; it expects it there.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message(message: string) {
        throw new Error(`the schema engine gave up: ${message}`);
      },
    },
  });
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(path.join(path.dirname(file), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...glue } });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start === 'function') start();
}

function ownerAdapter(url: string, opened: SqlDriverAdapter[]): PrismaPg {
  const factory = new PrismaPg({
    ...connectionConfig({ url, role: 'owner', applicationName: 'clipmeter-migrate' }),
    max: 1,
  });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    opened.push(adapter);
    // The adapter cuts a script at every semicolon, those inside a function's body too. Sent whole it is also one
    // implicit transaction: a migration happens or does not.
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
    };
    return adapter;
  };
  return factory;
}
