'use client';

import './globals.css';
import { Failure } from '#src/frame/failure.tsx';

/** Stands in for the whole document, so it brings its own styles; the theme's switch does not reach it. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body className="font-sans text-base">
        <title>This page could not be shown · Clipmeter</title>
        <Failure error={error} retry={retry} />
      </body>
    </html>
  );
}
