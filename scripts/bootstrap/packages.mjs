// Runs before any package is there: Node's built-ins only, and Node 20.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs the packages of package-lock.json unless exactly those are there already.
 *
 * @param {string} root the checkout
 * @param {(line: string) => void} say
 */
export function ensurePackages(root, say) {
  if (installedPackagesMatch(root)) return;
  say('Installing packages (npm ci, into node_modules; about a minute)');
  const npm = npmCommand();
  const install = spawnSync(
    npm.command,
    [...npm.args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: 'inherit',
      // A production NODE_ENV would leave out what builds and tests need.
      env: { ...process.env, NODE_ENV: 'development' },
    },
  );
  if (install.status !== 0) throw new Error('npm could not install the packages; its own words are above.');
  if (!existsSync(packagedNode(root))) {
    throw new Error(
      `There is no packaged Node for ${process.platform} ${process.arch}: Linux and macOS on x64 and arm64 work.`,
    );
  }
}

/**
 * Compares the lockfile with npm's own record of what it installed, so nothing has to be stamped and a
 * hand-made `npm install` counts too.
 *
 * @param {string} root
 */
export function installedPackagesMatch(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed || !existsSync(packagedNode(root))) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    const isThirdParty = path.includes('node_modules/') && !entry.link;
    // An optional package may rightly be missing: it is for another system.
    if (!isThirdParty || (entry.optional && !installed[path])) return true;
    // What stands in a workspace's own node_modules can be lost without npm's record of it.
    const isThere = path.startsWith('node_modules/') || existsSync(join(root, path, 'package.json'));
    return isThere && installed[path]?.version === entry.version;
  });
}

/** @param {string} root */
export function packagedNode(root) {
  return join(root, 'node_modules', '.bin', 'node');
}

/** @param {string} root */
export function runsOnPackagedNode(root) {
  const path = packagedNode(root);
  return existsSync(path) && realpathSync(path) === realpathSync(process.execPath);
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, link?: boolean, optional?: boolean }> | undefined}
 */
function readPackages(path) {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined; // cut short by a killed install: install again
  }
}

function npmCommand() {
  const script = process.env['npm_execpath'];
  return script && existsSync(script) && script.endsWith('.js')
    ? { command: process.execPath, args: [script] }
    : { command: 'npm', args: [] };
}
