import { DomainError } from '@clipmeter/core/domain-error';
import type { Queryable } from '#src/connect.ts';

export type ViewsSource = 'simulated' | 'real';

/**
 * Notes, once and for all, whether this database's views are simulated or real, so that play money and real money never
 * meet in one ledger. Throws a DomainError (CONFLICT) if it is the other kind already.
 */
export async function claimViewsSource(client: Queryable, source: ViewsSource): Promise<void> {
  await client.query('UPDATE installation SET views_source = $1 WHERE views_source IS NULL', [source]);
  const claimed = await viewsSource(client);
  if (claimed !== source) {
    throw new DomainError(
      'CONFLICT',
      `This database holds ${claimed} views, so it cannot be used with ${source} ones: give DATABASE_URL another database.`,
    );
  }
}

/** Null until a start has claimed it. */
export async function viewsSource(client: Queryable): Promise<ViewsSource | null> {
  const { rows } = await client.query<{ views_source: ViewsSource | null }>('SELECT views_source FROM installation');
  return rows[0]?.views_source ?? null;
}
