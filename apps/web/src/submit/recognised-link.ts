import { type ClipLink, parseClipLink } from '@clipmeter/core/clip-link';
import { DomainError } from '@clipmeter/core/domain-error';
import { type Platform, platformName } from '@clipmeter/core/platform';

/** What is in the field, as far as it can be told without asking anybody. */
export type RecognisedLink =
  | { readonly kind: 'empty' }
  | { readonly kind: 'link'; readonly link: ClipLink; readonly words: string }
  /** One sentence. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Reads a link while it is typed. `platforms`: those of the campaign that it is for, once that is chosen. */
export function recognisedLink(text: string, platforms: readonly Platform[] | null): RecognisedLink {
  if (text.trim() === '') return { kind: 'empty' };
  const link = parsed(text);
  if (link instanceof DomainError) return { kind: 'refused', reason: link.message };
  if (platforms !== null && !platforms.includes(link.platform)) {
    const wanted = platforms.map(platformName).join(', ');
    return {
      kind: 'refused',
      reason: `This campaign takes clips from ${wanted}, not from ${platformName(link.platform)}.`,
    };
  }
  return { kind: 'link', link, words: wordsOf(link) };
}

function parsed(text: string): ClipLink | DomainError {
  try {
    return parseClipLink(text);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

function wordsOf(link: ClipLink): string {
  const name = platformName(link.platform);
  return link.kind === 'short'
    ? `A short ${name} link: it is followed to its video when you submit it.`
    : `${name} video ${link.externalId}`;
}
