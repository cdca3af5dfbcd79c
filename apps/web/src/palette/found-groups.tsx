import { platformName } from '@clipmeter/core/platform';
import { numberText } from '@clipmeter/ui/number-text';
import { Banknote, Clapperboard, Megaphone, UserRound } from 'lucide-react';
import type { Found } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';
import { PaletteGroup, PaletteItem } from '#src/palette/palette-item.tsx';
import type { PaletteThing } from '#src/palette/thing-acts.ts';

interface FoundGroupsProps {
  found: Found;
  onChoose: (thing: PaletteThing) => void;
  onGo: (href: string) => void;
}

/** What a search found, by kind. */
export function FoundGroups({ found: { people, campaigns, clips, payouts }, onChoose, onGo }: FoundGroupsProps) {
  return (
    <>
      {campaigns.length === 0 ? null : (
        <PaletteGroup heading="Campaigns">
          {campaigns.map((campaign) => (
            <PaletteItem
              key={campaign.id}
              id={`campaign ${campaign.id}`}
              icon={Megaphone}
              label={campaign.title}
              detail={`${campaign.brand} · ${campaign.status.toLowerCase()}`}
              opens
              onSelect={() => onChoose({ kind: 'campaign', ...campaign })}
            />
          ))}
        </PaletteGroup>
      )}
      {people.length === 0 ? null : (
        <PaletteGroup heading="People">
          {people.map((person) => (
            <PaletteItem
              key={person.id}
              id={`person ${person.id}`}
              icon={UserRound}
              label={person.name}
              detail={person.suspended ? `${person.email} · suspended` : person.email}
              opens
              onSelect={() => onChoose({ kind: 'person', ...person })}
            />
          ))}
        </PaletteGroup>
      )}
      {clips.length === 0 ? null : (
        <PaletteGroup heading="Clips">
          {clips.map((clip) => (
            <PaletteItem
              key={clip.id}
              id={`clip ${clip.id}`}
              icon={Clapperboard}
              label={clip.title}
              detail={`${platformName(clip.platform)} · ${clip.campaignTitle}`}
              onSelect={() => onGo(`/clips/${clip.submissionId}`)}
            />
          ))}
        </PaletteGroup>
      )}
      {payouts.length === 0 ? null : (
        <PaletteGroup heading="Payouts">
          {payouts.map((payout) => (
            <PaletteItem
              key={payout.id}
              id={`payout ${payout.id}`}
              icon={Banknote}
              label={`${numberText(decimal(payout.gross), 'usd')} of ${payout.userName}`}
              detail={payout.status.toLowerCase()}
              onSelect={() => onGo(`/people/${payout.userId}`)}
            />
          ))}
        </PaletteGroup>
      )}
    </>
  );
}
