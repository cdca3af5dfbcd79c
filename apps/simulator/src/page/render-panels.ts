import { CURVE_KINDS } from '#src/curve.ts';
import { APIFY_ERRORS, FAULT_KINDS, type Fault } from '#src/fault.ts';
import { runView } from '#src/http/control-view.ts';
import { type Html, html } from '#src/page/html.ts';
import { agoText, FAULT_WORDS, PLATFORM_NAMES, wholeNumber } from '#src/page/words.ts';
import { type Platform, platformSchema } from '#src/platform.ts';
import type { SimulatorStore } from '#src/store.ts';

const SPEEDS = [0, 1, 10, 60, 600, 3_600];
const RUNS_SHOWN = 8;
const PROFILES_SHOWN = 5;

/** What a link into this page fills its forms with. */
export interface Prefill {
  platform?: Platform | undefined;
  as: string;
  bio: string;
}

const optionsFor = (chosen: Platform | undefined) =>
  platformSchema.options.map(
    (platform) =>
      html`<option value="${platform}"${platform === chosen && html` selected`}>${PLATFORM_NAMES[platform]}</option>`,
  );
const platformOptions = optionsFor(undefined);

/** How fast simulated time runs. */
export function renderClock(store: SimulatorStore): Html {
  const { speed } = store.clock;
  return html`
    <section class="panel" aria-labelledby="clock-title">
      <h2 id="clock-title">Clock</h2>
      <div class="buttons" id="clock-speeds" data-live role="group" aria-label="Speed">
        ${SPEEDS.map((one) => html`<button type="button" data-call="POST /control/clock" data-body="${JSON.stringify({ speed: one })}" aria-pressed="${String(one === speed)}">${one === 0 ? 'Stop' : `${wholeNumber(one)}×`}</button>`)}
      </div>
      <div class="buttons">
        <button type="button" data-call="POST /control/clock" data-body='{"advanceHours":1}'>Jump 1 hour</button>
        <button type="button" data-call="POST /control/clock" data-body='{"advanceHours":24}'>Jump 1 day</button>
      </div>
    </section>`;
}

/** What is broken, and the form to break more. */
export function renderFaults(store: SimulatorStore): Html {
  return html`
    <section class="panel" aria-labelledby="faults-title">
      <h2 id="faults-title">Break a platform</h2>
      <form class="fields" data-call="POST /control/faults">
        <label>Platform <select name="platform">${platformOptions}</select></label>
        <label>For
          <select name="for" data-merge>
            <option value="{}">until mended</option>
            <option value='{"calls":1}'>the next call</option>
            <option value='{"calls":5}'>the next 5 calls</option>
            <option value='{"probability":0.3}'>30 % of calls</option>
          </select>
        </label>
        <label class="wide">What goes wrong
          <select name="kind">${FAULT_KINDS.map((kind) => html`<option value="${kind}">${FAULT_WORDS[kind]}</option>`)}</select>
        </label>
        <label class="wide" data-when="kind=http_error">Error
          <select name="error" data-merge>
            ${Object.entries(APIFY_ERRORS).map(([type, { status }]) => html`<option value="${JSON.stringify({ type, status })}"${type === 'internal-error' && html` selected`}>${status} ${type}</option>`)}
          </select>
        </label>
        <button class="primary wide">Break</button>
      </form>
      <div id="faults" data-live>${renderFaultList(store.faults.list())}</div>
    </section>`;
}

function renderFaultList(faults: Fault[]): Html {
  if (faults.length === 0) return html`<p class="faint">Nothing is broken.</p>`;
  return html`<ul class="lines">${faults.map(
    (fault) => html`
      <li>
        <span><b class="bad">${PLATFORM_NAMES[fault.platform]}</b> ${FAULT_WORDS[fault.kind]} ${statusText(fault)}
          <span class="faint sub">${scopeText(fault)} · hit ${wholeNumber(fault.hits)}×</span></span>
        <button type="button" data-call="DELETE /control/faults/${fault.id}">Mend</button>
      </li>`,
  )}</ul>`;
}

function statusText(fault: Fault): string {
  if (fault.kind !== 'http_error') return '';
  return String(fault.status ?? APIFY_ERRORS[fault.type ?? '']?.status ?? 500);
}

