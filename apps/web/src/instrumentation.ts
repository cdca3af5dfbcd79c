/** Runs once when the server starts: a missing or wrong variable stops it with one clear line. */
export async function register(): Promise<void> {
  const { NEXT_RUNTIME } = process.env;
  if (NEXT_RUNTIME !== 'nodejs') return;
  const { env } = await import('#src/server/env.ts');
  try {
    env();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
