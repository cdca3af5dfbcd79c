import { CLIPS_PER_EVENT_MAX } from '#src/event.ts';
import type { LogEvent } from '#src/event-source.ts';

/** The fields that conflation looks at; the rest is carried along. */
interface Fields {
  id?: unknown;
  campaignId?: unknown;
  userId?: unknown;
  clipId?: unknown;
  accountId?: unknown;
  platform?: unknown;
  kind?: unknown;
  version?: unknown;
  [other: string]: unknown;
}

/** How the events of a type that tell of one thing become one: whose they are, and the lists that are joined by id. */
interface Rule {
  entity(payload: Fields): unknown;
  lists: Record<string, (item: Fields) => string>;
  /** Fields that warn of something left out: the warning stands, whichever of the two gave it. */
  warnings?: readonly string[];
}

const byClip = (item: Fields) => String(item.clipId);

// What is not here (a notification, a run) is something that happened, not a state: it is never conflated.
const RULES: Record<string, Rule> = {
  'campaign.changed': {
    entity: (payload) => payload.campaignId,
    lists: { clips: byClip },
    warnings: ['truncated'],
  },
  'campaign.edited': { entity: (payload) => payload.campaignId, lists: {} },
  'clip.earned': { entity: (payload) => payload.campaignId, lists: { clips: byClip } },
  'earnings.changed': {
    entity: (payload) => payload.userId,
    lists: { clips: byClip, balances: (item) => `${item.kind}/${item.campaignId}` },
  },
  'platform.changed': { entity: (payload) => payload.platform, lists: {} },
  'platform.detail': { entity: (payload) => payload.platform, lists: {} },
  'account.changed': { entity: (payload) => payload.accountId, lists: {} },
  'alert.changed': { entity: (payload) => payload.id, lists: {} },
};

/** Events with an equal key tell of the same thing. Null: this event stands for itself. */
export function conflationKey(event: LogEvent): string | null {
  const rule = RULES[event.type];
  if (rule === undefined || !isFields(event.payload)) return null;
  return `${event.topic} ${event.type} ${rule.entity(event.payload)}`;
}

/**
 * One event that says what two said: of each row the values of its higher version, since the log's order is not that of
 * commits. Keeps the older event's place. Null if the joined list would be longer than an event may be.
 */
export function conflate(older: LogEvent, newer: LogEvent): LogEvent | null {
  const rule = RULES[newer.type];
  if (rule === undefined || !isFields(older.payload) || !isFields(newer.payload)) return null;
  const latest = isNewer(newer.payload, older.payload) ? newer.payload : older.payload;
  const payload: Fields = { ...latest };
  for (const [list, idOf] of Object.entries(rule.lists)) {
    const joined = joinById(itemsOf(older.payload[list]), itemsOf(newer.payload[list]), idOf);
    if (joined.length > CLIPS_PER_EVENT_MAX) return null;
    payload[list] = joined;
  }
  for (const warning of rule.warnings ?? []) {
    const given = older.payload[warning] ?? newer.payload[warning];
    if (given !== undefined) payload[warning] = given;
  }
  return { ...older, payload, at: newer.at };
}

function joinById(older: Fields[], newer: Fields[], idOf: (item: Fields) => string): Fields[] {
  const joined = new Map(older.map((item) => [idOf(item), item]));
  for (const item of newer) {
    const known = joined.get(idOf(item));
    if (known === undefined || isNewer(item, known)) joined.set(idOf(item), item);
  }
  return [...joined.values()];
}

/** Without versions the later event is the newer one. */
function isNewer(candidate: Fields, known: Fields): boolean {
  const [next, last] = [candidate.version, known.version];
  return typeof next !== 'number' || typeof last !== 'number' || next >= last;
}

function itemsOf(list: unknown): Fields[] {
  return Array.isArray(list) ? list.filter(isFields) : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
