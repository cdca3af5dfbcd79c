/** What a person may have to be told. Each has its words below; docs/operate.md has the same list. */
export const ALERT_KINDS = [
  'billing_stop',
  'platform_incident',
  'input_refused',
  'daily_limit',
  'reads_slowed',
  'run_given_up',
  'audit_difference',
  'mail_failing',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export interface AlertWords {
  /** What it is, in a few words and without a full stop. */
  readonly title: string;
  /** What to do, in one sentence. */
  readonly remedy: string;
}

const WORDS: Record<AlertKind, AlertWords> = {
  billing_stop: {
    title: 'Reads stopped for billing or access',
    remedy:
      'Pay the platform, or replace its token and restart the trackers; it is tried every 15 minutes and goes on by itself.',
  },
  platform_incident: {
    title: 'Runs bring back too little',
    remedy: 'Wait: no clip is marked, and the platform is read less often until it answers again.',
  },
  input_refused: {
    title: 'A run was refused for what it asked',
    remedy: 'Wait: the clip that is refused is found by reading parts of the run apart, and the others are read on.',
  },
  daily_limit: {
    title: 'Spending limit of the day reached',
    remedy: 'Raise DAILY_SPEND_LIMIT_USD and restart the tracker, or wait for midnight UTC.',
  },
  reads_slowed: {
    title: 'Spending limit slows the reads',
    remedy: 'Raise DAILY_SPEND_LIMIT_USD and restart the tracker, or accept that views pay later.',
  },
  mail_failing: {
    title: 'Mails do not go out',
    remedy: 'Look at SMTP_URL and the mail server; mails wait for three days and go out by themselves.',
  },
  run_given_up: {
    title: 'Runs were given up',
    remedy: "Look for failed jobs in the tracker's log; the clips are read again by themselves.",
  },
  audit_difference: {
    title: 'The books do not agree',
    remedy:
      'Pay nothing out, take a backup before anything else, and find when the first difference that the audit names began.',
  },
};

/** The words for an alert, on pages and in the webhook. A kind that a newer version stored is told by its name. */
export function alertWords(kind: string): AlertWords {
  const known = ALERT_KINDS.find((each) => each === kind);
  return known === undefined
    ? { title: kind, remedy: 'This version does not know it: look into docs/operate.md of the one that runs.' }
    : WORDS[known];
}
