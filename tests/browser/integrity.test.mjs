import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, visit } from '../harness/browser.mjs';
import { ANNA, PASSWORD, serve } from '../harness/guichet.mjs';
import { words } from '../harness/words.mjs';

const server = await serve();
const client = server.client();
const t = words('en');
const home = `${server.origin}/support/en/`;
const PAGES = ['', 'tickets/', 'ticket/', 'new/', 'new/support/', 'sign-in/', 'sign-out/', 'denied/', 'reset/', 'reset-form/', 'closed/', 'unavailable/', 'help/'];

/** Visit with one asset changed on its way, as a CDN or a disk might; resolves with what the console said of it. */
async function tampered(path, asset, change, look) {
  const visitor = await visit(server, DESKTOP);
  const said = [];
  visitor.page.on('console', (message) => said.push(message.text()));
  try {
    await visitor.page.route(`**/assets/*/${asset}`, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: change(await answer.text()) });
    });
    await visitor.page.goto(home + path, { waitUntil: 'load' });
      await visitor.page.waitForTimeout(500);
      await look(visitor.page);
  } finally {
    await visitor.close();
  }
  assert.ok(said.some((line) => /integrity/.test(line) && line.includes(asset)), `nobody refused ${asset}:\n${said.join('\n')}`);
}

describe('integrity of assets', () => {
  let visitor;
  before(async () => {
    visitor = await visit(server, DESKTOP);
    await visitor.page.goto(`${home}sign-in/`);
    await visitor.page.getByLabel(t('sign_in.email')).fill(ANNA);
    await visitor.page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
    await visitor.page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
    await visitor.page.waitForURL(`${home}tickets/**`);
    await visitor.page.locator('.row-link').first().waitFor();
  });
  after(() => visitor.close());

  for (const path of PAGES) {
    it(`/${path} names the bytes of every style sheet and script, imported ones included, and nothing is refused`, async () => {
      const { page } = visitor;
      const loaded = new Set();
      const note = (request) => /\.(js|css)$/.test(request.url()) && loaded.add(request.url());
      page.on('request', note);
      await page.goto(home + path, { waitUntil: 'load' });
      await page.waitForTimeout(300);
      page.off('request', note);
      const bare = await page.evaluate(() => [...document.querySelectorAll('link[rel~=stylesheet], link[rel~=modulepreload], script')]
        .filter((e) => !/^sha384-[A-Za-z0-9+/]{64}$/.test(e.integrity)).map((e) => e.outerHTML));
      assert.deepEqual(bare, []);
      const html = (await client.page(new URL(home + path).pathname)).text;
      const named = new Set([...html.matchAll(/<(?:script|link)[^>]*(?:src|href)="([^"]*)" integrity=/g)].map(([, url]) => server.origin + url));
      assert.ok(loaded.size > 2, [...loaded].join());
      assert.deepEqual([...loaded].filter((url) => !named.has(url)), []);
      visitor.mustHaveBeenQuiet();
    });
  }

  it('a changed style sheet does not apply', () =>
    tampered('', 'css/base.css', (css) => `${css}\nbody{background:rgb(255, 0, 0) !important}`, async (page) => {
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 0, 0)');
    }));

  it('a changed script does not run', () =>
    tampered('sign-in/', 'js/sign-in.js', (js) => `${js}\ndocument.title = 'mine';`, async (page) => {
      assert.notEqual(await page.title(), 'mine');
    }));

  it('a changed script that another one imports does not run, either', () =>
    tampered('tickets/', 'js/dom.js', (js) => `${js}\ndocument.title = 'mine';`, async (page) => {
      assert.notEqual(await page.title(), 'mine');
    }));
});
