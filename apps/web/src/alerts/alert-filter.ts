import { isNoticeKind, NOTICE_GROUPS, noticeGroupOf } from '@clipmeter/core/notice-kind';
import { createLoader, type inferParserType, parseAsBoolean, parseAsStringLiteral } from 'nuqs/server';
import type { AlertRow } from '#src/client/outputs.ts';

/** Which alerts are shown; all of it lives in the URL. */
export const alertFilterParsers = {
  about: parseAsStringLiteral(NOTICE_GROUPS),
  unread: parseAsBoolean.withDefault(false),
};
export type AlertFilter = inferParserType<typeof alertFilterParsers>;

export const loadAlertFilter = createLoader(alertFilterParsers);

const PAGE_SIZE = 30;

/** What the list asks for: the same on the server and in the browser, or the page would be fetched twice. */
export function alertListInput({ about, unread }: AlertFilter) {
  return { group: about, unreadOnly: unread, limit: PAGE_SIZE };
}

/** Whether a notice that has just come belongs to the list. */
export function isShown({ about }: AlertFilter, { kind }: Pick<AlertRow, 'kind'>): boolean {
  return about === null || (isNoticeKind(kind) && noticeGroupOf(kind) === about);
}
