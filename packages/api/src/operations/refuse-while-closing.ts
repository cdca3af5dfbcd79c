import { DomainError } from '@clipmeter/core/domain-error';

/** @throws DomainError WRONG_STATE while the campaign's last reads are being gathered */
export function refuseWhileClosing(campaign: { closingRoundId: string | null }): void {
  if (campaign.closingRoundId !== null) {
    throw new DomainError('WRONG_STATE', 'This campaign is closing: its clips are being read a last time.');
  }
}
