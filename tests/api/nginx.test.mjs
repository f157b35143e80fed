import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Client } from '../harness/client.mjs';
import { ANNA, PASSWORD, editJson, freePort, portalFolder, run, serve } from '../harness/guichet.mjs';
import { file } from '../harness/multipart.mjs';
import { nginx } from '../harness/nginx.mjs';

async function pack(folder) {
  const { code, stderr } = await run('guichet-gen', ['build', '--compress', '--site', folder]);
  assert.equal(code, 0, stderr);
}

const folder = portalFolder();
await pack(folder);
const port = await freePort();
const server = await serve({ folder, env: { GUICHET_ORIGIN: `http://localhost:${port}` } });
const said = await nginx({ folder, port, api: `127.0.0.1:${server.port}`, hsts: 'max-age=60' });
const client = new Client({ port, origin: `http://localhost:${port}`, host: `localhost:${port}` });
const at = (host) => new Client({ port, origin: `https://${host}`, host });
const asset = async (ending) => new RegExp(`href="([^"]*${ending})"`).exec((await client.page('/support/en/')).text)[1];

function mustBeGuarded(answer) {
  const policy = answer.headers['content-security-policy'];
  assert.match(policy, /^default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.match(policy, /require-trusted-types-for 'script'/);
  assert.doesNotMatch(policy, /unsafe|\*/);
  assert.equal(answer.headers['x-content-type-options'], 'nosniff');
  assert.equal(answer.headers['referrer-policy'], 'no-referrer');
  assert.equal(answer.headers['strict-transport-security'], 'max-age=60');
}

describe('the Caddyfile', () => {
  // Caddy is no package of Debian 12; this holds the file to Caddy's grammar and to directives that it has.
  const KNOWN = new Set(['root', 'handle', 'request_body', 'max_size', 'reverse_proxy', 'header', 'file_server', 'precompressed', 'hide', 'handle_errors',
    'rewrite', 'redir', 'import', 'path', 'not']);
  const text = readFileSync(join(folder, 'out/portal/hosting/Caddyfile'), 'utf8');
  const lines = text.split('\n').map((line) => line.replace(/^\s*#.*/, '').trim()).filter(Boolean);

  it('is well formed: braces pair, quotes pair, directives are those of Caddy', () => {
    const open = [];
    for (const line of lines) {
      assert.equal((line.match(/"/g) ?? []).length % 2, 0, line);
      if (line === '}') {
        assert.ok(open.pop(), 'a brace too many');
        continue;
      }
      const [word] = line.split(/\s+/);
      const header = open.at(-1) === 'header';
      assert.ok(open.length === 0 || header || word.startsWith('@') || KNOWN.has(word), `${word} in: ${line}`);
      if (line.endsWith(' {')) open.push(word);
    }
    assert.deepEqual(open, []);
  });

  it('has nobody keep for ever that an asset is missing: headers that were set stay set in an error', () => {
    assert.equal(lines[lines.indexOf('handle_errors {') + 1], 'header Cache-Control no-cache');
  });

  it('says the same as the configuration of nginx', () => {
    const policy = /add_header Content-Security-Policy "([^"]*)"/.exec(readFileSync(join(folder, 'out/portal/hosting/nginx.conf'), 'utf8'))[1];
    assert.ok(text.includes(`Content-Security-Policy "${policy}"`));
    assert.ok(readFileSync(join(folder, 'out/site/_headers'), 'utf8').includes(`  Content-Security-Policy: ${policy}\n`));
    for (const host of ['support.acme.example', 'assistance.acme.example']) assert.ok(lines.includes(`${host} {`));
    for (const matcher of lines.filter((line) => line.startsWith('@'))) {
      const [name] = matcher.split(/\s+/);
      assert.ok(lines.some((line) => line !== matcher && line.split(/\s+/).includes(name)), `${name} is used`);
    }
  });
});

describe('nginx with the generated configuration', () => {
  it('takes it without a warning', () => assert.doesNotMatch(said.stderr, /\[(warn|error|crit|emerg|alert)\]/));

  for (const path of ['/support/en/', '/support/fr/tickets/', '/support/en/sign-in/', '/support/en/help/', '/', '/support/', '/404.html', '/support/en/nothing/', '/nothing']) {
    it(`${path} carries what every page must, and is asked for anew each time`, async () => {
      const answer = await client.page(path);
      mustBeGuarded(answer);
      assert.equal(answer.headers['cache-control'], 'no-cache');
      assert.match(answer.headers['content-type'], /^text\/html; charset=utf-8$/);
    });
  }

  it('assets may be kept for ever, those that are not there may not', async () => {
    const sheet = await asset('css/base\\.css');
    const answer = await client.page(sheet);
    mustBeGuarded(answer);
    assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.match(answer.headers['content-type'], /^text\/css; charset=utf-8$/);
    const missing = await client.page(sheet.replace('base.css', 'nothing.css'));
    assert.equal(missing.status, 404);
    mustBeGuarded(missing);
    assert.doesNotMatch(missing.headers['cache-control'] ?? '', /immutable/);
  });

  it('what is not there is told in its language', async () => {
    for (const [path, lang] of [['/support/fr/rien/', 'fr'], ['/support/fr/aide.html', 'fr'], ['/support/en/nothing', 'en'], ['/nothing', 'en']]) {
      const answer = await client.page(path);
      assert.equal(answer.status, 404);
      assert.match(answer.text, new RegExp(`<html lang="${lang}"`));
    }
  });

  it('sends what was packed beside the pages', async () => {
    for (const path of ['/support/en/help/', await asset('css/base\\.css'), '/support/fr/rien/']) {
      const answer = await client.page(path, { headers: { 'Accept-Encoding': 'gzip' } });
      assert.equal(answer.headers['content-encoding'], 'gzip', path);
      assert.match(answer.headers.vary, /Accept-Encoding/);
      assert.ok(gunzipSync(answer.body).length > answer.body.length);
    }
    assert.equal((await client.page('/support/en/help/')).headers['content-encoding'], undefined);
  });

  it('shows what lies packed beside a file to nobody as such', async () => {
    for (const path of ['/index.html', '/404.html', '/support/en/index.html', '/support/fr/help/index.html', await asset('.css')]) {
      assert.equal((await client.page(path)).status, 200, path);
      for (const ending of ['gz', 'br']) {
        const answer = await client.page(`${path}.${ending}`);
        assert.equal(answer.status, 404, `${path}.${ending}`);
        assert.match(answer.headers['content-type'], /^text\/html/);
      }
    }
  });

  it('spares a page that has not changed', async () => {
    const { etag } = (await client.page('/support/en/')).headers;
    const again = await client.page('/support/en/', { headers: { 'If-None-Match': etag } });
    assert.equal(again.status, 304);
    mustBeGuarded(again);
  });

  it('leads from the door of a domain to its language', async () => {
    for (const [host, home] of [['support.acme.example', '/support/en/'], ['assistance.acme.example', '/support/fr/']]) {
      for (const path of ['/', '/support/']) {
        const answer = await at(host).page(`${path}?a=1`);
        assert.equal(answer.status, 302);
        assert.equal(answer.headers.location, `${home}?a=1`);
        assert.equal(answer.headers['cache-control'], 'no-cache');
      }
    }
    assert.equal((await client.page('/')).status, 200);
  });

  it('adds the slash that a folder lacks, wherever it stands', async () => {
    const answer = await client.page('/support/en/tickets');
    assert.equal(answer.status, 301);
    assert.equal(answer.headers.location, '/support/en/tickets/');
  });

  it('keeps to itself what is for other hosts', async () => {
    for (const path of ['/_headers', '/_redirects']) assert.equal((await client.page(path)).status, 404);
  });

  it('calls the manifest and the sitemap what they are', async () => {
    const manifest = await client.page('/support/fr/manifest.webmanifest');
    assert.equal(manifest.status, 200);
    assert.match(manifest.headers['content-type'], /^application\/manifest\+json/);
    mustBeGuarded(manifest);
    assert.match((await client.page('/sitemap.xml')).headers['content-type'], /^(text|application)\/xml/);
    assert.match((await client.page('/robots.txt')).headers['content-type'], /^text\/plain/);
  });

  it('passes the API on, uploads included, as the API answers', async () => {
    const answer = await client.signIn(ANNA, PASSWORD);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'", 'the API says it, once');
    const filed = await client.file('Behind nginx', 'With a file', { files: [file('large.txt', Buffer.alloc(3 * 1024 * 1024, 'x'))] });
    assert.equal(filed.status, 201, filed.text);
    assert.match((await client.get('/tickets')).headers['cache-control'], /no-store/);
  });

  it('still has the assets of a moment ago', async () => {
    const before = await asset('css/tokens\\.css');
    const text = (await client.page(before)).text;
    editJson(folder, 'content/portal.json', (portal) => { portal.theme_settings = { radius: '3px' }; });
    await pack(folder);
    assert.notEqual(await asset('css/tokens\\.css'), before);
    const kept = await client.page(before);
    assert.equal(kept.status, 200);
    assert.equal(kept.text, text);
    assert.match(kept.headers['cache-control'], /immutable/);
    mustBeGuarded(kept);
  });
});
