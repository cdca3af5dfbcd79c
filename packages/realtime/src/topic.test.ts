import { describe, expect, it } from 'vitest';
import {
  ADMIN_TOPIC,
  campaignTopic,
  canSubscribe,
  EVERY_CAMPAIGN,
  EVERY_SESSION,
  PLATFORMS_TOPIC,
  sessionTopic,
  userTopic,
} from '#src/topic.ts';

const clipper = { userId: 'u1', role: 'CLIPPER' } as const;
const admin = { userId: 'u9', role: 'ADMIN' } as const;

describe('a viewer may follow', () => {
  it.each([campaignTopic('c1'), EVERY_CAMPAIGN, PLATFORMS_TOPIC, userTopic('u1')])('as a clipper %j', (topic) =>
    expect(canSubscribe(topic, clipper)).toBe(true),
  );
  it.each([
    userTopic('u2'),
    userTopic('u11'),
    ADMIN_TOPIC,
    EVERY_SESSION,
    { prefix: 'user:' },
    { prefix: '' },
    sessionTopic('u1'),
    'anything',
  ])('as a clipper never %j', (topic) => expect(canSubscribe(topic, clipper)).toBe(false));
  it.each([ADMIN_TOPIC, userTopic('u9'), campaignTopic('c1')])('as an admin %j', (topic) =>
    expect(canSubscribe(topic, admin)).toBe(true),
  );
  it.each([userTopic('u1'), EVERY_SESSION])('as an admin never %j', (topic) =>
    expect(canSubscribe(topic, admin)).toBe(false),
  );
});
