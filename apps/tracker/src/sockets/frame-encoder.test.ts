import { expect, test } from 'vitest';
import { frameEncoder } from '#src/sockets/frame-encoder.ts';
import { isAllowedOrigin } from '#src/sockets/origin-policy.ts';
import { SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';

const call = { id: 1, method: 'subscription', params: { path: 'live.me', input: { json: {} } } };

test('a subscription passes as it is', () => {
  expect(frameEncoder.decode(JSON.stringify(call))).toEqual(call);
});

test('queries and mutations are for HTTP', () => {
  expect(() => frameEncoder.decode(JSON.stringify({ ...call, method: 'mutation' }))).toThrow();
  expect(() => frameEncoder.decode(JSON.stringify({ ...call, method: 'query' }))).toThrow();
});

test('a frame holds a handful of calls', () => {
  const calls = (count: number) => JSON.stringify(Array.from({ length: count }, () => call));
  expect(frameEncoder.decode(calls(SOCKET_LIMITS.callsPerFrameMax))).toHaveLength(SOCKET_LIMITS.callsPerFrameMax);
  expect(() => frameEncoder.decode(calls(SOCKET_LIMITS.callsPerFrameMax + 1))).toThrow();
});

test('binary frames are refused', () => {
  expect(() => frameEncoder.decode(new Uint8Array([1]))).toThrow('text');
});

test('only an origin of the list may open a socket, and one is needed', () => {
  const allowed = ['http://localhost:3000'];
  expect(isAllowedOrigin('http://localhost:3000', allowed)).toBe(true);
  expect(isAllowedOrigin('http://localhost:3000.evil.example', allowed)).toBe(false);
  expect(isAllowedOrigin('null', allowed)).toBe(false);
  expect(isAllowedOrigin(undefined, allowed)).toBe(false);
});
