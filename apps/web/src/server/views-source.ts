import { currentSession } from '#src/server/session.ts';

/** Pages of simulated data say so. */
export async function viewsAreSimulated(): Promise<boolean> {
  return (await currentSession()).viewsSource === 'simulated';
}
