import { run } from './bootstrap/run.mjs';

await run('check.ts');
