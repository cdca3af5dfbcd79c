/** One line of JSON on standard output, as the tracker logs. */
export function logInfo(message: string, fields: Record<string, unknown>): void {
  console.log(JSON.stringify({ level: 'info', app: 'web', time: new Date().toISOString(), msg: message, ...fields }));
}
