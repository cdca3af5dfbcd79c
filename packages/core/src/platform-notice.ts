import { type Platform, platformName } from '#src/platform.ts';

/** OK: reads flow. DELAYED: it is tried again by itself. STOPPED: a person must act. */
export type PlatformStatus = 'OK' | 'DELAYED' | 'STOPPED';

/**
 * Why a platform is late, in words for every user. What the platform really said (a bill, a token, its own wording) is
 * for admins alone.
 */
export function platformNotice(platform: Platform, status: PlatformStatus): string | null {
  switch (status) {
    case 'OK':
      return null;
    case 'DELAYED':
      return `${platformName(platform)} reads are delayed. Nothing is lost: views that are read later pay later.`;
    case 'STOPPED':
      return `${platformName(platform)} is not read at the moment. Nothing is lost: views that are read later pay later.`;
  }
}
