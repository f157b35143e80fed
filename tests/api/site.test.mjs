import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, serve } from '../harness/guichet.mjs';
import { head, raw } from '../harness/raw.mjs';

const server = await serve();
const client = server.client();
const PAGES = ['', 'tickets/', 'ticket/', 'new/', 'new/support/', 'sign-in/', 'sign-out/', 'denied/', 'reset/', 'reset-form/', 'closed/', 'unavailable/', 'help/'];

/** What a page refers to: src, href and action, resolved. */
function references(html, base) {
  return [...html.matchAll(/\s(?:src|href|action)="([^"]*)"/g)].map(([, url]) => new URL(url.replaceAll('&amp;', '&'), base));
}

describe('every page', () => {
  for (const locale of ['en', 'fr']) {
    for (const page of PAGES) {
      const path = `/support/${locale}/${page}`;
      it(`${path} stands, in its language, with its title (S1) and its policy`, async () => {
        const answer = await client.page(path);
        assert.equal(answer.status, 200);
        assert.match(answer.headers['content-type'], /^text\/html; *charset=utf-8$/i);
        assert.equal(answer.headers['x-content-type-options'], 'nosniff');
        assert.equal(answer.headers['referrer-policy'], 'no-referrer');
        const html = answer.text;
        assert.match(html, new RegExp(`<html[^>]* lang="${locale}"`));
        const [, title] = /<title>([^<]*)<\/title>/.exec(html);
        assert.match(title, new RegExp(` · ${locale === 'en' ? 'Acme Support' : 'Assistance Acme'}$`));
        for (const csp of [/http-equiv="Content-Security-Policy"[^>]*content="([^"]*)"/i.exec(html)[1], answer.headers['content-security-policy']]) {
          const policy = csp.replaceAll('&#39;', "'");
          assert.match(policy, /default-src 'none'/);
          assert.match(policy, /require-trusted-types-for 'script'/);
          assert.doesNotMatch(policy, /unsafe|\*/);
        }
        assert.match(answer.headers['content-security-policy'], /frame-ancestors 'none'/);
        assert.doesNotMatch(html, /\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)/, 'nothing inline');
      });
    }
  }

  it('has a title of its own', async () => {
    const titles = await Promise.all(PAGES.map(async (page) => /<title>([^<]*)/.exec((await client.page(`/support/en/${page}`)).text)[1]));
    assert.equal(new Set(titles).size, titles.length, titles.join('\n'));
  });

  it('refers only to what is there, on this very host', async () => {
    const seen = new Map();
    const queue = PAGES.flatMap((page) => [`/support/en/${page}`, `/support/fr/${page}`]);
    while (queue.length > 0) {
      const path = queue.shift();
      if (seen.has(path)) continue;
      assert.ok(seen.size < 2000, 'the site never ends');
      const answer = await client.page(path);
      seen.set(path, answer.status);
      if (!/html/.test(answer.headers['content-type'] ?? '')) continue;
      for (const url of references(answer.text, server.origin + path)) {
        if (/^(mailto|tel):/.test(url.protocol) || url.pathname.startsWith('/api/')) continue;
        const absolute = url.host === 'support.acme.example' || url.host === 'assistance.acme.example'; // canonical and alternates
        if (url.host !== server.host && path.includes('/help/') && answer.text.includes(`<a href="${url}"`)) continue; // an article's own link
        assert.ok(absolute || url.host === server.host, `${path} -> ${url}`);
        queue.push(url.pathname);
      }
    }
    const broken = [...seen].filter(([, status]) => status !== 200).map(([path, status]) => `${status} ${path}`);
    assert.deepEqual(broken, []);
  });
});

