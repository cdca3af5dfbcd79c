'use client';

import { Button } from '@clipmeter/ui/button';
import { buttonClass } from '@clipmeter/ui/button-class';
import { ImagePlus, LoaderCircle } from 'lucide-react';
import { useId, useState } from 'react';
import { CampaignImage } from '#src/campaigns/campaign-image.tsx';
import { trpc } from '#src/client/trpc.ts';

const BYTES_MAX = 2 * 1024 * 1024;
const TOO_LARGE = 'That picture has more than 2 MB: choose a smaller one.';

const NO_PICTURE = 'That is no picture: choose a PNG, JPEG or WebP file.';

interface ImageFieldProps {
  imageId: string | null;
  onChange: (imageId: string | null) => void;
}

/** The campaign's picture: uploaded as soon as it is chosen, so that the preview shows what clippers will see. */
export function ImageField({ imageId, onChange }: ImageFieldProps) {
  const id = useId();
  const [refused, setRefused] = useState<string | null>(null);
  const upload = trpc.images.upload.useMutation({ onSuccess: (image) => onChange(image.id) });
  const error = refused ?? upload.error?.message ?? null;

  async function take(file: File | undefined) {
    if (file === undefined) return;
    upload.reset();
    const reason = file.size > BYTES_MAX ? TOO_LARGE : (await isShowable(file)) ? null : NO_PICTURE;
    setRefused(reason);
    if (reason === null) upload.mutate({ base64: await base64Of(file) });
  }

  return (
    <div className="flex flex-col gap-1.5">
      <span id={`${id}-label`} className="font-medium text-sm">
        Picture
      </span>
      {imageId === null ? null : (
        <CampaignImage imageId={imageId} className="aspect-[5/2] w-full rounded-md border bg-sunken" />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <label
          className={buttonClass(
            'secondary',
            'cursor-pointer has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent has-[:focus-visible]:outline-offset-2',
          )}
        >
          {upload.isPending ? (
            <LoaderCircle aria-hidden className="size-4 animate-spin" />
          ) : (
            <ImagePlus aria-hidden className="size-4" />
          )}
          {upload.isPending ? 'Uploading' : imageId === null ? 'Choose a picture' : 'Choose another picture'}
          <input
            type="file"
            accept="image/png,image/jpeg,image/webp"
            className="sr-only"
            disabled={upload.isPending}
            aria-describedby={`${id}-note`}
            onChange={(event) => {
              void take(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </label>
        {imageId === null ? null : (
          <Button tone="quiet" onClick={() => onChange(null)}>
            Remove picture
          </Button>
        )}
      </div>
      <p
        id={`${id}-note`}
        role={error === null ? undefined : 'alert'}
        className={`text-[0.8125rem] ${error === null ? 'text-faint' : 'text-bad'}`}
      >
        {error ?? 'PNG, JPEG or WebP, at most 2 MB, shown wide and cut to fit.'}
      </p>
    </div>
  );
}

/** Whether a browser can show it: what only begins like a picture would be a hole on every card. */
async function isShowable(file: File): Promise<boolean> {
  try {
    (await createImageBitmap(file)).close();
    return true;
  } catch {
    return false;
  }
}

/** A data URL is the bytes in base64 after its first comma. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(new Error('The file could not be read.'));
    reader.readAsDataURL(file);
  });
}
