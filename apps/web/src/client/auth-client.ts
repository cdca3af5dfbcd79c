import { createAuthClient } from 'better-auth/client';

/** Signing in, up and out, at /api/auth of this origin. */
export const authClient = createAuthClient();
