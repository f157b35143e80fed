import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
    await page.getByLabel('Language', { exact: true }).selectOption('fr');
    await page.waitForURL(/language=fr/);
    await page.getByLabel('Scheme', { exact: true }).selectOption('dark');
    await page.waitForURL(/scheme=dark/);
    await page.getByLabel('Width', { exact: true }).selectOption('1280');
    await page.waitForURL(/width=1280/);
    await page.getByLabel('State', { exact: true }).selectOption('too-many');
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

describe('the style controls', () => {
  const grid = `${shown.origin}/__preview/`;
  let visitor;
  let page;
  const setting = (name) => page.locator(`[data-setting="${name}"]`);
  const count = () => page.locator('#style [role=status]');
  /** Is a custom property of a frame of the grid so? While it loads it is not. */
  const isToken = ([index, name, value]) => {
    const { contentWindow, contentDocument } = document.querySelectorAll('.cell iframe')[index];
    const html = contentDocument?.documentElement;
    return html ? contentWindow.getComputedStyle(html).getPropertyValue(name).trim().startsWith(value) : false;
  };
  const untilToken = (index, name, value) => page.waitForFunction(isToken, [index, name, value]);
  const loaded = async () => {
    await page.waitForFunction(() => {
      const seen = [...document.querySelectorAll('.cell iframe')].slice(0, 2);
      return seen.every((frame) => frame.contentDocument?.readyState === 'complete' && frame.contentDocument.querySelector('h1'));
    });
    await page.waitForFunction(() => document.querySelector('[data-style=json]').textContent.includes('theme_settings'));
  };
  const open = async (query = '') => {
    await page.goto(`${grid}?${query}style=open`);
    await loaded();
  };
  before(async () => {
    visitor = await visit(shown, DESKTOP);
    page = visitor.page;
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: shown.origin });
  });
  /** So that no test finds what another one tried. */
  const forget = async () => {
    const headers = { 'Content-Type': 'application/json', Origin: shown.origin };
    const { style } = await (await fetch(`${grid}style`, { method: 'POST', headers, body: '{}' })).json();
    for (let news = await shown.news(); news.style < style;) news = await shown.news(news.revision);
  };
  beforeEach(() => {
    visitor.noise.length = 0; // a picture puts a style into the page, which its policy refuses
  });
  after(async () => {
    await visitor.close();
    await forget();
  });

  it('open and close, and stay open in the address, when another page is chosen', async () => {
    await page.goto(`${grid}?page=tickets`);
    const button = page.getByRole('button', { name: 'Style', exact: true });
    await button.click();
    await page.getByRole('complementary', { name: 'Style' }).waitFor();
    assert.match(page.url(), /style=open/);
    assert.equal(await button.getAttribute('aria-expanded'), 'true');
    await page.getByLabel('Page', { exact: true }).selectOption('sign-in');
    await page.waitForURL(/page=sign-in.*style=open/);
    assert.equal(await page.locator('#style').isVisible(), true);
    await page.keyboard.press('Tab');
    await page.locator('#style').focus();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#style').isVisible(), false);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Style');
    assert.doesNotMatch(page.url(), /style=open/);
    visitor.mustHaveBeenQuiet();
  });

  it('have a control with a name for each setting, in the theme’s groups, and nothing that axe-core minds', async () => {
    await open('page=sign-in&state=usual&');
    const theme = JSON.parse(readFileSync(join(shown.folder, 'themes/default/theme.json'), 'utf8'));
    const keys = await page.locator('[data-setting]').evaluateAll((all) => all.map(({ dataset }) => dataset.setting));
    assert.deepEqual([...keys].sort(), Object.keys(theme.settings).sort());
    assert.deepEqual(await page.locator('.style-group h3').allTextContents(), ['Brand', 'Colours', 'Type', 'Shape', 'To keep it']);
    assert.equal(await page.getByRole('group', { name: 'Accent colour' }).getByLabel('Light', { exact: true }).inputValue(), '#0b6472');
    assert.match(await setting('radius').locator('.help').textContent(), /0 to 20 px/);
    assert.deepEqual(await violations(page), []);
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.deepEqual(await violations(page), []);
    await page.emulateMedia({ colorScheme: 'light' });
    visitor.mustHaveBeenQuiet();
  });

  for (const kind of ['tickets', 'ticket', 'new', 'sign-in', 'reset', 'denied']) {
    it(`show a colour on the page "${kind}" without loading it again`, async () => {
      await open(`page=${kind}&`);
      const frames = await page.locator('.cell iframe').count();
      await page.locator('.cell iframe').first().evaluate((frame) => (frame.contentWindow.survives = true));
      const begun = Date.now();
      await setting('accent').getByLabel('Light', { exact: true }).fill('#a02f6d');
      await untilToken(0, '--accent', '#a02f6d');
      console.log(`from a colour to its frames: ${Date.now() - begun} ms`);
      if (frames > 1) await untilToken(1, '--accent', '#a02f6d');
      assert.equal(await page.locator('.cell iframe').first().evaluate((frame) => frame.contentWindow.survives), true);
      await count().getByText('1 change', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Reset Accent colour' }).click();
      await untilToken(0, '--accent', '#0b6472');
      await count().getByText('No changes').waitFor();
      visitor.mustHaveBeenQuiet();
    });
  }

  it('say beside the control what cannot be told apart, offer a colour that can, and put all back', async () => {
    await open('page=sign-in&');
    const light = setting('accent').getByLabel('Light', { exact: true });
    await light.fill('#ff9d5c');
    await setting('accent').getByText(/too little contrast: .*has 2\.05, want 4\.5/).waitFor();
    await count().getByText('1 change, not shown yet: see Accent colour').waitFor();
    assert.equal(await light.getAttribute('aria-invalid'), 'true');
    assert.equal(await page.evaluate(isToken, [0, '--accent', '#0b6472']), true, 'the pages stay');
    assert.equal(await overlay(page, '.errors').count(), 0, 'it is not said twice');
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'preview-style-contrast');
    visitor.noise.length = 0;
    const offer = setting('accent').getByRole('button', { name: /^Use #/ });
    const color = (await offer.textContent()).replace('Use ', '');
    await offer.click();
    await untilToken(0, '--accent', color);
    await setting('accent').locator('.found').waitFor({ state: 'detached' });
    assert.equal(await light.getAttribute('aria-invalid'), null);
    await page.getByRole('button', { name: 'Reset all' }).click();
    await untilToken(0, '--accent', '#0b6472');
    await page.waitForFunction((field) => field.value === '#0b6472', await light.elementHandle());
    await count().getByText('No changes').waitFor();
    visitor.mustHaveBeenQuiet();
  });

  it('let go of an error when the pages are looked at alone: there it lies over them', async () => {
    await open('page=sign-in&state=usual&');
    await setting('accent').getByLabel('Light', { exact: true }).fill('#ff9d5c');
    await count().getByText(/not shown yet/).waitFor();
    await page.getByRole('button', { name: 'Close the style controls' }).click();
    await overlay(page, '.errors').waitFor();
    assert.equal(await overlay(page, '.errors .place').first().textContent(), 'style controls');
    await page.getByRole('button', { name: 'Style', exact: true }).click();
    await page.waitForFunction(() => !document.querySelector('guichet-preview').shadowRoot.querySelector('.errors'));
    await page.getByRole('button', { name: 'Reset all' }).click();
    await count().getByText('No changes').waitFor();
  });

  it('take each type of value, by keyboard, and keep it over another page and another tab', async () => {
    await open('page=home&');
    await setting('radius').getByRole('slider').focus();
    await page.keyboard.press('Home');
    await untilToken(0, '--radius', '0px');
    assert.equal(await setting('radius').getByLabel('Corner radius', { exact: true }).inputValue(), '0');
    await setting('text-size').getByLabel('Size of text', { exact: true }).fill('18');
    await untilToken(0, '--text-size', '18');
    await setting('logo').getByRole('checkbox').press('Space');
    await page.frameLocator('.cell iframe >> nth=0').locator('.brand-mark').waitFor({ state: 'detached' });
    await setting('heading-font').getByRole('combobox').selectOption('serif');
    await untilToken(0, '--heading-font', 'ui-serif');
    await setting('notice').getByLabel('English').fill('Closed on Monday');
    await page.frameLocator('.cell iframe >> nth=0').locator('.notice').getByText('Closed on Monday').waitFor();
    await setting('website').getByLabel('Your website', { exact: true }).fill('https://acme.example/');
    await page.frameLocator('.cell iframe >> nth=0').locator('a[href="https://acme.example/"]').waitFor();
    await count().getByText('6 changes', { exact: true }).waitFor();
    const wanted = { radius: '0px', 'text-size': 18, logo: false, 'heading-font': 'serif', notice: { en: 'Closed on Monday' }, website: 'https://acme.example/' };
    await page.getByRole('button', { name: 'Copy the settings' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.deepEqual(JSON.parse(`{${copied}}`).theme_settings, wanted);
    const other = await visitor.context.newPage();
    await other.goto(`${grid}?page=tickets&style=open`);
    await other.locator('#style [role=status]').getByText('6 changes').waitFor();
    await other.getByRole('button', { name: 'Reset Show the mark' }).click();
    await count().getByText('5 changes', { exact: true }).waitFor();
    assert.equal(await setting('logo').getByRole('checkbox').isChecked(), true);
    await other.close();
    await page.reload();
    await loaded();
    await count().getByText('5 changes', { exact: true }).waitFor();
    visitor.mustHaveBeenQuiet();
  });

  it('are done when the file says so, and can leave it to the theme', async () => {
    const { theme_settings: whole } = await (await fetch(`${grid}style`)).json();
    edit(shown.folder, 'content/portal.json', (text) => text.replace('"theme_settings": {}', `"theme_settings": ${JSON.stringify(whole)}`));
    await count().getByText('No changes').waitFor();
    await untilToken(0, '--radius', '0px');
    await setting('radius').getByRole('button', { name: /Use the theme’s/ }).click();
    await untilToken(0, '--radius', '8px');
    edit(shown.folder, 'content/portal.json', (text) => text.replace(/"theme_settings": \{.*\}\n/, '"theme_settings": {}\n'));
    await count().getByText('No changes').waitFor();
    visitor.mustHaveBeenQuiet();
  });

  it('leave the pages in sight on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open('page=tickets&state=usual&');
    await screenshot(page, 'preview-style-phone');
    visitor.noise.length = 0;
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    assert.ok(await page.locator('#style').evaluate((panel) => panel.getBoundingClientRect().top) > 300);
    for (const size of await page.locator('#style :is(button, select, input):visible').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height)))
      assert.ok(size >= 44 || size < 25 && size > 17, `${size}`);
    assert.deepEqual(await violations(page), []);
    visitor.mustHaveBeenQuiet();
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
    urls = urls.filter((url) => !url.includes('/@mail/')); // tests/api/preview reads each of those
  });
  after(() => visitor.close());

  beforeEach(() => {
    visitor.noise.length = 0;
  });

  /** Most of the time goes into waiting: three at a time. */
  it('all of them', async () => {
    const lane = async (n) => {
      const one = await visit(shown, { ...DESKTOP, viewport: { width: 390, height: 844 } });
      for (const url of urls.filter((_, at) => at % 3 === n)) {
        await one.page.goto(nowhere);
        await one.page.goto(shown.origin + url);
        const leaves = /\/(session-over|no-access|switched-off)\//.test(url);
        if (leaves) await one.page.waitForURL(/\/(sign-in|denied|closed)\//);
        else await one.page.waitForFunction(() => 'previewed' in document.documentElement.dataset);
        one.mustHaveBeenQuiet();
      }
      await one.close();
    };
    await Promise.all([0, 1, 2].map(lane));
  });

  it('a mail is shown in its colours, which are within, and follows when they change', async () => {
    const settings = (text) => edit(shown.folder, 'content/portal.json', (whole) => whole.replace(/"theme_settings": \{.*\}\n/, `"theme_settings": ${text}\n`));
    const button = (color) => page.waitForFunction((wanted) => getComputedStyle(document.querySelector('.button td')).backgroundColor === wanted, color);
    await page.goto(`${shown.origin}/__preview/light/usual/@mail/en/reply.html`);
    await button('rgb(11, 100, 114)');
    settings('{"accent": {"light": "#a02f6d"}}');
    await button('rgb(160, 47, 109)');
    settings('{}');
    await button('rgb(11, 100, 114)');
    visitor.mustHaveBeenQuiet();
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
    ['rated', 'ticket/?n=1042', '[data-slot=rated]', '[data-slot=rate]'],
    ['closed-ticket', 'ticket/?n=1042', '[data-slot=rate]', '[data-slot=rated]'],
    ['follow-up', 'ticket/?n=1042#continued', '[data-slot=follows]', '[data-slot=followed_by]'],
    ['found', 'tickets/?q=label+printer&status=all', '.tickets mark', '[data-slot=no-match]'],
    ['sending', 'ticket/?n=1042', '.message-state:not([hidden]) progress', '[data-slot=retry]'],
    ['sending', 'new/support/', '[data-slot=send][aria-disabled=true]', '[data-slot=failed]'],
    ['not-sent', 'ticket/?n=1042', '[data-slot=retry]', '.message progress'],
    ['not-sent', 'new/support/', '[data-slot=failed]', '[data-slot=done]'],
    ['sent', 'new/support/', '[data-slot=done]', '[data-slot=form]'],
    ['refused', 'new/support/', '#f-subject-error', '#f-message-error'],
    ['too-many', 'sign-in/', '[data-slot=problem]', '#e-limited'],
    ['idle', 'tickets/', 'dialog[open]', '[data-slot=skeleton]'],
    ['wrong-password', 'sign-in/#e-credentials', '#e-credentials', '#expired'],
    ['no-consent', 'sign-up/', '.field-error[id^=consent]', '[data-slot=reload]'],
    ['consent-old', 'sign-up/', '[data-slot=reload]', '#e-consent'],
    ['no-consent-plain', 'sign-up/#e-consent', '#e-consent', '#e-consent_old'],
    ['consent-old-plain', 'sign-up/#e-consent_old', '#e-consent_old', '#e-consent'],
    ['news', 'ticket/?n=1042', '[data-slot=news]', '[data-slot=error]'],
    ['closing', 'ticket/?n=1042', '[data-slot=ask]', '[data-slot=close]'],
    ['closed-undo', 'ticket/?n=1042', '[data-slot=undo]', '[data-slot=close]'],
    ['single-sign-on', 'sign-in/', '[data-slot=single]', '#expired'],
    ['in-copy', 'ticket/?n=1042', '#copy-email', '#copy-error'],
    ['conditions', 'new/support/', '#f-serial', '[data-slot=failed]'],
    ['suggested', 'new/support/', '[data-slot=suggest] a', '[data-slot=failed]'],
    ['file-too-large', 'new/support/', '.files [data-slot=problems]', '[data-slot=failed]'],
    ['two-step-set-up', 'account/#two-step', '[data-slot=two-step-picture] svg', '#two-step-code-error'],
    ['two-step-codes', 'account/#two-step', '[data-slot=two-step-list] li', '[data-slot=two-step-set-up]'],
    ['two-step-wrong', 'code/', '[data-slot=problem]', '#e-limited'],
    ['own-data', 'account/#own-data', '[data-slot=own-data]', '[data-slot=error]'],
    ['found', 'help/?q=ticket', '.found-list mark, .found-list li', '[data-slot=none]'],
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
    for (const path of ['', 'tickets/', 'sign-in/', 'help/', 'new/support/']) {
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
