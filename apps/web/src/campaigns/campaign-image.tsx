import { classNames } from '@clipmeter/ui/class-names';

/** A campaign's picture. It says nothing that the words beside it do not, so it has none of its own. */
export function CampaignImage({ imageId, className }: { imageId: string; className?: string }) {
  // Never changed, cached for ever, and already of the size it is shown at: nothing for next/image to do.
  return <img src={`/api/images/${imageId}`} alt="" loading="lazy" className={classNames('object-cover', className)} />;
}
