import { join, relative } from 'node:path';
import { seedDemo } from '../prisma/demo.ts';
import { ensureStateDir, root } from './stack/checkout.ts';
import { demoAccounts } from './stack/demo-accounts.ts';
import { sayFirstAdminLink } from './stack/first-admin.ts';
import { chooseMetricsPort, metricsPortOf } from './stack/metrics-port.ts';
import { openDatabase } from './stack/open-database.ts';
import { assertPortsFree } from './stack/ports.ts';
import {
  mailCatcherProgram,
  mailPageUrl,
  type Plan,
  simulatorProgram,
  simulatorUrl,
  trackerProgram,
  webAddress,
  webProgram,
} from './stack/programs.ts';
import { readCosts } from './stack/read-costs.ts';
import { noteDatabase, releaseRunLock, takeRunLock } from './stack/run-lock.ts';
import { localSecrets } from './stack/secrets.ts';
import { Service } from './stack/service.ts';
import { portsInUse, readSettings, StartError } from './stack/settings.ts';
import { Shutdown } from './stack/shutdown.ts';
import { watchSources } from './stack/watch-sources.ts';
import { buildWeb } from './stack/web-build.ts';

const dev = process.argv.includes('--dev');
const command = dev ? 'npm run dev' : 'npm start';
const shutdown = new Shutdown();

shutdown.signal.addEventListener('abort', () => {
  if (process.exitCode === undefined) say(`\nStopping (${shutdown.reason})`);
});
await shutdown.finish(start().catch(onFailure));
process.exit();

function onFailure(error: unknown): void {
  if (shutdown.begun) return; // stopped while it started: what it was doing had to fail
  console.error(error instanceof StartError ? `\n${error.message}` : error);
  process.exitCode = 1;
  shutdown.begin('the start failed');
}

async function start(): Promise<void> {
  const settings = readSettings(process.env);
  const address = webAddress(settings);
  const running = takeRunLock(address);
  if (running)
    throw new StartError(
      `Clipmeter runs already, at ${running.address}. Stop that one first (Ctrl-C in its terminal).`,
    );
  shutdown.add(async () => releaseRunLock());
  await assertPortsFree(settings, portsInUse(settings), process.env, command);

  const secrets = localSecrets();
  const building = dev ? Promise.resolve() : buildWeb(say, shutdown.signal);
  building.catch(() => {}); // awaited below; a database that fails first is the error to show
  const database = await openDatabase(settings, secrets, say);
  shutdown.add(() => database.stop());
  say(`Database   ${database.description}`);
  noteDatabase(database.url);

  const plan: Plan = {
    settings,
    databaseUrl: database.url,
    secrets,
    logsDir: ensureStateDir('logs'),
    simulatorState: join(ensureStateDir(), 'simulator.json'),
    demoAccounts: settings.demo ? demoAccounts(secrets) : [],
    metricsPort: await chooseMetricsPort(process.env, settings.host),
    dev,
  };
  await runPrograms(plan, building);
  say(`\nReady: ${address}`);
  await sayHowToSignIn(plan, address);
  say(`Ctrl-C stops everything. Logs: ${relative(root, plan.logsDir)}`);
}

/** Starts all programs beside one another; the demo is filled before a tracker reads its clips. */
async function runPrograms(plan: Plan, building: Promise<void>): Promise<void> {
  const { settings, databaseUrl, demoAccounts: accounts } = plan;
  const simulator = settings.demo ? new Service(simulatorProgram(plan), say) : undefined;
  const catcher = settings.mail === undefined ? new Service(mailCatcherProgram(plan), say) : undefined;
  const tracker = new Service(trackerProgram(plan), say);
  const web = new Service(webProgram(plan), say);
  // The last one added is stopped first: nobody is served any more, then nothing is read any more.
  for (const service of [simulator, catcher, tracker, web]) if (service) shutdown.add(() => service.stop());

  const startSimulator = async () => {
    if (!simulator) return;
    await simulator.start();
    say(`Simulator  ${simulatorUrl(settings)} (views are simulated; set and break them there)`);
  };
  const startCatcher = async () => {
    if (!catcher) return;
    await catcher.start();
    say(`Mail       ${mailPageUrl(settings)} (SMTP_URL is not set: mails are caught and shown there)`);
  };
  const startTracker = async () => {
    await Promise.all([tracker.start(), startCatcher()]);
    say(`Tracker    http://${settings.host}:${settings.ports.TRACKER_PORT}/health`);
    const metricsPort = metricsPortOf(tracker.said());
    if (metricsPort !== undefined) say(`Metrics    http://${settings.host}:${metricsPort}/metrics`);
    if (!settings.demo) for (const line of readCosts(tracker.said())) say(`           ${line}`);
  };
  const startWeb = async () => {
    await building;
    shutdown.signal.throwIfAborted();
    await web.start();
  };
  // The demo's past is made before anything reads its clips.
  const startDemo = async () => {
    await startSimulator();
    const { signal } = shutdown;
    if (settings.demo) await seedDemo({ databaseUrl, simulatorUrl: simulatorUrl(settings), accounts, signal });
    await startTracker();
  };
  await Promise.all([startDemo(), startWeb()]);
  if (dev) watchSources(simulator ? [simulator, tracker] : [tracker], say, shutdown.signal);
}

async function sayHowToSignIn({ demoAccounts: accounts, databaseUrl }: Plan, address: string): Promise<void> {
  for (const { role, email, password } of accounts)
    say(`  ${role.toLowerCase().padEnd(8)} ${email.padEnd(20)} ${password}`);
  if (accounts.length > 0) return;
  await sayFirstAdminLink(databaseUrl, address, say);
}

function say(line: string): void {
  console.log(line);
}
