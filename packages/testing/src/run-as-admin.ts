import { createPool } from '@clipmeter/db/connect';

/** Runs a statement about whole databases, for which one must be connected to another database of the server. */
export async function runAsAdmin(url: string, statement: string): Promise<void> {
  const admin = new URL(url);
  admin.pathname = '/postgres';
  const pool = createPool({ url: admin.href, role: 'owner', max: 1, applicationName: 'test-admin' });
  try {
    await pool.query(statement);
  } finally {
    await pool.end();
  }
}
