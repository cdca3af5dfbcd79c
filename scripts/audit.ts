import { runAudit } from '@clipmeter/db/audit';
import { createPool } from '@clipmeter/db/connect';
import { KeptPostgres } from './stack/kept-postgres.ts';
import { findRunning } from './stack/run-lock.ts';
import { localSecrets } from './stack/secrets.ts';
import { nameDatabase, readPorts, StartError } from './stack/settings.ts';

try {
  process.exitCode = await audit();
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}

/** Compares every balance with the rows that caused it, on the live system or on the data of the last start. */
async function audit(): Promise<number> {
  const given = process.env['DATABASE_URL'] ?? findRunning()?.databaseUrl;
  if (given !== undefined) return report(given);
  const password = localSecrets().POSTGRES_PASSWORD;
  const postgres = new KeptPostgres({ port: readPorts(process.env).POSTGRES_PORT, password }, console.log);
  try {
    return await report(await postgres.start());
  } finally {
    await postgres.stop();
  }
}

async function report(url: string): Promise<number> {
  console.log(`Auditing ${nameDatabase(url)}\n`);
  const pool = createPool({ url, max: 1, applicationName: 'clipmeter-audit' });
  try {
    const { lines, differences } = await runAudit(pool);
    const width = Math.max(...lines.map(({ kind }) => kind.length));
    console.log(`${'compared'.padEnd(width)}  ${'rows'.padStart(9)}  ${'different'.padStart(9)}`);
    for (const { kind, checked, differences: different, first } of lines) {
      console.log(`${kind.padEnd(width)}  ${String(checked).padStart(9)}  ${String(different).padStart(9)}`);
      if (first) console.log(`  first: ${first.subject}: expected ${first.expected}, found ${first.actual}`);
    }
    console.log(differences === 0 ? '\nNo difference.' : `\n${differences} differences.`);
    return differences === 0 ? 0 : 1;
  } finally {
    await pool.end();
  }
}
