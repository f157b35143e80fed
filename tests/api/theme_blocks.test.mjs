import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { editJson, portalFolder, root, run } from '../harness/guichet.mjs';

const PAGES = { home: '', tickets: 'tickets/', ticket: 'ticket/', new: 'new/support/', account: 'account/', article: 'help/', desk: 'desk/', 'desk-ticket': 'desk/ticket/',
  'desk-people': 'desk/people/', 'desk-mail': 'desk/mail/', 'desk-audit': 'desk/audit/', 'desk-erasures': 'desk/erasures/', 'desk-replies': 'desk/replies/' };
const COMMON = ['css', 'scripts', 'strings', 'main', 'in_help', 'in_new', 'in_tickets', 'in_desk', 'at_tickets', 'at_people', 'at_mail', 'at_audit', 'at_erasures', 'at_replies',
  'preloads', 'module', 'desk']; // the last three are of layouts/desk-list

const template = (page) => readFileSync(join(root, `themes/default/templates/pages/${page}.html`), 'utf8');
const article = (locale) => readFileSync(join(root, `content/help/${locale}/running-the-portal/25-making-a-theme.md`), 'utf8');
const blocksOf = (page) => [...template(page).matchAll(/\{\{\$(\w+)\}\}/g)].map(([, name]) => name).filter((name) => !COMMON.includes(name));

/** The names in backticks of the line that begins with the page's, without what stands in brackets. */
function listed(locale, page) {
  const line = article(locale).split('\n').find((text) => text.startsWith(`- \`pages/${page}\``));
  assert.ok(line, `${locale}: nothing about the blocks of ${page}`);
  return [...line.slice(line.indexOf(':')).replace(/\([^)]*\)/g, '').matchAll(/`(\w+)`/g)].map(([, name]) => name);
}

describe('the article "Making a theme"', () => {
  for (const locale of ['en', 'fr']) {
    it(`lists the blocks of every page, and no other: ${locale}`, () => {
      for (const page of Object.keys(PAGES)) assert.deepEqual(listed(locale, page).sort(), blocksOf(page).sort(), page);
    });

    it(`names all that pages know of the portal: ${locale}`, () => {
      const code = readFileSync(join(root, 'gen/render/context.c'), 'utf8');
      const view = code.slice(code.indexOf('static void add_form_menu'), code.indexOf('/* What stands between a text and a link'));
      const members = [...view.matchAll(/\((?:view|view,\s*render),\s*"(\w+)"/g)].map(([, name]) => name).filter((name) => !name.endsWith('_lang'));
      assert.ok(members.length > 20);
      assert.deepEqual(members.filter((name) => !article(locale).includes(`\`${name}\``)), []);
    });

    it(`names every mail: ${locale}`, () => {
      const code = readFileSync(join(root, 'gen/theme/templates.c'), 'utf8');
      const mails = [...new Set([...code.matchAll(/"mail\/(\w+)"/g)].map(([, name]) => name))];
      assert.ok(mails.length > 10);
      assert.deepEqual(mails.filter((name) => !article(locale).includes(`\`${name}\``)), []);
    });
  }
});

describe('a child theme', () => {
  let folder;
  let built;
  before(async () => {
    folder = portalFolder((portal) => editJson(portal, 'content/portal.json', (settings) => {
      settings.theme = 'mine';
      settings.tickets = { ...settings.tickets, rating: true, customers_close: true };
    }));
    unlinkSync(join(folder, 'themes')); // which leads to the real ones
    cpSync(join(root, 'themes'), join(folder, 'themes'), { recursive: true });
    const put = (name, text) => {
      mkdirSync(join(folder, 'themes/mine', name, '..'), { recursive: true });
      writeFileSync(join(folder, 'themes/mine', name), text);
    };
    put('theme.json', JSON.stringify({ name: 'mine', version: '1.0.0', parent: 'default' }));
    for (const page of Object.keys(PAGES)) {
      const mine = blocksOf(page).map((name) => `{{$${name}}}\n<p class="mine-${page}-${name}"></p>\n{{/${name}}}\n`).join('');
      put(`templates/pages/${page}.html`, `{{<parent:pages/${page}}}\n${mine}{{/parent:pages/${page}}}\n`);
    }
    // What links and labels lead to is gone with the blocks, of which the check tells; so the pages are looked at one by one.
    built = await run('guichet-gen', ['build', '--site', folder]);
  });

  it('may fill every block of every page', async () => {
    const odd = built.stderr.split('\n').filter((line) => / has no block /.test(line));
    assert.deepEqual(odd, []);
    for (const [page, path] of Object.entries(PAGES)) {
      const file = join(folder, 'out/site/support/en', path, page === 'article' ? 'running-the-portal/making-a-theme' : '', 'index.html');
      assert.ok(existsSync(file), built.stderr);
      const html = readFileSync(file, 'utf8');
      for (const name of blocksOf(page)) assert.match(html, new RegExp(`class="mine-${page}-${name}"`));
    }
  });

  it('is told which blocks there are, and which one was meant', async () => {
    writeFileSync(join(folder, 'themes/mine/templates/pages/ticket.html'), '{{<parent:pages/ticket}}\n{{$repply}}\n{{/repply}}\n{{/parent:pages/ticket}}\n');
    const { code, stderr } = await run('guichet-gen', ['check', '--site', folder]);
    assert.equal(code, 1);
    assert.match(stderr, /ticket\.html:2:1: error: "parent:pages\/ticket" has no block "repply"; did you mean "reply"\? Its blocks: .*"conversation"/);
  });
});
