import type { Tx } from '@clipmeter/db/transaction';
import type { Db, SendOptions } from 'pg-boss';

/** Sends jobs. With a transaction the job exists if and only if what it is about does. */
export interface JobOutbox {
  send(queue: string, data: object, options?: SendOptions & { tx?: Tx }): Promise<void>;
}

/** pg-boss's way to write through somebody else's connection. */
export function bossConnection(tx: Tx): Db {
  return { executeSql: (text, values) => tx.query(text, values) };
}

/** @param boss the one method of pg-boss that is needed, so that tests can watch it */
export function createJobOutbox(boss: {
  send(name: string, data: object, options: SendOptions): Promise<string | null>;
}): JobOutbox {
  return {
    async send(queue, data, options = {}) {
      const { tx, ...sending } = options;
      // Null means that an equal job is waiting already, which is as good.
      await boss.send(queue, data, tx ? { ...sending, db: bossConnection(tx) } : sending);
    },
  };
}
