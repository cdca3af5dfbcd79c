import type { Micros } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import type { VideoRef } from '#src/port.ts';
import type { ReadItem } from '#src/read-item.ts';

/** What an actor of Apify is to us: its prices and limits, how it is asked, how its items are read. Pure. */
export interface ActorAdapter {
  readonly platform: Platform;
  /** As in `clockworks/tiktok-scraper`. */
  readonly actorId: string;
  readonly maxBatch: number;
  readonly minimumChargeMicros: Micros;
  readonly pricePerResultMicros: Micros;
  /** Whether it has a row for a video that is gone. */
  readonly tellsGone: boolean;
  /** The actor's input. The same batch always gives the same input: a lost run is recognised by it. */
  buildInput(batch: readonly VideoRef[]): ActorInput;
  /** Null for what is no item at all. */
  readItem(item: unknown): ReadItem | null;
}

export type ActorInput = Readonly<Record<string, unknown>>;

/** The ids to read, each once and in order, whatever the order of the batch. */
export function inputIds(batch: readonly VideoRef[]): string[] {
  return [...new Set(batch.map((ref) => ref.externalId))].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The addresses to read, in the order of the videos' ids. */
export function inputUrls(batch: readonly VideoRef[]): string[] {
  const byId = new Map(batch.map((ref) => [ref.externalId, ref.url]));
  return inputIds(batch).flatMap((id) => byId.get(id) ?? []);
}
