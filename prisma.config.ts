import { defineConfig } from 'prisma/config';

// No datasource: Prisma only generates the client here. Migrations are applied by packages/db/src/migrate.ts, which
// needs no downloaded engine and keeps the same books as `prisma migrate deploy`.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
