import { isNoticeKind, type NoticeGroup, noticeGroupOf } from '@clipmeter/core/notice-kind';
import type { AlertRow } from '#src/client/outputs.ts';

/** What the page shows; it lives in the URL. */
export interface AlertFilter {
  group: NoticeGroup | null;
  unreadOnly: boolean;
}

const PAGE_SIZE = 30;

/** What the list asks for: the same on the server and in the browser, or the page would be fetched twice. */
export function alertListInput({ group, unreadOnly }: AlertFilter) {
  return { group, unreadOnly, limit: PAGE_SIZE };
}

/** Whether a notice that has just come belongs to the list. */
export function isShown({ group }: AlertFilter, { kind }: Pick<AlertRow, 'kind'>): boolean {
  return group === null || (isNoticeKind(kind) && noticeGroupOf(kind) === group);
}
