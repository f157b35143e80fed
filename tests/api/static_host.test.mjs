import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { generate, portalFolder } from '../harness/guichet.mjs';
import { atEnd } from '../harness/temp.mjs';

const folder = portalFolder();
await generate(folder);
const site = join(folder, 'out/site');

/** As dumb as a host can be: the file of that path, or the index.html of that folder; no header, no rule. */
const server = createServer((request, answer) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  try {
    answer.end(readFileSync(join(site, decodeURIComponent(pathname), pathname.endsWith('/') ? 'index.html' : '')));
  } catch {
    answer.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
atEnd(() => new Promise((done) => server.close(done)));
const origin = `http://127.0.0.1:${server.address().port}`;
const OURS = ['support.acme.example', 'assistance.acme.example'];

/** Whatever a text names of the site, by its kind. */
function references(path, text) {
  const found = [];
  if (path.endsWith('/') || path.endsWith('.html')) found.push(...[...text.matchAll(/\s(?:src|href|action)="([^"]*)"/g)].map(([, url]) => url));
  if (path.endsWith('.css')) found.push(...[...text.matchAll(/url\(["']?([^"')]+)/g)].map(([, url]) => url));
  if (path.endsWith('.js')) found.push(...[...text.matchAll(/from\s+'([^']+)'|import\('([^']+)'\)/g)].map((match) => match[1] ?? match[2]));
  if (path.endsWith('.xml')) found.push(...[...text.matchAll(/<loc>([^<]+)|href="([^"]+)/g)].map((match) => match[1] ?? match[2]));
  if (path.endsWith('.webmanifest')) {
    const manifest = JSON.parse(text);
    found.push(manifest.start_url, manifest.scope, ...manifest.icons.map((icon) => icon.src));
  }
  return found.map((url) => new URL(url.replaceAll('&amp;', '&'), origin + path))
    .filter((url) => (url.origin === origin || OURS.includes(url.hostname)) && !url.pathname.startsWith('/api/'));
}

describe('a host that only sends files', () => {
  it('serves everything that any page, style sheet, script, manifest or sitemap names', async () => {
    const seen = new Map();
    const queue = ['/', '/support/', '/404.html', '/robots.txt', '/sitemap.xml'];
    while (queue.length > 0) {
      const path = queue.shift();
      if (seen.has(path)) continue;
      assert.ok(seen.size < 2000, 'the site never ends');
      const answer = await fetch(origin + path);
      const text = await answer.text();
      seen.set(path, answer.status);
      if (answer.status === 200) queue.push(...references(path, text).map((url) => url.pathname));
    }
    assert.deepEqual([...seen].filter(([, status]) => status !== 200).map(([path, status]) => `${status} ${path}`), []);
    assert.ok(seen.size > 80, `only ${seen.size} addresses were found`);
    for (const page of ['/support/fr/tickets/', '/support/en/new/', '/support/fr/manifest.webmanifest']) assert.ok(seen.has(page), `${page} is linked`);
  });

  it('no page needs a header: each has its policy in itself', async () => {
    for (const path of ['/', '/support/en/', '/support/fr/help/', '/support/en/ticket/', '/404.html']) {
      const html = await (await fetch(origin + path)).text();
      assert.match(html, /<meta http-equiv="Content-Security-Policy" content="default-src /);
    }
  });

  it('search engines find what is public, in each language, and nothing else', async () => {
    assert.match(await (await fetch(`${origin}/robots.txt`)).text(), /^Sitemap: https:\/\/support\.acme\.example\/sitemap\.xml$/m);
    const map = await (await fetch(`${origin}/sitemap.xml`)).text();
    const pages = [...map.matchAll(/<loc>([^<]+)/g)].map(([, url]) => new URL(url));
    assert.equal(new Set(pages.map((url) => url.href)).size, pages.length);
    assert.ok(pages.length > 10);
    for (const url of pages) {
      const html = readFileSync(join(site, url.pathname, 'index.html'), 'utf8');
      assert.doesNotMatch(html, /noindex/, url.href);
      assert.ok(html.includes(`<link rel="canonical" href="${url.href}">`), url.href);
    }
    assert.equal(map.match(/hreflang="x-default"/g).length, pages.length);
    assert.ok(statSync(join(site, 'sitemap.xml')).size < 1024 * 1024);
  });
});
