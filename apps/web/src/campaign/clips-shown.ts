/** How many clips a campaign's page lists: asked for alike on the server and in the browser. */
export const CLIPS_SHOWN = 50;
