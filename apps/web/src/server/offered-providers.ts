import { SIGN_IN_PROVIDERS, type SignInProvider } from '@clipmeter/api/sign-in-providers';
import { env, providerKeys } from '#src/server/env.ts';

/** The providers whose keys are set. */
export function offeredProviders(): SignInProvider[] {
  const keys = providerKeys(env());
  return SIGN_IN_PROVIDERS.filter((provider) => keys[provider] !== undefined);
}