function scopeText(fault: Fault): string {
  const calls = fault.calls === undefined ? '' : `${wholeNumber(fault.calls)} calls left`;
  const chance = fault.probability === undefined ? '' : `${Math.round(fault.probability * 100)} % of calls`;
  return [calls, chance].filter(Boolean).join(', ') || 'until mended';
}

/** The form that posts a video. */
export function renderPost({ platform, as }: Prefill): Html {
  return html`
    <section class="panel" aria-labelledby="post-title">
      <h2 id="post-title">Post a video</h2>
      <form class="fields" data-call="POST /control/videos" data-reset>
        <label>Platform <select name="platform">${optionsFor(platform)}</select></label>
        <label>Handle <input name="author.handle" value="${as}" required maxlength="64" placeholder="mira.cuts" autocapitalize="none" autocomplete="off"></label>
        <label class="wide">Title <input name="title" maxlength="500" placeholder="drawn if left empty" autocomplete="off"></label>
        <label>Views now <input name="views" type="number" min="0" step="1" inputmode="numeric" placeholder="0"></label>
        <label>Growth
          <select name="curve"><option value="">drawn</option>${CURVE_KINDS.map((kind) => html`<option>${kind}</option>`)}</select>
        </label>
        <button class="primary wide">Post</button>
      </form>
    </section>`;
}

/** The form that edits a bio: where a proof of ownership goes. */
export function renderProfile(store: SimulatorStore, { platform, as, bio }: Prefill): Html {
  const profiles = store.catalogue.profiles().slice(-200).reverse();
  // Whoever is proving an account looks for the bio just saved.
  const shown = profiles.toSorted((a, b) => Number(b.bio !== '') - Number(a.bio !== '')).slice(0, PROFILES_SHOWN);
  return html`
    <section class="panel" aria-labelledby="profile-title">
      <h2 id="profile-title">Edit a profile</h2>
      <form class="fields" data-call="PATCH /control/profiles/{platform}/{handle}">
        <label>Platform <select name="platform">${optionsFor(platform)}</select></label>
        <label>Handle <input name="handle" value="${as}" required maxlength="64" list="handles" placeholder="mira.cuts" autocapitalize="none" autocomplete="off"></label>
        <datalist id="handles">${profiles.map(({ handle }) => html`<option value="${handle}"></option>`)}</datalist>
        <label class="wide">Bio <textarea name="bio" rows="2" maxlength="2000" placeholder="Paste the code here" data-keep-empty>${bio}</textarea></label>
        <button class="primary wide">Save bio</button>
      </form>
      <ul class="lines" id="profiles" data-live>${shown.map(
        (profile) => html`
          <li><span><b>@${profile.handle}</b> ${PLATFORM_NAMES[profile.platform]}
            <span class="faint sub">${profile.bio || 'no bio'}</span></span></li>`,
      )}</ul>
    </section>`;
}

/** The latest runs, newest first. */
export function renderRuns(store: SimulatorStore): Html {
  const runs = store.runs
    .list()
    .slice(-RUNS_SHOWN)
    .reverse()
    .map((run) => runView(store, run));
  return html`
    <section class="panel" aria-labelledby="runs-title">
      <h2 id="runs-title">Latest runs</h2>
      <div id="runs" data-live>${
        runs.length === 0
          ? html`<p class="faint">No run yet. The tracker starts one when clips are due.</p>`
          : html`<ul class="lines">${runs.map(
              (run) => html`
                <li><span><b class="${toneOf(run.status)}">${run.status}</b> ${PLATFORM_NAMES[run.platform]}
                  <span class="faint sub">${run.actor.split('/')[1]} · ${agoText(Date.parse(run.startedAt), Date.now())}</span></span>
                  <span class="amount">${wholeNumber(run.items)} ${run.items === 1 ? 'item' : 'items'}<span class="faint sub">$${run.shownCostUsd.slice(0, -2)}</span></span></li>`,
            )}</ul>`
      }</div>
    </section>`;
}

function toneOf(status: string): string {
  if (status === 'SUCCEEDED') return 'good';
  return ['READY', 'RUNNING'].includes(status) ? '' : 'bad';
}
