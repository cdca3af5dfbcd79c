'use client';

import { Overlay } from '@clipmeter/ui/overlay';
import { Command } from 'cmdk';
import { ChevronLeft, LoaderCircle, Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { useState } from 'react';
import { trpc } from '#src/client/trpc.ts';
import { COMMANDS, matching, type PaletteCommand } from '#src/palette/command-list.ts';
import { FoundGroups } from '#src/palette/found-groups.tsx';
import { PaletteGroup, PaletteItem } from '#src/palette/palette-item.tsx';
import { type PaletteThing, type ThingAct, thingActs, thingName } from '#src/palette/thing-acts.ts';
import { useSearch } from '#src/palette/use-search.ts';

interface PaletteDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Finds people, campaigns, clips and payouts, and does what is done often. */
export function PaletteDialog({ open, onOpenChange }: PaletteDialogProps) {
  return (
    <Overlay open={open} onOpenChange={onOpenChange} title="Search and commands">
      <PaletteBody close={() => onOpenChange(false)} />
    </Overlay>
  );
}

/** Begins anew each time that the palette opens. */
function PaletteBody({ close }: { close: () => void }) {
  const [typed, setTyped] = useState('');
  const [thing, setThing] = useState<PaletteThing | null>(null);
  const [selected, setSelected] = useState('');
  const { found, isSearching, error } = useSearch(thing === null ? typed : '');
  const { run, go, pending, message } = useActs(close);
  const commands = thing === null ? matching(COMMANDS, typed) : [];
  const isEmpty =
    commands.length === 0 && (found === undefined || Object.values(found).every((list) => list.length === 0));
  const back = () => {
    setThing(null);
    setTyped('');
  };

  return (
    <Command
      label="Search and commands"
      shouldFilter={false}
      loop
      vimBindings={false}
      value={selected}
      onValueChange={setSelected}
      onKeyDown={(event) => {
        if (thing === null || (event.key !== 'Escape' && !(event.key === 'Backspace' && typed === ''))) return;
        event.preventDefault();
        event.stopPropagation();
        back();
      }}
      className="flex max-h-[inherit] flex-col"
    >
      <div className="flex h-13 shrink-0 items-center gap-2 border-b px-3">
        {thing === null ? (
          <Search aria-hidden className="mx-1 size-4 shrink-0 text-faint" />
        ) : (
          <button
            type="button"
            aria-label="Back to the search"
            onClick={back}
            className="grid size-11 shrink-0 place-items-center rounded-md text-muted hover:bg-sunken sm:size-8"
          >
            <ChevronLeft aria-hidden className="size-4" />
          </button>
        )}
        <Command.Input
          autoFocus
          value={typed}
          onValueChange={setTyped}
          placeholder={thing === null ? 'A name, an id, or what to do' : `What to do with ${thingName(thing)}`}
          className="h-full min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint sm:text-sm"
        />
        {isSearching ? <LoaderCircle aria-hidden className="size-4 animate-spin text-faint" /> : null}
      </div>
      <p role="status" className={message === null ? 'sr-only' : 'border-b px-4 py-2.5 text-sm'}>
        {message ?? (isSearching ? 'Searching' : '')}
      </p>
      <Command.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {thing === null ? (
          <>
            {commands.length === 0 ? null : (
              <PaletteGroup heading="Commands">
                {commands.map(({ id, label, icon, act }) => (
                  <PaletteItem
                    key={id}
                    id={`command ${id}`}
                    icon={icon}
                    label={label}
                    disabled={pending}
                    onSelect={() => run(act)}
                  />
                ))}
              </PaletteGroup>
            )}
            {found === undefined ? null : (
              <FoundGroups
                found={found}
                onChoose={(next) => {
                  setThing(next);
                  setTyped('');
                }}
                onGo={go}
              />
            )}
          </>
        ) : (
          <PaletteGroup heading={thingName(thing)}>
            {thingActs(thing)
              .filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase()))
              .map(({ id, label, icon, act }) => (
                <PaletteItem key={id} id={id} icon={icon} label={label} disabled={pending} onSelect={() => run(act)} />
              ))}
          </PaletteGroup>
        )}
      </Command.List>
      {error === null ? null : <p className="px-4 py-6 text-bad text-sm">The search failed. {error.message}</p>}
      {thing === null && isEmpty && error === null && !isSearching ? (
        <p className="px-4 py-6 text-muted text-sm">
          Nothing is called that. Names are found by how their words begin, ids by their first six letters.
        </p>
      ) : null}
    </Command>
  );
}

/** Does what was chosen. Where the server decides, it says so before the palette closes. */
function useActs(close: () => void) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const { setTheme } = useTheme();
  const [message, setMessage] = useState<string | null>(null);
  const go = (href: string) => {
    close();
    router.push(href);
  };
  const told = (done: string) => ({
    onSuccess: () => setMessage(done),
    onError: ({ message: reason }: { message: string }) => setMessage(reason),
  });
  const pause = trpc.campaigns.pause.useMutation(told('Paused. What grows meanwhile counts when it is resumed.'));
  const resume = trpc.campaigns.resume.useMutation(told('Resumed. Its clips earn again.'));
  const duplicate = trpc.campaigns.duplicate.useMutation({
    onSuccess: ({ id }) => go(`/campaigns/${id}/edit`),
    onError: ({ message: reason }) => setMessage(reason),
  });
  const readAlerts = trpc.notifications.markAllRead.useMutation({
    ...told('All alerts are read.'),
    onSettled: () => {
      void utils.notifications.unread.invalidate();
      void utils.notifications.list.invalidate();
    },
  });

  const run = (act: PaletteCommand['act'] | ThingAct['act']) => {
    switch (act.kind) {
      case 'go':
        return go(act.href);
      case 'theme':
        setTheme(act.theme);
        return close();
      case 'read-alerts':
        return readAlerts.mutate({});
      case 'pause':
        return pause.mutate({ id: act.id });
      case 'resume':
        return resume.mutate({ id: act.id });
      case 'duplicate':
        return duplicate.mutate({ id: act.id });
    }
  };
  const pending = [pause, resume, duplicate, readAlerts].some(({ isPending }) => isPending);
  return { run, go, message, pending };
}
