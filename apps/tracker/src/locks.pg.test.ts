import { createTestDatabase } from '@clipmeter/testing/test-database';
import { expect, test } from 'vitest';
import { TRACKER_LOCK_PROBES } from '#src/lock-probes.fixture.ts';

/** `npm run soak -- --mutate` shows for each lock that one of these fails without it. */
test.each(TRACKER_LOCK_PROBES)('$name', async (probe) => {
  const { pool, ownerPool: plain, drop } = await createTestDatabase();
  try {
    expect(await probe.run({ pool, plain })).toBeNull();
  } finally {
    await drop();
  }
});
