import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { DemoAccount } from '../../prisma/demo.ts';
import { root } from './checkout.ts';
import type { Secrets } from './secrets.ts';
import type { ServiceSpec } from './service.ts';
import type { Settings } from './settings.ts';

/** Everything that decides how the programs are run. */
export interface Plan {
  settings: Settings;
  databaseUrl: string;
  secrets: Secrets;
  logsDir: string;
  simulatorState: string;
  demoAccounts: DemoAccount[];
  /** As the tracker takes it: a port, 0 for any, off for none. */
  metricsPort: string;
  dev: boolean;
}

/** Keys of those who may say who somebody is: for the web only. */
const PROVIDER_VARIABLES = [
  'DISCORD_CLIENT_ID',
  'DISCORD_CLIENT_SECRET',
  'DISCORD_BASE_URL',
  'GOOGLE_CLIENT_ID',
  'GOOGLE_CLIENT_SECRET',
  'GOOGLE_BASE_URL',
];

// A program gets those of these that it needs, and no other's: web never sees the platforms' keys.
const handedOut = [
  'DATABASE_URL',
  'APIFY_TOKEN',
  'APIFY_BASE_URL',
  'YOUTUBE_API_KEY',
  'YOUTUBE_BASE_URL',
  'DEMO',
  'NODE_ENV',
  'SMTP_URL',
  'MAIL_FROM',
  ...PROVIDER_VARIABLES,
];

export function simulatorProgram(plan: Plan): ServiceSpec {
  const { SIMULATOR_PORT } = plan.settings.ports;
  return {
    name: 'simulator',
    entry: join(root, 'apps', 'simulator', 'src', 'main.ts'),
    env: {
      ...baseEnv(plan),
      SIMULATOR_PORT: String(SIMULATOR_PORT),
      SIMULATOR_STATE: plan.simulatorState,
      SIMULATOR_YOUTUBE_UNITS: '1000000', // a day of the demo reads far more often than a real quota lets it
    },
    logFile: join(plan.logsDir, 'simulator.log'),
    readyUrl: `${simulatorUrl(plan.settings)}/health`,
  };
}

/** Takes the mails of an installation that has no mail server, and shows them. */
export function mailCatcherProgram(plan: Plan): ServiceSpec {
  const { MAIL_SMTP_PORT, MAIL_PAGE_PORT } = plan.settings.ports;
  return {
    name: 'mail catcher',
    entry: join(root, 'apps', 'mail-catcher', 'src', 'main.ts'),
    env: {
      ...baseEnv(plan),
      MAIL_SMTP_PORT: String(MAIL_SMTP_PORT),
      MAIL_PAGE_PORT: String(MAIL_PAGE_PORT),
    },
    logFile: join(plan.logsDir, 'mail-catcher.log'),
    readyUrl: `${mailPageUrl(plan.settings)}/health`,
  };
}

export function trackerProgram(plan: Plan): ServiceSpec {
  const { TRACKER_PORT } = plan.settings.ports;
  return {
    name: 'tracker',
    entry: join(root, 'apps', 'tracker', 'src', 'main.ts'),
    env: { ...baseEnv(plan), ...appEnv(plan), ...platformEnv(plan), ...mailEnv(plan), METRICS_PORT: plan.metricsPort },
    logFile: join(plan.logsDir, 'tracker.log'),
    readyUrl: `http://${reachable(plan.settings.host)}:${TRACKER_PORT}/ready`,
  };
}

export function webProgram(plan: Plan): ServiceSpec {
  const { WEB_PORT } = plan.settings.ports;
  const folder = join(root, 'apps', 'web');
  return {
    name: 'web app',
    entry: createRequire(join(folder, 'package.json')).resolve('next/dist/bin/next'),
    args: [plan.dev ? 'dev' : 'start', '--hostname', plan.settings.host, '--port', String(WEB_PORT)],
    cwd: folder,
    env: {
      ...baseEnv(plan),
      ...appEnv(plan),
      ...definedOnly(Object.fromEntries(PROVIDER_VARIABLES.map((name) => [name, process.env[name]]))),
      ...(plan.settings.demo ? { SIMULATOR_URL: simulatorUrl(plan.settings) } : {}),
      ...(plan.demoAccounts.length > 0 ? { DEMO_ACCOUNTS: JSON.stringify(plan.demoAccounts) } : {}),
    },
    logFile: join(plan.logsDir, 'web.log'),
    readyUrl: `http://${reachable(plan.settings.host)}:${WEB_PORT}/api/health`,
  };
}

/** The address people open. */
export function webAddress(settings: Settings): string {
  const name = reachable(settings.host);
  return process.env['PUBLIC_URL'] ?? `http://${name === '127.0.0.1' ? 'localhost' : name}:${settings.ports.WEB_PORT}`;
}

export function simulatorUrl(settings: Settings): string {
  return `http://${reachable(settings.host)}:${settings.ports.SIMULATOR_PORT}`;
}

/** Where caught mails are read. */
export function mailPageUrl(settings: Settings): string {
  return `http://${reachable(settings.host)}:${settings.ports.MAIL_PAGE_PORT}`;
}

/** Where a server that listens on this host is reached from this machine. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === 'localhost') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function baseEnv(plan: Plan): NodeJS.ProcessEnv {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !handedOut.includes(name) && !name.startsWith('npm_')),
  );
  return { ...env, HOST: plan.settings.host, NODE_ENV: plan.dev ? 'development' : 'production' };
}

function appEnv({ settings, databaseUrl, secrets }: Plan): NodeJS.ProcessEnv {
  return {
    DATABASE_URL: databaseUrl,
    BETTER_AUTH_SECRET: process.env['BETTER_AUTH_SECRET'] ?? secrets.BETTER_AUTH_SECRET,
    CRON_SECRET: process.env['CRON_SECRET'] ?? secrets.CRON_SECRET,
    WEB_PORT: String(settings.ports.WEB_PORT),
    TRACKER_PORT: String(settings.ports.TRACKER_PORT),
    PUBLIC_URL: webAddress(settings),
    DEMO: settings.demo ? '1' : '0',
  };
}

function mailEnv({ settings }: Plan): NodeJS.ProcessEnv {
  const { mail, host, ports } = settings;
  if (mail !== undefined) return { SMTP_URL: mail.smtpUrl, MAIL_FROM: mail.from };
  return {
    SMTP_URL: `smtp://${reachable(host)}:${ports.MAIL_SMTP_PORT}`,
    MAIL_FROM: 'Clipmeter <clipmeter@localhost>',
  };
}

function platformEnv({ settings }: Plan): NodeJS.ProcessEnv {
  if (!settings.demo) {
    const { APIFY_BASE_URL, YOUTUBE_API_KEY, YOUTUBE_BASE_URL } = process.env;
    return definedOnly({ APIFY_TOKEN: settings.apifyToken, APIFY_BASE_URL, YOUTUBE_API_KEY, YOUTUBE_BASE_URL });
  }
  // A real key never leaves for a stand-in.
  const url = simulatorUrl(settings);
  return {
    APIFY_TOKEN: 'simulated',
    APIFY_BASE_URL: url,
    YOUTUBE_API_KEY: 'simulated',
    YOUTUBE_BASE_URL: url,
    TICK_SECONDS: process.env['TICK_SECONDS'] ?? '2',
  };
}

function definedOnly(env: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
}
