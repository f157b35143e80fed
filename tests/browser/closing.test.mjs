import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visitAs } from '../harness/browser.mjs';
import { ANNA, editJson, serve } from '../harness/guichet.mjs';
import { OLD, numberOf } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const server = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => {
  p.locales = ['en', 'fr', 'ar'];
  Object.assign(p.tickets, { customers_close: true, follow_up_days: 7 });
}) });
const anna = await server.signedIn(ANNA);

for (const { what, options, locale } of [
  { what: 'on a desktop, in English', options: DESKTOP, locale: 'en' },
  { what: 'on a phone, in French', options: PHONE, locale: 'fr' },
  { what: 'on a phone, in Arabic', options: PHONE, locale: 'ar' },
]) {
  describe(`closing a ticket by keyboard ${what} (S15)`, () => {
    const t = words(locale);
    let visitor;
    let page;
    let number;
    before(async () => {
      number = (await anna.file(`Close me, ${locale}`, 'Please')).json.number;
      visitor = await visitAs(server, ANNA, options);
      page = visitor.page;
      await page.goto(`${server.origin}/support/${locale}/ticket/?n=${number}`);
    });
    after(() => visitor.close());
    const status = () => page.locator('[data-slot=status]').innerText();
    const focused = (name) => page.waitForFunction((text) => document.activeElement?.textContent.trim() === text, name);

    it('asks once, in the page, and Escape leaves it open', async () => {
      await page.getByRole('button', { name: t('closing.close') }).focus();
      await page.keyboard.press('Enter');
      await focused(t('closing.yes'));
      await screenshot(page, `closing-ask-${locale}`);
      assert.deepEqual(await violations(page), []);
      await page.keyboard.press('Escape');
      await focused(t('closing.close'));
      assert.equal((await anna.get(`/tickets/${number}`)).json.ticket.status, 'open');
    });

    it('says so when the API is down, and offers it again', async () => {
      await page.route('**/close', (route) => route.abort());
      await page.keyboard.press('Enter');
      await focused(t('closing.yes'));
      await page.keyboard.press('Enter');
      await page.locator('[data-slot=closing-error]').filter({ hasText: t('closing.failed') }).waitFor();
      await page.unroute('**/close');
    });

    it('closes, says until when it can be undone, and undoes it', async () => {
      await page.keyboard.press('Enter');
      await focused(t('closing.undo'));
      await page.locator('[data-slot=status]').filter({ hasText: t('status.closed') }).waitFor();
      assert.match(await page.locator('[data-slot=closed-text]').innerText(), /[0-9\u0660-\u0669]/);
      await screenshot(page, `closing-done-${locale}`);
      assert.deepEqual(await violations(page), []);
      await page.keyboard.press('Enter');
      await page.locator('[data-slot=status]').filter({ hasText: t('status.open') }).waitFor();
      assert.equal(await page.locator('[data-slot=closed-text]').innerText(), t('closing.undone'));
      assert.equal((await anna.get(`/tickets/${number}`)).json.ticket.status, 'open');
      visitor.mustHaveBeenQuiet();
    });
  });
}

describe('a reply that comes too late (S14)', () => {
  it('is said to start a new ticket before one types, goes there, and both are linked', async () => {
    const visitor = await visitAs(server, ANNA, PHONE);
    const { page } = visitor;
    const t = words('fr');
    const old = await numberOf(anna, OLD);
    await page.goto(`${server.origin}/support/fr/ticket/?n=${old}`);
    await page.getByText(t('reply.follows')).waitFor();
    await page.getByLabel(t('reply.label')).fill('Encore perdu');
    await page.getByRole('button', { name: t('reply.send'), exact: true }).click();
    await page.getByText(t('ticket.continued')).waitFor();
    await screenshot(page, 'follow-up-fr');
    await page.getByRole('link', { name: t('ticket.follows', { number: `#${old}` }) }).click();
    await page.getByRole('link', { name: /Suite dans #/ }).waitFor();
    visitor.mustHaveBeenQuiet();
    await visitor.close();
  });
});
