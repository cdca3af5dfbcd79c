import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';
import { PHASE_PRODUCTION_BUILD } from 'next/constants.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));

const config = (phase: string): NextConfig => ({
  // A build also leaves in .next/standalone what `npm run bundle` takes; `next start`, which the others use, warns of it.
  ...(phase === PHASE_PRODUCTION_BUILD && { output: 'standalone' }),
  // Workspace packages are raw TypeScript.
  transpilePackages: ['@clipmeter/api', '@clipmeter/core', '@clipmeter/db', '@clipmeter/realtime', '@clipmeter/ui'],
  // Native or stateful parts that a bundle would break; they are loaded from node_modules on the server only.
  serverExternalPackages: ['@prisma/adapter-pg', '@prisma/client', 'better-auth', 'pg'],
  turbopack: { root: repository },
  outputFileTracingRoot: repository,
  poweredByHeader: false,
  // `npm run check` checks the types of the whole repository, once. A build only builds.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  // Not over the account menu.
  devIndicators: { position: 'bottom-right' },
  experimental: { authInterrupts: true },
  // The other half of the headers, the content security policy, changes with each request: see src/proxy.ts.
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
        // A link with a token in it (/setup) must not leak to another site.
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), browsing-topics=()' },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
      ],
    },
  ],
});

export default config;
