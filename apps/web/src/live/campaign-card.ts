import { formatDecimal, parseMicros, subtractMicros } from '@clipmeter/core/money';
import type { CampaignCard } from '#src/client/outputs.ts';
import type { Payload } from '#src/live/page-event.ts';

/**
 * The card after an event. An event that is not newer than the card, or is another campaign's, changes nothing: the
 * very same object comes back, so that nothing renders again.
 */
export function applyToCard<Card extends CampaignCard>(card: Card, event: Payload<'campaign.changed'>): Card {
  if (event.campaignId !== card.id || event.version <= card.version) return card;
  return {
    ...card,
    version: event.version,
    status: event.status,
    budget: event.budget,
    spent: event.spent,
    expected: event.expected,
    left: formatDecimal(subtractMicros(parseMicros(event.budget), parseMicros(event.spent))),
    closing: event.closing,
    completedAt: event.completedAt,
    completionReason: event.completionReason,
    released: event.released,
  };
}

/** A list of cards after an event: the same list if no card changed. */
export function applyToCards(cards: CampaignCard[], event: Payload<'campaign.changed'>): CampaignCard[] {
  const index = cards.findIndex((card) => card.id === event.campaignId);
  const card = cards[index];
  if (card === undefined) return cards;
  const changed = applyToCard(card, event);
  return changed === card ? cards : cards.with(index, changed);
}
