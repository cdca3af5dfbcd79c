/**
 * Whether every field that was sent is in what was stored, with an equal value. Fields the platform added by itself
 * (defaults of the actor) do not matter; lists must be equal in order and length.
 */
export function holdsJson(stored: unknown, sent: unknown): boolean {
  if (Array.isArray(sent)) {
    return (
      Array.isArray(stored) && stored.length === sent.length && sent.every((value, i) => holdsJson(stored[i], value))
    );
  }
  if (typeof sent === 'object' && sent !== null) {
    if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return false;
    const fields = new Map<string, unknown>(Object.entries(stored));
    return Object.entries(sent).every(([key, value]) => fields.has(key) && holdsJson(fields.get(key), value));
  }
  return stored === sent;
}
