import type { DemoAccount } from '../../prisma/demo.ts';
import type { Secrets } from './secrets.ts';

/** Who can sign in to the demo. The passwords are this checkout's own. */
export function demoAccounts(secrets: Secrets): DemoAccount[] {
  return [
    {
      name: 'Ada Lindqvist',
      email: 'admin@demo.example',
      password: secrets.DEMO_ADMIN_PASSWORD,
      role: 'ADMIN',
      note: 'Admin',
    },
    {
      name: 'Mara Okafor',
      email: 'mara@demo.example',
      password: secrets.DEMO_CLIPPER_1_PASSWORD,
      role: 'CLIPPER',
      note: 'Clipper',
    },
    {
      name: 'Jonas Weber',
      email: 'jonas@demo.example',
      password: secrets.DEMO_CLIPPER_2_PASSWORD,
      role: 'CLIPPER',
      note: 'Another clipper',
    },
  ];
}
