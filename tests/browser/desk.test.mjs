// X11, S22: the desk by keyboard, in the languages and on the screens that it is used on.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visitAs } from '../harness/browser.mjs';
import { ANNA, MIA } from '../harness/guichet.mjs';
import { served } from '../harness/settings.mjs';
import { BIRCH, INVOICE, PRINTER, PRIVATE } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const server = await served({}, undefined, { locales: ['en', 'fr', 'ar'] });

for (const { what, options, locale } of [
  { what: 'on a desktop, dark, in English', options: { ...DESKTOP, colorScheme: 'dark' }, locale: 'en' },
  { what: 'on a phone, in Arabic', options: PHONE, locale: 'ar' },
]) {
  describe(`the queue ${what}`, () => {
    const t = words(locale);
    const home = `${server.origin}/support/${locale}/`;
    const phone = options === PHONE;
    let visitor;
    let page;
    before(async () => {
      visitor = await visitAs(server, MIA, options);
      page = visitor.page;
    });
    after(() => visitor.close());
    const shown = (...subjects) => page.waitForFunction((wanted) => {
      const rows = [...document.querySelectorAll('.row-link')].map((row) => row.textContent);
      return rows.length === wanted.length && wanted.every((each) => rows.includes(each));
    }, subjects);
    const queue = async (name) => {
      const fold = page.locator('[data-slot=fold]');
      if (phone && (await fold.getAttribute('open')) === null) await fold.locator('summary').click();
      return page.locator('[data-slot=queues] a', { hasText: name });
    };

    it('S22: is a press away for who is signed in to the portal', async () => {
      await page.goto(`${home}tickets/`);
      await page.getByRole('link', { name: t('nav.desk'), exact: true }).click();
      await page.waitForURL(`${home}desk/`);
      await shown(BIRCH, INVOICE, PRINTER, PRIVATE);
    });

    it('has nothing that axe-core minds, and nothing beside the window', async () => {
      await queue('Support');
      await screenshot(page, `desk-queue-${locale}`);
      assert.deepEqual(await violations(page), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false);
    });

    it('shows what nobody owns, counted, and keeps that in its address', async () => {
      const nobody = await queue(t('desk.nobody'));
      await nobody.click();
      await shown(INVOICE, PRIVATE);
      assert.equal(new URL(page.url()).searchParams.get('view'), 'nobody');
      assert.equal(await nobody.getAttribute('aria-current'), 'true');
      await page.reload();
      await shown(INVOICE, PRIVATE);
      await page.goBack();
      await shown(BIRCH, INVOICE, PRINTER, PRIVATE);
    });

    it('shows an inbox, and of it a stage', async () => {
      await (await queue('Support')).first().click();
      await shown(INVOICE, PRINTER, PRIVATE);
      await (await queue('Waiting for your answer')).click();
      await shown(PRINTER);
    });
    if (phone) return;

    it('is walked through by keys, which "?" tells and lets one turn off', async () => {
      await page.goto(`${home}desk/`);
      await shown(BIRCH, INVOICE, PRINTER, PRIVATE);
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      assert.equal(await page.evaluate(() => document.activeElement === document.querySelectorAll('.row-link')[1]), true);
      await page.keyboard.press('k');
      assert.equal(await page.evaluate(() => document.activeElement === document.querySelectorAll('.row-link')[0]), true);
      await page.keyboard.press('?');
      const dialog = page.getByRole('dialog', { name: t('desk.keys') });
      await dialog.waitFor();
      assert.deepEqual(await violations(page), []);
      await dialog.getByRole('checkbox').uncheck();
      await page.keyboard.press('Escape');
      await page.locator('body').click({ position: { x: 2, y: 400 } });
      await page.keyboard.press('j');
      assert.equal(await page.evaluate(() => document.activeElement?.className), '');
      visitor.mustHaveBeenQuiet();
    });
  });
}

describe('a customer at the desk', () => {
  it('is told that it is not for them, and finds no link to it', async () => {
    const visitor = await visitAs(server, ANNA);
    await visitor.page.goto(`${server.origin}/support/en/desk/`);
    await visitor.page.waitForURL('**/denied/');
    await visitor.page.goto(`${server.origin}/support/en/tickets/`);
    await visitor.page.locator('.row-link').first().waitFor();
    assert.equal(await visitor.page.getByRole('link', { name: 'Desk' }).count(), 0);
    await visitor.close();
  });
});
