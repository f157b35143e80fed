import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, HOST, PASSWORD, serve } from '../harness/guichet.mjs';
import { head, raw } from '../harness/raw.mjs';

const server = await serve();
const live = await serve({ live: true });
const HEALTH = 'GET /api/v1/health HTTP/1.1';
const CREDENTIALS = JSON.stringify({ email: ANNA, password: PASSWORD });

describe('the health page', () => {
  it('says that all is well, and which version it is', async () => {
    const answer = await server.client().get('/health');
    assert.equal(answer.status, 200);
    assert.equal(answer.json.status, 'ok');
    assert.match(answer.json.version, /^\d+\.\d+\.\d+/);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.equal(answer.headers['referrer-policy'], 'no-referrer');
  });
});

describe('T41: an ambiguous request', () => {
  const post = (...lines) => head('POST /api/v1/session HTTP/1.1', `Host: ${server.host}`, `Origin: ${server.origin}`, 'X-Guichet: 1',
    'Content-Type: application/json', ...lines);
  for (const [what, bytes] of [
    ['two lengths', post('Content-Length: 5', 'Content-Length: 6') + 'hello'],
    ['the same length twice', post('Content-Length: 5', 'Content-Length: 5') + 'hello'],
    ['a length with a transfer coding', post('Content-Length: 5', 'Transfer-Encoding: chunked') + '0\r\n\r\n'],
    ['a list of lengths', post('Content-Length: 5, 5') + 'hello'],
    ['a signed length', post('Content-Length: +5') + 'hello'],
    ['a negative length', post('Content-Length: -5')],
    ['a hexadecimal length', post('Content-Length: 0x5') + 'hello'],
    ['a length of 30 digits', post(`Content-Length: ${'9'.repeat(30)}`)],
    ['an unknown transfer coding', post('Transfer-Encoding: gzip')],
    ['a doubled transfer coding', post('Transfer-Encoding: chunked, chunked') + '0\r\n\r\n'],
    ['no Host', head(HEALTH)],
    ['two Hosts', head(HEALTH, `Host: ${server.host}`, 'Host: evil.example')],
    ['an unknown Host', head(HEALTH, 'Host: evil.example')],
    ['a Host with a suffix', head(HEALTH, `Host: ${server.host}.evil.example`)],
    ['an empty Host', head(HEALTH, 'Host:')],
    ['127.0.0.1 in development', head(HEALTH, `Host: 127.0.0.1:${server.port}`)],
    ['a space before the colon', head(HEALTH, `Host: ${server.host}`, 'Content-Length : 5')],
    ['a folded header', head(HEALTH, `Host: ${server.host}`, 'X-A: b', ' Content-Length: 5')],
    ['a NUL in the path', head('GET /api/v1/health%00.html HTTP/1.1', `Host: ${server.host}`)],
    ['a hundred headers', head(HEALTH, `Host: ${server.host}`, ...Array.from({ length: 100 }, (_, i) => `X-${i}: y`))],
    ['no HTTP at all', 'hello\r\n\r\n'],
  ]) {
    it(`with ${what}: 400, and the connection is closed`, async () => {
      const answer = await raw(server.port, bytes);
      assert.ok(answer.status === 400 || (answer.status === 0 && answer.closed), `${answer.status}\n${answer.text.slice(0, 400)}`);
      assert.ok(answer.closed, 'the connection stays open');
      assert.equal((answer.text.match(/HTTP\/1\.1 /g) ?? []).length <= 1, true, 'answered twice');
    });
  }

  it('with a head of 20 KiB is refused for its size', async () => {
    const answer = await raw(server.port, head(HEALTH, `Host: ${server.host}`, `X-Long: ${'y'.repeat(20_000)}`));
    assert.ok([400, 431].includes(answer.status), String(answer.status));
    assert.ok(answer.closed);
  });

  it('answers a good one afterwards', async () => {
    assert.equal((await raw(server.port, head(HEALTH, `Host: ${server.host}`))).status, 200);
  });

  it('takes no second request out of the body of the first', async () => {
    const smuggled = head('GET /api/v1/health HTTP/1.1', `Host: ${server.host}`);
    const answer = await raw(server.port, post(`Content-Length: ${smuggled.length}`) + smuggled);
    assert.equal((answer.text.match(/HTTP\/1\.1 /g) ?? []).length, 1);
    assert.equal(answer.status, 400);
  });

  it('knows its own domains and no other in production', async () => {
    assert.equal((await raw(live.port, head(HEALTH, `Host: ${HOST}`))).status, 200);
    assert.equal((await raw(live.port, head(HEALTH, 'Host: assistance.acme.example'))).status, 200);
    assert.equal((await raw(live.port, head(HEALTH, 'Host: SUPPORT.acme.example'))).status, 200);
    assert.equal((await raw(live.port, head(HEALTH, 'Host: localhost'))).status, 400);
  });
});

