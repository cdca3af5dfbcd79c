import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './stack/browser.ts';
import { ensureStateDir, root } from './stack/checkout.ts';
import { checks, runCheck } from './stack/checks.ts';
import { runCommand } from './stack/run-command.ts';
import { startVariables } from './stack/settings.ts';
import { Shutdown } from './stack/shutdown.ts';
import { type Count, countPlaywright, countVitest } from './stack/test-report.ts';
import { buildWeb } from './stack/web-build.ts';

for (const name of startVariables) delete process.env[name];
const shutdown = new Shutdown();
const total: Count = { passed: 0, failed: 0 };
const startedAt = performance.now();

// What runs when we are asked to stop ends when we do: see guarded-command.mjs.
await Promise.race([runEverything(), once(shutdown.signal, 'abort')]);
if (shutdown.begun) {
  console.log(`Stopped (${shutdown.reason}).`);
  total.failed += 1;
} else {
  console.log(`\nIn ${Math.round((performance.now() - startedAt) / 1000)} s:`);
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);

async function runEverything(): Promise<void> {
  say('Checks');
  for (const check of checks) {
    // The unit tests below hold the import rules too; here they would be counted twice.
    if (check.name === 'import rules') continue;
    const { passed, seconds } = await runCheck(check);
    console.log(`${passed ? 'passed' : 'FAILED'}  ${check.name} (${seconds} s)`);
    add(passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  }
  // They share nothing.
  await runVitest('unit', 'Unit tests', ['--maxWorkers=2']);
  // Not while others wait for a database. Whoever needs the build is told when it fails.
  await buildWeb(console.log, shutdown.signal).catch(() => {});
  // Each worker has a server of its own.
  await runVitest('pg', 'Tests with a real Postgres', ['--maxWorkers=2']);
  await runBrowserTests();
}

async function runVitest(project: string, title: string, more: readonly string[] = []): Promise<void> {
  say(title);
  const report = reportFile(project);
  const args = [
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...more,
  ];
  const code = await runCommand(bin('vitest'), args, { output: 'terminal', signal: shutdown.signal });
  add(countVitest(report, code));
}

async function runBrowserTests(): Promise<void> {
  say('Tests in a real browser');
  try {
    const browser = await ensureBrowser(console.log);
    await buildWeb(console.log, shutdown.signal);
    const report = reportFile('browser');
    const env = { CLIPMETER_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
    const args = ['test', '--reporter=list,json'];
    const code = await runCommand(bin('playwright'), args, { output: 'terminal', env, signal: shutdown.signal });
    add(countPlaywright(report, code));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    add({ passed: 0, failed: 1 });
  }
}

function add({ passed, failed }: Count): void {
  total.passed += passed;
  total.failed += failed;
}

/** Where a runner leaves its report; what an earlier run left there must not be counted. */
function reportFile(name: string): string {
  const file = join(ensureStateDir('reports'), `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

function bin(name: string): string {
  return join(root, 'node_modules', '.bin', name);
}

function say(title: string): void {
  console.log(`\n== ${title}`);
}
