import { deriveId } from '@clipmeter/core/id';
import type { Platform } from '@clipmeter/core/platform';

/** Who else is in the demo. Nobody signs in as them: they are there to be looked at. */
export const DEMO_OTHERS = [
  { name: 'Priya Raman', email: 'priya@demo.example' },
  { name: 'Tomás Rivera', email: 'tomas@demo.example' },
  { name: 'Rafi Spam', email: 'rafi@demo.example' },
] as const;

/** A clipper of the demo: the two who sign in, then the others. */
export type DemoClipper = 0 | 1 | 2 | 3 | 4;

export interface DemoAuthor {
  handle: string;
  clipper: DemoClipper;
}

export const DEMO_AUTHORS = [
  { handle: 'cutroom.mara', clipper: 0 },
  { handle: 'jonas.clips', clipper: 1 },
  { handle: 'second.take', clipper: 2 },
  { handle: 'mara.daily', clipper: 0 },
  { handle: 'clipwerk', clipper: 3 },
  { handle: 'jonas.shorts', clipper: 1 },
] as const satisfies readonly DemoAuthor[];

/** Where they have proved their accounts. */
export const DEMO_PROVED: readonly (DemoAuthor & { platform: Platform })[] = [
  ...DEMO_AUTHORS.flatMap((author) => [
    { ...author, platform: 'TIKTOK' as const },
    { ...author, platform: 'YOUTUBE' as const },
  ]),
  { handle: 'second.take', clipper: 2, platform: 'INSTAGRAM' },
];

/** The platform's own id of an account: the same in every demo, of the platform's form. */
export function authorIdOf(platform: Platform, handle: string): string {
  const hex = deriveId('demo', 'author', platform, handle).replaceAll('-', '');
  if (platform === 'YOUTUBE') return `UC${hex.slice(0, 22)}`;
  const digits = BigInt(`0x${hex}`) % 10n ** 17n;
  return `7${digits.toString().padStart(17, '0')}`;
}

/** How far an account is from being proved when the demo begins, besides those that are. */
export type AccountFate =
  | 'waiting'
  | 'not_yet'
  | 'not_found'
  | 'unreadable'
  | 'taken'
  | 'expired'
  | 'used_up'
  | 'reading';

export const DEMO_UNPROVED: readonly { clipper: DemoClipper; platform: Platform; handle: string; fate: AccountFate }[] =
  [
    { clipper: 0, platform: 'INSTAGRAM', handle: 'mara.frames', fate: 'not_yet' },
    { clipper: 0, platform: 'X', handle: 'mara_cuts', fate: 'waiting' },
    { clipper: 1, platform: 'INSTAGRAM', handle: 'jonas.frames', fate: 'expired' },
    { clipper: 1, platform: 'X', handle: 'jonas_unsure', fate: 'not_found' },
    { clipper: 2, platform: 'INSTAGRAM', handle: 'second.frames', fate: 'unreadable' },
    { clipper: 2, platform: 'TIKTOK', handle: 'second.try', fate: 'used_up' },
    // Somebody else has proved it.
    { clipper: 4, platform: 'TIKTOK', handle: 'clipwerk', fate: 'taken' },
    { clipper: 3, platform: 'INSTAGRAM', handle: 'clipwerk.frames', fate: 'reading' },
  ];
