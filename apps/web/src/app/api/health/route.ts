/** Answers while this process serves. Whether the data flows is the tracker's health to tell. */
export function GET(): Response {
  return Response.json({ status: 'ok' });
}
