import type { Actor, OperationDeps } from '@clipmeter/api/context';
import { finishLink } from '@clipmeter/api/operations/finish-link';
import { submitClip } from '@clipmeter/api/operations/submit-clip';
import { deriveId } from '@clipmeter/core/id';
import { findLinkResolution } from '@clipmeter/db/link-resolution';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Timeline } from './demo-timeline.ts';

/** The code of a short link that leads to a video: the tracker follows it when the demo begins. */
export const DEMO_SHORT_CODE = 'ZMdemoGo1';

/** One short link led nowhere, and one is on its way when the demo begins. */
export function addLinks(timeline: Timeline, deps: OperationDeps, clipper: Actor, campaignId: string): void {
  const submit = (code: string) =>
    submitClip(deps, clipper, { id: idOf(code), campaignId, link: `https://vm.tiktok.com/${code}/` });
  const dead = 'ZMdemoNo1';
  timeline.add(9, () => submit(dead));
  timeline.add(8.9, async () => {
    const link = await withTransaction(deps.pool, (tx) => findLinkResolution(tx, idOf(dead)));
    if (link !== null) await finishLink(deps, link, { kind: 'refused', sentence: 'That link leads to no video.' });
  });
  timeline.add(0, () => submit(DEMO_SHORT_CODE));
}

const idOf = (code: string) => deriveId('demo', 'link', code);
