import { z } from 'zod';
import { idSchema } from '#src/input/campaign.ts';
import { amountSchema } from '#src/input/money.ts';
import { platformSchema } from '#src/output/scalar.ts';

const TEXT_MAX = 5_000;

/** What an admin says of a campaign. */
const details = z.object({
  title: z.string().trim().min(1, 'Give the campaign a title.').max(120),
  brand: z.string().trim().min(1, 'Name the brand.').max(120),
  description: z.string().trim().max(TEXT_MAX),
  /** What a clip has to fulfil, a line each. */
  requirements: z.string().trim().max(TEXT_MAX),
  materialUrl: z
    .url({ protocol: /^https?$/, error: 'Enter a whole address, such as https://example.com.' })
    .max(2_000)
    .nullable(),
  imageId: idSchema.nullable(),
  platforms: z.array(platformSchema).min(1, 'Choose at least one platform.').max(4),
  ratePer1000: amountSchema,
  /** Where a platform pays another rate. */
  rates: z
    .array(z.object({ platform: platformSchema, ratePer1000: amountSchema }))
    .refine((rates) => new Set(rates.map((rate) => rate.platform)).size === rates.length, 'One rate a platform.'),
  capPerClip: amountSchema.nullable(),
  minViews: z.int().min(0).max(1_000_000_000),
  startsAt: z.iso.datetime().nullable(),
  /** Required before it is published. */
  deadline: z.iso.datetime().nullable(),
});

export const newCampaignSchema = details
  .partial({
    description: true,
    requirements: true,
    materialUrl: true,
    imageId: true,
    rates: true,
    capPerClip: true,
    minViews: true,
    startsAt: true,
    deadline: true,
  })
  .extend({
    /** The caller may make the id (uuid): a repeat then answers with the campaign that exists. */
    id: idSchema.optional(),
    budget: amountSchema,
  });

/** Only what changes is sent, so that two admins who change different things do not undo each other's. */
export const editCampaignSchema = z.object({
  id: idSchema,
  changes: details.extend({ budget: amountSchema }).partial(),
});

/** The caller may make the new campaign's id (uuid): a repeat then answers with the copy that exists. */
export const duplicateSchema = z.object({ id: idSchema, newId: idSchema.optional() });

const IMAGE_BYTES_MAX = 2 * 1024 * 1024;
export const imageUploadSchema = z.object({
  /** The caller may make the id (uuid): a repeat then answers with the picture that exists. */
  id: idSchema.optional(),
  base64: z
    .base64()
    .min(1)
    .max(Math.ceil(IMAGE_BYTES_MAX / 3) * 4, 'A picture may have at most 2 MB.'),
});

type Details = z.infer<typeof details>;
/** What is left out stays as it is. */
export type DetailsChanges = { [Field in keyof Details]?: Details[Field] | undefined };
export type NewCampaign = z.infer<typeof newCampaignSchema>;
export type EditCampaign = z.infer<typeof editCampaignSchema>;
