import type { PageEvent } from '@clipmeter/api/output/live-event';

/** What an event of one type carries. */
export type Payload<Type extends PageEvent['type']> = Extract<PageEvent, { type: Type }>['payload'];
