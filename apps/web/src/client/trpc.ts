import type { AppRouter } from '@clipmeter/api/app-router';
import { createTRPCReact } from '@trpc/react-query';

/** The hooks of every procedure. Only the router's type is here: nothing of the server reaches the browser. */
export const trpc = createTRPCReact<AppRouter>();
