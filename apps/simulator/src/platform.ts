import { z } from 'zod';

/** The platforms whose videos can be simulated. */
export const platformSchema = z.enum(['TIKTOK', 'YOUTUBE', 'INSTAGRAM', 'X']);

export type Platform = z.infer<typeof platformSchema>;
