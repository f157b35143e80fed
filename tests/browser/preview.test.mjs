import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { DESKTOP, screenshot, violations, visit } from '../harness/browser.mjs';
import { edit, preview } from '../harness/preview.mjs';

const shown = await preview();
const nowhere = `${shown.origin}/__preview/grid.css`; // so that an address that differs in its fragment is loaded, too
const home = `${shown.origin}/support/en/`;
const CSS = 'themes/default/css/base.css';
const TEMPLATE = 'themes/default/templates/pages/home.html';
const ARTICLE = 'content/help/en/account/20-signing-out.md';

/** The overlay's shadow root, whose text is read. */
const overlay = (page, selector) => page.locator(`guichet-preview ${selector}`);

describe('while one edits', () => {
  let visitor;
  let page;
  before(async () => {
    visitor = await visit(shown, DESKTOP);
    page = visitor.page;
  });
  after(() => visitor.close());

  it('a style is exchanged, and the page stays as it is', async () => {
    await page.goto(home);
    await page.waitForFunction(() => document.querySelector('h1'));
    await page.evaluate(() => (window.survives = true));
    const begun = Date.now();
    edit(shown.folder, CSS, (css) => `${css}\n@layer child { h1 { border-block-end: 7px solid red; } }\n`);
    await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).borderBlockEndWidth === '7px');
    console.log(`from saving a style to seeing it: ${Date.now() - begun} ms`);
    assert.equal(await page.evaluate(() => window.survives), true);
    await page.waitForFunction(() => document.querySelectorAll('link[href*="css/base.css"]').length === 1);
    edit(shown.folder, CSS, (css) => css.replace('7px solid red', '3px solid red'));
    await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).borderBlockEndWidth === '3px');
    assert.equal(await page.evaluate(() => window.survives), true);
    edit(shown.folder, CSS, (css) => css.replace(/\n@layer child \{ h1[^\n]*\n/, ''));
    await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).borderBlockEndWidth === '0px');
  });

  it('a text is loaded again, at the place where one was reading', async () => {
    await page.goto(`${home}help/account/signing-out/`);
    edit(shown.folder, ARTICLE, (text) => text + Array.from({ length: 80 }, (_, i) => `\n\nParagraph ${i}.`).join(''));
    await page.getByText('Paragraph 79.').waitFor();
    await page.evaluate(() => scrollTo(0, 900));
    await page.waitForFunction(() => scrollY === 900);
    const begun = Date.now();
    edit(shown.folder, ARTICLE, (text) => text.replace('Paragraph 20.', 'Paragraph twenty.'));
    await page.getByText('Paragraph twenty.').waitFor();
    console.log(`from saving a text to seeing it: ${Date.now() - begun} ms`);
    await page.waitForFunction(() => scrollY === 900);
  });

  it('a template that is broken says where, over the page that was; and it goes when that is mended', async () => {
    await page.goto(home);
    const title = await page.locator('h1').textContent();
    edit(shown.folder, TEMPLATE, (text) => text.replace('{{page.title}}', '{{page.titel}}'));
    await overlay(page, '.errors').waitFor();
    assert.match(await overlay(page, '.errors .message').first().textContent(), /did you mean "page\.title"/);
    assert.match(await overlay(page, '.errors .place').first().textContent(), /home\.html:\d+:\d+$/);
    assert.match(await overlay(page, '.errors pre').first().textContent(), /\{\{page\.titel\}\}/);
    assert.equal(await page.locator('h1').first().textContent(), title);
    visitor.mustHaveBeenQuiet();
    await screenshot(page, 'preview-error');
    assert.deepEqual(await violations(page), []);
    visitor.noise.length = 0; // taking a picture puts a style into the page, which its policy refuses
    await page.reload();
    await overlay(page, '.errors').waitFor();
    edit(shown.folder, TEMPLATE, (text) => text.replace('{{page.titel}}', 'Mended: {{page.title}}'));
    await page.getByRole('heading', { name: `Mended: ${title}` }).waitFor();
    assert.equal(await overlay(page, '.errors').count(), 0);
    edit(shown.folder, TEMPLATE, (text) => text.replace('Mended: ', ''));
    await page.getByRole('heading', { name: title, exact: true }).waitFor();
  });

  it('several tabs hear of it, and those that are left when the first is closed', async () => {
    const [one, two] = [await visitor.context.newPage(), await visitor.context.newPage()];
    for (const tab of [one, two]) await tab.goto(home);
    const change = async (word, tabs) => {
      edit(shown.folder, TEMPLATE, (text) => text.replace(/(\w* )?\{\{page\.title\}\}/, `${word} {{page.title}}`));
      for (const tab of tabs) await tab.getByRole('heading', { name: new RegExp(`^${word} `) }).waitFor();
    };
    await change('First', [page, one, two]);
    await page.goto('about:blank');
    await change('Second', [one, two]);
    await one.close();
    await change('Third', [two]);
    await two.close();
    edit(shown.folder, TEMPLATE, (text) => text.replace('Third ', ''));
  });

  it('a preview that is started again finds its pages waiting', async () => {
    const first = await preview({ folder: shown.folder });
    const away = await visit(first, DESKTOP);
    await away.page.goto(`${first.origin}/support/en/`);
    await away.page.evaluate(() => (window.survives = true));
    await first.program.stop('SIGINT');
    await preview({ folder: shown.folder, port: first.port });
    await away.page.waitForFunction(() => !window.survives);
    await away.page.locator('h1').first().waitFor();
    await away.close();
  });

  it('no script stumbled', () => visitor.mustHaveBeenQuiet());
});

