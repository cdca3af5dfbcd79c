import { Copy, ExternalLink, ListChecks, type LucideIcon, Pause, Pencil, Play, ScrollText } from 'lucide-react';
import type { Found } from '#src/client/outputs.ts';

/** A campaign or a person that was found, for which the palette lists what can be done. */
export type PaletteThing =
  | ({ kind: 'campaign' } & Found['campaigns'][number])
  | ({ kind: 'person' } & Found['people'][number]);

export interface ThingAct {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly act:
    | { readonly kind: 'go'; readonly href: string }
    | { readonly kind: 'pause' | 'resume' | 'duplicate'; readonly id: string };
}

export function thingName(thing: PaletteThing): string {
  return thing.kind === 'campaign' ? thing.title : thing.name;
}

/**
 * What can be done with it. What cannot be undone (to complete, to cancel, to suspend) is not here: its page says first
 * what it would do.
 */
export function thingActs(thing: PaletteThing): ThingAct[] {
  const go = (id: string, label: string, icon: LucideIcon, href: string): ThingAct => ({
    id,
    label,
    icon,
    act: { kind: 'go', href },
  });
  const { id } = thing;
  const history = go('history', 'See what was done to it in the audit log', ScrollText, `/audit?about=${id}`);
  if (thing.kind === 'person') {
    return [
      go('open', 'Open', ExternalLink, `/people/${id}`),
      go('acts', 'See what they did in the audit log', ScrollText, `/audit?who=${id}`),
      { ...history, label: 'See what was done to them in the audit log' },
    ];
  }
  return [
    go('open', 'Open', ExternalLink, `/campaigns/${id}`),
    ...(thing.status === 'ACTIVE'
      ? [{ id: 'pause', label: 'Pause', icon: Pause, act: { kind: 'pause', id } } as const]
      : []),
    ...(thing.status === 'PAUSED'
      ? [{ id: 'resume', label: 'Resume', icon: Play, act: { kind: 'resume', id } } as const]
      : []),
    ...(thing.status === 'COMPLETED' || thing.status === 'CANCELLED'
      ? []
      : [go('edit', 'Edit', Pencil, `/campaigns/${id}/edit`)]),
    { id: 'copy', label: 'Duplicate', icon: Copy, act: { kind: 'duplicate', id } },
    go('review', 'Review its submissions', ListChecks, `/review?campaign=${id}`),
    history,
  ];
}
