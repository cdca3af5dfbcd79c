import { APIFY_ERRORS } from '#src/fault.ts';
import { json, type Reply } from '#src/http/exchange.ts';

/** An error of the Apify API, by its type. */
export function apifyError(type: string, options: { status?: number | undefined; message?: string } = {}): Reply {
  const known = APIFY_ERRORS[type];
  const status = options.status ?? known?.status ?? 500;
  return json(status, { error: { type, message: options.message ?? known?.message ?? 'Something went wrong.' } });
}

/** The type that fits a status nobody gave a type for. */
export function apifyErrorType(status: number): string {
  const fitting = Object.entries(APIFY_ERRORS).find(([, known]) => known.status === status);
  return fitting?.[0] ?? 'internal-error';
}
