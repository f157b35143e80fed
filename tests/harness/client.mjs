// An HTTP client that behaves like the portal's own pages: it keeps its cookies and sends origin, marker and key.
// Every answer of the API must be as api/openapi.json describes it. A header set to null in `headers` is left out.
import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { multipart } from './multipart.mjs';
import { answerFaults } from './schema.mjs';

export class Answer {
  constructor(status, headers, rawHeaders, body) {
    this.status = status;
    this.headers = headers;
    this.rawHeaders = rawHeaders;
    this.body = body;
  }

  get text() {
    return this.body.toString('utf8');
  }

  get json() {
    return JSON.parse(this.text);
  }

  /** The stable code of a problem. */
  get code() {
    return /json/.test(this.headers['content-type'] ?? '') ? this.json.code : undefined;
  }

  /** Status, headers without the clock, and body: to compare answers to the byte. */
  get bytes() {
    const kept = [];
    for (let i = 0; i < this.rawHeaders.length; i += 2) {
      if (!/^(date|x-request-id)$/i.test(this.rawHeaders[i])) kept.push(`${this.rawHeaders[i]}: ${this.rawHeaders[i + 1]}`);
    }
    return `${this.status}\n${kept.join('\n')}\n\n${this.body.toString('latin1')}`;
  }
}

export class Client {
  constructor({ port, origin, host, api = '/api/v1' }) {
    Object.assign(this, { port, origin, host, api });
    this.cookie = null;
    this.kept = {}; // what else the API has this browser keep, by name
    this.described = true; // every answer of the API is held against api/openapi.json
  }

  /** One request. `path` is below the API; with `page: true` it is taken as it is. */
  request(method, path, { headers = {}, body, page = false, milliseconds = 30_000 } = {}) {
    const sent = { Host: this.host, ...this.#cookies(), ...headers };
    if (body !== undefined && sent['Content-Length'] === undefined) sent['Content-Length'] = Buffer.byteLength(body);
    for (const name of Object.keys(sent)) if (sent[name] === null) delete sent[name];
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.port, method, path: (page ? '' : this.api) + path, headers: sent,
        agent: false, timeout: milliseconds, setHost: false };
      const request = httpRequest(options, (response) => {
        const pieces = [];
        response.on('data', (piece) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () => {
          this.#keep(response.headers['set-cookie']);
          const answer = new Answer(response.statusCode, response.headers, response.rawHeaders, Buffer.concat(pieces));
          const faults = page || !this.described ? [] : answerFaults(method, path, answer);
          if (faults.length === 0) resolve(answer);
          else reject(new Error(`${method} ${path}: the answer is not as api/openapi.json says: ${faults.join('; ')}`));
        });
      });
      request.on('timeout', () => request.destroy(new Error(`${method} ${path}: no answer`)));
      request.on('error', reject);
      request.end(body);
    });
  }

  #cookies() {
    const pairs = [this.cookie, ...Object.values(this.kept)].filter(Boolean);
    return pairs.length > 0 ? { Cookie: pairs.join('; ') } : {};
  }

  #keep(cookies) {
    for (const cookie of cookies ?? []) {
      const [pair] = cookie.split(';');
      const gone = /;\s*max-age=0\b/i.test(cookie) || pair.endsWith('=');
      if (!/^(__Host-)?guichet=/.test(pair)) {
        const name = pair.slice(0, pair.indexOf('='));
        if (gone) delete this.kept[name];
        else this.kept[name] = pair;
        continue;
      }
      this.cookie = gone ? null : pair;
    }
  }

  get(path, options) {
    return this.request('GET', path, options);
  }

  /** A page of the site. */
  page(path, options) {
    return this.request('GET', path, { ...options, page: true });
  }

  json(method, path, value, { headers, ...options } = {}) {
    const body = typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value);
    return this.request(method, path, { ...options, body,
      headers: { Origin: this.origin, 'X-Guichet': '1', 'Content-Type': 'application/json', ...headers } });
  }

  post(path, value, options) {
    return this.json('POST', path, value, options);
  }

  /** A call that changes something and has no body. */
  act(path, { headers, ...options } = {}) {
    return this.request('POST', path, { headers: { Origin: this.origin, 'X-Guichet': '1', ...headers }, ...options });
  }

  delete(path, { headers, ...options } = {}) {
    return this.request('DELETE', path, { ...options, headers: { Origin: this.origin, 'X-Guichet': '1', ...headers } });
  }

  /** As a browser without JavaScript posts a form. */
  form(path, fields, { headers, ...options } = {}) {
    return this.request('POST', path, { ...options, body: new URLSearchParams(fields).toString(),
      headers: { Origin: this.origin, 'Content-Type': 'application/x-www-form-urlencoded', ...headers } });
  }

  /** `parts`: see multipart.mjs. A fresh idempotency key unless `key` gives one. */
  multipart(path, parts, { headers, key = randomUUID(), ...options } = {}) {
    const { type, body } = multipart(parts);
    return this.request('POST', path, { ...options, body,
      headers: { Origin: this.origin, 'X-Guichet': '1', 'Content-Type': type, 'Idempotency-Key': key, ...headers } });
  }

  /** As a browser without JavaScript posts a form with files. */
  plainUpload(path, parts, { headers, ...options } = {}) {
    const { type, body } = multipart(parts);
    return this.request('POST', path, { ...options, body, headers: { Origin: this.origin, 'Content-Type': type, ...headers } });
  }

  signIn(email, password) {
    return this.post('/session', { email, password });
  }

  file(subject, message, extra = {}, options) {
    return this.multipart('/tickets', { subject, message, ...extra }, options);
  }

  reply(number, message, files = [], options) {
    return this.multipart(`/tickets/${number}/replies`, { message, files }, options);
  }
}
