import { deviceName } from '@clipmeter/core/device-name';
import { DomainError } from '@clipmeter/core/domain-error';
import { readProfile, readSessions } from '@clipmeter/db/read-account';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { SignedInContext } from '#src/context.ts';

const PASSWORD_METHOD = 'credential';

/** The viewer's own profile. */
export function myProfile({ pool, viewer }: SignedInContext) {
  return readSnapshot(pool, async (tx) => {
    const profile = await readProfile(tx, viewer.userId);
    if (profile === null) throw new DomainError('NOT_FOUND', 'This account is gone.');
    const { signInMethods, ...rest } = profile;
    return {
      ...rest,
      hasPassword: signInMethods.includes(PASSWORD_METHOD),
      providers: signInMethods.filter((method) => method !== PASSWORD_METHOD),
    };
  });
}

/** Where the viewer is signed in: this sign-in first, then the latest. */
export function mySignIns({ pool, viewer, now }: SignedInContext) {
  return readSnapshot(pool, async (tx) => {
    const rows = await readSessions(tx, viewer.userId, now());
    const items = rows.map(({ id, userAgent, ipAddress, createdAt, expiresAt }) => {
      const { name, kind } = deviceName(userAgent);
      return {
        id,
        device: name,
        kind,
        address: ipAddress,
        since: createdAt,
        expiresAt,
        isThis: id === viewer.sessionId,
      };
    });
    return { items: items.toSorted((a, b) => Number(b.isThis) - Number(a.isThis)) };
  });
}
