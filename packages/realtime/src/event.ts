import type { CheckOutcome } from '@clipmeter/core/account-proof';
import type { CampaignStatus, CompletionReason } from '@clipmeter/core/campaign-state';
import type { Platform } from '@clipmeter/core/platform';
import type { SubmissionStatus } from '@clipmeter/core/submission-state';

/**
 * What reaches an open page. Every payload carries absolute values and the `version` of the row they come from: a reader
 * drops what is not newer than what it has, so the order of commits, a replay and a conflated event are all harmless.
 *
 * Money is a decimal string with six places of the campaign's (or account's) currency, never a number. A time is an
 * ISO 8601 string in UTC. Views and versions are safe integers.
 */
export type LiveEvent =
  | CampaignChanged
  | CampaignEdited
  | EarningsChanged
  | SubmissionChanged
  | LinkChanged
  | AccountChanged
  | NotificationCreated
  | NotificationsRead
  | RunFinished
  | PlatformChanged
  | PlatformDetail
  | AlertChanged
  | ClipEarned
  | AuditAppended
  | ProfileChanged
  | SessionsChanged
  | PersonChanged
  | SessionEnded
  | AccessChanged;

/** "1234.500000" */
export type DecimalString = string;
/** "2026-11-22T14:03:00.000Z" */
export type IsoTime = string;

/** On `campaign:ID`: totals, and the clips that changed. Nobody's earnings: any signed-in clipper may see it. */
export interface CampaignChanged {
  topic: `campaign:${string}`;
  type: 'campaign.changed';
  payload: {
    campaignId: string;
    version: number;
    status: CampaignStatus;
    budget: DecimalString;
    spent: DecimalString;
    /** A forecast until the next reads; it is in no sum. */
    expected: DecimalString;
    /** A closing round is open: its clips are read once more. */
    closing: boolean;
    completedAt: IsoTime | null;
    completionReason: CompletionReason | null;
    /** Pending has become available for every clipper of a finished campaign. */
    released: boolean;
    /** At most `CLIPS_PER_EVENT_MAX`: those that changed, the fastest first. */
    clips: ClipViews[];
    /** More clips changed than are told: a page that shows one of the others asks again. */
    truncated?: true | undefined;
    at: IsoTime;
  };
}

/** On `campaign:ID`: what it says or offers has changed, or whether lists show it. What exactly is fetched. */
export interface CampaignEdited {
  topic: `campaign:${string}`;
  type: 'campaign.edited';
  payload: { campaignId: string; status: CampaignStatus; at: IsoTime };
}

export interface ClipViews {
  clipId: string;
  version: number;
  views: number;
  readAt: IsoTime | null;
}

/**
 * On `user:ID`: what one clipper owns. One event a clipper and settlement; more than one only if more than
 * `CLIPS_PER_EVENT_MAX` clips (or balances) changed, each with the next so many.
 */
export interface EarningsChanged {
  topic: `user:${string}`;
  type: 'earnings.changed';
  payload: { userId: string; balances: AccountBalance[]; clips: OwnClip[]; at: IsoTime };
}

export interface AccountBalance {
  kind: 'pending' | 'available' | 'reserved' | 'paid';
  /** Set for `pending`, which is kept for each campaign. */
  campaignId: string | null;
  balance: DecimalString;
  version: number;
}

export interface OwnClip extends ClipViews {
  campaignId: string;
  /** The clip's lifetime earnings (`clips.earnings`). */
  earnings: DecimalString;
  /** What it has been credited in this campaign, in all. */
  credited: DecimalString;
}

/** On `user:ID` for its clipper, and on `admin` for the review queue. */
export interface SubmissionChanged {
  topic: `user:${string}` | 'admin';
  type: 'submission.changed';
  payload: {
    submissionId: string;
    clipId: string;
    campaignId: string;
    status: SubmissionStatus;
    /** An admin said yes; it stays PENDING until its video has been read. */
    approvalRequested: boolean;
    /** The admin who did it, for the other admins; never on a clipper's topic. */
    by?: { userId: string; name: string } | undefined;
    at: IsoTime;
  };
}

/** On `user:ID`: how far a short or share link has come that its clipper submitted. */
export interface LinkChanged {
  topic: `user:${string}`;
  type: 'link.changed';
  payload: {
    linkId: string;
    campaignId: string;
    url: string;
    /** WAITING until it has been followed; RESOLVED: it is submitted; FAILED: it leads to nothing that can be. */
    status: LinkStatus;
    /** One sentence for the clipper, when it failed. */
    reason: string | null;
    submissionId: string | null;
    at: IsoTime;
  };
}

