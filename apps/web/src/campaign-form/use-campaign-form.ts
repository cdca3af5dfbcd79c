'use client';

import { useState } from 'react';
import { blockersOf, type CampaignForm, errorsOf, type FormErrors } from '#src/campaign-form/campaign-form.ts';

/** The fields as they are typed, and what is wrong with those that were left. */
export function useCampaignForm(initial: CampaignForm) {
  const [form, setForm] = useState(initial);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const now = new Date();
  const errors = errorsOf(form, now);
  return {
    form,
    change: (change: Partial<CampaignForm>) => setForm((before) => ({ ...before, ...change })),
    leave: (field: keyof CampaignForm) => setLeft((before) => new Set(before).add(field)),
    /** Shows what is wrong everywhere. True: nothing is. */
    check: (): boolean => {
      setLeft(new Set(Object.keys(form)));
      return Object.keys(errors).length === 0;
    },
    shownErrors: shown(errors, left),
    blockers: blockersOf(form, now),
    nowMs: now.getTime(),
  };
}

function shown(errors: FormErrors, left: ReadonlySet<string>): FormErrors {
  return Object.fromEntries(Object.entries(errors).filter(([field]) => left.has(field)));
}
