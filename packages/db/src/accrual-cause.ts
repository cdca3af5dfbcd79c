import { hash } from 'node:crypto';
import { asId, type CauseId } from '@clipmeter/core/id';

/** 48 bits of time and a dash, as a uuid begins. */
const TIME_LENGTH = 'xxxxxxxx-xxxx'.length;

/**
 * What an accrual is caused by: a clip's read by a run, or by the end of a closing round. The same for the same two, for
 * ever, so that a redelivery moves nothing. It begins as the run's id does, which is its time, and goes on with 74 bits of
 * a hash of both: causes of one batch stand side by side in the ledger's unique key, where hashes alone would each need a
 * page of their own. Version 8 of a uuid, its maker's own (RFC 9562, section 5.8).
 */
export function accrualCause(clipId: string, runId: string): CauseId {
  const digest = hash('sha256', `${clipId}/${runId}`);
  const variant = VARIANT_DIGITS[Number.parseInt(digest[3] ?? '0', 16) & 3];
  return asId<CauseId>(
    `${runId.slice(0, TIME_LENGTH)}-8${digest.slice(0, 3)}-${variant}${digest.slice(4, 7)}-${digest.slice(7, 19)}`,
  );
}

const VARIANT_DIGITS = '89ab';
