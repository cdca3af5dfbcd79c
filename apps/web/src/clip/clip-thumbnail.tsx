import { type Platform, platformName } from '@clipmeter/core/platform';
import { classNames } from '@clipmeter/ui/class-names';

interface ClipThumbnailProps {
  clipId: string;
  platform: Platform;
  /** Whether a picture is kept. */
  hasThumbnail: boolean;
  className?: string;
}

/** The picture of a clip; where there is none, the first letter of its platform in its place. */
export function ClipThumbnail({ clipId, platform, hasThumbnail, className }: ClipThumbnailProps) {
  const frame = classNames(
    'aspect-[3/4] w-10 shrink-0 self-start overflow-hidden rounded-sm border bg-sunken',
    className,
  );
  return hasThumbnail ? (
    <img
      src={`/api/thumbnails/${clipId}`}
      alt=""
      loading="lazy"
      decoding="async"
      className={classNames(frame, 'object-cover')}
    />
  ) : (
    <span aria-hidden className={classNames(frame, 'grid place-items-center font-medium text-faint text-xs')}>
      {platformName(platform).slice(0, 1)}
    </span>
  );
}
