import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, editJson, serve } from '../harness/guichet.mjs';
import { file, multipart } from '../harness/multipart.mjs';
import { png } from '../harness/png.mjs';
import { raw } from '../harness/raw.mjs';
import { PRINTER, numberOf } from '../harness/tickets.mjs';

const LIMIT = 64 * 1024;
const server = await serve({
  edit: (folder) => {
    editJson(folder, 'content/portal.json', (p) => { p.files = { max_bytes: LIMIT, max_count: 3 }; });
    editJson(folder, 'content/forms/support.json', (form) => { form.fields.find((f) => f.id === 'files').max = 3; });
  },
});
const anna = await server.signedIn(ANNA);
const printer = await numberOf(anna, PRINTER);

async function upload(...files) {
  const answer = await anna.reply(printer, 'See the files', files);
  assert.equal(answer.status, 201, answer.text);
  return answer.json.message.files;
}

const fetchFile = ({ id }, query = '') => anna.get(`/tickets/${printer}/files/${id}${query}`);

/** The names of all that lies in the data folder's files/, at any depth. */
function stored(folder = join(server.data, 'files')) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? stored(join(folder, e.name)) : [e.name]));
}

async function untilGone(before) {
  for (let i = 0; i < 20; i++) {
    if (stored().length <= before) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail(`left behind: ${stored().length - before} files`);
}

describe('T29: what could run in a browser', () => {
  for (const [name, type, bytes] of [
    ['page.html', 'text/html', '<script>alert(1)</script>'],
    ['picture.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['feed.xml', 'application/xml', '<?xml version="1.0"?><x/>'],
    ['paper.pdf', 'application/pdf', '%PDF-1.7\n'],
    ['picture.png', 'image/png', '<html><script>alert(1)</script>'],
    ['shared.js', 'text/javascript', 'alert(1)'],
  ]) {
    it(`comes back as an attachment in a sandbox: ${name}`, async () => {
      const [kept] = await upload(file(name, bytes, type));
      for (const query of ['', '?inline=1']) {
        const answer = await fetchFile(kept, query);
        assert.equal(answer.status, 200);
        assert.equal(answer.text, bytes);
        assert.match(answer.headers['content-disposition'], /^attachment;/);
        assert.equal(answer.headers['x-content-type-options'], 'nosniff');
        assert.match(answer.headers['content-security-policy'], /sandbox/);
        assert.match(answer.headers['content-security-policy'], /default-src 'none'/);
        assert.match(answer.headers['cache-control'], /private, no-store|no-store/);
      }
    });
  }

  it('shows a real picture in the page, when asked', async () => {
    const [kept] = await upload(file('dot.png', png(2, 2, [10, 20, 30]), 'image/png'));
    assert.equal(kept.type, 'image/png');
    assert.match((await fetchFile(kept)).headers['content-disposition'], /^attachment;/);
    const inline = await fetchFile(kept, '?inline=1');
    assert.match(inline.headers['content-disposition'], /^inline;/);
    assert.equal(inline.headers['content-type'], 'image/png');
    assert.equal(inline.headers['x-content-type-options'], 'nosniff');
  });
});

describe('T30: a file’s name', () => {
  const names = ['../../etc/passwd', '..', '.', '.htaccess', 'C:\\Windows\\x.exe', 'a\u200bb.txt', 'gpj.\u202eexe', 'x'.repeat(3000), 'é'.repeat(60),
    '"quoted"; filename=evil.exe', 'semi;colon,comma.txt', 'con', '-rf', ' ', 'a/b/c.txt', '%2e%2e%2fx', '<img src=x onerror=alert(1)>.png', '日本語.txt'];
  for (const name of names) {
    it(`is a label only: ${JSON.stringify(name).slice(0, 40)}`, async () => {
      const answer = await anna.reply(printer, 'Named', [file(name, 'x')]);
      if (answer.status !== 201) {
        assert.ok([400, 422].includes(answer.status), answer.text);
        return;
      }
      const [kept] = answer.json.message.files;
      assert.match(kept.id, /^[A-Za-z0-9_-]{22}$/);
      assert.ok(stored().includes(kept.id), 'it lies under its random name');
      const back = await fetchFile(kept);
      assert.equal(back.text, 'x');
      const disposition = back.headers['content-disposition'];
      assert.match(disposition, /^attachment; filename="[^"\\/\r\n]*"; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]*$/);
      assert.ok(!/%E2%80%AE|%E2%80%8B/i.test(disposition), 'no marks that hide the real ending');
      assert.ok(disposition.length < 2000);
    });
  }

  it('leaves nothing outside files/', () => {
    for (const name of stored()) assert.match(name, /^[A-Za-z0-9_-]{22}$/);
  });
});

describe('T31: too much', () => {
  it('takes a file of exactly the limit', async () => {
    const [kept] = await upload(file('full.bin', Buffer.alloc(LIMIT, 7)));
    assert.equal(kept.size, LIMIT);
  });

  it('refuses a file of one byte more, and keeps nothing of it', async () => {
    const before = stored().length;
    const answer = await anna.reply(printer, 'Big', [file('small.txt', 's'), file('big.bin', Buffer.alloc(LIMIT + 1))]);
    assert.equal(answer.status, 413);
    assert.equal(answer.code, 'too_large');
    await untilGone(before);
  });

  it('refuses more files than there may be', async () => {
    const before = stored().length;
    const answer = await anna.reply(printer, 'Many', Array.from({ length: 4 }, (_, i) => file(`${i}.txt`, `${i}`)));
    assert.ok([413, 422].includes(answer.status), answer.text);
    await untilGone(before);
  });

  it('refuses a declared length that is too much before a byte of it has come', async () => {
    const answer = await raw(server.port, [`POST /api/v1/tickets/${printer}/replies HTTP/1.1`, `Host: ${server.host}`, `Origin: ${server.origin}`,
      'X-Guichet: 1', 'Idempotency-Key: declared-1', `Cookie: ${anna.cookie}`, 'Content-Type: multipart/form-data; boundary=b',
      'Content-Length: 1000000000000', '', ''].join('\r\n'));
    assert.equal(answer.status, 413);
    assert.equal(answer.headers.connection, 'close');
  });

  it('refuses a length that is missing', async () => {
    const answer = await raw(server.port, [`POST /api/v1/tickets/${printer}/replies HTTP/1.1`, `Host: ${server.host}`, `Origin: ${server.origin}`,
      'X-Guichet: 1', 'Idempotency-Key: declared-2', `Cookie: ${anna.cookie}`, 'Content-Type: multipart/form-data; boundary=b', '', ''].join('\r\n'));
    assert.ok([411, 400].includes(answer.status), String(answer.status));
  });

  it('bounds an endless body in chunks', async () => {
    const before = stored().length;
    const { status } = await endless();
    assert.ok([411, 413, 400].includes(status), String(status));
    await untilGone(before);
  });

  it('forgets a body that breaks off', async () => {
    const before = stored().length;
    const { type, body } = multipart({ message: 'cut', files: [file('cut.bin', Buffer.alloc(50_000, 1))] });
    const socket = connect({ host: '127.0.0.1', port: server.port });
    await new Promise((done) => socket.once('connect', done));
    socket.write([`POST /api/v1/tickets/${printer}/replies HTTP/1.1`, `Host: ${server.host}`, `Origin: ${server.origin}`, 'X-Guichet: 1',
      'Idempotency-Key: broken-off', `Cookie: ${anna.cookie}`, `Content-Type: ${type}`, `Content-Length: ${body.length}`, '', ''].join('\r\n'));
    socket.write(body.subarray(0, 30_000));
    await new Promise((done) => setTimeout(done, 200));
    socket.destroy();
    await untilGone(before);
    const { messages } = (await anna.get(`/tickets/${printer}`)).json;
    assert.ok(messages.every((m) => m.body !== 'cut'));
  });

  it('answers a length that promises more than comes, and makes nothing of it', async () => {
    const before = (await anna.get(`/tickets/${printer}`)).json.messages.length;
    const { type, body } = multipart({ message: 'short' });
    const socket = connect({ host: '127.0.0.1', port: server.port });
    socket.end(Buffer.concat([Buffer.from([`POST /api/v1/tickets/${printer}/replies HTTP/1.1`, `Host: ${server.host}`, `Origin: ${server.origin}`,
      'X-Guichet: 1', 'Idempotency-Key: lying-length', `Cookie: ${anna.cookie}`, `Content-Type: ${type}`, `Content-Length: ${body.length + 100}`,
      '', ''].join('\r\n')), body]));
    await new Promise((done) => socket.on('close', done).on('error', done).resume());
    assert.equal((await anna.get(`/tickets/${printer}`)).json.messages.length, before);
  });
});

/** Sends chunks for as long as the server reads, at most 8 MB. */
function endless() {
  return new Promise((done) => {
    const chunk = Buffer.concat([Buffer.from('4000\r\n'), Buffer.alloc(0x4000, 97), Buffer.from('\r\n')]);
    let answer = '';
    let sent = 0;
    const socket = connect({ host: '127.0.0.1', port: server.port });
    const finish = () => {
      socket.destroy();
      done({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0), sent });
    };
    const pour = () => {
      while (sent < 8_000_000 && !socket.destroyed) {
        sent += chunk.length;
        if (!socket.write(chunk)) return void socket.once('drain', pour);
      }
      setTimeout(finish, 1000);
    };
    socket.on('data', (bytes) => {
      answer += bytes.toString('latin1');
      if (answer.includes('\r\n\r\n')) finish();
    });
    socket.on('error', finish);
    socket.write([`POST /api/v1/tickets/${printer}/replies HTTP/1.1`, `Host: ${server.host}`, `Origin: ${server.origin}`, 'X-Guichet: 1',
      'Idempotency-Key: endless-body', `Cookie: ${anna.cookie}`, 'Content-Type: multipart/form-data; boundary=b', 'Transfer-Encoding: chunked', '', ''].join('\r\n'));
    const start = '--b\r\nContent-Disposition: form-data; name="files"; filename="endless.bin"\r\n\r\n';
    socket.write(`${start.length.toString(16)}\r\n${start}\r\n`);
    pour();
  });
}

describe('a download', () => {
  it('has the length that was sent and answers HEAD alike', async () => {
    const [kept] = await upload(file('head.txt', 'twelve bytes', 'text/plain'));
    const whole = await fetchFile(kept);
    assert.equal(whole.headers['content-length'], '12');
    const head = await anna.request('HEAD', `/tickets/${printer}/files/${kept.id}`);
    assert.ok([200, 405].includes(head.status));
    assert.equal(head.body.length, 0);
  });

  it('of an empty file is empty', async () => {
    const answer = await anna.reply(printer, 'Nothing in it', [file('empty.txt', '', 'text/plain')]);
    assert.equal(answer.status, 201, answer.text);
    const [kept] = answer.json.message.files;
    assert.equal((await fetchFile(kept)).body.length, 0);
  });

  for (const id of ['..', '%2e%2e%2fguichet.db', 'A'.repeat(21), 'A'.repeat(23), "' OR 1=1", '']) {
    it(`is not found under ${JSON.stringify(id)}`, async () => {
      const answer = await anna.get(`/tickets/${printer}/files/${encodeURI(id).replaceAll('%25', '%')}`);
      assert.ok([400, 404].includes(answer.status), String(answer.status));
    });
  }

  it('T54: leaves no name and no content in the log', async () => {
    await upload(file('very-private-name.txt', 'x'));
    assert.ok(!server.program.said.includes('very-private-name'));
  });
});

describe('the folder', () => {
  it('keeps what is in it to its owner', () => {
    for (const name of ['guichet.db', 'files', 'mail']) {
      assert.equal(statSync(join(server.data, name)).mode & 0o077, 0, `${name} is open to others`);
    }
  });
});
