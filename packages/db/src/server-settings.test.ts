import { expect, test } from 'vitest';
import { serverSettings } from '#src/server-settings.ts';

const GIB = 2 ** 30;

test('a server of ours takes a sixteenth of the memory for its pages, within bounds', () => {
  expect(serverSettings(GIB)['shared_buffers']).toBe('128MB');
  expect(serverSettings(8 * GIB)['shared_buffers']).toBe('512MB');
  expect(serverSettings(256 * GIB)['shared_buffers']).toBe('1024MB');
});
