/** A statement as its page and its prefetch ask for it. */
export const statementInput = (id: string) => ({ id, limit: 50 });
