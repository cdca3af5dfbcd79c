import { platformName } from '@clipmeter/core/platform';
import type { PlatformStatus } from '#src/client/outputs.ts';

/** How the platforms are after an event: newer replaces older, a platform not seen before is added. */
export function applyPlatform(platforms: PlatformStatus[], event: PlatformStatus): PlatformStatus[] {
  const index = platforms.findIndex((each) => each.platform === event.platform);
  const known = platforms[index];
  if (known === undefined) return [...platforms, event];
  return event.version <= known.version ? platforms : platforms.with(index, { ...known, ...event });
}

/** "TikTok reads delayed since 13:20; nothing is lost." */
export function lateSentence(status: PlatformStatus, clockText: (date: Date) => string): string {
  const what = status.status === 'STOPPED' ? 'reads stopped' : 'reads delayed';
  return `${platformName(status.platform)} ${what} since ${clockText(new Date(status.since))}; nothing is lost.`;
}
