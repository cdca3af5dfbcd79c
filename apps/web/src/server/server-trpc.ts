import { type AppRouter, createCaller } from '@clipmeter/api/app-router';
import { createHydrationHelpers } from '@trpc/react-query/rsc';
import { headers } from 'next/headers';
import { cache } from 'react';
import { createQueryClient } from '#src/client/query-client.ts';
import { requestContext } from '#src/server/request-context.ts';

/** Calls procedures in this process, as the viewer of this request. */
export const serverCaller = cache(async () => createCaller(await requestContext(await headers())));

const requestQueryClient = cache(() => createQueryClient());

/** Fetches on the server what a page's hooks will ask for, so that it arrives with its numbers in it. */
export const prefetcher = cache(async () =>
  createHydrationHelpers<AppRouter>(await serverCaller(), requestQueryClient),
);
