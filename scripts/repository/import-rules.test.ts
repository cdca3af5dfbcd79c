import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { root } from '../stack/checkout.ts';
import { type Import, importGraph, isTestFile, ownFile, readImports, targetOf, workspaceOf } from './import-graph.ts';
import { isWorkspaceName, mayImport, pureWorkspaces, type WorkspaceName } from './import-rules.ts';

const rule = 'style/noRestrictedImports';
const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
const reportSchema = z.object({
  diagnostics: z.array(
    z.object({
      category: z.string(),
      severity: z.string(),
      location: z.object({ path: z.string(), start: z.object({ line: z.number() }) }),
    }),
  ),
});

const graph = importGraph();
const workspaces = Object.keys(mayImport).filter(isWorkspaceName);

describe('the real import graph', () => {
  test('is read whole: static, dynamic, type and re-exporting imports are seen', () => {
    const source = [
      "import { a } from 'static';",
      "import type { B } from 'type';",
      "import { type C } from 'inline-type';",
      "export { d } from 're-export';",
      "export type * from 'type-re-export';",
      "const e = await import('dynamic');",
      "type F = import('type-expression').F;",
      "import 'effect';",
    ].join('\n');
    const seen = readImports('packages/core/src/sample.ts', source).map(({ specifier, typeOnly }) => [
      specifier,
      typeOnly,
    ]);
    expect(Object.fromEntries(seen)).toEqual({
      static: false,
      type: true,
      'inline-type': true,
      're-export': false,
      'type-re-export': true,
      dynamic: false,
      'type-expression': true,
      effect: false,
    });
  });

  test('covers every workspace', () => {
    const seen = new Set(graph.map(({ file }) => workspaceOf(file)));
    expect([...seen].filter((name) => name !== undefined).sort()).toEqual([...workspaces].sort());
  });

  test.each(workspaces)('%s imports only the workspaces it may', (name) => {
    expect(
      graph.filter((edge) => workspaceOf(edge.file) === name && !isAllowed(edge, name)).map(describeImport),
    ).toEqual([]);
  });

  test.each(pureWorkspaces)('%s is pure: it imports nothing of Node', (name) => {
    const impure = graph.filter(
      (edge) => workspaceOf(edge.file) === name && !isTestFile(edge.file) && targetOf(edge).kind === 'builtin',
    );
    expect(impure.map(describeImport)).toEqual([]);
  });

  test('client components of web know the api by its types only', () => {
    const reached = new Map<string, Import[]>();
    const visit = (file: string) => {
      if (reached.has(file)) return;
      const edges = graph.filter((edge) => edge.file === file && !edge.typeOnly);
      reached.set(file, edges);
      for (const edge of edges) {
        const next = ownFile(targetOf(edge));
        if (next) visit(next);
      }
    };
    for (const file of new Set(graph.map((edge) => edge.file))) if (isClientComponent(file)) visit(file);
    expect(reached.size).toBeGreaterThan(0);
    const loaded = [...reached.values()].flat().filter((edge) => {
      const target = targetOf(edge);
      return target.kind === 'workspace' && target.name === 'api';
    });
    expect(loaded.map(describeImport)).toEqual([]);
  });
});

describe('the lint rule', () => {
  const found = lintEveryImport();

  test.each(workspaces)('fires in %s on exactly the workspaces it may not import', (name) => {
    const allowed: readonly string[] = mayImport[name];
    const forbidden = workspaces.filter((other) => other !== name && !allowed.includes(other));
    expect(found.get(name)?.filter((target) => target !== 'node:fs')).toEqual(forbidden);
  });

  test.each(workspaces)('knows whether %s may use Node', (name) => {
    expect(found.get(name)?.includes('node:fs')).toBe(pureWorkspaces.includes(name));
  });
});

function isAllowed(edge: Import, from: WorkspaceName): boolean {
  const target = targetOf(edge);
  if (target.kind === 'outside') return isTestFile(edge.file) || !edge.file.includes('/src/');
  if (target.kind !== 'workspace' || target.name === from) return true;
  const allowed: readonly string[] = mayImport[from];
  return allowed.includes(target.name) || isTestFile(edge.file);
}

function isClientComponent(file: string): boolean {
  return workspaceOf(file) === 'web' && /^\s*['"]use client['"]/.test(readFileSync(join(root, file), 'utf8'));
}

function describeImport({ file, line, specifier }: Import): string {
  return `${file}:${line} imports ${specifier}`;
}

/**
 * Writes, beside a copy of this repository's lint configuration, one file a workspace that imports every workspace and
 * node:fs, and answers what biome objects to in each.
 */
function lintEveryImport(): Map<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'clipmeter-lint-'));
  try {
    copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
    const targets = [...workspaces, 'node:fs'];
    const specifier = (target: string) => (target.includes(':') ? target : `@clipmeter/${target}/thing`);
    const source = targets.map((target) => `import '${specifier(target)}';\n`).join('');
    for (const name of workspaces) {
      const path = join(folder, samplePath(name));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, source);
    }
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [biome, 'lint', '--vcs-enabled=false', '--max-diagnostics=none', `--only=${rule}`, '--reporter=json', '.'],
      { cwd: folder, encoding: 'utf8' },
    );
    const report = reportSchema.safeParse(JSON.parse(stdout));
    if (!report.success) throw new Error(`biome said something else: ${stdout}${stderr}`);
    const linesIn = (name: WorkspaceName) =>
      report.data.diagnostics
        .filter(
          ({ category, severity, location }) =>
            category.endsWith(rule) && severity === 'error' && location.path === samplePath(name),
        )
        .map(({ location }) => location.start.line);
    return new Map(
      workspaces.map((name) => [
        name,
        linesIn(name)
          .sort((a, b) => a - b)
          .map((line) => targets[line - 1] ?? ''),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function samplePath(name: WorkspaceName): string {
  return join(
    ['web', 'tracker', 'simulator', 'mail-catcher'].includes(name) ? 'apps' : 'packages',
    name,
    'src',
    'sample.ts',
  );
}
