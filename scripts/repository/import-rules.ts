/**
 * Who may import whom among the workspaces. docs say it, biome.json enforces it as you type, and import-rules.test.ts
 * holds both against the real import graph.
 */
export const mayImport = {
  core: [],
  ui: [],
  platforms: ['core'],
  realtime: ['core'],
  db: ['core', 'realtime'],
  api: ['core', 'db', 'realtime'],
  web: ['api', 'core', 'realtime', 'ui'],
  tracker: ['api', 'core', 'db', 'platforms', 'realtime'],
  simulator: [],
  'mail-catcher': [],
  testing: ['api', 'core', 'db', 'platforms', 'realtime', 'simulator', 'tracker', 'mail-catcher'],
} as const satisfies Record<string, readonly string[]>;

export type WorkspaceName = keyof typeof mayImport;

/** Workspaces that touch nothing outside themselves: no Node built-in either. */
export const pureWorkspaces: readonly WorkspaceName[] = ['core', 'ui'];

/** Packages that the product is made of: each must really be imported by source, not only be listed. */
export const namedPackages = [
  '@trpc/server',
  '@trpc/client',
  '@trpc/react-query',
  'next',
  'prisma',
  'pg-boss',
  'ws',
  'superjson',
  'apify-client',
  '@playwright/test',
] as const;

export function isWorkspaceName(name: string): name is WorkspaceName {
  return name in mayImport;
}
