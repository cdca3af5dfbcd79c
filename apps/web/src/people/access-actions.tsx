'use client';

import { type AccessAction, canChangeAccess } from '@clipmeter/core/person-access';
import { Button } from '@clipmeter/ui/button';
import { Dialog } from '@clipmeter/ui/dialog';
import { TextArea } from '@clipmeter/ui/text-area';
import { useState } from 'react';
import type { Person } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';

interface ActWords {
  /** On the button, and what the dialog's own button does. */
  act: string;
  title: (name: string) => string;
  /** What follows. */
  follows: string;
  danger: boolean;
}

const WORDS: Record<AccessAction, ActWords> = {
  promote: {
    act: 'Make admin',
    title: (name) => `Make ${name} an admin`,
    follows:
      'They can then run campaigns, approve clips and change everybody’s access. They are signed out first, and begin with the new rights when they sign in.',
    danger: false,
  },
  demote: {
    act: 'Take admin rights',
    title: (name) => `Take the admin rights of ${name}`,
    follows: 'They go on as a clipper. Whatever they have open closes within a second.',
    danger: true,
  },
  suspend: {
    act: 'Suspend',
    title: (name) => `Suspend ${name}`,
    follows:
      'Whatever they have open closes within a second, and they cannot sign in. Their clips go on counting and what they earned stays theirs.',
    danger: true,
  },
  restore: {
    act: 'Restore',
    title: (name) => `Restore ${name}`,
    follows: 'They can sign in again and have what they had.',
    danger: false,
  },
};
const SHOWN: AccessAction[] = ['promote', 'demote', 'suspend', 'restore'];

/** What an admin may do to somebody's access now. */
export function AccessActions({ person, isViewer }: { person: Person; isViewer: boolean }) {
  const [asked, setAsked] = useState<AccessAction>();
  const access = { role: person.role, suspended: person.suspendedAt !== null };
  const shown = SHOWN.filter((action) => canChangeAccess(access, action) && !(isViewer && action === 'suspend'));
  return (
    <div className="flex flex-wrap gap-2">
      {shown.map((action) => (
        <Button key={action} onClick={() => setAsked(action)}>
          {WORDS[action].act}
        </Button>
      ))}
      {asked === undefined ? null : (
        <AccessDialog key={asked} action={asked} person={person} onClose={() => setAsked(undefined)} />
      )}
    </div>
  );
}

function AccessDialog({ action, person, onClose }: { action: AccessAction; person: Person; onClose: () => void }) {
  const utils = trpc.useUtils();
  const [reason, setReason] = useState('');
  const onSuccess = async () => {
    await Promise.all([utils.people.byId.invalidate({ id: person.id }), utils.people.list.invalidate()]);
    onClose();
  };
  const acts = {
    promote: trpc.people.promote.useMutation({ onSuccess }),
    demote: trpc.people.demote.useMutation({ onSuccess }),
    restore: trpc.people.restore.useMutation({ onSuccess }),
  };
  const suspend = trpc.people.suspend.useMutation({ onSuccess });
  const mutation = action === 'suspend' ? suspend : acts[action];
  const { act, title, follows, danger } = WORDS[action];
  const missing = action === 'suspend' && reason.trim() === '';

  function run() {
    if (action === 'suspend') suspend.mutate({ id: person.id, reason });
    else acts[action].mutate({ id: person.id });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title(person.name)}
      description={follows}
      actions={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button tone={danger ? 'danger' : 'primary'} pending={mutation.isPending} disabled={missing} onClick={run}>
            {act}
          </Button>
        </>
      }
    >
      {action === 'suspend' ? (
        <div className="mt-4">
          <TextArea
            label="Why"
            hint="Only admins see it, in the audit log."
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      ) : null}
      {mutation.error === null ? null : (
        <p role="alert" className="mt-3 text-bad text-sm">
          {mutation.error.message}
        </p>
      )}
    </Dialog>
  );
}
