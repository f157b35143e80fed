// Colleagues in copy (X3) on the ticket's page: added, removed and left, by keyboard, in English and in Arabic.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visit } from '../harness/browser.mjs';
import { ANNA, BEN, CARL, PASSWORD } from '../harness/guichet.mjs';
import { served } from '../harness/settings.mjs';
import { words } from '../harness/words.mjs';

const server = await served({ permission: 'own' }, () => {}, { locales: ['en', 'fr', 'ar'] });
const anna = await server.signedIn(ANNA);

async function open(who, number, locale, options) {
  const t = words(locale);
  const visitor = await visit(server, options);
  const place = `/support/${locale}/ticket/?n=${number}`;
  await visitor.page.goto(`${server.origin}/support/${locale}/sign-in/?return=${encodeURIComponent(place)}`);
  await visitor.page.getByLabel(t('sign_in.email')).fill(who);
  await visitor.page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
  await visitor.page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
  await visitor.page.waitForURL(`**${place}`);
  await visitor.page.locator('.ticket:not([hidden])').waitFor();
  const fold = visitor.page.locator('.fold > summary');
  if (await fold.isVisible()) await fold.press('Enter');
  await visitor.page.getByRole('heading', { name: t('participants.title') }).waitFor();
  return { ...visitor, t };
}

const said = (page, words) => page.waitForFunction((text) => [...document.querySelectorAll('#live, #alert')].some((el) => el.textContent.replace(/[\u2068\u2069]/g, '') === text), words);

for (const { what, locale, options } of [
  { what: 'on a desktop', locale: 'en', options: DESKTOP },
  { what: 'in Arabic on a phone', locale: 'ar', options: { ...PHONE, locale: 'ar' } },
]) {
  describe(`colleagues in copy, ${what}`, () => {
    let visitor, page, t, number;
    before(async () => {
      number = (await anna.file(`In copy ${what}`, 'Please look')).json.number;
      visitor = await open(ANNA, number, locale, options);
      ({ page, t } = visitor);
    });
    after(() => visitor.close());

    it('are added by their address, by keyboard', async () => {
      await page.getByText(t('participants.open')).press('Enter');
      const field = page.getByLabel(t('participants.email'));
      await field.fill(BEN);
      await field.press('Enter');
      await said(page, t('participants.added').replace('{email}', BEN));
      await page.locator('.people').getByText('Ben Ode').waitFor();
      assert.equal(await field.inputValue(), '');
      assert.deepEqual(await violations(page), []);
      await screenshot(page, `participants-${locale}`);
    });

    it('who cannot be added: the page says why and keeps the address', async () => {
      const field = page.getByLabel(t('participants.email'));
      await field.fill(CARL);
      await field.press('Enter');
      await said(page, t('participants.not_colleague'));
      assert.equal(await field.inputValue(), CARL);
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
    });

    it('are oneself already: the page says so', async () => {
      const field = page.getByLabel(t('participants.email'));
      await field.fill(ANNA.toUpperCase());
      await field.press('Enter');
      await said(page, t('participants.yourself'));
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      assert.deepEqual(await violations(page), []);
      await screenshot(page, `participants-own-${locale}`);
    });

    it('need not be added after all: "Cancel" and Escape close the form, and lead back to what opened it', async () => {
      const field = page.getByLabel(t('participants.email'));
      for (const close of [() => page.locator('.copy').getByRole('button', { name: t('participants.cancel') }).press('Enter'), () => field.press('Escape')]) {
        await field.fill(CARL);
        await close();
        await field.waitFor({ state: 'hidden' });
        assert.equal(await page.evaluate(() => document.activeElement.textContent), t('participants.open'));
        assert.ok(await page.locator('[data-slot=copy-error]').isHidden());
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => document.activeElement.id === 'copy-email');
        assert.equal(await field.inputValue(), '');
      }
    });

    it('stay as they are while the API does not answer, and the next try works', async () => {
      await page.route('**/participants/**', (route) => route.abort());
      const button = page.locator('.people').getByRole('button', { name: 'Ben Ode' });
      await button.press('Enter');
      await page.locator('.people + [data-slot=people-error]').getByText(t('participants.failed')).waitFor();
      assert.equal(await page.locator('.people').getByText('Ben Ode').count(), 1);
      await page.unroute('**/participants/**');
      await button.press('Enter');
      await said(page, t('participants.removed').replace('{name}', 'Ben Ode'));
      assert.equal(await page.locator('.people').getByText('Ben Ode').count(), 0);
    });
  });
}

describe('who is in copy', () => {
  it('finds the ticket under "Shared with me", and leaves it', async () => {
    const { number } = (await anna.file('For Ben to leave', 'Please look')).json;
    await anna.post(`/tickets/${number}/participants`, { email: BEN });
    const { page, t, close } = await open(BEN, number, 'en', DESKTOP);
    await page.goto(`${server.origin}/support/en/tickets/`);
    await page.getByLabel(t('list.view')).selectOption({ label: t('list.view_shared') });
    await page.getByRole('link', { name: 'For Ben to leave' }).click();
    await page.getByRole('button', { name: t('participants.leave'), exact: true }).click();
    await page.getByText(t('participants.leave_ask')).waitFor();
    await page.getByRole('button', { name: t('participants.leave_no') }).click();
    await page.getByRole('button', { name: t('participants.leave'), exact: true }).click();
    // What went wrong stands with the people, not below what adds some; while it waits, the row says so.
    let answer;
    await page.route('**/participants/**', (route) => { answer = () => route.abort(); });
    const yes = page.getByRole('button', { name: t('participants.leave_yes') });
    await yes.click();
    await page.locator('.people [aria-busy=true]').getByText(t('account.saving'), { exact: true }).waitFor();
    assert.equal(await yes.getAttribute('aria-disabled'), 'true');
    answer();
    await page.locator('.people + [data-slot=people-error]').getByText(t('participants.failed')).waitFor();
    await page.locator('.people [data-slot=saving]').waitFor({ state: 'hidden' });
    await page.unroute('**/participants/**');
    await yes.click();
    await page.waitForURL('**/tickets/');
    assert.equal((await (await server.signedIn(BEN)).get(`/tickets/${number}`)).status, 404);
    await close();
  });
});
