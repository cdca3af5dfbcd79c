import { describe, expect, it } from 'vitest';
import { CAMPAIGN_ACTIONS, CAMPAIGN_STATUSES, campaignCan, campaignStatusAfter, isFinal } from '#src/campaign-state.ts';
import { PAYOUT_ACTIONS, PAYOUT_STATUSES, payoutCan, payoutStatusAfter } from '#src/payout-state.ts';
import {
  SUBMISSION_ACTIONS,
  SUBMISSION_STATUSES,
  submissionCan,
  submissionStatusAfter,
} from '#src/submission-state.ts';

describe.each([
  ['campaign', CAMPAIGN_STATUSES, CAMPAIGN_ACTIONS],
  ['submission', SUBMISSION_STATUSES, SUBMISSION_ACTIONS],
  ['payout', PAYOUT_STATUSES, PAYOUT_ACTIONS],
])('the states of a %s', (_, statuses, actions) => {
  it('can all be reached from the first', () => {
    const reached = new Set<string>([statuses[0]]);
    for (const _status of statuses) {
      for (const { from, to } of Object.values(actions)) {
        if (to !== null && from.some((status: string) => reached.has(status))) reached.add(to);
      }
    }
    expect([...reached].toSorted()).toEqual([...statuses].toSorted());
  });
});

describe('a campaign', () => {
  it.each([
    ['DRAFT', ['publish', 'schedule', 'cancel', 'topUp', 'edit', 'archive', 'restore']],
    ['SCHEDULED', ['start', 'cancel', 'topUp', 'edit']],
    ['ACTIVE', ['pause', 'complete', 'cancel', 'topUp', 'edit']],
    ['PAUSED', ['resume', 'complete', 'cancel', 'topUp', 'edit']],
    ['COMPLETED', ['archive', 'restore']],
    ['CANCELLED', ['archive', 'restore']],
  ] as const)('that is %s allows exactly %j', (status, allowed) => {
    const possible = Object.entries(campaignCan).filter(([, can]) => can({ status }));
    expect(possible.map(([action]) => action)).toEqual(allowed);
    expect(isFinal({ status })).toBe(status === 'COMPLETED' || status === 'CANCELLED');
  });

  it('goes to the state of the action, or stays', () => {
    expect(campaignStatusAfter({ status: 'ACTIVE' }, 'pause')).toBe('PAUSED');
    expect(campaignStatusAfter({ status: 'PAUSED' }, 'topUp')).toBe('PAUSED');
  });

  it('says what it is when the action is wrong', () => {
    expect(() => campaignStatusAfter({ status: 'COMPLETED' }, 'topUp')).toThrow(
      expect.objectContaining({ code: 'WRONG_STATE', message: 'A completed campaign cannot be topped up.' }),
    );
    expect(() => campaignStatusAfter({ status: 'ACTIVE' }, 'start')).toThrow('An active campaign cannot be started.');
  });
});

it.each([
  ['PENDING', ['requestApproval', 'approve', 'reject', 'withdraw']],
  ['APPROVED', ['rebase', 'revoke']],
  ['REJECTED', []],
  ['WITHDRAWN', []],
  ['REVOKED', []],
] as const)('a submission that is %s allows exactly %j', (status, allowed) => {
  const possible = Object.entries(submissionCan).filter(([, can]) => can({ status }));
  expect(possible.map(([action]) => action)).toEqual(allowed);
  if (status === 'REVOKED') expect(() => submissionStatusAfter({ status }, 'approve')).toThrow('A revoked submission');
});

it.each([
  ['PENDING', ['approve', 'reject', 'cancel']],
  ['APPROVED', ['reject', 'start']],
  ['PROCESSING', ['putBack', 'complete']],
  ['COMPLETED', ['markReturned']],
  ['REJECTED', []],
  ['CANCELLED', []],
] as const)('a payout request that is %s allows exactly %j', (status, allowed) => {
  const possible = Object.entries(payoutCan).filter(([, can]) => can({ status }));
  expect(possible.map(([action]) => action)).toEqual(allowed);
  if (status === 'PENDING') expect(() => payoutStatusAfter({ status }, 'complete')).toThrow('A pending payout request');
});
