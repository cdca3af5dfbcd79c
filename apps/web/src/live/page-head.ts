/** A page of a live list, newest first. */
export interface ListPage<Item> {
  items: Item[];
  nextCursor: string | null;
  /** Where in the event log its snapshot lies. */
  cursor: string;
}

interface Named {
  id: string;
}

/** What React Query keeps of a list, with other pages. A list that became shorter has fewer places to begin a page at. */
export function inPages<Item, Data extends { pages: ListPage<Item>[]; pageParams: unknown[] }>(
  data: Data | undefined,
  change: (pages: ListPage<Item>[]) => ListPage<Item>[],
): Data | undefined {
  if (data === undefined) return undefined;
  const pages = change(data.pages);
  return pages === data.pages ? data : { ...data, pages, pageParams: data.pageParams.slice(0, pages.length) };
}

/**
 * A list with what came since. `fresh` is its first page as it is now: what is not in the list yet goes to its head. If the
 * two do not meet, more came than a page holds, and the list begins anew with `fresh`.
 */
export function withFreshHead<Item extends Named>(pages: ListPage<Item>[], fresh: ListPage<Item>): ListPage<Item>[] {
  const [head, ...rest] = pages;
  const known = new Set(pages.flatMap((page) => page.items.map((item) => item.id)));
  const meets = known.size === 0 || fresh.nextCursor === null || fresh.items.some((item) => known.has(item.id));
  if (head === undefined || !meets) return [fresh];
  const news = fresh.items.filter((item) => !known.has(item.id));
  return news.length === 0 ? pages : [{ ...head, items: [...news, ...head.items] }, ...rest];
}

/** The same for one item that an event brought. */
export function withNewItem<Item extends Named>(pages: ListPage<Item>[], item: Item): ListPage<Item>[] {
  const [head, ...rest] = pages;
  if (head === undefined || pages.some((page) => page.items.some(({ id }) => id === item.id))) return pages;
  return [{ ...head, items: [item, ...head.items] }, ...rest];
}

/** Each item as `change` makes it; what did not change stays the same object. */
export function withChangedItems<Item>(pages: ListPage<Item>[], change: (item: Item) => Item): ListPage<Item>[] {
  const changed = pages.map((page) => {
    const items = page.items.map(change);
    return items.some((item, index) => item !== page.items[index]) ? { ...page, items } : page;
  });
  return changed.some((page, index) => page !== pages[index]) ? changed : pages;
}
