import { StatusWord } from '@clipmeter/ui/status-word';
import { Ban, Scissors, ShieldCheck } from 'lucide-react';
import type { Person } from '#src/client/outputs.ts';

/** What somebody is here, in a word. */
export function PersonStanding({ person }: { person: Pick<Person, 'role' | 'suspendedAt'> }) {
  if (person.suspendedAt !== null) {
    return (
      <StatusWord icon={Ban} tone="bad">
        Suspended{person.role === 'ADMIN' ? ' admin' : ''}
      </StatusWord>
    );
  }
  return person.role === 'ADMIN' ? (
    <StatusWord icon={ShieldCheck}>Admin</StatusWord>
  ) : (
    <StatusWord icon={Scissors}>Clipper</StatusWord>
  );
}
