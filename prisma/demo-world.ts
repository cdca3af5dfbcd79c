import type { Platform } from '@clipmeter/core/platform';
import type { ClipFate, DemoClip, Twist } from './demo-clip.ts';
import { DEMO_AUTHORS } from './demo-people.ts';

/** What has become of a campaign when the demo begins. */
export type Fate =
  | 'draft'
  | 'scheduled'
  | 'runs'
  | 'paused'
  | 'spent'
  | 'deadline'
  | 'completed'
  | 'cancelled'
  | 'archived';

export interface DemoCampaign {
  title: string;
  brand: string;
  description: string;
  requirements?: string;
  materialUrl?: string;
  budget: string;
  ratePer1000: string;
  rates?: { platform: Platform; ratePer1000: string }[];
  platforms: Platform[];
  fate: Fate;
  startedHoursAgo: number;
  capPerClip?: string;
  minViews?: number;
  clips: DemoClip[];
}

interface ClipSeries {
  /** Two digits, its own for each campaign: part of its videos' ids. */
  number: number;
  platforms: Platform[];
  viewsPerHour: number[];
  /** By place in the series; the others are approved. */
  fates?: Record<number, ClipFate>;
  twists?: Record<number, Twist>;
  /** Whose they are; without it everybody takes turns. */
  author?: string;
}

const titles = [
  'wait for the last second',
  'the part they cut out',
  'three takes, one minute',
  'ranked, worst to best',
  'how it really works',
  'nobody told me about this',
  'what the label does not say',
  'tried it so you need not',
];

/** Videos of one campaign. Their ids are the same in every demo, so a second start finds them again. */
function series({ number, platforms, viewsPerHour, fates = {}, twists = {}, author }: ClipSeries): DemoClip[] {
  return viewsPerHour.map((perHour, index) => {
    const platform = platforms[index % platforms.length] ?? 'TIKTOK';
    return {
      platform,
      videoId: videoIdOf(platform, number, index),
      // Clippers take turns, and so do their accounts: an account belongs to one of them.
      author: author ?? DEMO_AUTHORS[index % DEMO_AUTHORS.length]?.handle ?? 'clipwerk',
      title: titles[(number + index) % titles.length] ?? '',
      viewsAtFirst: 800 + 370 * index + perHour,
      viewsPerHour: perHour,
      fate: fates[index] ?? 'approved',
      twist: twists[index],
    };
  });
}

function videoIdOf(platform: Platform, number: number, index: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  if (platform === 'YOUTUBE') return `demoClip${number}${index.toString(36)}`;
  return platform === 'INSTAGRAM'
    ? `demoReel${number}${index.toString(36)}`
    : `74123000000000${two(number)}0${two(index)}`;
}

const both: Platform[] = ['TIKTOK', 'YOUTUBE'];

