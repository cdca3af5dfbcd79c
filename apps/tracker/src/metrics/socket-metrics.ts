import { Counter, type Registry } from 'prom-client';
import { CLOSE_REASONS, type SocketTally } from '#src/sockets/socket-tally.ts';

const HANDSHAKE_STATUSES = ['400', '403', '404', '429', '503'];

/** The sockets' tally as counters, read when they are asked for. */
export function createSocketMetrics(registry: Registry, tally: SocketTally): void {
  const single = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  const byLabel = (name: string, help: string, label: string, read: () => ReadonlyMap<string, number>) =>
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      collect() {
        this.reset();
        for (const [content, count] of read()) this.inc({ [label]: content }, count);
      },
    });

  single('clipmeter_sockets_opened_total', 'Handshakes that became sockets.', () => tally.opened);
  single('clipmeter_frames_sent_total', 'Frames written to sockets.', () => tally.frames);
  single('clipmeter_sent_bytes_total', 'Bytes of these frames.', () => tally.bytes);
  single(
    'clipmeter_snapshots_told_total',
    'Subscriptions told to fetch afresh: too slow, too long away, or the log was lost.',
    () => tally.snapshots,
  );
  byLabel('clipmeter_sockets_closed_total', 'Sockets that this side ended, by why.', 'reason', () =>
    withZeros(CLOSE_REASONS, tally.closed),
  );
  byLabel('clipmeter_handshakes_refused_total', 'Handshakes refused, by HTTP status.', 'status', () =>
    withZeros(HANDSHAKE_STATUSES, tally.handshakesRefused),
  );
  byLabel(
    'clipmeter_socket_calls_refused_total',
    "Calls on sockets that were refused, by tRPC's code.",
    'code',
    () => tally.callsRefused,
  );
}

function withZeros(known: readonly string[], counts: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map([...known.map((key): [string, number] => [key, 0]), ...counts]);
}
