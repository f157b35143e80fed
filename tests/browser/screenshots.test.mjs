import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, visit } from '../harness/browser.mjs';
import { demo, root, serve } from '../harness/guichet.mjs';
import { tempFolder } from '../harness/temp.mjs';
import { words } from '../harness/words.mjs';

// The shipped example with its example data, as a newcomer meets it. The pictures land in build/screenshots/.
const data = join(tempFolder('example'), 'data');
const filled = await demo('content/demo/demo.json', data);
assert.equal(filled.code, 0, filled.stderr);
const server = await serve({ data });

for (const { tag, options, locale } of [
  { tag: 'light-desktop', options: { ...DESKTOP, colorScheme: 'light' }, locale: 'en' },
  { tag: 'dark-desktop', options: { ...DESKTOP, colorScheme: 'dark' }, locale: 'en' },
  { tag: 'light-phone', options: { ...PHONE, colorScheme: 'light' }, locale: 'fr' },
  { tag: 'dark-phone', options: { ...PHONE, colorScheme: 'dark' }, locale: 'fr' },
]) {
  describe(`the example portal, ${tag}`, () => {
    const t = words(locale);
    const home = `${server.origin}/support/${locale}/`;
    let visitor;
    let page;
    before(async () => {
      visitor = await visit(server, options);
      page = visitor.page;
    });
    after(() => visitor.close());

    /** Nothing lies beside the window: people scroll up and down only. */
    async function fits(name) {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await screenshot(page, `example-${name}-${tag}`);
      assert.ok(wide <= 0, `${name} is ${wide} px too wide`);
    }

    it('welcomes', async () => {
      await page.goto(home);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await fits('home');
    });

    it('lets its customer in', async () => {
      await page.goto(`${home}sign-in/`);
      await fits('sign-in');
      await page.getByLabel(t('sign_in.email')).fill('anna.berg@acme.example');
      await page.getByLabel(t('sign_in.password'), { exact: true }).fill('guichet-demo-2026');
      await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
      await page.waitForURL(`${home}tickets/**`);
    });

    it('shows the tickets', async () => {
      await page.locator('.row-link').first().waitFor();
      await fits('tickets');
      if (tag === 'light-desktop' && process.env.UPDATE_SCREENSHOT === '1') {
        mkdirSync(join(root, 'docs'), { recursive: true });
        await page.mouse.move(0, 0);
        await page.screenshot({ path: join(root, 'docs/screenshot.png') });
      }
    });

    it('shows a ticket', async () => {
      await page.locator('.row-link').first().click();
      await page.locator('.message').first().waitFor();
      await fits('ticket');
    });

    it('asks what is wrong', async () => {
      await page.goto(`${home}new/support/`);
      await page.locator('#f-subject').waitFor();
      await fits('new');
    });

    it('helps', async () => {
      await page.goto(`${home}help/`);
      await fits('help');
      await page.locator('main a[href*="/help/"]').first().click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await fits('article');
    });

    it('quietly', () => visitor.mustHaveBeenQuiet());
  });
}
