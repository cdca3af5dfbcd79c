import type { SubmissionStatus } from '#src/submission-state.ts';

/** Everything that a submission can be on its clipper's page. */
export const SUBMISSION_STAGES = [
  'following',
  'link_failed',
  'reading',
  'read_late',
  'waiting',
  'approving',
  'approval_late',
  'approved',
  'on_hold',
  'rejected',
  'withdrawn',
  'revoked',
] as const;
export type SubmissionStageName = (typeof SUBMISSION_STAGES)[number];

/** What is known of a submission. */
export interface SubmissionFacts {
  readonly status: SubmissionStatus;
  /** None: its video was not read for it yet. */
  readonly firstReadAt: string | null;
  /** Why its first read takes longer, in words. */
  readonly firstReadBlocked: string | null;
  readonly approvalRequestedAt: string | null;
  /** Why its approval waits, in words. */
  readonly approvalBlocked: string | null;
  /** Why it was rejected or revoked, in words. */
  readonly reason: string | null;
  /** Why it is on hold, in words. */
  readonly heldReason: string | null;
}

/** A short or share link on its way to its video. */
export interface LinkFacts {
  readonly status: 'WAITING' | 'RESOLVED' | 'FAILED';
  readonly reason: string | null;
}

export interface SubmissionStage {
  readonly name: SubmissionStageName;
  readonly word: string;
  readonly tone: 'neutral' | 'good' | 'warn' | 'bad';
  /** Something happens by itself right now. */
  readonly isWorking: boolean;
  /** Why, and what comes next. */
  readonly sentence: string;
}

const LOOKS: Record<SubmissionStageName, Omit<SubmissionStage, 'name' | 'sentence'>> = {
  following: { word: 'Following the link', tone: 'neutral', isWorking: true },
  link_failed: { word: 'Not submitted', tone: 'bad', isWorking: false },
  reading: { word: 'Reading the video', tone: 'neutral', isWorking: true },
  read_late: { word: 'Still reading', tone: 'warn', isWorking: true },
  waiting: { word: 'Waiting for review', tone: 'neutral', isWorking: false },
  approving: { word: 'Approved, reading', tone: 'good', isWorking: true },
  approval_late: { word: 'Approved, still reading', tone: 'warn', isWorking: true },
  approved: { word: 'Approved', tone: 'good', isWorking: false },
  on_hold: { word: 'On hold', tone: 'warn', isWorking: false },
  rejected: { word: 'Not accepted', tone: 'bad', isWorking: false },
  withdrawn: { word: 'Withdrawn', tone: 'neutral', isWorking: false },
  revoked: { word: 'Revoked', tone: 'bad', isWorking: false },
};

const SENTENCES: Record<SubmissionStageName, string> = {
  following: 'The short link is being followed to its video.',
  link_failed: 'That link leads to no video that can be submitted.',
  reading: 'The video is being read: whose it is and when it was posted.',
  read_late: 'The video could not be read yet. It is tried again.',
  waiting: 'The video was read. An admin looks at it next.',
  approving: 'An admin said yes. It counts from the read that is under way.',
  approval_late: 'An admin said yes. It counts from the next read that succeeds.',
  approved: 'Its views count.',
  on_hold: 'It earns nothing until an admin has looked at it.',
  rejected: 'It was not accepted. Its link is free again.',
  withdrawn: 'You took it back. Its link is free again.',
  revoked: 'Its approval was taken back. It earns nothing more.',
};

/** How a submission stands now, as a word and a sentence. */
export function submissionStage(facts: SubmissionFacts): SubmissionStage {
  const name = nameOf(facts);
  return { name, ...LOOKS[name], sentence: ownWords(name, facts) ?? SENTENCES[name] };
}

/** How far a short link has come, in the same terms. */
export function linkStage({ status, reason }: LinkFacts): SubmissionStage {
  const name = status === 'FAILED' ? 'link_failed' : status === 'RESOLVED' ? 'reading' : 'following';
  return { name, ...LOOKS[name], sentence: (name === 'link_failed' && reason) || SENTENCES[name] };
}

function nameOf(facts: SubmissionFacts): SubmissionStageName {
  switch (facts.status) {
    case 'APPROVED':
      return facts.heldReason === null ? 'approved' : 'on_hold';
    case 'REJECTED':
      return 'rejected';
    case 'WITHDRAWN':
      return 'withdrawn';
    case 'REVOKED':
      return 'revoked';
    case 'PENDING':
      if (facts.approvalRequestedAt !== null) return facts.approvalBlocked === null ? 'approving' : 'approval_late';
      if (facts.firstReadAt !== null) return 'waiting';
      return facts.firstReadBlocked === null ? 'reading' : 'read_late';
  }
}

function ownWords(name: SubmissionStageName, facts: SubmissionFacts): string | null {
  if (name === 'read_late') return facts.firstReadBlocked;
  if (name === 'approval_late') return facts.approvalBlocked;
  if (name === 'on_hold') return facts.heldReason;
  if (name === 'rejected' || name === 'revoked') return facts.reason;
  return null;
}
