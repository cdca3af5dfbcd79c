import { buttonClass } from '@clipmeter/ui/button-class';
import type { DemoAccount } from '#src/server/env.ts';

/** One button for each account of the demo. The password stays on the server; the form works without scripts. */
export function DemoAccounts({ accounts, to }: { accounts: DemoAccount[]; to?: string }) {
  return (
    <form method="post" action="/api/demo-sign-in" className="mb-6 border-b pb-6">
      {to === undefined ? null : <input type="hidden" name="to" value={to} />}
      <h2 className="font-medium text-sm">Look around as</h2>
      <div className="mt-3 flex flex-col gap-2">
        {accounts.map((account, index) => (
          <button
            key={account.email}
            type="submit"
            name="account"
            value={index}
            className={buttonClass('secondary', 'h-11 justify-between px-4')}
          >
            <span>{account.name}</span>
            <span className="truncate font-normal text-[0.8125rem] text-faint">
              {account.note ?? (account.role === 'ADMIN' ? 'Admin' : 'Clipper')}
            </span>
          </button>
        ))}
      </div>
    </form>
  );
}
