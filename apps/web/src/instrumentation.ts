/** Runs once when the server starts: a missing or wrong variable stops it with one clear line. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') await import('#src/server/check-env.ts');
}
