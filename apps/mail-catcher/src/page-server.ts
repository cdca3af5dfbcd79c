import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { MailBox } from '#src/mail-box.ts';
import { renderPage } from '#src/render-page.ts';

/** Scripts only of ours: a mail is somebody else's markup. */
const PAGE_POLICY = "default-src 'self'; frame-ancestors 'none'";
/** The mail itself: styles and pictures, and nothing that runs. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data: http: https:; frame-ancestors 'self'";

interface Answer {
  status: number;
  type: string;
  body: string;
  policy?: string;
}

const page = (body: string): Answer => ({ status: 200, type: 'text/html; charset=utf-8', body, policy: PAGE_POLICY });
const json = (value: unknown): Answer => ({ status: 200, type: 'application/json', body: JSON.stringify(value) });
const NOTHING: Answer = { status: 404, type: 'text/plain; charset=utf-8', body: 'Nothing is here.' };

/** The page over the box: `/`, `/mails/ID`, and for tests `/mails.json?to=ADDRESS`. `DELETE /mails` empties it. */
export async function createPageServer(box: MailBox): Promise<Server> {
  const asset = (name: string) => readFile(new URL(name, import.meta.url), 'utf8');
  const [style, script] = await Promise.all([asset('page.css'), asset('page.client.js')]);

  function answer(request: IncomingMessage): Answer {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://mail');
    const [, id = '', part] = /^\/mails\/([0-9a-f-]{36})(\/html)?$/.exec(pathname) ?? [];
    const mail = box.find(id);
    if (request.method === 'DELETE' && pathname === '/mails') {
      box.clear();
      return json([]);
    }
    if (request.method !== 'GET') return NOTHING;
    if (mail !== undefined && part !== undefined) {
      // Its links open beside it: other sites let nobody show them inside a page.
      return { ...page(`<base target="_blank">${mail.html ?? ''}`), policy: MAIL_POLICY };
    }
    if (mail !== undefined) return page(renderPage({ mails: box.list(), open: mail }));
    switch (pathname) {
      case '/':
        return page(renderPage({ mails: box.list(), open: undefined }));
      case '/mails.json':
        return json(box.list(searchParams.get('to') ?? undefined));
      case '/page.css':
        return { status: 200, type: 'text/css; charset=utf-8', body: style };
      case '/page.js':
        return { status: 200, type: 'text/javascript; charset=utf-8', body: script };
      case '/health':
        return json({ status: 'ok' });
      default:
        return NOTHING;
    }
  }

  return createServer((request, response) => send(response, answer(request)));
}

function send(response: ServerResponse, { status, type, body, policy }: Answer): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...(policy === undefined ? {} : { 'content-security-policy': policy }),
  });
  response.end(body);
}
