import type { CaughtMail } from '#src/caught-mail.ts';
import { type Html, html } from '#src/html.ts';

export interface PageState {
  mails: readonly CaughtMail[];
  /** The one that is open. */
  open: CaughtMail | undefined;
}

/** The whole page: the mails at the left, the open one at the right. Its script asks for newer ones. */
export function renderPage({ mails, open }: PageState): string {
  const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${open === undefined ? '' : `${open.subject} · `}Mail · Clipmeter</title>
    <link rel="stylesheet" href="/page.css">
    <script type="module" src="/page.js"></script>
  </head>
  <body data-open="${open === undefined ? 'no' : 'yes'}">
    <header>
      <div>
        <h1><a href="/">Mail</a></h1>
        <p class="faint">Everything Clipmeter mails on this machine. Nothing leaves it.</p>
      </div>
      <button type="button" id="clear">Throw all away</button>
    </header>
    <main>
      <nav aria-label="Mails" id="mails" data-newest="${mails[0]?.id ?? ''}">
        ${
          mails.length === 0
            ? html`<p class="empty">No mail yet. Sign up in the app, or ask it for a new password.</p>`
            : html`<ol>${mails.map((mail) => renderLine(mail, mail.id === open?.id))}</ol>`
        }
      </nav>
      ${open === undefined ? html`<p class="empty hint">Choose a mail to read it.</p>` : renderMail(open)}
    </main>
  </body>
</html>`;
  return page.markup;
}

function renderLine({ id, subject, to, caughtAt }: CaughtMail, isOpen: boolean): Html {
  return html`
    <li><a href="/mails/${id}"${isOpen && html` aria-current="page"`}>
      <span class="subject">${subject || '(no subject)'}</span>
      <time datetime="${caughtAt}">${clockText(caughtAt)}</time>
      <span class="faint to">${to.join(', ')}</span>
    </a></li>`;
}

function renderMail(mail: CaughtMail): Html {
  return html`
    <article>
      <a class="back" href="/">All mails</a>
      <h2>${mail.subject || '(no subject)'}</h2>
      <dl>
        <div><dt>To</dt><dd>${mail.to.join(', ')}</dd></div>
        <div><dt>From</dt><dd>${mail.from}</dd></div>
        <div><dt>At</dt><dd><time datetime="${mail.caughtAt}">${mail.caughtAt}</time></dd></div>
      </dl>
      ${
        mail.html === null
          ? html`<pre>${linked(mail.text)}</pre>`
          : html`<iframe title="The mail as it looks" src="/mails/${mail.id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
            <details><summary>As plain text</summary><pre>${linked(mail.text)}</pre></details>`
      }
    </article>`;
}

/** The text, with its addresses to click on. */
function linked(text: string): Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) =>
      index % 2 === 1 ? html`<a href="${part}" target="_blank" rel="noreferrer">${part}</a>` : html`${part}`,
    );
}

function clockText(iso: string): string {
  return iso.slice(11, 16);
}
