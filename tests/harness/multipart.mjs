// multipart/form-data bodies (RFC 7578), right and wrong.
import { randomBytes } from 'node:crypto';

/** A file part: name as sent, bytes, media type. */
export function file(name, bytes, type = 'application/octet-stream') {
  return { filename: name, bytes: Buffer.from(bytes), type };
}

function quote(name) {
  return name.replace(/[\r\n"]/g, (c) => ({ '\r': '%0D', '\n': '%0A', '"': '%22' })[c]);
}

function head(boundary, name, part) {
  const disposition = `form-data; name="${quote(name)}"`;
  if (part.filename === undefined) return `--${boundary}\r\nContent-Disposition: ${disposition}\r\n\r\n`;
  return `--${boundary}\r\nContent-Disposition: ${disposition}; filename="${quote(part.filename)}"\r\n` +
    `Content-Type: ${part.type}\r\n\r\n`;
}

/** { field: "text" | file | [several] } -> { type, body }, the fields in the order given. */
export function multipart(parts, boundary = `----guichet${randomBytes(12).toString('hex')}`) {
  const pieces = [];
  for (const [name, value] of Object.entries(parts)) {
    for (const part of Array.isArray(value) ? value : [value]) {
      const whole = typeof part === 'object' ? part : { bytes: Buffer.from(String(part)) };
      pieces.push(Buffer.from(head(boundary, name, whole)), whole.bytes, Buffer.from('\r\n'));
    }
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(pieces), boundary };
}
