import { clockView, statsView } from '#src/http/control-view.ts';
import { type Html, html } from '#src/page/html.ts';
import {
  type Prefill,
  renderClock,
  renderFaults,
  renderPost,
  renderProfile,
  renderRuns,
} from '#src/page/render-panels.ts';
import { renderVideos, type VideoFilter } from '#src/page/render-videos.ts';
import { durationText, PLATFORM_NAMES, wholeNumber } from '#src/page/words.ts';
import { platformSchema } from '#src/platform.ts';
import type { SimulatorStore } from '#src/store.ts';

/** The whole page; its script asks for it again and takes over what has changed. */
export function renderPage(store: SimulatorStore, filter: VideoFilter & Prefill): string {
  const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Simulator · Clipmeter</title>
    <link rel="stylesheet" href="/page.css">
    <script type="module" src="/page.js"></script>
  </head>
  <body>
    <header class="top">
      <div>
        <h1>Simulator</h1>
        <p class="faint">A stand-in for the platforms. Nothing here is real.</p>
      </div>
      ${renderStats(store)}
    </header>
    <nav class="jump" aria-label="On this page">
      <a href="#clock-title">Clock</a> <a href="#faults-title">Break</a> <a href="#post-title">Post</a>
      <a href="#profile-title">Profile</a> <a href="#runs-title">Runs</a>
    </nav>
    <p id="said" role="status" aria-live="polite"></p>
    <main>
      ${renderVideos(store, filter)}
      <div class="side">
        ${renderClock(store)} ${renderFaults(store)} ${renderPost(filter)} ${renderProfile(store, filter)} ${renderRuns(store)}
      </div>
    </main>
  </body>
</html>`;
  return page.markup;
}

function renderStats(store: SimulatorStore): Html {
  const stats = statsView(store);
  const clock = clockView(store);
  const broken = [...new Set(store.faults.list().map((fault) => PLATFORM_NAMES[fault.platform]))];
  const direct = platformSchema.options.reduce(
    (sum, platform) => sum + (stats.platforms[platform]?.directCalls ?? 0),
    0,
  );
  return html`
    <dl id="stats" data-live>
      <div><dt>Runs</dt><dd>${wholeNumber(stats.runs)}</dd></div>
      <div><dt>Billed results</dt><dd>${wholeNumber(stats.billedResults)}</dd></div>
      <div><dt>Charged</dt><dd>$${stats.costUsd.slice(0, -4)}</dd></div>
      <div><dt>Data API calls</dt><dd>${wholeNumber(direct)}</dd></div>
      <div><dt>Simulated time</dt><dd>${durationText(clock.elapsedHours)} <small class="faint">${clock.speed === 0 ? 'stopped' : `${wholeNumber(clock.speed)}×`}</small></dd></div>
      <div><dt>Broken</dt><dd>${broken.length === 0 ? 'nothing' : html`<span class="bad">${broken.join(', ')}</span>`}</dd></div>
    </dl>`;
}
