declare namespace NodeJS {
  interface ProcessEnv {
    // Set by Next.js while it compiles, once for each runtime: only a plain mention is replaced.
    readonly NEXT_RUNTIME?: 'nodejs' | 'edge';
  }
}
