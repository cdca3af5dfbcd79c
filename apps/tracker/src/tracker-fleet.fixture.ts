import type { FaultPointName } from '#src/fault-points.ts';
import { startTrackerProcess, type TrackerProcess } from '#src/tracker-process.fixture.ts';

/** Where a tracker was killed. */
export interface Kill {
  readonly point: FaultPointName;
  /** At which visit of the point. */
  readonly visit: number;
}

interface Member {
  readonly process: TrackerProcess;
  readonly kill: Kill | undefined;
  /** Set once it has ended. */
  end: { code: number | null; signal: NodeJS.Signals | null } | null;
}

/** What a tracker says when something that matters here has happened. */
const NEWS = new Set([
  'batch settled',
  'batch put back',
  'closing round begun',
  'closing round settled',
  'campaign released',
]);
/** Fewer clips than a campaign has, so that its closing round and its release take several transactions. */
const CHUNK_CLIPS = '2';
/** A run whose answer is asked for again says nothing. */
const LOOK_AGAIN_MS = 250;

/** Several trackers as processes over one database, of which some are to be killed at a step. */
export function createFleet(options: { databaseUrl: string; simulatorUrl: string }) {
  const members: Member[] = [];
  const kills: Kill[] = [];

  return {
    kills,
    /** Starts one, which kills itself where it is told to. */
    start(kill?: Kill): void {
      const process = startTrackerProcess({
        ...options,
        env: {
          ADOPT_WAIT_SECONDS: '1',
          CHUNK_CLIPS,
          ...(kill && { FAULT_POINTS: `${kill.point}=kill@${kill.visit}` }),
        },
      });
      const member: Member = { process, kill, end: null };
      void process.ended.then((end) => {
        member.end = end;
      });
      members.push(member);
    },
    /** The points at which trackers are still to be killed. */
    armed: () => members.flatMap(({ kill }) => (kill ? [kill.point] : [])),
    /** Resolves when a tracker has news or has ended, or after a moment. */
    async change(): Promise<void> {
      const news = members.map(({ process }) => process.until((line) => NEWS.has(line.msg), process.lines.length));
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, LOOK_AGAIN_MS);
      await Promise.race([promise, ...news, ...members.map(({ process }) => process.ended)]).catch(() => {});
      clearTimeout(timer);
    },
    /**
     * Takes out those that were killed, and answers where.
     *
     * @throws Error when one ended by itself
     */
    buryDead(): Kill[] {
      const dead = members.filter(({ end }) => end !== null);
      return dead.map((member) => {
        if (member.end?.signal !== 'SIGKILL' || member.kill === undefined)
          throw new Error(
            `a tracker ended by itself (${member.end?.signal ?? member.end?.code}): ${member.process.errors()}`,
          );
        members.splice(members.indexOf(member), 1);
        kills.push(member.kill);
        return member.kill;
      });
    },
    /** Asks all to stop, as a deployment does. */
    async stop(): Promise<void> {
      // One that still starts does not listen for the signal yet.
      await Promise.all(members.map(({ process }) => process.port()));
      for (const { process } of members.splice(0)) {
        const end = await process.stop();
        if (end.code !== 0) throw new Error(`a tracker did not stop well: ${end.signal ?? end.code}`);
      }
    },
    /** Whatever is left of them, at once. */
    async killAll(): Promise<void> {
      for (const { process } of members.splice(0)) {
        process.kill('SIGKILL');
        await process.ended;
      }
    },
  };
}
