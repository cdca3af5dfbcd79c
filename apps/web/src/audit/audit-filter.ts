import { createLoader, type inferParserType, parseAsString } from 'nuqs/server';

/** Which part of the log is shown; all of it lives in the URL. */
export const auditFilterParsers = {
  q: parseAsString.withDefault(''),
  act: parseAsString,
  /** Whose acts. */
  who: parseAsString,
  /** What they are about. */
  about: parseAsString,
};
export type AuditFilter = inferParserType<typeof auditFilterParsers>;

export const loadAuditFilter = createLoader(auditFilterParsers);

const PAGE_SIZE = 50;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What the list asks for: the same on the server and in the browser, or the page would be fetched twice. */
export function auditListInput({ q, act, who, about }: AuditFilter) {
  const search = q.trim().slice(0, 100);
  return {
    limit: PAGE_SIZE,
    ...(search !== '' && { search }),
    ...(act !== null && { action: act.slice(0, 100) }),
    ...(isId(who) && { actorId: who }),
    ...(about !== null && { subjectId: about.slice(0, 100) }),
  };
}

/** What the filters' own words are asked for with. */
export function auditChoicesInput({ who }: AuditFilter) {
  return { actorId: isId(who) ? who : null };
}

export function isNarrowed({ q, act, who, about }: AuditFilter): boolean {
  return q.trim() !== '' || act !== null || who !== null || about !== null;
}

/** An address that somebody changed by hand asks for nothing it cannot. */
function isId(text: string | null): text is string {
  return text !== null && UUID.test(text);
}
