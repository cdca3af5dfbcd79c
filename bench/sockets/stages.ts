import type { LogEvent } from '@clipmeter/realtime/event-source';
import { z } from 'zod';
import type { Worker } from '../harness/worker.ts';

/** When a probe had come how far, in ms after its writing: of each probe, and of its arrival at each client. */
export interface Stages {
  /** Its writer has been told that it is committed. */
  readonly committed: number[];
  /** The follower has read it: the nudge, the query, and what the server was busy with. */
  readonly read: number[];
  /** It has been written to the last of the sockets. What remains is the clients' own. */
  readonly sent: number[];
  /** It has reached the callback. */
  readonly heard: number[];
}

const servedSchema = z.object({ read: z.array(z.number()), sent: z.array(z.number()) });

/** What the server and the clients have noted since the last asking. */
export async function askStages(server: Worker, clients: Worker): Promise<Omit<Stages, 'committed'>> {
  const served = servedSchema.parse(await server.ask('stages'));
  return { ...served, heard: z.array(z.number()).parse(await clients.ask('latencies')) };
}

const probeSchema = z.object({ completedAt: z.string() });

/** A probe carries the time of its writing where a campaign has the time of its end. */
function writtenAtOf({ type, payload }: LogEvent): number | null {
  const found = type === 'campaign.changed' ? probeSchema.safeParse(payload) : null;
  return found?.success ? Date.parse(found.data.completedAt) : null;
}

/** The server's notes. */
export function createStageNotes() {
  let notes: Omit<Stages, 'committed' | 'heard'> = { read: [], sent: [] };
  return {
    /** The events have been read; to be called back when they have been sent. */
    begin(events: readonly LogEvent[]): () => void {
      const written = events.map(writtenAtOf).filter((at) => at !== null);
      const { read, sent } = notes;
      for (const at of written) read.push(Date.now() - at);
      return () => {
        for (const at of written) sent.push(Date.now() - at);
      };
    },
    take() {
      const taken = notes;
      notes = { read: [], sent: [] };
      return taken;
    },
  };
}
