import type { Platform } from '@clipmeter/core/platform';

/** What becomes of a campaign of the demo once its clips are approved. */
export type Fate = 'draft' | 'scheduled' | 'runs' | 'paused' | 'ends';

export interface DemoClip {
  platform: Platform;
  videoId: string;
  author: string;
  title: string;
  /** Views at its approval: the baseline, about. */
  viewsAtFirst: number;
  viewsPerHour: number;
  /** Views that come at once after its approval: those of the hours that its campaign has run already. */
  boost: number;
}

export interface DemoCampaign {
  title: string;
  brand: string;
  description: string;
  budget: string;
  ratePer1000: string;
  platforms: Platform[];
  fate: Fate;
  /** Published so many hours ago, with the views of as many hours: its pace is right from the first minute. */
  ranForHours?: number;
  capPerClip?: string;
  clips: DemoClip[];
}

interface ClipSeries {
  /** Two digits, its own for each campaign: part of its videos' ids. */
  number: number;
  platforms: Platform[];
  viewsPerHour: number[];
  /** Either hours of growth, the same for all clips, or about so many views each. */
  boost: { hours: number } | { views: number };
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
const authors = ['cutroom.mara', 'jonas.clips', 'second.take', 'mara.daily', 'clipwerk', 'jonas.shorts'];

/** Videos of one campaign. Their ids are the same in every demo, so a second start finds them again. */
function series({ number, platforms, viewsPerHour, boost }: ClipSeries): DemoClip[] {
  return viewsPerHour.map((perHour, index) => {
    const platform = platforms[index % platforms.length] ?? 'TIKTOK';
    const two = (value: number) => String(value).padStart(2, '0');
    return {
      platform,
      videoId:
        platform === 'YOUTUBE'
          ? `demoClip${number}${index.toString(36)}`
          : `74123000000000${two(number)}0${two(index)}`,
      // Clippers take turns, and so do their accounts: an account belongs to one of them.
      author: authors[index % authors.length] ?? 'clipwerk',
      title: titles[(number + index) % titles.length] ?? '',
      // As if it had been up for a while: with less, the boost would look like a jump that waits for a second read.
      viewsAtFirst: 800 + 370 * index + perHour,
      viewsPerHour: perHour,
      boost: 'hours' in boost ? perHour * boost.hours : Math.round(boost.views * (1 + 0.35 * Math.sin(index * 2.4))),
    };
  });
}

const both: Platform[] = ['TIKTOK', 'YOUTUBE'];

/** For how long the campaigns that run have done so when the demo begins. */
const ranForHours = 12;

/** Eight campaigns. The first two have budgets for days: after a night they still move. */
export const demoCampaigns: readonly DemoCampaign[] = [
  {
    title: 'Kessler Trail Shoes: first mud',
    brand: 'Kessler',
    description: 'Show the shoes getting dirty. Any trail, any pace; the brand in the first three seconds.',
    budget: '90000',
    ratePer1000: '1',
    platforms: both,
    fate: 'runs',
    ranForHours,
    clips: series({
      number: 11,
      platforms: both,
      viewsPerHour: [186_000, 144_000, 123_000, 108_000, 90_000, 78_000, 63_000, 51_000, 36_000, 27_000, 18_000, 9000],
      boost: { hours: ranForHours },
    }),
  },
  {
    title: 'Nordlicht Sparkling: one sip',
    brand: 'Nordlicht',
    description: 'One sip, one honest face. No scripts.',
    budget: '50000',
    ratePer1000: '0.8',
    platforms: both,
    fate: 'runs',
    ranForHours,
    clips: series({
      number: 12,
      platforms: ['YOUTUBE', 'TIKTOK'],
      viewsPerHour: [132_000, 93_000, 81_000, 66_000, 45_000, 33_000, 24_000, 12_000],
      boost: { hours: ranForHours },
    }),
  },
  {
    title: 'Planwerk: the app that plans your week',
    brand: 'Planwerk',
    description: 'Screen recordings welcome. At most $900 a clip.',
    budget: '12000',
    ratePer1000: '3',
    platforms: ['TIKTOK'],
    fate: 'runs',
    ranForHours,
    capPerClip: '900',
    clips: series({
      number: 13,
      platforms: ['TIKTOK'],
      viewsPerHour: [27_000, 21_000, 15_600, 11_400, 7200, 4500],
      boost: { hours: ranForHours },
    }),
  },
  {
    title: 'Halle 9: doors in ten minutes',
    brand: 'Halle 9',
    description: 'A small budget and fast clips: watch it run out, and how what is left is shared.',
    budget: '100',
    ratePer1000: '5',
    platforms: both,
    fate: 'runs',
    clips: series({
      number: 14,
      platforms: both,
      viewsPerHour: [70_000, 62_000, 55_000, 50_000, 45_000],
      boost: { views: 400 },
    }),
  },
  {
    title: 'Bruno Bikes: last mile',
    brand: 'Bruno',
    description: 'Commutes, not stunts. Paused while the brand looks at the music.',
    budget: '8000',
    ratePer1000: '4',
    platforms: ['YOUTUBE'],
    fate: 'paused',
    clips: series({ number: 15, platforms: ['YOUTUBE'], viewsPerHour: [6000, 4000, 2500], boost: { views: 260_000 } }),
  },
  {
    title: 'Kiosk Kaffee: opening week',
    brand: 'Kiosk',
    description: 'The first cup of the day.',
    budget: '1500',
    ratePer1000: '5',
    platforms: both,
    fate: 'ends',
    clips: series({ number: 16, platforms: both, viewsPerHour: [4000, 3000, 2000], boost: { views: 160_000 } }),
  },
  {
    title: 'Linden Audio: autumn headphones',
    brand: 'Linden',
    description: 'Starts in two days. Unboxings with sound, please.',
    budget: '20000',
    ratePer1000: '2.5',
    platforms: both,
    fate: 'scheduled',
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
    clips: [],
  },
];
