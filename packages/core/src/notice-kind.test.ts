import { expect, test } from 'vitest';
import {
  isNoticeKind,
  NOTICE_GROUPS,
  NOTICE_KINDS,
  noticeGroupOf,
  noticeGroupsFor,
  noticeGroupWords,
} from '#src/notice-kind.ts';

test('every kind belongs to a group, and every group has a kind and words', () => {
  const used = new Set(NOTICE_KINDS.map(noticeGroupOf));
  expect([...used].sort()).toEqual([...NOTICE_GROUPS].sort());
  for (const group of NOTICE_GROUPS) {
    expect(noticeGroupWords(group).label).not.toBe('');
    expect(noticeGroupWords(group).description).toMatch(/\.$/);
  }
});

test('names of Object are no kinds', () => {
  expect(isNoticeKind('submission.approved')).toBe(true);
  expect(isNoticeKind('toString')).toBe(false);
  expect(isNoticeKind('')).toBe(false);
});

test('each group is listed for somebody, and budgets are the affair of admins', () => {
  const listed = new Set([...noticeGroupsFor('CLIPPER'), ...noticeGroupsFor('ADMIN')]);
  expect(listed.size).toBe(NOTICE_GROUPS.length);
  expect(noticeGroupsFor('CLIPPER')).not.toContain('budget');
  expect(noticeGroupsFor('ADMIN')).not.toContain('submissions');
});