/** Campaigns in every state. The first two have budgets for weeks: after a night they still move. */
export const demoCampaigns: readonly DemoCampaign[] = [
  {
    title: 'Kessler Trail Shoes: first mud',
    brand: 'Kessler',
    description: 'Show the shoes getting dirty. Any trail, any pace; the brand in the first three seconds.',
    requirements: 'The brand within the first three seconds\nAt least 15 seconds long\nNo music that you do not own',
    materialUrl: 'https://example.com/kessler/trail-shoes',
    budget: '90000',
    ratePer1000: '1',
    platforms: both,
    fate: 'runs',
    startedHoursAgo: 108,
    clips: series({
      number: 11,
      platforms: both,
      viewsPerHour: [
        31_000, 24_000, 20_500, 18_000, 15_000, 13_000, 10_500, 8_500, 6_000, 4_500, 3_000, 1_500, 900, 6_200, 700, 400,
        300, 250, 200, 150,
      ],
      fates: {
        12: 'waiting',
        13: 'waiting',
        14: 'waiting',
        15: 'reading',
        16: 'readLate',
        17: 'approving',
        18: 'rejected',
        19: 'notTheirs',
      },
    }),
  },
  {
    title: 'Nordlicht Sparkling: one sip',
    brand: 'Nordlicht',
    description: 'One sip, one honest face. No scripts.',
    requirements: 'The can in the picture when you drink\nYour own voice, if there is one',
    budget: '50000',
    ratePer1000: '0.8',
    rates: [{ platform: 'YOUTUBE', ratePer1000: '1.1' }],
    platforms: both,
    fate: 'runs',
    startedHoursAgo: 84,
    clips: series({
      number: 12,
      platforms: ['YOUTUBE', 'TIKTOK'],
      viewsPerHour: [22_000, 15_500, 13_500, 11_000, 7_500, 5_500, 4_000, 2_000, 1_800, 1_600, 1_400, 1_200, 800],
      fates: { 11: 'withdrawn', 12: 'approvalLate' },
      twists: { 3: 'private', 4: 'gone', 5: 'fell', 6: 'still', 7: 'held', 8: 'cleared', 9: 'revoked', 10: 'reversed' },
    }),
  },
  {
    title: 'Planwerk: the app that plans your week',
    brand: 'Planwerk',
    description: 'Screen recordings welcome. At most $900 a clip.',
    requirements: 'Show the week view\nSay what you planned',
    budget: '12000',
    ratePer1000: '3',
    platforms: ['TIKTOK'],
    fate: 'runs',
    startedHoursAgo: 120,
    capPerClip: '900',
    minViews: 5_000,
    clips: series({ number: 13, platforms: ['TIKTOK'], viewsPerHour: [4_500, 3_500, 2_600, 1_900, 1_200, 20] }),
  },
  {
    title: 'Halle 9: doors in ten minutes',
    brand: 'Halle 9',
    description: 'A small budget and fast clips: watch it run out, and how what is left is shared.',
    budget: '100',
    ratePer1000: '5',
    platforms: both,
    fate: 'runs',
    startedHoursAgo: 0.14,
    clips: series({ number: 14, platforms: both, viewsPerHour: [30_000, 27_000, 24_000, 21_000, 18_000] }),
  },
  {
    title: 'Bruno Bikes: last mile',
    brand: 'Bruno',
    description: 'Commutes, not stunts. Paused while the brand looks at the music.',
    budget: '8000',
    ratePer1000: '4',
    platforms: ['YOUTUBE'],
    fate: 'paused',
    startedHoursAgo: 168,
    clips: series({ number: 15, platforms: ['YOUTUBE'], viewsPerHour: [1_900, 1_300, 700] }),
  },
  {
    title: 'Tempo Radio: drive time',
    brand: 'Tempo',
    description: 'Sing along, hands on the wheel. Instagram only, and its reads are late at the moment.',
    budget: '6000',
    ratePer1000: '2.2',
    platforms: ['INSTAGRAM'],
    fate: 'runs',
    startedHoursAgo: 60,
    clips: series({ number: 20, platforms: ['INSTAGRAM'], viewsPerHour: [900, 500], author: 'second.take' }),
  },
  {
    title: 'Kiosk Kaffee: opening week',
    brand: 'Kiosk',
    description: 'The first cup of the day.',
    budget: '1500',
    ratePer1000: '5',
    platforms: both,
    fate: 'spent',
    startedHoursAgo: 264,
    clips: series({ number: 16, platforms: both, viewsPerHour: [4_000, 3_000, 2_000] }),
  },
  {
    title: 'Fjord Swim: cold mornings',
    brand: 'Fjord Swim',
    description: 'In and out, no matter how short.',
    budget: '4000',
    ratePer1000: '2',
    platforms: both,
    fate: 'deadline',
    startedHoursAgo: 240,
    clips: series({
      number: 17,
      platforms: both,
      viewsPerHour: [3_000, 2_400, 1_700, 900],
      twists: { 3: 'unreadAtClose' },
    }),
  },
  {
    title: 'Ludo: one more round',
    brand: 'Ludo',
    description: 'The moment before somebody loses.',
    budget: '1430',
    ratePer1000: '2.2',
    platforms: ['YOUTUBE'],
    fate: 'completed',
    startedHoursAgo: 288,
    clips: series({ number: 18, platforms: ['YOUTUBE'], viewsPerHour: [2_600, 1_900] }),
  },
  {
    title: 'Mirabelle Bakery: five in the morning',
    brand: 'Mirabelle',
    description: 'Called off: the bakery moved.',
    budget: '3000',
    ratePer1000: '3',
    platforms: both,
    fate: 'cancelled',
    startedHoursAgo: 216,
    clips: series({ number: 19, platforms: both, viewsPerHour: [700, 500] }),
  },
  {
    title: 'Linden Audio: autumn headphones',
    brand: 'Linden',
    description: 'Starts in two days. Unboxings with sound, please.',
    budget: '20000',
    ratePer1000: '2.5',
    platforms: both,
    fate: 'scheduled',
    startedHoursAgo: -48,
    clips: [],
  },
  {
    title: 'Osterberg Outdoor: tents in wind',
    brand: 'Osterberg',
    description: 'Not published yet.',
    budget: '5000',
    ratePer1000: '2',
    platforms: ['TIKTOK'],
    fate: 'draft',
    startedHoursAgo: -96,
    clips: [],
  },
  {
    title: 'Velo City: the test run',
    brand: 'Velo City',
    description: 'Called off and put away.',
    budget: '500',
    ratePer1000: '1',
    platforms: ['TIKTOK'],
    fate: 'archived',
    startedHoursAgo: 300,
    clips: [],
  },
];
