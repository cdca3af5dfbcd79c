/**
 * Waits for the work or for the signal, whichever comes first. For clients that take no signal: the work itself goes on
 * and its end is ignored, so it must be bounded by a timeout of its own.
 *
 * @throws the signal's reason when it fires first.
 */
export async function untilAborted<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work();
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work(), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
