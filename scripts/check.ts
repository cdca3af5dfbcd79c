import { checks, runCheck } from './stack/checks.ts';

let failed = 0;
for (const check of checks) {
  const { passed, seconds } = await runCheck(check);
  console.log(`${passed ? 'passed' : 'FAILED'}  ${check.name} (${seconds} s)`);
  if (!passed) failed += 1;
}
process.exitCode = failed > 0 ? 1 : 0;
