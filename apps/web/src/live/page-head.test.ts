import { describe, expect, it } from 'vitest';
import { inPages, type ListPage, withChangedItems, withFreshHead, withNewItem } from '#src/live/page-head.ts';

interface Item {
  id: string;
}

const page = (ids: string, nextCursor: string | null = 'more'): ListPage<Item> => ({
  items: [...ids].map((id) => ({ id })),
  nextCursor,
  cursor: '1:1:0',
});
const idsOf = (pages: ListPage<Item>[]) => pages.map(({ items }) => items.map(({ id }) => id).join(''));

describe('a list of pages that grows at its head', () => {
  it('takes what is new to its head and leaves the later pages alone', () => {
    expect(idsOf(withFreshHead([page('cb'), page('a', null)], page('edc')))).toEqual(['edcb', 'a']);
  });

  it('stays the same object when nothing is new', () => {
    const pages = [page('ba')];
    expect(withFreshHead(pages, page('ba'))).toBe(pages);
    expect(withNewItem(pages, { id: 'a' })).toBe(pages);
    const data = { pages, pageParams: [null] };
    expect(inPages(data, (same) => same)).toBe(data);
  });

  it('begins anew when more came than a page holds, and forgets where the later pages began', () => {
    const data = { pages: [page('b'), page('a', null)], pageParams: [null, 'x'] };
    const changed = inPages<Item, typeof data>(data, (pages) => withFreshHead(pages, page('zy')));
    expect(idsOf(changed?.pages ?? [])).toEqual(['zy']);
    expect(changed?.pageParams).toEqual([null]);
  });

  it('fills a list in which nothing was', () => {
    expect(idsOf(withFreshHead([page('', null)], page('a')))).toEqual(['a']);
    expect(idsOf(withNewItem([page('', null)], { id: 'a' }))).toEqual(['a']);
  });

  it('changes items and keeps pages in which none changed', () => {
    const pages = [page('b'), page('a')];
    const changed = withChangedItems(pages, (item) => (item.id === 'a' ? { id: 'x' } : item));
    expect(idsOf(changed)).toEqual(['b', 'x']);
    expect(changed[0]).toBe(pages[0]);
    expect(withChangedItems(pages, (item) => item)).toBe(pages);
  });
});
