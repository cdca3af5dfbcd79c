import type { Actor, OperationDeps } from '@clipmeter/api/context';
import { addSocialAccount } from '@clipmeter/api/operations/add-social-account';
import { finishAccountCheck, type ProfileLook } from '@clipmeter/api/operations/finish-account-check';
import { verifySocialAccount } from '@clipmeter/api/operations/verify-social-account';
import { deriveId } from '@clipmeter/core/id';
import type { Platform } from '@clipmeter/core/platform';
import { type AccountFate, authorIdOf, DEMO_PROVED, DEMO_UNPROVED, type DemoClipper } from './demo-people.ts';
import type { Timeline } from './demo-timeline.ts';

interface OwnAccount {
  clipper: DemoClipper;
  platform: Platform;
  handle: string;
}

/** An hour holds five looks at profiles, and twenty minutes apart are three. */
const APART_HOURS = 0.34;
const PROVED_HOURS_AGO = 330;
const LOOKS_OF_USED_UP = 10;

/** Clippers add their accounts; most prove them, some are on the way. */
export function addAccounts(timeline: Timeline, deps: OperationDeps, clippers: Actor[]): void {
  for (const [index, account] of DEMO_PROVED.entries()) {
    const hoursAgo = PROVED_HOURS_AGO - index * APART_HOURS;
    timeline.add(hoursAgo, () => add(deps, clippers, account));
    timeline.add(hoursAgo - 0.1, () => look(deps, clippers, account, 'proved'));
  }
  for (const { fate, ...account } of DEMO_UNPROVED) addUnproved(timeline, deps, clippers, account, fate);
}

function addUnproved(
  timeline: Timeline,
  deps: OperationDeps,
  clippers: Actor[],
  account: OwnAccount,
  fate: AccountFate,
): void {
  const addedHoursAgo = fate === 'expired' ? 80 : 6;
  timeline.add(addedHoursAgo, () => add(deps, clippers, account));
  if (fate === 'expired' || fate === 'waiting') return;
  if (fate === 'reading') {
    timeline.add(0, () => verifySocialAccount(deps, actorOf(clippers, account), { id: idOf(account) }));
    return;
  }
  const looks = fate === 'used_up' ? LOOKS_OF_USED_UP : 1;
  for (let each = 0; each < looks; each += 1) {
    timeline.add(addedHoursAgo - 0.2 - each * APART_HOURS, () => look(deps, clippers, account, fate));
  }
}

const idOf = ({ clipper, platform, handle }: OwnAccount) =>
  deriveId('demo', 'account', String(clipper), platform, handle);

function actorOf(clippers: Actor[], { clipper }: OwnAccount): Actor {
  const actor = clippers[clipper];
  if (actor === undefined) throw new Error('The demo lacks people.');
  return actor;
}

function add(deps: OperationDeps, clippers: Actor[], account: OwnAccount): Promise<unknown> {
  const { platform, handle } = account;
  return addSocialAccount(deps, actorOf(clippers, account), { id: idOf(account), platform, handle });
}

/** The clipper presses verify, and the profile is read. */
async function look(
  deps: OperationDeps,
  clippers: Actor[],
  account: OwnAccount,
  outcome: Exclude<AccountFate, 'expired' | 'waiting' | 'reading'> | 'proved',
): Promise<void> {
  const asked = await verifySocialAccount(deps, actorOf(clippers, account), { id: idOf(account) });
  const { platform, handle } = account;
  const hasCode = outcome === 'proved' || outcome === 'taken';
  const seen: ProfileLook =
    outcome === 'not_found' || outcome === 'unreadable'
      ? { kind: outcome }
      : {
          kind: 'found',
          profile: {
            externalId: authorIdOf(platform, handle),
            handle,
            displayName: handle.replace(/[._]/g, ' '),
            bio: hasCode ? `clips and cuts ${asked.code ?? ''}` : 'clips and cuts',
          },
        };
  await finishAccountCheck(deps, asked, seen);
}
