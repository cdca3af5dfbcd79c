/** What one may follow. A prefix follows every topic that begins with it. */
export type TopicFilter = string | { prefix: string };

export const ADMIN_TOPIC = 'admin';
/** How the platforms are doing: for every signed-in user. */
export const PLATFORMS_TOPIC = 'platforms';
export const EVERY_CAMPAIGN: TopicFilter = { prefix: 'campaign:' };
/** Ended sessions and changed access of everyone: only the tracker follows it, to close sockets. */
export const EVERY_SESSION: TopicFilter = { prefix: 'session:' };

export function campaignTopic(campaignId: string): `campaign:${string}` {
  return `campaign:${campaignId}`;
}

export function userTopic(userId: string): `user:${string}` {
  return `user:${userId}`;
}

/** `id` is a session's (it ended) or a user's (role or suspension changed). */
export function sessionTopic(id: string): `session:${string}` {
  return `session:${id}`;
}

export function topicMatches(filter: TopicFilter, topic: string): boolean {
  return typeof filter === 'string' ? filter === topic : topic.startsWith(filter.prefix);
}

/**
 * Whether a viewer may follow a topic. A campaign's totals and the platforms' state are for every signed-in user,
 * earnings for their owner, the rest for admins. Sessions are followed by no viewer.
 */
export function canSubscribe(topic: TopicFilter, viewer: { userId: string; role: 'CLIPPER' | 'ADMIN' }): boolean {
  if (typeof topic !== 'string') return topic.prefix === 'campaign:';
  if (topic.startsWith('campaign:') || topic === PLATFORMS_TOPIC) return true;
  if (topic === userTopic(viewer.userId)) return true;
  return topic === ADMIN_TOPIC && viewer.role === 'ADMIN';
}
