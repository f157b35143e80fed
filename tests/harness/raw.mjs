// Bytes on a socket, for requests that no HTTP client would send.
import { connect } from 'node:net';

function parse(bytes) {
  const text = bytes.toString('latin1');
  const status = /^HTTP\/1\.1 (\d{3})/.exec(text);
  const end = text.indexOf('\r\n\r\n');
  if (!status || end < 0) return { status: 0, headers: {}, body: text };
  const headers = {};
  for (const line of text.slice(0, end).split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { status: Number(status[1]), headers, body: text.slice(end + 4) };
}

/**
 * Send `bytes` and read until the server closes, or until nothing has come for `quiet` milliseconds after an answer, or
 * `milliseconds` are over. { status, headers, body, closed, text }: the first answer; `closed`: the server hung up.
 */
export function raw(port, bytes, { milliseconds = 5_000, quiet = 400 } = {}) {
  return new Promise((resolve, reject) => {
    const pieces = [];
    let lull;
    let closed = false;
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(bytes));
    const done = () => {
      clearTimeout(limit);
      clearTimeout(lull);
      socket.destroy();
      const all = Buffer.concat(pieces);
      resolve({ ...parse(all), closed, text: all.toString('latin1') });
    };
    const limit = setTimeout(done, milliseconds);
    socket.on('data', (piece) => {
      pieces.push(piece);
      clearTimeout(lull);
      lull = setTimeout(done, quiet);
    });
    socket.on('end', () => {
      closed = true;
      done();
    });
    socket.on('error', (error) => {
      closed = true;
      if (pieces.length > 0 || /ECONNRESET|EPIPE/.test(error.code)) return done();
      clearTimeout(limit);
      reject(error);
    });
  });
}

/** A request's head as text: lines joined by CRLF, ended by an empty one. */
export function head(...lines) {
  return `${lines.join('\r\n')}\r\n\r\n`;
}
