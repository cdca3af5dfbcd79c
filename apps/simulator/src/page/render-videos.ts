import { videoView } from '#src/http/control-view.ts';
import { type Html, html } from '#src/page/html.ts';
import { agoText, PLATFORM_NAMES, wholeNumber } from '#src/page/words.ts';
import { type Platform, platformSchema } from '#src/platform.ts';
import type { SimulatorStore } from '#src/store.ts';

const ROWS_MAX = 100;

export interface VideoFilter {
  platform?: Platform | undefined;
  q: string;
}

type VideoView = ReturnType<typeof videoView>;

/** The list of videos, filtered. */
export function renderVideos(store: SimulatorStore, filter: VideoFilter): Html {
  const all = store.catalogue.videos();
  const wanted = filter.q.trim().toLowerCase();
  const found = all.filter(
    (video) =>
      (filter.platform === undefined || video.platform === filter.platform) &&
      [video.title, video.authorHandle, video.id].some((text) => text.toLowerCase().includes(wanted)),
  );
  const rows = found.slice(0, ROWS_MAX).map((video) => renderRow(videoView(store, video)));
  const rest = found.length - rows.length;
  return html`
    <section class="panel videos" aria-labelledby="videos-title">
      <div class="bar">
        <h2 id="videos-title">Videos <span class="faint" id="video-count" data-live>${wholeNumber(found.length)}</span></h2>
        <nav aria-label="Platform">${[undefined, ...platformSchema.options].map((one) => renderTab(one, filter))}</nav>
        <form class="search" method="get" action="/" role="search">
          ${filter.platform !== undefined && html`<input type="hidden" name="platform" value="${filter.platform}">`}
          <input type="search" name="q" value="${filter.q}" placeholder="Title, handle or id" aria-label="Search videos">
        </form>
      </div>
      <div id="video-empty" data-live>${rows.length === 0 && renderEmpty(all.length > 0)}</div>
      <ol id="video-rows" data-list>${rows}</ol>
      <p class="faint rest" id="video-rest" data-live>${rest > 0 && `${wholeNumber(rest)} more; search to find one.`}</p>
    </section>`;
}

function renderEmpty(isFiltered: boolean): Html {
  return html`<p class="empty">${isFiltered ? 'No video fits. Change the filter.' : 'No videos yet. Post one.'}</p>`;
}

function renderTab(platform: Platform | undefined, filter: VideoFilter): Html {
  const query = new URLSearchParams();
  if (platform !== undefined) query.set('platform', platform);
  if (filter.q !== '') query.set('q', filter.q);
  const name = platform === undefined ? 'All' : PLATFORM_NAMES[platform];
  const current = platform === filter.platform && html` aria-current="page"`;
  return html`<a href="/?${query.toString()}"${current}>${name}</a>`;
}

function renderRow(video: VideoView): Html {
  const rowId = `v-${video.platform}-${video.id}`;
  const call = `PATCH /control/videos/${video.platform}/${encodeURIComponent(video.id)}`;
  const patch = (label: string, change: object, name = label) =>
    html`<button type="button" data-call="${call}" data-body="${JSON.stringify(change)}" aria-label="${name}: ${video.title}">${label}</button>`;
  const nowMs = Date.now();
  return html`
    <li id="${rowId}" class="video">
      <div class="what">
        <a class="title" href="${video.url}" rel="noreferrer" title="${video.url}">${video.title}</a>
        <span class="faint sub">
          <span class="tag">${PLATFORM_NAMES[video.platform]}</span> @${video.author.handle}
          <span title="${video.publishedAt}" id="${rowId}-age" data-live>${agoText(Date.parse(video.publishedAt), nowMs)}</span>
          <code title="Id">${video.id}</code>
        </span>
      </div>
      <div class="state" id="${rowId}-state" data-live>${renderState(video)}</div>
      <div class="views" id="${rowId}-views" data-live>
        <strong>${wholeNumber(video.views)}</strong>
        <span class="faint sub">${growthText(video)}</span>
      </div>
      <div class="actions">
        <form data-call="${call}">
          <input type="number" name="views" min="0" step="1" inputmode="numeric" required placeholder="views" aria-label="Set views of ${video.title}">
          <button>Set</button>
        </form>
        ${patch('+1k', { addViews: 1_000 }, 'Add 1,000 views')}
        ${patch('+10k', { addViews: 10_000 }, 'Add 10,000 views')}
        <span class="switches" id="${rowId}-switches" data-live>
          ${video.frozen ? patch('Grow', { frozen: false }, 'Let grow') : patch('Freeze', { frozen: true })}
          ${video.state === 'private' ? patch('Public', { state: 'live' }, 'Make public') : patch('Private', { state: 'private' }, 'Make private')}
          ${video.state === 'deleted' ? patch('Restore', { state: 'live' }) : patch('Delete', { state: 'deleted' })}
        </span>
      </div>
    </li>`;
}

function renderState(video: VideoView): Html {
  if (video.state === 'deleted') return html`<span class="bad"><i aria-hidden="true">✕</i> deleted</span>`;
  if (video.state === 'private') return html`<span class="warn"><i aria-hidden="true">◐</i> private</span>`;
  if (video.frozen) return html`<span class="faint"><i aria-hidden="true">❙❙</i> frozen</span>`;
  return html`<span class="good"><i aria-hidden="true">●</i> live</span><span class="faint sub">${video.curve.kind}</span>`;
}

function growthText(video: VideoView): string {
  const rounded = video.shownViews === video.views ? '' : `shows ${wholeNumber(video.shownViews)} · `;
  const growth = video.viewsNextHour;
  if (video.state !== 'live') return 'unseen';
  return `${rounded}${growth < 0 ? '−' : '+'}${wholeNumber(Math.abs(growth))}/h`;
}
