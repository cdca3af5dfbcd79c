'use client';

import { skipToken } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { trpc } from '#src/client/trpc.ts';
import { type RecognisedLink, recognisedLink } from '#src/submit/recognised-link.ts';

const PAUSE_MS = 250;

/** What is typed, once typing has paused: the server is not asked letter by letter. */
function usePaused<Value>(value: Value): Value {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}

/** A clip on its way to being submitted: what it is, to which campaign, and why not. */
export function useSubmitForm(first: { campaignId: string | null; link: string }) {
  const [text, setText] = useState(first.link);
  const [chosen, setChosen] = useState(first.campaignId);
  const choices = trpc.mySubmissions.choices.useQuery();
  const campaigns = choices.data?.campaigns;
  // One that takes none any more is not offered; one alone needs no choosing.
  const fixed = campaigns?.some(({ id }) => id === chosen) === true ? chosen : null;
  const campaignId = fixed ?? (campaigns?.length === 1 ? (campaigns[0]?.id ?? null) : first.campaignId);
  const campaign = campaigns?.find(({ id }) => id === campaignId) ?? null;

  const recognised = recognisedLink(text, campaign?.platforms ?? null);
  const paused = usePaused(text.trim());
  const isSettled = paused === text.trim() && recognised.kind === 'link';
  const check = trpc.mySubmissions.check.useQuery(isSettled ? { link: paused, campaignId } : skipToken, {
    staleTime: 0,
    gcTime: 0,
  });
  return {
    text,
    setText,
    campaignId,
    setCampaignId: setChosen,
    campaign,
    choices,
    recognised,
    refusal: refusalOf(recognised, isSettled ? check.data?.refusal : null),
    needsAccount: isSettled ? (check.data?.needsAccount ?? null) : null,
    /** The server has looked at it and found nothing. What counts is what submitting says. */
    isReady: campaignId !== null && isSettled && check.data?.refusal === null,
    isChecking: recognised.kind === 'link' && (!isSettled || check.isPending),
  };
}

function refusalOf(recognised: RecognisedLink, refusal: string | null | undefined): string | undefined {
  return recognised.kind === 'refused' ? recognised.reason : (refusal ?? undefined);
}
