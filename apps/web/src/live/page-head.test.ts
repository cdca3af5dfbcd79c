import { describe, expect, it } from 'vitest';
import { withChangedItems, withFreshHead, withNewItem } from '#src/live/page-head.ts';

const page = (ids: string[], nextCursor: string | null = 'more') => ({ items: ids.map((id) => ({ id })), nextCursor });
const pages = (...list: ReturnType<typeof page>[]) => ({ pages: list, pageParams: list.map(() => null) });
const idsOf = (data: ReturnType<typeof pages>) => data.pages.map(({ items }) => items.map(({ id }) => id).join(''));

describe('a list of pages that grows at its head', () => {
  it('takes what is new to its head and leaves the later pages alone', () => {
    const data = pages(page(['c', 'b']), page(['a'], null));
    expect(idsOf(withFreshHead(data, page(['e', 'd', 'c'])))).toEqual(['edcb', 'a']);
  });

  it('stays the same object when nothing is new', () => {
    const data = pages(page(['b', 'a']));
    expect(withFreshHead(data, page(['b', 'a']))).toBe(data);
    expect(withNewItem(data, { id: 'a' })).toBe(data);
  });

  it('begins anew when more came than a page holds', () => {
    const data = pages(page(['b']), page(['a'], null));
    expect(idsOf(withFreshHead(data, page(['z', 'y'])))).toEqual(['zy']);
  });

  it('fills a list in which nothing was', () => {
    expect(idsOf(withFreshHead(pages(page([], null)), page(['a'])))).toEqual(['a']);
    expect(idsOf(withNewItem(pages(page([], null)), { id: 'a' }))).toEqual(['a']);
  });

  it('changes items and keeps pages in which none changed', () => {
    const data = pages(page(['b']), page(['a']));
    const changed = withChangedItems(data, (item) => (item.id === 'a' ? { id: 'x' } : item));
    expect(idsOf(changed)).toEqual(['b', 'x']);
    expect(changed.pages[0]).toBe(data.pages[0]);
    expect(withChangedItems(data, (item) => item)).toBe(data);
  });
});
