import { backend } from '#src/server/backend.ts';
import { env } from '#src/server/env.ts';
import { returnPath } from '#src/sign-in/return-path.ts';

/** Signs in as one of the demo's accounts, by its place in the list. Outside the demo there is nothing here. */
export async function POST(request: Request): Promise<Response> {
  const { DEMO, DEMO_ACCOUNTS } = env();
  const form = await request.formData();
  const account = DEMO ? DEMO_ACCOUNTS[Number(form.get('account'))] : undefined;
  if (account === undefined) return new Response('Not found', { status: 404 });

  const { email, password } = account;
  const signedIn = await backend().auth.api.signInEmail({
    body: { email, password },
    headers: request.headers,
    asResponse: true,
  });
  if (!signedIn.ok) return seeOther('/sign-in');
  const to = form.get('to');
  const response = seeOther(returnPath(typeof to === 'string' ? to : undefined));
  for (const cookie of signedIn.headers.getSetCookie()) response.headers.append('set-cookie', cookie);
  return response;
}

/** A path, not a URL: behind a proxy the server does not know the name it is reached by. */
function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
