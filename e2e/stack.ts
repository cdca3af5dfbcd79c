import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool, type Pool } from '@clipmeter/db/connect';
import { test as base } from '@playwright/test';
import { SimulatorControl } from '../prisma/simulator-control.ts';
import { ensureStateDir } from '../scripts/stack/checkout.ts';
import { KeptPostgres } from '../scripts/stack/kept-postgres.ts';
import { prepareDatabase } from '../scripts/stack/open-database.ts';
import { freePort } from '../scripts/stack/ports.ts';
import {
  mailCatcherProgram,
  mailPageUrl,
  type Plan,
  simulatorProgram,
  simulatorUrl,
  trackerProgram,
  webAddress,
  webProgram,
} from '../scripts/stack/programs.ts';
import { localSecrets } from '../scripts/stack/secrets.ts';
import { Service } from '../scripts/stack/service.ts';
import type { Settings } from '../scripts/stack/settings.ts';

/** The product as it runs, on ports and data of its own, without demo data. */
export interface Stack {
  webUrl: string;
  databaseUrl: string;
  pool: Pool;
  /** What GET /api/cron/view-tracking wants. */
  cronSecret: string;
  simulator: SimulatorControl;
  /** Where caught mails are read; `/mails.json?to=ADDRESS` for tests. */
  mailUrl: string;
  postgres: KeptPostgres;
  tracker: Service;
  web: Service;
}

const startLimitMs = 180_000;

export const test = base.extend<object, { stack: Stack }>({
  stack: [
    async ({ browser: _ }, use, { parallelIndex }) => {
      const { stack, stop } = await startStack(parallelIndex);
      try {
        await use(stack);
      } finally {
        await stop();
      }
    },
    { scope: 'worker', timeout: startLimitMs },
  ],
  baseURL: async ({ stack }, use) => use(stack.webUrl),
});

export { expect } from '@playwright/test';

async function startStack(worker: number): Promise<{ stack: Stack; stop: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'clipmeter-e2e-'));
  await chmod(home, 0o711); // as root, Postgres runs as somebody else
  const logsDir = ensureStateDir('logs', 'e2e', String(worker));
  const secrets = localSecrets(home);
  const settings = await freshSettings();
  const say = () => {}; // told by the logs
  const steps: (() => Promise<void>)[] = [() => rm(home, { recursive: true, force: true })];
  const stop = async () => {
    for (const step of steps.toReversed()) await step();
  };
  try {
    const postgres = new KeptPostgres(
      {
        port: settings.ports.POSTGRES_PORT,
        password: secrets.POSTGRES_PASSWORD,
        dataDir: join(home, 'postgres'),
        logsDir,
      },
      say,
    );
    steps.push(() => postgres.stop());
    const databaseUrl = await postgres.start();
    await prepareDatabase(databaseUrl, 'simulated');
    const pool = createPool({ url: databaseUrl, max: 4, applicationName: 'e2e', onConnectionError: () => {} });
    steps.push(() => pool.end());

    const simulatorState = join(home, 'simulator.json');
    const kept = { settings, databaseUrl, secrets, logsDir, simulatorState };
    const plan: Plan = { ...kept, demoAccounts: [], metricsPort: 'off', dev: false };
    const simulator = new Service(simulatorProgram(plan), say);
    const catcher = new Service(mailCatcherProgram(plan), say);
    const tracker = new Service(trackerProgram(plan), say);
    const web = new Service(webProgram(plan), say);
    for (const service of [simulator, catcher, tracker, web]) {
      steps.push(() => service.stop());
      await service.start();
    }
    const stack: Stack = {
      webUrl: webAddress(settings),
      databaseUrl,
      pool,
      cronSecret: process.env['CRON_SECRET'] ?? secrets.CRON_SECRET,
      simulator: new SimulatorControl(simulatorUrl(settings)),
      mailUrl: mailPageUrl(settings),
      postgres,
      tracker,
      web,
    };
    return { stack, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function freshSettings(): Promise<Settings> {
  const ports = {
    WEB_PORT: await freePort(),
    TRACKER_PORT: await freePort(),
    SIMULATOR_PORT: await freePort(),
    POSTGRES_PORT: await freePort(),
    MAIL_SMTP_PORT: await freePort(),
    MAIL_PAGE_PORT: await freePort(),
  };
  return { host: '127.0.0.1', ports, databaseUrl: undefined, demo: true, apifyToken: undefined, mail: undefined };
}
