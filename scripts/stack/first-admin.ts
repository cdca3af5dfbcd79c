import { offerFirstAdmin } from '@clipmeter/api/operations/first-admin-link';
import { createPool } from '@clipmeter/db/connect';

/** Says how to become the first admin, while there is none: a link that is good for an hour, instead of any before it. */
export async function sayFirstAdminLink(
  databaseUrl: string,
  address: string,
  say: (line: string) => void,
): Promise<void> {
  const pool = createPool({ url: databaseUrl, max: 1, applicationName: 'clipmeter-start' });
  try {
    const offer = await offerFirstAdmin({ pool, now: () => new Date() });
    if (offer) say(`There is no admin yet. Within the hour, make yourself one: ${address}/setup?token=${offer.token}`);
  } finally {
    await pool.end();
  }
}
