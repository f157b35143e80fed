import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, visit, violations } from '../harness/browser.mjs';
import { ANNA, PASSWORD, serve } from '../harness/guichet.mjs';
import { INVOICE, OLD, numberOf } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const server = await serve();
const anna = await server.signedIn(ANNA);
const [open, closed] = [await numberOf(anna, INVOICE), await numberOf(anna, OLD)];

const PUBLIC = ['../', '', 'sign-in/', 'sign-in/#e-credentials', 'reset/', 'reset/#sent', 'reset-form/', 'reset-form/#token=abc', 'sign-up/', 'sign-up/#e-consent', 'sign-up/#sent', 'verify/', 'code/', 'code/#e-code_wrong', 'sign-in/#e-code_over', 'verify/#e-token_used', 'denied/', 'closed/',
  'unavailable/', 'not-found/', 'sign-out/', 'help/'];
const PRIVATE = ['tickets/', 'tickets/?status=closed', `ticket/?n=${open}`, `ticket/?n=${closed}`, 'ticket/?n=999999', 'new/', 'new/support/', 'sign-out/'];

/** The page has said all it has to say: nothing is loading any more. */
async function settled(page) {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => !document.querySelector('[data-slot="skeleton"]:not([hidden])'));
}

// Side by side: each page is waited for until its requests have been silent for half a second.
describe('WCAG 2.2 AA', { concurrency: 4 }, () => {
  for (const { what, options, locale } of [
    { what: 'on a desktop, light', options: { ...DESKTOP, colorScheme: 'light' }, locale: 'en' },
    { what: 'on a desktop, dark', options: { ...DESKTOP, colorScheme: 'dark' }, locale: 'en' },
    { what: 'on a phone, light', options: { ...PHONE, colorScheme: 'light' }, locale: 'fr' },
    { what: 'on a phone, dark', options: { ...PHONE, colorScheme: 'dark' }, locale: 'fr' },
  ]) {
    describe(`every page has nothing that axe-core minds, ${what}`, { concurrency: 1 }, () => {
      const t = words(locale);
      const home = `${server.origin}/support/${locale}/`;
      let visitor;
      let page;
      before(async () => {
        visitor = await visit(server, { ...options, reducedMotion: 'reduce' });
        page = visitor.page;
      });
      after(() => visitor.close());

      async function check(path) {
        await page.goto(home + path);
        await settled(page);
        assert.deepEqual(await violations(page), []);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(sideways <= 0, `scrolls sideways by ${sideways}`);
        assert.equal(await page.locator('h1:visible').count(), 1, 'one main heading');
      }

      /** What one presses and cannot hit: narrower or lower than a fingertip. */
      const small = () => page.locator('button, summary, .button, .input, .after > a').evaluateAll((all) => all
        .map((el) => ({ el, box: el.getBoundingClientRect() }))
        .filter(({ el, box }) => el.checkVisibility() && Math.min(box.width, box.height) < 44)
        .map(({ el, box }) => `${el.textContent.trim()} ${box.width}x${box.height}`));

      for (const path of PUBLIC)
        it(`${path || 'home'}, signed out`, async () => {
          await check(path);
          assert.deepEqual(await small(), []);
        });

      it('a help article', async () => {
        await page.goto(`${home}help/`);
        const article = await page.locator('main a[href*="/help/"]').first().getAttribute('href');
        await check(new URL(article, page.url()).pathname.replace(`/support/${locale}/`, ''));
      });

      it('signs in', async () => {
        await page.goto(`${home}sign-in/`);
        await page.getByLabel(t('sign_in.email')).fill(ANNA);
        await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
        await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
        await page.waitForURL(`${home}tickets/**`);
      });

      for (const path of PRIVATE) it(`${path}, signed in`, () => check(path));

      it('the support form with its mistakes pointed out', async () => {
        await page.goto(`${home}new/support/`);
        await page.getByRole('button', { name: t('new.send') }).click();
        await page.locator('[data-slot=summary]').waitFor();
        assert.deepEqual(await violations(page), []);
      });

      it('an open menu', async () => {
        await page.goto(`${home}tickets/`);
        await page.locator('[data-module=account] summary').click();
        assert.deepEqual(await violations(page), []);
      });

      it('and none of them was noisy', () => visitor.mustHaveBeenQuiet());
    });
  }
});
