import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { chooseMetricsPort, metricsPortOf } from './metrics-port.ts';
import { freePort } from './ports.ts';

const HOST = '127.0.0.1';

test('a second Clipmeter on a machine shows its metrics elsewhere, without being asked', async () => {
  const usual = await freePort();
  expect(await chooseMetricsPort({}, HOST, usual)).toBe(String(usual));
  const first = createServer();
  await new Promise<void>((resolve) => first.listen(usual, HOST, resolve));
  expect(await chooseMetricsPort({}, HOST, usual)).toBe('0');
  // What was asked for is not changed: the tracker says that it is taken.
  expect(await chooseMetricsPort({ METRICS_PORT: String(usual) }, HOST, usual)).toBe(String(usual));
  await new Promise((resolve) => first.close(resolve));
});

test('none is asked for with off, or with nothing', async () => {
  expect(await chooseMetricsPort({ METRICS_PORT: ' off ' }, HOST)).toBe('off');
  expect(await chooseMetricsPort({ METRICS_PORT: '' }, HOST)).toBe('');
});

test('the port is found among the other lines of the log', () => {
  expect(metricsPortOf(['', '{"msg":"listening","port":3001}', '{"msg":"metrics","port":40123}', 'oops'])).toBe(40_123);
  expect(metricsPortOf(['{"msg":"listening","port":3001}'])).toBeUndefined();
});
