/** The list of one's clips as the page and its prefetch ask for it. */
export const MY_CLIPS_INPUT = { limit: 50 };
