import { genericOAuth } from 'better-auth/plugins/generic-oauth';

/** Others who may say who somebody is. */
export const SIGN_IN_PROVIDERS = ['discord', 'google'] as const;
export type SignInProvider = (typeof SIGN_IN_PROVIDERS)[number];

export interface ProviderKeys {
  clientId: string;
  clientSecret: string;
  /** Where the provider is, if not at its own addresses: a stand-in for tests. */
  baseUrl?: string | undefined;
}

/** The providers that have keys. */
export type ProviderSet = Partial<Record<SignInProvider, ProviderKeys>>;

/**
 * Discord and Google as plain OAuth: the same code whichever address answers. Their tokens are used once, to ask who it
 * is, and never kept.
 */
export function signInProviders(keys: ProviderSet) {
  const { discord, google } = keys;
  return genericOAuth({
    config: [
      ...(discord === undefined
        ? []
        : [
            {
              providerId: 'discord',
              name: 'Discord',
              clientId: discord.clientId,
              clientSecret: discord.clientSecret,
              authorizationUrl: at(discord, 'https://discord.com', '/oauth2/authorize'),
              tokenUrl: at(discord, 'https://discord.com', '/api/oauth2/token'),
              userInfoUrl: at(discord, 'https://discord.com', '/api/users/@me'),
              scopes: ['identify', 'email'],
              accountSubject: ({ profile }: { profile: Profile }) => textOf(profile['id']),
              mapProfileToUser: (profile: Profile) => ({
                name: textOf(profile['global_name']) || textOf(profile['username']),
                emailVerified: profile['verified'] === true,
                image: undefined,
              }),
            },
          ]),
      ...(google === undefined
        ? []
        : [
            {
              providerId: 'google',
              name: 'Google',
              clientId: google.clientId,
              clientSecret: google.clientSecret,
              authorizationUrl: at(google, 'https://accounts.google.com', '/o/oauth2/v2/auth'),
              tokenUrl: at(google, 'https://oauth2.googleapis.com', '/token'),
              userInfoUrl: at(google, 'https://openidconnect.googleapis.com', '/v1/userinfo'),
              scopes: ['openid', 'email', 'profile'],
              accountSubject: ({ profile }: { profile: Profile }) => textOf(profile['sub']),
              mapProfileToUser: (profile: Profile) => ({
                name: textOf(profile['name']) || textOf(profile['email']).split('@')[0],
                emailVerified: profile['email_verified'] === true,
                image: undefined,
              }),
            },
          ]),
    ],
  });
}

type Profile = Readonly<Record<string, unknown>>;

function at({ baseUrl }: ProviderKeys, own: string, path: string): string {
  return new URL(path, baseUrl ?? own).href;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
