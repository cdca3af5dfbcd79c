import { resolve } from 'node:path';
import { StartError } from './settings.ts';

/**
 * The folder that a command was given, seen from where it was typed: npm itself goes to the checkout.
 *
 * @throws StartError with how the command is used
 */
export function namedFolder(args: readonly string[], usage: string): string {
  const folders = args.filter((arg) => !arg.startsWith('--'));
  const [folder] = folders;
  if (folder === undefined || folders.length > 1) throw new StartError(`Name a folder: ${usage}`);
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), folder);
}
