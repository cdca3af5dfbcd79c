import Link from 'next/link';
import { redirect } from 'next/navigation';
import { SimulatedLine } from '#src/frame/frame.tsx';
import { homePath } from '#src/frame/nav-items.ts';
import { Wordmark } from '#src/frame/wordmark.tsx';
import { env } from '#src/server/env.ts';
import { offeredProviders } from '#src/server/offered-providers.ts';
import { currentSession } from '#src/server/session.ts';
import { DemoAccounts } from '#src/sign-in/demo-accounts.tsx';
import { ProviderButtons } from '#src/sign-in/provider-buttons.tsx';
import { SignInForm } from '#src/sign-in/sign-in-form.tsx';

const POINTS = [
  [
    'Paid by the view',
    'A campaign has a rate for 1,000 views and a budget. Post a clip, and it earns as its views grow.',
  ],
  ['Read all day', 'Views are read from TikTok and YouTube again and again, most often where money is moving.'],
  ['Live to the cent', 'Budgets, views and earnings move on the page as they are settled. No reloading, no month end.'],
] as const;

/** For strangers: what this is, and the way in. */
export default async function FrontPage() {
  const { viewer, viewsSource } = await currentSession();
  if (viewer !== null) redirect(homePath(viewer.role));
  const { DEMO, DEMO_ACCOUNTS } = env();
  return (
    <>
      {viewsSource === 'simulated' ? <SimulatedLine /> : null}
      <main className="mx-auto grid w-full max-w-[75rem] gap-12 px-4 py-8 sm:px-8 lg:min-h-[90dvh] lg:grid-cols-[minmax(0,1fr)_24rem] lg:items-center lg:gap-20">
        <div>
          <Wordmark />
          <h1 className="mt-12 max-w-[18ch] text-balance font-semibold text-4xl leading-[1.08] tracking-tight sm:text-5xl">
            Clips are paid by the view. Watch it happen.
          </h1>
          <dl className="mt-10 grid gap-6 sm:grid-cols-3 lg:mt-14">
            {POINTS.map(([name, text]) => (
              <div key={name} className="border-t pt-4">
                <dt className="font-medium text-sm">{name}</dt>
                <dd className="mt-1.5 text-muted text-sm leading-6">{text}</dd>
              </div>
            ))}
          </dl>
        </div>
        <section aria-label="Sign in" className="rounded-xl border bg-surface p-5 sm:p-6">
          {DEMO && DEMO_ACCOUNTS.length > 0 ? <DemoAccounts accounts={DEMO_ACCOUNTS} /> : null}
          <SignInForm />
          <ProviderButtons providers={offeredProviders()} to="/" />
          <p className="mt-5 text-muted text-sm">
            New here?{' '}
            <Link href="/sign-up" className="text-accent underline underline-offset-2">
              Create an account
            </Link>
          </p>
        </section>
      </main>
    </>
  );
}
