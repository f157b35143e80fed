/* A help centre with so many words that its index needs files of keys, read by the page's own script. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { editJson, generate, portalFolder } from '../harness/guichet.mjs';
import { searcher } from '../../themes/default/js/search.js';

const articles = 2000;
const own = 450;

const folder = portalFolder((place) => {
  editJson(place, 'content/portal.json', (portal) => { portal.locales = ['en']; portal.domains = portal.domains.slice(0, 1); portal.form = null; });
  for (const path of ['content/help', 'content/pages']) rmSync(join(place, path), { recursive: true, force: true });
  const dir = join(place, 'content/help/en/start');
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(place, 'content/help/sections.json'), '{"start": {"title": "Start"}, "office": {"title": "For us", "order": 0, "audience": "staff"}}');
  mkdirSync(join(place, 'content/help/en/office'));
  for (const name of ['first', 'second'])
    writeFileSync(join(place, `content/help/en/office/${name}.md`), `---\ntitle: The ${name} invoice for a delivery from Zanzibar\nsummary: Ours.\n---\n\nInvoice, delivery, invoice.\n`);
  for (let i = 0; i < articles; i++) {
    const words = Array.from({ length: own }, (_, n) => `q${(i * own + n).toString(36).padStart(4, '0')}`);
    const topic = i === 1234 ? 'invoice for a delivery' : 'something else';
    writeFileSync(join(dir, `a${i}.md`),
      `---\ntitle: Article ${i} about ${topic}\nsummary: What it says.\n---\n\nEverywhere ${words.join(' ')} ${i % 2 ? 'odd' : 'even'}\n`);
  }
});
await generate(folder);

const site = join(folder, 'out/site');
const language = join(site, 'support/assets/search/en');
const base = join(language, readdirSync(language)[0]);
let bytes = 0;
globalThis.fetch = async (url) => {
  const text = readFileSync(url, 'utf8');
  bytes += text.length;
  return { ok: true, json: async () => JSON.parse(text) };
};
const find = searcher(`${base}/`);

describe('X2: the search of a large help centre', () => {
  it('has no file over 16 KB', () => {
    const sizes = readdirSync(base).map((name) => statSync(join(base, name)).size);
    assert.ok(sizes.length > 1000 && Math.max(...sizes) <= 16 * 1024, `${sizes.length} files, up to ${Math.max(...sizes)}`);
    assert.equal(JSON.parse(readFileSync(join(base, 'index.json'), 'utf8')).inner, true);
  });

  it('finds any word, from the first to the last, by reading a few files', async () => {
    for (const number of [0, 1, 777, 1999]) {
      for (const n of [0, 123, own - 1]) {
        bytes = 0;
        const word = `q${(number * own + n).toString(36).padStart(4, '0')}`;
        const found = await searcher(`${base}/`)(`${word} `, 5);
        assert.deepEqual(found.articles.map((article) => article.path), [`start/a${number}/`], word);
        assert.ok(bytes < 64 * 1024, `${word}: ${bytes} bytes`);
      }
    }
  });

  it('shows what is for staff last, and suggests none of it', async () => {
    const paths = async (...query) => (await find(...query)).articles.map((article) => article.path);
    assert.deepEqual(await paths('invoice for a delivery ', 5), ['start/a1234/', 'office/first/', 'office/second/']);
    assert.deepEqual(await paths('invoice for a delivery ', 5, 1.3), ['start/a1234/']);
    assert.deepEqual(await paths('zanzibar ', 5, 1.3), []);
    assert.deepEqual(await paths('zanzibar ', 5), ['office/first/', 'office/second/']);
  });

  it('puts what the title says first, and finds plurals and beginnings', async () => {
    for (const query of ['invoice', 'invoices ', 'deliv', 'an INVOICE for deliveries'])
      assert.equal((await find(query, 3)).articles[0]?.path, 'start/a1234/', query);
  });

  it('ranks by the telling words of a query, although others are everywhere', async () => {
    const found = await find('everywhere invoice', 3);
    assert.equal(found.articles[0]?.path, 'start/a1234/');
  });

  it('finds nothing where nothing is', async () => {
    assert.deepEqual(await find('zzzz', 3), { articles: [], total: 0 });
    assert.deepEqual(await find('  ', 3), { articles: [], total: 0 });
    assert.deepEqual(await find('?!', 3), { articles: [], total: 0 });
  });
});
