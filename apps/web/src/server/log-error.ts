/** One line of JSON on standard error, as the tracker logs. */
export function logError(message: string, { error, ...fields }: { error: unknown; [field: string]: unknown }): void {
  const cause =
    error instanceof Error ? { name: error.name, reason: error.message, stack: error.stack } : { reason: error };
  console.error(
    JSON.stringify({ level: 'error', app: 'web', time: new Date().toISOString(), msg: message, ...fields, ...cause }),
  );
}
