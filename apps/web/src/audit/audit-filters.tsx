'use client';

import { auditWords } from '@clipmeter/core/audit-action';
import { FilterSelect } from '@clipmeter/ui/filter-select';
import { SearchField } from '@clipmeter/ui/search-field';
import { X } from 'lucide-react';
import { type AuditFilter, auditChoicesInput } from '#src/audit/audit-filter.ts';
import { trpc } from '#src/client/trpc.ts';

interface AuditFiltersProps {
  filter: AuditFilter;
  onChange: (change: Partial<AuditFilter>) => void;
  /** What is shown alone, by its name. */
  aboutName: string | null;
}

/** Which part of the log is shown. */
export function AuditFilters({ filter, onChange, aboutName }: AuditFiltersProps) {
  const { data } = trpc.audit.choices.useQuery(auditChoicesInput(filter), { placeholderData: (previous) => previous });
  const actions = data?.actions ?? (filter.act === null ? [] : [filter.act]);
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <SearchField
        label="Search the log"
        placeholder="Person, campaign or clip"
        value={filter.q}
        onChange={(q) => onChange({ q })}
        className="max-sm:w-full sm:w-72"
      />
      <FilterSelect
        label="Act"
        value={filter.act ?? ''}
        options={[
          { value: '', label: 'Every act' },
          ...actions.map((action) => ({ value: action, label: capital(auditWords(action)) })),
        ]}
        onChange={(act) => onChange({ act: act === '' ? null : act })}
      />
      {filter.who === null ? null : (
        <Chip onRemove={() => onChange({ who: null })}>Only what {data?.actorName ?? 'one person'} did</Chip>
      )}
      {filter.about === null ? null : (
        <Chip onRemove={() => onChange({ about: null })}>Only {aboutName ?? 'one thing'}</Chip>
      )}
    </div>
  );
}

function Chip({ children, onRemove }: { children: React.ReactNode; onRemove: () => void }) {
  return (
    <button
      type="button"
      onClick={onRemove}
      className="inline-flex h-11 items-center gap-2 rounded-md border border-accent px-3 text-sm hover:bg-sunken sm:h-9 pointer-coarse:h-11"
    >
      {children}
      <X aria-hidden className="size-3.5 text-faint" />
      <span className="sr-only">: show the others too</span>
    </button>
  );
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
