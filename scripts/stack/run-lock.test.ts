import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive, processFacts } from './process-tree.ts';
import { findRunning, noteDatabase, releaseRunLock, takeRunLock } from './run-lock.ts';

let folder = '';
let lock = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clipmeter-lock-'));
  lock = join(folder, 'running.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the first start takes the checkout, the second is told its address', () => {
  expect(takeRunLock('http://localhost:3000', lock)).toBeUndefined();
  expect(takeRunLock('http://localhost:4000', lock)?.address).toBe('http://localhost:3000');
});

test('after a start has ended the next one takes the checkout', () => {
  takeRunLock('http://localhost:3000', lock);
  releaseRunLock(lock);
  expect(takeRunLock('http://localhost:4000', lock)).toBeUndefined();
});

test('a record left by a killed start counts for nothing, even if its process id is in use again', () => {
  writeFileSync(lock, JSON.stringify({ pid: process.pid, startedAt: 'long ago', address: 'http://localhost:3000' }));
  expect(findRunning(lock)).toBeUndefined();
  expect(takeRunLock('http://localhost:4000', lock)).toBeUndefined();
});

test('half a record counts for nothing', () => {
  writeFileSync(lock, '{"pid":');
  expect(takeRunLock('http://localhost:4000', lock)).toBeUndefined();
});

test('the database of a running start is noted for its owner only', () => {
  takeRunLock('http://localhost:3000', lock);
  noteDatabase('postgres://127.0.0.1/clipmeter', lock);
  expect(findRunning(lock)?.databaseUrl).toBe('postgres://127.0.0.1/clipmeter');
  expect(statSync(lock).mode & 0o777).toBe(0o600);
});

test('this process finds itself in the process table', () => {
  const facts = processFacts(process.pid);
  expect(facts?.parent).toBe(process.ppid);
  expect(isAlive(process.pid)).toBe(true);
  expect(facts?.startedAt).toBe(processFacts(process.pid)?.startedAt);
});