describe('the grid', () => {
  let visitor;
  let page;
  const cells = () => page.locator('.cell h3 a').evaluateAll((links) => links.map((link) => link.href));
  before(async () => {
    visitor = await visit(shown, DESKTOP);
    page = visitor.page;
  });
  after(() => visitor.close());

  it('shows all pages in all states, stays where it is, and has nothing that axe-core minds', async () => {
    await page.goto(`${shown.origin}/__preview/`);
    await page.locator('iframe').first().waitFor();
    assert.ok((await cells()).length > 60);
    await page.waitForTimeout(2000);
    assert.equal(await page.evaluate(() => scrollY), 0);
    assert.equal(await page.evaluate(() => document.activeElement.localName), 'body');
    await screenshot(page, 'preview-grid');
    assert.deepEqual(await violations(page), []);
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.deepEqual(await violations(page), []);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('is narrowed to a page, a state, a language, a scheme and a width, each with an address of its own', async () => {
    await page.getByLabel('Page', { exact: true }).selectOption('sign-in');
    await page.waitForURL(/page=sign-in/);
    assert.ok((await cells()).every((url) => url.includes('/sign-in/')));
    await page.getByLabel('Language').selectOption('fr');
    await page.waitForURL(/language=fr/);
    await page.getByLabel('Scheme').selectOption('dark');
    await page.waitForURL(/scheme=dark/);
    await page.getByLabel('Width').selectOption('1280');
    await page.waitForURL(/width=1280/);
    await page.getByLabel('State').selectOption('too-many');
    await page.waitForURL(/state=too-many/);
    assert.deepEqual(await cells(), [`${shown.origin}/__preview/dark/too-many/support/fr/sign-in/`]);
    assert.equal(await page.locator('iframe').evaluate((frame) => frame.contentWindow.innerWidth), 1280);
    await page.reload();
    assert.equal((await cells()).length, 1);
  });

  it('is quick to go through by keyboard: a link a cell, and nothing in the frames', async () => {
    await page.goto(`${shown.origin}/__preview/?page=tickets`);
    await page.locator('.cell h3 a').first().focus();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), await page.locator('.cell h3 a').nth(1).textContent());
  });
});

