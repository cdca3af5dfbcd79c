import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countPlaywright, countVitest } from './test-report.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clipmeter-report-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe('a run of vitest', () => {
  test('counts each test, and a file that could not be loaded as one failure', () => {
    const file = report({
      testResults: [
        { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }, { status: 'pending' }] },
        { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
        { status: 'failed', assertionResults: [] },
      ],
    });
    expect(countVitest(file, 1)).toEqual({ passed: 3, failed: 2 });
  });

  test('that ended badly after every test had passed has one failure', () => {
    const file = report({ testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }] });
    expect(countVitest(file, 1)).toEqual({ passed: 1, failed: 1 });
  });

  test('that left no report, or ran nothing, has one failure', () => {
    expect(countVitest(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1 });
    expect(countVitest(report({ testResults: [] }), 0)).toEqual({ passed: 0, failed: 1 });
  });
});

describe('a run of Playwright', () => {
  test('counts a test that passed only when tried again as failed', () => {
    const file = report({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] });
    expect(countPlaywright(file, 1)).toEqual({ passed: 4, failed: 2 });
  });

  test('that could not begin has a failure', () => {
    const file = report({ stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [{ message: 'no browser' }] });
    expect(countPlaywright(file, 1)).toEqual({ passed: 0, failed: 1 });
  });
});
