import { run } from './bootstrap/run.mjs';

await run('audit.ts');
