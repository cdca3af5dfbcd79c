import { type Logger, pino } from 'pino';

/** Structured lines on stdout. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: { app: 'tracker' },
    timestamp: pino.stdTimeFunctions.isoTime,
    // What a library puts into an error may hold a connection string.
    redact: ['err.client', 'err.config', '*.password', '*.connectionString', '*.token'],
  });
}
