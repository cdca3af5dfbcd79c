import { isNoticeKind } from '@clipmeter/core/notice-kind';
import type { ClaimedMail } from '@clipmeter/db/mail-sending';
import type { MailMessage } from '#src/mail/mailer.ts';

interface Composition {
  /** Where the web app is. */
  readonly publicUrl: string;
  readonly from: string;
}

/** Where somebody says what they want by mail. */
const PREFERENCES = '/account/alerts';

/** A mail as plain text and as simple HTML that says the same, with the link and, for a notice, how to have no more. */
export function composeMail(
  mail: Pick<ClaimedMail, 'id' | 'to' | 'kind' | 'subject' | 'body' | 'link'>,
  { publicUrl, from }: Composition,
): MailMessage {
  const preferences = new URL(PREFERENCES, publicUrl).href;
  const isNotice = isNoticeKind(mail.kind);
  const footer = isNotice
    ? `You have this by mail because you chose to, or never said otherwise. Choose what comes by mail: ${preferences}`
    : 'You have this mail because somebody gave your address to Clipmeter. If that was not you, nothing has to be done.';
  const link = mail.link === null ? null : { ...mail.link, href: new URL(mail.link.href, publicUrl).href };
  const paragraphs = mail.body.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
  const label = link?.label ?? 'Open it in Clipmeter';
  const text = [...paragraphs, ...(link === null ? [] : [`${label}: ${link.href}`]), `-- \n${footer}`].join('\n\n');
  return {
    from,
    to: mail.to,
    subject: mail.subject,
    text: `${text}\n`,
    html: htmlOf({
      subject: mail.subject,
      paragraphs,
      link: link === null ? null : { href: link.href, label },
      footer,
    }),
    messageId: `<${mail.id}@${hostOf(from, publicUrl)}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(isNotice && { 'List-Unsubscribe': `<${preferences}>` }),
    },
  };
}

interface Content {
  subject: string;
  paragraphs: string[];
  link: { href: string; label: string } | null;
  footer: string;
}

const FONT = 'font-family:system-ui,-apple-system,Segoe UI,sans-serif';

function htmlOf({ subject, paragraphs, link, footer }: Content): string {
  const body = paragraphs.map((paragraph) => `<p style="margin:0 0 16px">${lines(paragraph)}</p>`);
  const button =
    link === null
      ? ''
      : `<p style="margin:0 0 24px"><a href="${escaped(link.href)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#2f4fd8;color:#ffffff;text-decoration:none;font-weight:600">${escaped(link.label)}</a></p>`;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escaped(subject)}</title></head>`,
    `<body style="margin:0;padding:24px;background:#f6f6f7;color:#1c1d21;${FONT};font-size:16px;line-height:24px">`,
    '<div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #e3e3e6;border-radius:12px">',
    `<h1 style="margin:0 0 16px;font-size:20px;line-height:28px">${escaped(subject)}</h1>`,
    ...body,
    button,
    `<p style="margin:0;color:#5d5f66;font-size:13px;line-height:20px">${linked(footer)}</p>`,
    '</div></body></html>\n',
  ].join('\n');
}

function lines(paragraph: string): string {
  return escaped(paragraph).replaceAll('\n', '<br>');
}

/** The footer's own addresses can be followed; nothing that somebody typed is in it. */
function linked(footer: string): string {
  return escaped(footer).replaceAll(
    /https?:\/\/[^\s<]+/g,
    (href) => `<a href="${href}" style="color:#2f4fd8">${href}</a>`,
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** The right side of a Message-ID: the sender's domain, which is ours for as long as mails are kept. */
function hostOf(from: string, publicUrl: string): string {
  return /@([^\s<>@]+)>?$/.exec(from)?.[1] ?? new URL(publicUrl).hostname;
}
