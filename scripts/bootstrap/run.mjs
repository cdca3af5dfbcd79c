// Runs before any package is there: Node's built-ins only, and Node 20.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensurePackages, packagedNode, runsOnPackagedNode } from './packages.mjs';
import { ensurePrismaClient } from './prisma-client.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Makes sure that packages and the generated client are there, then runs a TypeScript script of this folder under the
 * packaged Node. In this process if it is that Node already, else in a child that dies with it.
 *
 * @param {string} script file name in scripts/
 */
export async function run(script) {
  try {
    setEnvironment();
    ensurePackages(root, say);
    ensurePrismaClient(root, say);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
    return;
  }
  const path = join(root, 'scripts', script);
  if (runsOnPackagedNode(root)) {
    await import(pathToFileURL(path).href);
    return;
  }
  runInChild(path);
}

function setEnvironment() {
  process.chdir(root);
  if (process.platform === 'win32') throw new Error('On Windows, run Clipmeter inside WSL (wsl --install).');
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) throw new Error(`Clipmeter needs Node 20 or newer; this is ${process.versions.node}.`);
  // Our own servers are on loopback: a proxy of this machine must not be asked for them.
  const loopback = ['localhost', '127.0.0.1', '::1'];
  const noProxy = new Set((process.env['NO_PROXY'] ?? process.env['no_proxy'] ?? '').split(',').filter(Boolean));
  for (const host of loopback) noProxy.add(host);
  process.env['NO_PROXY'] = process.env['no_proxy'] = [...noProxy].join(',');
  process.env['NEXT_TELEMETRY_DISABLED'] = '1';
  process.env['TURBO_TELEMETRY_DISABLED'] = '1';
  process.env['DO_NOT_TRACK'] = '1';
  // A browser for the tests, if one has to be downloaded, stays in the checkout.
  process.env['PLAYWRIGHT_BROWSERS_PATH'] ??= join(root, '.clipmeter', 'browsers');
  const programs = join(root, 'node_modules', '.bin');
  const path = (process.env['PATH'] ?? '').split(':');
  if (path[0] !== programs) process.env['PATH'] = [programs, ...path].join(':');
}

/** @param {string} path */
function runInChild(path) {
  const preload = pathToFileURL(join(root, 'scripts', 'die-with-parent.mjs')).href;
  const child = spawn(packagedNode(root), ['--import', preload, path, ...process.argv.slice(2)], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, CLIPMETER_PARENT: String(process.pid) },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

/** @param {string} line */
function say(line) {
  console.log(line);
}
