import { run } from './bootstrap/run.mjs';

await run('bundle.ts');
