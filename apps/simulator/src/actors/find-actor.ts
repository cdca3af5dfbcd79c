import { createHash } from 'node:crypto';
import type { Actor } from '#src/actors/actor.ts';
import { instagramProfileScraper, instagramReelScraper, instagramScraper } from '#src/actors/instagram.ts';
import { tiktokProfileScraper, tiktokScraper } from '#src/actors/tiktok.ts';
import { tweetScraper } from '#src/actors/x.ts';
import { youtubeScraper } from '#src/actors/youtube.ts';

/** Every actor that can be run; a new platform's actors join here. */
const ACTORS: readonly Actor[] = [
  tiktokScraper,
  tiktokProfileScraper,
  youtubeScraper,
  instagramReelScraper,
  instagramScraper,
  instagramProfileScraper,
  tweetScraper,
];

/** The platform's own id of an actor: 17 letters and digits. */
export function actorId(name: string): string {
  return createHash('sha256').update(name).digest('base64').replace(/[+/=]/g, '').slice(0, 17);
}

/** An actor by "user~name", "user/name" or its id. */
export function findActor(idOrName: string): Actor | undefined {
  const name = idOrName.replace('~', '/');
  return ACTORS.find((actor) => actor.name === name || actorId(actor.name) === idOrName);
}

export function actorByName(name: string): Actor | undefined {
  return ACTORS.find((actor) => actor.name === name);
}
