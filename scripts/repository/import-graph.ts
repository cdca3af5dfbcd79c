import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { root } from '../stack/checkout.ts';
import { isWorkspaceName, type WorkspaceName } from './import-rules.ts';
import { sourceFiles } from './tracked-files.ts';

export interface Import {
  /** Importing file, relative to the checkout. */
  file: string;
  line: number;
  specifier: string;
  /** Gone at run time: `import type`, `export type … from`, `import('x')` in a type. */
  typeOnly: boolean;
}

/** Every static, dynamic and type import of one file. */
export function readImports(file: string, source: string): Import[] {
  const { program, module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const found: Import[] = [];
  const add = (start: number, specifier: string, typeOnly: boolean) =>
    found.push({ file, line: source.slice(0, start).split('\n').length, specifier, typeOnly });
  for (const { start, moduleRequest, entries } of module.staticImports) {
    add(start, moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType));
  }
  for (const { entries } of module.staticExports) {
    for (const entry of entries) if (entry.moduleRequest) add(entry.start, entry.moduleRequest.value, entry.isType);
  }
  new Visitor({
    ImportExpression({ start, source: request }) {
      // What cannot be known before it runs cannot be held against a rule, so it is not allowed to exist.
      if (request.type !== 'Literal' || typeof request.value !== 'string') {
        if (isWorkspaceFile(file)) throw new Error(`${file} imports something that only a run would tell.`);
        return;
      }
      add(start, request.value, false);
    },
    TSImportType({ start, source: request }) {
      add(start, request.value, true);
    },
  }).visit(program);
  return found;
}

/** The imports of every source file in the repository. */
export function importGraph(): Import[] {
  return sourceFiles().flatMap((file) => readImports(file, readFileSync(join(root, file), 'utf8')));
}

/** The workspace a file belongs to, if any: apps/NAME or packages/NAME. */
export function workspaceOf(file: string): WorkspaceName | undefined {
  const [kind, name = ''] = file.split('/');
  return (kind === 'apps' || kind === 'packages') && isWorkspaceName(name) ? name : undefined;
}

/** Where an import leads: to a workspace, a Node built-in, a package from the registry, or into the file's own. */
export type Target =
  | { kind: 'workspace'; name: WorkspaceName }
  | { kind: 'builtin'; name: string }
  | { kind: 'package'; name: string }
  | { kind: 'own'; file: string }
  | { kind: 'outside'; path: string };

export function targetOf({ file, specifier }: Import): Target {
  const own = workspaceOf(file);
  if (specifier.startsWith('node:')) return { kind: 'builtin', name: specifier };
  if (specifier.startsWith('.') || specifier.startsWith('/')) {
    const path = relative(root, resolve(root, dirname(file), specifier));
    const other = workspaceOf(path);
    if (other === own) return { kind: 'own', file: path };
    return other ? { kind: 'workspace', name: other } : { kind: 'outside', path };
  }
  if (specifier.startsWith('#src/')) {
    return { kind: 'own', file: join(...file.split('/').slice(0, 2), 'src', specifier.slice('#src/'.length)) };
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const workspace = name.startsWith('@clipmeter/') ? basename(name) : '';
  return isWorkspaceName(workspace) ? { kind: 'workspace', name: workspace } : { kind: 'package', name };
}

/** Tests and what only they use: they may lean on the testing workspace and on Node. */
export function isTestFile(file: string): boolean {
  return /\.(test|e2e|arbitrary|conformance|fixture)\.tsx?$/.test(file) || file.startsWith('packages/testing/');
}

/** Resolves an own import to an existing source file. */
export function ownFile(target: Target): string | undefined {
  if (target.kind !== 'own') return undefined;
  return ['', '.ts', '.tsx'].map((ending) => target.file + ending).find((path) => existsSync(join(root, path)));
}

function isWorkspaceFile(file: string): boolean {
  return workspaceOf(file) !== undefined && !isTestFile(file);
}
