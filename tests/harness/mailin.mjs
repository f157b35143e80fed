// Mail that comes in: written as other people's programs write it, and handed to guichet-api mail.
import { randomUUID } from 'node:crypto';
import { run } from './guichet.mjs';

export const AUTHSERV = 'mx.acme.example';
export const mailIn = { GUICHET_REPLY_ADDRESS: 'support@reply.acme.example', GUICHET_MAIL_AUTHSERV: AUTHSERV };

/** What our own mail server says of who sent it: dmarc('pass') */
export const dmarc = (result, from) => ({ 'Authentication-Results': `${AUTHSERV}; spf=pass smtp.mailfrom=x.example; dmarc=${result} (p=reject) header.from=${from.split('@')[1]}` });

/** letter({ from, to, subject, text, id, headers: { name: value }, type, body }) as bytes; `type` and `body` replace the text. */
export function letter({ from, to = 'support@acme.example', subject = 'Hello', text = '', id = `<${randomUUID()}@mail.example>`, headers = {},
  type = 'text/plain; charset=utf-8', body = text }) {
  const all = { ...headers, From: from, To: to, Subject: subject, Date: 'Mon, 23 Nov 2026 10:00:00 +0000', 'MIME-Version': '1.0', 'Content-Type': type };
  if (id) all['Message-ID'] = id;
  const lines = Object.entries(all).flatMap(([name, values]) => [values].flat().map((value) => `${name}: ${value}`));
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
}

/** One multipart body: several([['text/plain', 'words'], ['image/png', base64, { 'Content-Transfer-Encoding': 'base64' }]]) */
export function several(parts, kind = 'mixed', boundary = `b${randomUUID()}`) {
  const pieces = parts.map(([type, body, headers = {}]) => [`--${boundary}`, `Content-Type: ${type}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', body].join('\r\n'));
  return { type: `multipart/${kind}; boundary="${boundary}"`, body: `${pieces.join('\r\n')}\r\n--${boundary}--\r\n` };
}

/** What a mail server sends back of the mail `id` to `to` (RFC 3464), as fields of a letter. */
export const bounce = (id, to, action = 'failed') => ({
  from: 'MAILER-DAEMON@mx.example',
  ...several([['text/plain', 'It did not work'],
    ['message/delivery-status', `Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; ${to}\r\nAction: ${action}\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 No such user`],
    ['message/rfc822', `Message-ID: ${id}\r\nSubject: x\r\n\r\nwords`]], 'report; report-type=delivery-status'),
});

/** As a mail server's pipe does: -> as run() */
export const pipe = (data, bytes) => run('guichet-api', ['mail', '--data', data], { input: bytes });

/** What mail became, in its order: [{ became, why }] */
export const received = ({ program }) => [...program.stderr.matchAll(/mail_received became=(\w+) why=("?)(\w*)\2/g)].map(([, became, , why]) => ({ became, why }));

/** Hand a mail over and wait for what became of it: 'reply', 'ticket', 'quarantined other_sender', .. */
export async function receive(server, bytes) {
  const before = received(server).length;
  const { code, stderr } = await pipe(server.data, bytes);
  if (code !== 0) throw new Error(`guichet-api mail: ${code}\n${stderr}`);
  const deadline = Date.now() + 20_000;
  while (received(server).length === before) {
    if (Date.now() > deadline) throw new Error(`nothing was received\n${server.program.said}`);
    await new Promise((later) => setTimeout(later, 50));
  }
  const { became, why } = received(server)[before];
  return `${became} ${why}`.trim();
}

/** The same of a letter in parts. */
export const receiveLetter = (server, fields) => receive(server, letter(fields));
