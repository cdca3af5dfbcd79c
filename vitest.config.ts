import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{packages,apps,scripts}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/.next/**', '**/*.pg.test.ts'],
          // Properties try many cases; on a machine that is busy with something else five seconds are not enough.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'pg',
          include: ['{packages,apps,bench,scripts,prisma}/**/*.pg.test.ts'],
          exclude: ['**/node_modules/**', '**/.next/**'],
          globalSetup: ['packages/testing/src/postgres-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
