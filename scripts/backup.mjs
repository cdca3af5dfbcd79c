import { run } from './bootstrap/run.mjs';

await run('backup.ts');