describe('every state comes about, in silence,', () => {
  let visitor;
  let page;
  let urls;
  before(async () => {
    visitor = await visit(shown, { ...DESKTOP, viewport: { width: 390, height: 844 } });
    page = visitor.page;
    await page.goto(`${shown.origin}/__preview/`);
    urls = await page.locator('.cell h3 a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  });
  after(() => visitor.close());

  beforeEach(() => {
    visitor.noise.length = 0;
  });

  it('all of them', async () => {
    for (const url of urls) {
      await page.goto(nowhere);
      await page.goto(shown.origin + url);
      const leaves = /\/(session-over|no-access|switched-off)\//.test(url);
      if (leaves) await page.waitForURL(/\/(sign-in|denied|closed)\//);
      else await page.waitForFunction(() => 'previewed' in document.documentElement.dataset);
      visitor.mustHaveBeenQuiet();
    }
  });

  /** What a state must show: a selector that is visible, and one that is not. */
  for (const [state, path, seen, unseen] of [
    ['usual', 'tickets/', '.row-link', '[data-slot=skeleton]'],
    ['loading', 'tickets/', '[data-slot=skeleton]', '[data-slot=slow]'],
    ['slow', 'tickets/', '[data-slot=slow]', '[data-slot=error]'],
    ['timed-out', 'tickets/', '[data-slot=error]', '[data-slot=skeleton]'],
    ['empty', 'tickets/', '[data-slot=none]', '[data-slot=no-match]'],
    ['nothing-matches', 'tickets/?status=closed', '[data-slot=no-match]', '[data-slot=none]'],
    ['error', 'ticket/?n=1042', '[data-slot=error]', '[data-slot=ticket]'],
    ['offline', 'tickets/', '[data-module=offline]', '.row-link'],
    ['unreachable', 'sign-in/', '[data-slot=problem]', '#expired'],
    ['session-over', 'tickets/', '#expired', '.row-link'],
    ['no-access', 'tickets/', '[data-module=denied] [data-slot=who]', '.row-link'],
    ['not-there', 'ticket/?n=999999', '[data-slot=missing]', '[data-slot=ticket]'],
    ['staff', 'ticket/?n=1042', '.message-internal', '[data-slot=error]'],
    ['no-more-replies', 'ticket/?n=1042', '[data-slot=no-reply]', '.reply'],
    ['sending', 'ticket/?n=1042', '.message-state:not([hidden]) progress', '[data-slot=retry]'],
    ['sending', 'new/', '[data-slot=send][aria-disabled=true]', '[data-slot=failed]'],
    ['not-sent', 'ticket/?n=1042', '[data-slot=retry]', '.message progress'],
    ['not-sent', 'new/', '[data-slot=failed]', '[data-slot=done]'],
    ['sent', 'new/', '[data-slot=done]', '[data-slot=form]'],
    ['refused', 'new/', '#f-subject-error', '#f-message-error'],
    ['too-many', 'sign-in/', '[data-slot=problem]', '#e-limited'],
    ['idle', 'tickets/', 'dialog[open]', '[data-slot=skeleton]'],
    ['wrong-password', 'sign-in/#e-credentials', '#e-credentials', '#expired'],
    ['link-used', 'reset-form/#token=preview', '[data-slot=token_used]', '[data-slot=asking]'],
  ]) {
    it(`${state}: ${path}`, async () => {
      await page.goto(nowhere);
      await page.goto(`${shown.origin}/__preview/light/${state}/support/en/${path}`);
      await page.locator(`${seen} >> visible=true`).first().waitFor();
      assert.equal(await page.locator(`${unseen}:visible`).count(), 0);
      visitor.mustHaveBeenQuiet();
    });
  }

  it('and a frame of the grid shows what its address aims at, without moving the grid', async () => {
    await page.goto(`${shown.origin}/__preview/?page=sign-in&state=wrong-password`);
    await page.frameLocator('iframe').locator('#e-credentials').waitFor();
    assert.equal(await page.evaluate(() => scrollY), 0);
  });

  it('the pseudo-language marks what was written into a template, and nothing else', async () => {
    for (const path of ['', 'tickets/', 'sign-in/', 'help/', 'new/']) {
      await page.goto(`${shown.origin}/__preview/light-rtl/usual/support/en/${path}`);
      await page.waitForFunction(() => 'previewed' in document.documentElement.dataset);
      assert.deepEqual(await page.locator('.preview-hard-coded').allTextContents(), [], path);
    }
    edit(shown.folder, TEMPLATE, (text) => text.replace('<h1>', '<h1>Not translated '));
    await page.goto(`${shown.origin}/__preview/light-rtl/usual/support/en/`);
    await page.locator('.preview-hard-coded').getByText('Not translated').waitFor();
    visitor.mustHaveBeenQuiet();
    await page.goto(nowhere);
    const { revision } = await shown.news();
    edit(shown.folder, TEMPLATE, (text) => text.replace('Not translated ', ''));
    await shown.news(revision);
  });

  it('dark stays dark where the system is light', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    const paper = async (scheme) => {
      await page.goto(`${shown.origin}/__preview/${scheme}/usual/support/en/tickets/`);
      return await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    };
    assert.notEqual(await paper('dark'), await paper('light'));
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'light');
  });

  it('what one types in a state stays in it, and signing out of one signs out of none', async () => {
    await page.goto(`${shown.origin}/__preview/light/draft/support/en/ticket/?n=1042`);
    await page.waitForFunction(() => document.querySelector('#reply-message')?.value.startsWith('We have tried'));
    assert.equal(await page.evaluate(() => Object.keys(localStorage).length > 0), true);
    await page.goto(`${shown.origin}/__preview/live.js`);
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
  });
});