describe('the site', () => {
  it('has a chooser of languages at its door', async () => {
    for (const path of ['/', '/support/']) {
      const answer = await client.page(path);
      assert.equal(answer.status, 200);
      assert.match(answer.text, /href="\/support\/en\/"/);
      assert.match(answer.text, /href="\/support\/fr\/"/);
    }
  });

  it('answers what is not there with its own page', async () => {
    for (const path of ['/nothing', '/support/en/nothing/', '/support/en/tickets/x.html', '/support/assets/nothing.css']) {
      const answer = await client.page(path);
      assert.equal(answer.status, 404);
      assert.match(answer.text, /Acme Support|Assistance Acme/);
    }
  });

  it('lets assets be kept for ever, since their address changes with them, and pages not', async () => {
    const html = (await client.page('/support/en/')).text;
    const asset = references(html, `${server.origin}/support/en/`).find((url) => /\/assets\/[^/]+\/css\//.test(url.pathname));
    const kept = await client.page(asset.pathname);
    assert.match(kept.headers['cache-control'], /immutable/);
    assert.match(kept.headers['cache-control'], /max-age=31536000/);
    assert.match(kept.headers['content-type'], /^text\/css/);
    assert.doesNotMatch((await client.page('/support/en/')).headers['cache-control'] ?? '', /immutable/);
  });

  it('guards every file as it guards pages: a drawing that is opened by itself runs no script', async () => {
    const html = (await client.page('/support/en/')).text;
    const policy = (await client.page('/support/en/')).headers['content-security-policy'];
    const paths = references(html, `${server.origin}/support/en/`).map((url) => url.pathname).filter((path) => /\.(svg|css|js|png|webmanifest)$/.test(path));
    assert.ok(paths.some((path) => path.endsWith('.svg')), paths.join(' '));
    for (const path of paths) {
      const answer = await client.page(path);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['content-security-policy'], policy, path);
    }
  });

  it('spares a page that has not changed', async () => {
    const first = await client.page('/support/en/');
    assert.ok(first.headers.etag);
    const again = await client.page('/support/en/', { headers: { 'If-None-Match': first.headers.etag } });
    assert.equal(again.status, 304);
    assert.equal(again.body.length, 0);
  });

  it('adds the slash that a folder’s address lacks', async () => {
    const answer = await client.page('/support/en/tickets');
    assert.ok([301, 302, 307, 308].includes(answer.status));
    assert.equal(new URL(answer.headers.location, server.origin).pathname, '/support/en/tickets/');
  });

  it('answers HEAD, and no method that would change something', async () => {
    const headed = await client.request('HEAD', '/support/en/', { page: true });
    assert.equal(headed.status, 200);
    assert.equal(headed.body.length, 0);
    for (const method of ['POST', 'PUT', 'DELETE']) {
      assert.equal((await client.request(method, '/support/en/', { page: true, headers: { Origin: server.origin } })).status, 405);
    }
  });

  for (const path of ['/../out/portal/portal.json', '/support/../../portal/portal.json', '/%2e%2e/portal/portal.json', '/support/%2e%2e%2f%2e%2e%2fportal/portal.json',
    '/..%5cportal%5cportal.json', '//etc/passwd', '/support/en/.%00./index.html', '/support/en/index.html%00.png', '/.gitignore', '/support//en/']) {
    it(`gives away nothing under ${path}`, async () => {
      const answer = await raw(server.port, head(`GET ${path} HTTP/1.1`, `Host: ${server.host}`, 'Connection: close'));
      assert.ok([301, 308, 400, 404].includes(answer.status), `${answer.status}\n${answer.body.slice(0, 300)}`);
      assert.doesNotMatch(answer.body, /"format":4|root:x:/);
    });
  }

  it('sends no cookie with its pages and takes none into account', async () => {
    const anna = await server.signedIn(ANNA);
    const mine = await anna.page('/support/en/tickets/');
    const anyones = await client.page('/support/en/tickets/');
    assert.equal(mine.headers['set-cookie'], undefined);
    assert.equal(mine.text, anyones.text);
  });

  it('tells search engines what is theirs to see', async () => {
    const robots = await client.page('/robots.txt');
    assert.equal(robots.status, 200);
    for (const page of ['tickets/', 'ticket/', 'reset-form/']) {
      assert.match((await client.page(`/support/en/${page}`)).text, /<meta name="robots" content="noindex/);
    }
    assert.doesNotMatch((await client.page('/support/en/help/')).text, /noindex/);
  });
});
