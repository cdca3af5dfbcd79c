/** What the acts of the audit log are called, in words that stand between who did it and what it was done to. */
const WORDS = {
  'campaign.create': 'created the campaign',
  'campaign.edit': 'changed the campaign',
  'campaign.publish': 'published the campaign',
  'campaign.pause': 'paused the campaign',
  'campaign.resume': 'resumed the campaign',
  'campaign.top_up': 'topped up the campaign',
  'campaign.complete': 'completed the campaign',
  'campaign.cancel': 'cancelled the campaign',
  'campaign.archive': 'archived the campaign',
  'campaign.restore': 'brought back the campaign',
  'campaign.duplicate': 'made a copy, the campaign',
  'submission.submit': 'submitted the clip',
  'submission.followLink': 'submitted a short link',
  'submission.first_read': 'turned down, at its first read, the clip',
  'submission.duplicate': 'found that somebody has submitted before the clip',
  'submission.go_over': 'found another video behind the link of the clip',
  'submission.hold': 'put on hold the clip',
  'submission.withdraw': 'withdrew the clip',
  'submission.approve': 'approved the clip',
  'submission.reject': 'rejected the clip',
  'submission.revoke': 'revoked the approval of the clip',
  'submission.reverse_earnings': 'took back earnings of the clip',
  'submission.releaseHold': 'released the hold of the clip',
  'social_account.add': 'added the social account',
  'social_account.verify': 'verified the social account',
  'social_account.remove': 'removed the social account',
  'user.create': 'created the account of',
  'user.claim_first_admin': 'became the first admin',
  'user.promote': 'promoted to admin',
  'user.demote': 'demoted to clipper',
  'user.suspend': 'suspended',
  'user.restore': 'restored',
  'demo.begin': 'began the demo of',
  'demo.seed': 'filled the demo of',
} as const satisfies Record<string, string>;

/** Every act that is recorded. */
export type AuditAction = keyof typeof WORDS;

/** An act in words; one that has none here is told by its own name: "campaign.put_off" is "put off (campaign)". */
export function auditWords(action: string): string {
  if (isKnown(action)) return WORDS[action];
  const [noun = '', verb = ''] = action.split('.');
  return verb === '' ? spaced(noun) : `${spaced(verb)} (${spaced(noun)})`;
}

function isKnown(action: string): action is AuditAction {
  return Object.hasOwn(WORDS, action);
}

function spaced(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}
