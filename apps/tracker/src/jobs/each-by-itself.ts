/**
 * Does a piece of work for each, all at once. One that breaks does not keep the others from being finished; when all have
 * ended the first of the broken ones is thrown, so that its job says so.
 */
export async function eachByItself<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const ends = await Promise.allSettled(items.map(work));
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
}
