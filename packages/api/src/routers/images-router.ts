import { z } from 'zod';
import { imageUploadSchema } from '#src/input/campaign-details.ts';
import { uploadImage } from '#src/operations/upload-image.ts';
import { adminProcedure, router } from '#src/procedure.ts';

export const imagesRouter = router({
  /** A picture for a campaign: it is served at /api/images/ID. */
  upload: adminProcedure
    .input(imageUploadSchema)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => uploadImage(ctx, ctx.viewer, input)),
});
