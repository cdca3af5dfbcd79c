/** What is said most often; each is a whole sentence that the clipper reads. */
export const REJECT_REASONS: readonly string[] = [
  'The clip does not follow the campaign’s requirements.',
  'The campaign’s material is missing or hardly seen.',
  'The picture or the sound is too poor.',
  'The video was posted before by somebody else.',
  'Its views or reactions do not look real.',
];
