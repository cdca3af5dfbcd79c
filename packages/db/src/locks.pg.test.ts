import { LOCK_PROBES } from '@clipmeter/testing/lock-probes';
import { createTestDatabase } from '@clipmeter/testing/test-database';
import { expect, test } from 'vitest';

/** `npm run soak -- --mutate` shows for each lock that one of these fails without it. */
test.each(LOCK_PROBES)('$name', async (probe) => {
  const { pool, ownerPool: plain, drop } = await createTestDatabase();
  try {
    expect(await probe.run({ pool, plain })).toBeNull();
  } finally {
    await drop();
  }
});
