// biome-ignore lint/style/noRestrictedImports: a fixture is a part of tests
import type { LockProbe } from '@clipmeter/testing/lock-probe';

/** Probes of the locks that this app takes by itself. */
export const TRACKER_LOCK_PROBES: readonly LockProbe[] = [];
