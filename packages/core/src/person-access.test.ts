import { describe, expect, it } from 'vitest';
import { ACCESS_ACTIONS, accessAfter, canChangeAccess, isActiveAdmin, type PersonAccess } from '#src/person-access.ts';

const clipper: PersonAccess = { role: 'CLIPPER', suspended: false };
const admin: PersonAccess = { role: 'ADMIN', suspended: false };
const suspended: PersonAccess = { role: 'CLIPPER', suspended: true };
const suspendedAdmin: PersonAccess = { role: 'ADMIN', suspended: true };

describe('what admins may do to somebody’s access', () => {
  it.each([
    ['a clipper', clipper, ['promote', 'suspend']],
    ['an admin', admin, ['demote', 'suspend']],
    ['a suspended clipper', suspended, ['restore']],
    ['a suspended admin', suspendedAdmin, ['demote', 'restore']],
  ])('depends on what they are: %s', (_who, person, actions) => {
    expect(ACCESS_ACTIONS.filter((action) => canChangeAccess(person, action))).toEqual(actions);
  });

  it('leads from one to the other and back', () => {
    expect(accessAfter(accessAfter(clipper, 'promote'), 'demote')).toEqual(clipper);
    expect(accessAfter(accessAfter(admin, 'suspend'), 'restore')).toEqual(admin);
  });

  it('is refused with a sentence otherwise', () => {
    expect(() => accessAfter(suspended, 'promote')).toThrow('Restore their account first');
    expect(() => accessAfter(clipper, 'demote')).toThrow('They are no admin.');
  });

  it('makes an admin of nobody who is suspended', () => {
    expect([clipper, admin, suspended, suspendedAdmin].map(isActiveAdmin)).toEqual([false, true, false, false]);
  });
});
