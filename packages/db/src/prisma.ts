import { PrismaPg } from '@prisma/adapter-pg';
import { connectionConfig } from '#src/connect.ts';
import { PrismaClient } from '#src/generated/client.ts';

export interface PrismaOptions {
  max?: number;
  applicationName?: string;
  onConnectionError?: (error: Error) => void;
}

/**
 * A Prisma client for readers, sign-in and simple writes, under the role of the apps. Never use it inside a
 * transaction of ours: it would wait for a second connection. Settlement is SQL: see transaction.ts.
 */
export function createPrisma(url: string, options: PrismaOptions = {}): PrismaClient {
  const report = (error: Error) => options.onConnectionError?.(error);
  const config = { ...connectionConfig({ url, role: 'app', ...options }), max: options.max ?? 5 };
  return new PrismaClient({ adapter: new PrismaPg(config, { onPoolError: report, onConnectionError: report }) });
}

export type { PrismaClient };
