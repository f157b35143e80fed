// Reads what the outbox left in data/mail/: enough of MIME (RFC 2045, 2047) for mails that the portal itself wrote.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

function decodeQuoted(text) {
  const bytes = text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

function decodeWords(value) {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?([^?]+)\?([BQ])\?([^?]*)\?=/gi, (_, charset, coding, text) =>
      coding.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : decodeQuoted(text.replace(/_/g, ' ')).toString('utf8'));
}

function decodeBody(body, coding) {
  if (/base64/i.test(coding)) return Buffer.from(body, 'base64').toString('utf8');
  if (/quoted-printable/i.test(coding)) return decodeQuoted(body).toString('utf8');
  return Buffer.from(body, 'latin1').toString('utf8');
}

/** The parts of a multipart body (RFC 2046, section 5.1.1), or the one that it is. */
function partsOf(part) {
  const type = part.get('Content-Type') ?? '';
  const boundary = /^multipart\/.*boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (!boundary) return [part];
  const pieces = part.source.split(/\r?\n/).reduce((found, line) => {
    if (line === `--${boundary}` || line === `--${boundary}--`) found.push([]);
    else found.at(-1).push(line);
    return found;
  }, [[]]);
  if (pieces.length < 3) throw new Error(`no parts in ${type}`);
  return pieces.slice(1, -1).flatMap((lines) => partsOf(parsePart(lines.join('\r\n'))));
}

/** { headers: [[name, value]...], get(name), text, html: undefined when it has none, types, source } */
export function parseMail(bytes) {
  const whole = parsePart(bytes.toString('latin1'));
  const parts = partsOf(whole);
  const of = (type) => parts.find((part) => (part.get('Content-Type') ?? 'text/plain').startsWith(type))?.text;
  return { ...whole, text: of('text/plain'), html: of('text/html'), types: parts.map((part) => part.get('Content-Type')) };
}

function parsePart(source) {
  const [top] = /^[\s\S]*?\r?\n\r?\n/.exec(source) ?? [source];
  const headers = top
    .trimEnd()
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .map((line) => [line.slice(0, line.indexOf(':')), decodeWords(line.slice(line.indexOf(':') + 1).trim())]);
  const get = (name) => headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  const text = decodeBody(source.slice(top.length), get('Content-Transfer-Encoding') ?? '').replace(/\r\n/g, '\n');
  return { headers, get, text, source };
}

/** The number at the end of a mail's name counts up; its text alone would put the tenth before the ninth. */
const numberOf = (name) => Number(/-(\d+)\.eml$/.exec(name)?.[1]);

/** All mails in a data folder, oldest first. */
export function mails(data) {
  const folder = join(data, 'mail');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.eml')).sort((a, b) => numberOf(a) - numberOf(b));
  return names.map((name) => ({ name, ...parseMail(readFileSync(join(folder, name))) }));
}

/** Waits until `count` mails are there that `wanted` accepts. */
export async function awaitMails(data, wanted, count = 1, milliseconds = 15_000) {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const found = mails(data).filter(wanted);
    if (found.length >= count) return found;
    if (Date.now() > deadline) {
      throw new Error(`want ${count} mails, found ${found.length} of ${mails(data).map((m) => m.get('Subject')).join(' | ')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The address that a mail goes to, without the name. */
export function recipient(mail) {
  const to = mail.get('To') ?? '';
  return /<([^>]+)>/.exec(to)?.[1] ?? to;
}