/** On `user:ID`: one of its clipper's social accounts, and how far it is from being proved. */
export interface AccountChanged {
  topic: `user:${string}`;
  type: 'account.changed';
  payload: {
    accountId: string;
    platform: Platform;
    handle: string;
    displayName: string | null;
    code: string | null;
    codeExpiresAt: IsoTime | null;
    attempts: number;
    verifiedAt: IsoTime | null;
    checkRequestedAt: IsoTime | null;
    checkedAt: IsoTime | null;
    checkOutcome: CheckOutcome | null;
    removed: boolean;
    createdAt: IsoTime;
    version: number;
    at: IsoTime;
  };
}

export type LinkStatus = 'WAITING' | 'RESOLVED' | 'FAILED';

/** On `user:ID`. */
export interface NotificationCreated {
  topic: `user:${string}`;
  type: 'notification.created';
  payload: { id: string; kind: string; title: string; body: string; link: string | null; at: IsoTime };
}

/** On `user:ID`: its owner has seen some of them, on one of the open pages. */
export interface NotificationsRead {
  topic: `user:${string}`;
  type: 'notifications.read';
  /** Null: all that there were at that time. */
  payload: { ids: string[] | null; at: IsoTime };
}

/** On `admin`: one line a batch. */
export interface RunFinished {
  topic: 'admin';
  type: 'run.finished';
  payload: {
    runId: string;
    platform: Platform;
    claimed: number;
    read: number;
    unknown: number;
    unavailable: number;
    credited: DecimalString;
    cost: DecimalString | null;
    durationMs: number;
    error: string | null;
    /** The run had been told before, with other figures: these are the right ones. */
    corrected?: true | undefined;
    at: IsoTime;
  };
}

/**
 * On `platforms`, which every signed-in user may follow ("TikTok reads delayed since 13:20"). `reason` is one of the
 * sentences of core/platform-notice; what the platform itself said is in `platform.detail`.
 */
export interface PlatformChanged {
  topic: 'platforms';
  type: 'platform.changed';
  payload: {
    platform: Platform;
    status: 'OK' | 'DELAYED' | 'STOPPED';
    since: IsoTime;
    reason: string | null;
    version: number;
  };
}

/** On `admin`: why a platform is late, in its own words. */
export interface PlatformDetail {
  topic: 'admin';
  type: 'platform.detail';
  payload: {
    platform: Platform;
    reason: string | null;
    lastError: string | null;
    lastErrorAt: IsoTime | null;
    version: number;
  };
}

/** On `admin`. */
export interface AlertChanged {
  topic: 'admin';
  type: 'alert.changed';
  payload: { id: string; kind: string; message: string; count: number; resolved: boolean; at: IsoTime };
}

/** On `admin`: the earnings that `campaign.changed` leaves out, `CLIPS_PER_EVENT_MAX` clips an event. */
export interface ClipEarned {
  topic: 'admin';
  type: 'clip.earned';
  payload: { campaignId: string; clips: ClipEarnings[]; at: IsoTime };
}

export interface ClipEarnings {
  clipId: string;
  version: number;
  /** Lifetime. */
  earnings: DecimalString;
  /** In this campaign, in all. */
  credited: DecimalString;
}

/** On `admin`: somebody did something that the audit log keeps. What exactly is fetched. */
export interface AuditAppended {
  topic: 'admin';
  type: 'audit.appended';
  payload: {
    id: string;
    /** Null: the system. */
    actorId: string | null;
    action: string;
    subjectKind: string;
    subjectId: string;
    at: IsoTime;
  };
}

/** On `user:ID`, written by a trigger: the viewer's own name, address, its confirmation or role. What it is now is fetched. */
export interface ProfileChanged {
  topic: `user:${string}`;
  type: 'profile.changed';
  payload: { userId: string; at: IsoTime };
}

/** On `user:ID`, written by a trigger: the viewer signed in somewhere, or a sign-in of theirs ended. */
export interface SessionsChanged {
  topic: `user:${string}`;
  type: 'sessions.changed';
  payload: { userId: string; at: IsoTime };
}

/** On `admin`, written by a trigger: somebody is new, or what the list of people shows of them changed. */
export interface PersonChanged {
  topic: 'admin';
  type: 'person.changed';
  /** Null: several people at once. */
  payload: { userId: string | null; at: IsoTime };
}

/** On `session:SESSION_ID`, written by a trigger when a session is deleted: its sockets are closed. */
export interface SessionEnded {
  topic: `session:${string}`;
  type: 'session.ended';
  payload: { sessionId: string; userId: string };
}

/** On `session:USER_ID`, written by a trigger when a role or a suspension changes: that user's sockets are closed. */
export interface AccessChanged {
  topic: `session:${string}`;
  type: 'access.changed';
  payload: { userId: string };
}

/** Clips (and balances) in one event, so that its size has a limit: some 20 KB of the 1 MiB that a socket may cost. */
export const CLIPS_PER_EVENT_MAX = 100;
