import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/stack/browser.ts';

const browser = process.env['CLIPMETER_BROWSER'] ?? findBrowser();

export default defineConfig({
  testDir: 'e2e',
  // What tests with Postgres hold too, only when asked: E2E=all npx playwright test.
  ...(process.env['E2E'] === 'all' ? {} : { grepInvert: /@long/ }),
  // The longest first, so that nobody waits for it at the end.
  projects: [
    { name: 'start', testMatch: 'start.e2e.ts' },
    { name: 'browser', testMatch: '*.e2e.ts', testIgnore: 'start.e2e.ts' },
  ],
  outputDir: 'test-results',
  // Each has a stack (Postgres, simulator, tracker, web) for all of its tests: see e2e/stack.ts.
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    screenshot: 'only-on-failure',
    // A trace costs as much as the test itself: TRACE=1 npx playwright test FILE.
    trace: process.env['TRACE'] === undefined ? 'off' : 'retain-on-failure',
    // Numbers that roll are drawn by the processor here.
    contextOptions: { reducedMotion: 'reduce' },
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    launchOptions: {
      ...(browser === undefined ? {} : { executablePath: browser }),
      args: [
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
        '--no-first-run',
        // Chromium's sandbox does not work for root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  },
});
