// node healthy.mjs URL: ends with 0 if the address answers 2xx within three seconds, for a container's health check.
const [, , url = ''] = process.argv;
try {
  const { ok, status } = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(3000) });
  if (!ok) throw new Error(`it answered ${status}`);
} catch (error) {
  const reason = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : error;
  console.error(`${url} is not healthy: ${reason}`);
  process.exitCode = 1;
}
