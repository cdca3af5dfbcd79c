import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

export interface Count {
  passed: number;
  failed: number;
}

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
});

/**
 * What a run of vitest came to. A file that could not even be loaded counts as one failure, and so does a run that
 * ended badly without naming a test.
 */
export function countVitest(reportFile: string, exitCode: number): Count {
  const report = read(vitestReport, reportFile);
  const count = { passed: 0, failed: 0 };
  for (const { status, assertionResults } of report?.testResults ?? []) {
    const failed = assertionResults.filter((result) => result.status === 'failed').length;
    count.passed += assertionResults.filter((result) => result.status === 'passed').length;
    count.failed += failed === 0 && status === 'failed' ? 1 : failed;
  }
  return neverSilent(count, exitCode);
}

/** What a run of Playwright came to. A test that passed only when it was tried again has failed. */
export function countPlaywright(reportFile: string, exitCode: number): Count {
  const report = read(playwrightReport, reportFile);
  const { expected = 0, unexpected = 0, flaky = 0 } = report?.stats ?? {};
  return neverSilent({ passed: expected, failed: unexpected + flaky + (report?.errors.length ?? 0) }, exitCode);
}

function neverSilent(count: Count, exitCode: number): Count {
  const ranNothing = count.passed + count.failed === 0;
  return count.failed === 0 && (exitCode !== 0 || ranNothing) ? { ...count, failed: 1 } : count;
}

function read<T>(schema: z.ZodType<T>, file: string): T | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // cut short: its exit code tells
  }
}
