import { v7 as uuidv7 } from 'uuid';

/** A new id: a uuid of version 7, so that rows made together lie together. */
export function newId(): string {
  return uuidv7();
}
