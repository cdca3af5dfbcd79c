import { totalmem } from 'node:os';

const MEBIBYTE = 2 ** 20;
const BUFFERS_MIN_MIB = 128;
const BUFFERS_MAX_MIB = 1_024;

/**
 * How a server of ours differs from Postgres's own defaults, which are made for the smallest machine: a sixteenth of the
 * memory for its pages (taken as they are used), and checkpoints that are further apart, since each page that is touched
 * for the first time after one goes to the log in full. A crash is made good from at most that much log.
 */
export function serverSettings(memoryBytes = totalmem()): Record<string, string> {
  const memoryMib = Math.floor(memoryBytes / MEBIBYTE);
  const buffersMib = Math.min(BUFFERS_MAX_MIB, Math.max(BUFFERS_MIN_MIB, Math.floor(memoryMib / 16)));
  return {
    shared_buffers: `${buffersMib}MB`,
    effective_cache_size: `${Math.max(BUFFERS_MIN_MIB, Math.floor(memoryMib / 2))}MB`,
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
  };
}
