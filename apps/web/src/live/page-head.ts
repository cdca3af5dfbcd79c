interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

interface Pages<OnePage> {
  pages: OnePage[];
  pageParams: unknown[];
}

/**
 * A list of pages, newest first, with what came since. `fresh` is its first page as it is now: what is not in the list yet
 * goes to its head. If the two do not meet, more came than a page holds, and the list begins anew with `fresh`.
 */
export function withFreshHead<Item extends { id: string }, OnePage extends Page<Item>>(
  data: Pages<OnePage>,
  fresh: OnePage,
): Pages<OnePage> {
  const [head, ...rest] = data.pages;
  const known = new Set(data.pages.flatMap((page) => page.items.map((item) => item.id)));
  const meets = known.size === 0 || fresh.nextCursor === null || fresh.items.some((item) => known.has(item.id));
  if (head === undefined || !meets) return { pages: [fresh], pageParams: [null] };
  const news = fresh.items.filter((item) => !known.has(item.id));
  return news.length === 0 ? data : { ...data, pages: [{ ...head, items: [...news, ...head.items] }, ...rest] };
}

/** The same for one item that an event brought. */
export function withNewItem<Item extends { id: string }, OnePage extends Page<Item>>(
  data: Pages<OnePage>,
  item: Item,
): Pages<OnePage> {
  const [head, ...rest] = data.pages;
  if (head === undefined || data.pages.some((page) => page.items.some(({ id }) => id === item.id))) return data;
  return { ...data, pages: [{ ...head, items: [item, ...head.items] }, ...rest] };
}

/** Each item as `change` makes it; a page in which none changed stays the same object. */
export function withChangedItems<Item, OnePage extends Page<Item>>(
  data: Pages<OnePage>,
  change: (item: Item) => Item,
): Pages<OnePage> {
  const pages = data.pages.map((page) => {
    const items = page.items.map(change);
    return items.some((item, index) => item !== page.items[index]) ? { ...page, items } : page;
  });
  return pages.some((page, index) => page !== data.pages[index]) ? { ...data, pages } : data;
}
