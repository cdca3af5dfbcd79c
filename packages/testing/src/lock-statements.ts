import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ADVISORY_LOCK, LOCK_MUTATIONS, LOCK_ORDER, LOCKS_EXCEPTED, ROW_LOCK } from '#src/lock-mutations.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** All that may send a statement to the database in production, and what runs inside of it. */
const SOURCES = ['{packages,apps}/*/src/**/*.{ts,tsx}', 'prisma/migrations/*/*.sql'];
const NO_PRODUCT = /^packages\/testing\/|\.test\.tsx?$|\.fixture\.tsx?$|\/generated\//;
const TABLE_LOCK = /\bLOCK TABLE\b|pg_try_advisory\w*/g;

/** A piece of text in the sources that takes a lock: a string, or a whole migration. */
export interface LockStatement {
  readonly file: string;
  readonly text: string;
}

/** Every statement of the product that takes a lock by itself, and not merely by writing. */
export async function lockStatements(): Promise<LockStatement[]> {
  const found: LockStatement[] = [];
  for await (const file of glob(SOURCES, { cwd: ROOT })) {
    if (NO_PRODUCT.test(file)) continue;
    const source = await readFile(path.join(ROOT, file), 'utf8');
    for (const text of file.endsWith('.sql') ? [withoutComments(source, '--')] : stringsOf(source))
      if (locksIn(text).length > 0) found.push({ file, text });
  }
  return found;
}

/** The locks of a statement that no mutation takes away, and orders that none reverses; excepted ones left out. */
export function unmutated({ text }: LockStatement): string[] {
  const means = LOCK_MUTATIONS.filter(({ statement }) => statement.test(text));
  // From the last to the first: a mutation may mean the n-th lock of its statement.
  const left = withoutExcepted(means.reduceRight((weaker, { weaken }) => without(weaker, weaken(weaker)), text));
  const orders = [...withoutExcepted(text).matchAll(LOCK_ORDER)].map(([order]) => order);
  const unordered = orders.filter((order) => !means.some(({ weaken }) => weaken(text).includes(`${order} DESC`)));
  return [...locksIn(left), ...unordered];
}

const EXCEPTED = Object.keys(LOCKS_EXCEPTED);

const withoutExcepted = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !EXCEPTED.some((piece) => line.includes(piece)))
    .join('\n');

/** A row by its key, or the only row there is. */
const ONE_ROW = /WHERE (?:id|clip_id|platform) = \$\d|FROM installation\s*$/;

/** Locks of more than one row that wait for others and have no order: two of them may wait for each other. */
export function unordered({ text }: LockStatement): string[] {
  return [...text.matchAll(ROW_LOCK)].flatMap((lock) => {
    const selection = text.slice(text.lastIndexOf('SELECT', lock.index), lock.index);
    const isSafe = /SKIP LOCKED|NOWAIT/.test(lock[0]) || /ORDER BY/.test(selection) || ONE_ROW.test(selection);
    return isSafe ? [] : [selection.trim()];
  });
}

/** Weaker still: a mutation that only turns an order around leaves the lock. */
const without = (before: string, after: string) => (locksIn(after).length < locksIn(before).length ? after : before);

const locksIn = (text: string): string[] =>
  [ROW_LOCK, ADVISORY_LOCK, TABLE_LOCK].flatMap((lock) => [...text.matchAll(lock)].map(([found]) => found));

const withoutComments = (source: string, mark: string) =>
  source
    .split('\n')
    .map((line) => (line.trimStart().startsWith(mark) ? '' : line))
    .join('\n');

const STRING = /`(?:\\.|[^`\\])*`|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g;
const NAMED = /const (\w+) = (`[^`]*`|'[^'\n]*')/g;

/** The string literals of a source, with those of its own that they name put in. */
function stringsOf(source: string): string[] {
  const code = withoutComments(withoutComments(source, '//'), '*');
  const named = new Map([...code.matchAll(NAMED)].map(([, name = '', text = '']) => [name, text.slice(1, -1)]));
  return [...code.matchAll(STRING)].map(([text]) =>
    text.replaceAll(/\$\{(\w+)\}/g, (placeholder, name: string) => named.get(name) ?? placeholder),
  );
}