describe('T42: another site', () => {
  for (const origin of ['null', 'https://evil.example', `https://${HOST}.evil.example`, `https://evil-${HOST}`, 'https://acme.example',
    'https://other.acme.example', `http://${HOST}`, `https://${HOST}:8443`, `https://${HOST}/`, `HTTPS://${HOST}`, null]) {
    it(`may change nothing and read nothing: ${origin ?? 'no Origin'}`, async () => {
      const anna = await live.signedIn(ANNA);
      for (const send of [
        () => anna.delete('/session', { headers: { Origin: origin } }),
        () => anna.multipart('/tickets', { subject: 'x', message: 'x' }, { headers: { Origin: origin } }),
        () => live.client().post('/session', CREDENTIALS, { headers: { Origin: origin } }),
        () => live.client().post('/resets', { email: ANNA }, { headers: { Origin: origin } }),
      ]) {
        const answer = await send();
        assert.equal(answer.status, 403);
        assert.equal(answer.code, 'origin');
        assert.equal(answer.headers['access-control-allow-origin'], undefined);
      }
      const read = await anna.get('/session', { headers: { Origin: origin } });
      assert.equal(read.headers['access-control-allow-origin'], undefined);
      assert.equal(read.status, 200, 'still signed in');
    });
  }

  it('gets no leave from a preflight', async () => {
    const answer = await live.client().request('OPTIONS', '/session', { headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' } });
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
    assert.equal(answer.headers['access-control-allow-methods'], undefined);
  });

  it('is not let in by our own header missing', async () => {
    const anna = await live.signedIn(ANNA);
    const answer = await anna.delete('/session', { headers: { 'X-Guichet': null } });
    assert.ok([400, 403].includes(answer.status));
    assert.equal((await anna.get('/session')).status, 200);
  });
});

describe('T43: a content type', () => {
  for (const type of ['text/plain', 'text/json', 'application/jsonx', 'application/json, text/plain', 'multipart/form-data; boundary=b', '', null]) {
    it(`that is not JSON is refused for JSON: ${type}`, async () => {
      const answer = await server.client().post('/session', CREDENTIALS, { headers: { 'Content-Type': type } });
      assert.equal(answer.status, 415);
      assert.equal(answer.code, 'media_type');
    });
  }
  it('may name its charset', async () => {
    const answer = await server.client().post('/session', CREDENTIALS, { headers: { 'Content-Type': 'application/json; charset=utf-8' } });
    assert.ok([200, 415].includes(answer.status));
  });
});

describe('T26: JSON', () => {
  const deep = (n) => '['.repeat(n) + ']'.repeat(n);
  for (const [what, body] of [
    ['nested a thousand deep', `{"email":${deep(1000)},"password":"x"}`],
    ['nested a hundred thousand deep', deep(50_000)],
    ['with a key twice', `{"email":"${ANNA}","email":"x","password":"${PASSWORD}"}`],
    ['with a lone surrogate', '{"email":"\\ud800","password":"x"}'],
    ['with an escaped NUL', '{"email":"a\\u0000b","password":"x"}'],
    ['with a raw NUL', '{"email":"a\0b","password":"x"}'],
    ['with invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['with a string of a megabyte', `{"email":"${'x'.repeat(1 << 20)}","password":"x"}`],
    ['that is cut off', '{"email":"a'],
    ['followed by more', `${CREDENTIALS}{}`],
    ['that is nothing', ''],
    ['that is a word', 'NaN'],
    ['with a huge number', '{"email":1e999,"password":"x"}'],
    ['with a comment', `${CREDENTIALS}//x`],
  ]) {
    it(`${what} is refused`, async () => {
      const answer = await server.client().post('/session', body);
      assert.ok([400, 411, 413].includes(answer.status), `${answer.status} ${answer.text}`);
      assert.ok(['bad_json', 'bad_input', 'too_large', 'length_required'].includes(answer.code), answer.code);
    });
  }
  it('leaves the server as it was', async () => {
    assert.equal((await server.client().signIn(ANNA, PASSWORD)).status, 200);
  });
});

describe('a problem', () => {
  it('is application/problem+json with a stable code', async () => {
    const answer = await server.client().get('/nothing-here');
    assert.equal(answer.status, 404);
    assert.equal(answer.headers['content-type'].split(';')[0], 'application/problem+json');
    const { type, title, status, code } = answer.json;
    assert.deepEqual({ type, status, code }, { type: 'about:blank', status: 404, code: 'not_found' });
    assert.ok(title.length > 0);
  });

  for (const [method, path, allowed] of [['PUT', '/session', ['GET', 'POST', 'DELETE']], ['POST', '/health', ['GET']], ['PATCH', '/tickets/1', ['GET']],
    ['DELETE', '/tickets', ['GET', 'POST']], ['GET', '/resets', ['POST']]]) {
    it(`names the methods there are: ${method} ${path}`, async () => {
      const answer = await server.client().request(method, path, { headers: { Origin: server.origin, 'X-Guichet': '1' } });
      assert.equal(answer.status, 405, answer.text);
      for (const one of allowed) assert.match(answer.headers.allow, new RegExp(`\\b${one}\\b`));
    });
  }

  it('has no TRACE', async () => {
    const answer = await raw(server.port, head('TRACE /api/v1/health HTTP/1.1', `Host: ${server.host}`, 'Cookie: guichet=secret'));
    assert.ok([400, 405, 501].includes(answer.status), String(answer.status));
    assert.ok(!answer.text.includes('secret'));
  });

  it('does not give away what runs here', async () => {
    const { headers, text } = await server.client().get('/nothing-here');
    assert.doesNotMatch(JSON.stringify(headers) + text, /civetweb|sqlite|\.c:\d/i);
  });

  for (const path of ['/tickets/', '//tickets', '/../v1/tickets', '/tickets/1/files', '/tickets/1/replies/1', '/Tickets', '/%74ickets/1/x', '']) {
    it(`has no route ${path || '(none)'}`, async () => {
      const answer = await server.client().get(path);
      assert.ok([400, 401, 404, 405].includes(answer.status), String(answer.status));
    });
  }
});
