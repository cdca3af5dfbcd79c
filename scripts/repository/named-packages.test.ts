import { expect, test } from 'vitest';
import { importGraph, targetOf } from './import-graph.ts';
import { namedPackages } from './import-rules.ts';

const imported = new Set(
  importGraph().flatMap((edge) => {
    const target = targetOf(edge);
    return target.kind === 'package' ? [target.name] : [];
  }),
);

test.each(namedPackages)('%s is imported by source, not only listed', (name) => {
  expect(imported.has(name)).toBe(true);
});
