// S19: consent that is asked for before somebody goes on, with and without JavaScript, and withdrawn on the account page.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visit } from '../harness/browser.mjs';
import { ANNA, BEN, PASSWORD, editJson, serve } from '../harness/guichet.mjs';
import { words } from '../harness/words.mjs';

const CONSENT = { notice: { en: 'We keep your name to answer you.', fr: 'Nous gardons votre nom pour vous répondre.' },
  text: { en: 'Acme may keep my name.', fr: 'Acme peut garder mon nom.' }, label: { en: 'I agree', fr: 'D’accord' }, renew: true };
const server = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.consent = CONSENT; }) });

async function signIn(page, tag, email) {
  const t = words(tag);
  await page.goto(`${server.origin}/support/${tag}/sign-in/?return=${encodeURIComponent(`/support/${tag}/help/`)}`);
  await page.getByLabel(t('sign_in.email')).fill(email);
  await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
  await page.waitForURL(/\/consent\//);
}

describe('consent, on a desktop', () => {
  const t = words('en');
  let visitor;
  let page;
  before(async () => {
    visitor = await visit(server, DESKTOP);
    page = visitor.page;
  });
  after(() => visitor.close());

  it('is asked for after signing in, says who is asked, and leads on', async () => {
    await signIn(page, 'en', ANNA);
    await page.getByRole('heading', { level: 1, name: t('pages.consent.title') }).waitFor();
    await page.getByText(ANNA).waitFor();
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'consent-en-desktop');
    await page.getByLabel(CONSENT.label.en).check();
    await page.getByRole('button', { name: t('consent.send') }).click();
    await page.waitForURL(/\/en\/help\/$/);
  });

  it('stands on the account page with its words, and is withdrawn there', async () => {
    await page.goto(`${server.origin}/support/en/account/`);
    await page.getByRole('heading', { name: t('consent.title') }).waitFor();
    await page.locator('.consented-words').getByText(CONSENT.text.en).waitFor();
    assert.deepEqual(await violations(page), []);
    await page.getByRole('heading', { name: t('consent.title') }).scrollIntoViewIfNeeded();
    await screenshot(page, 'account-consent-en-desktop');
    await page.getByRole('button', { name: t('consent.withdraw') }).click();
    await page.waitForURL(/\/consent\/\?return=/);
    await page.getByLabel(CONSENT.label.en).check();
    await page.getByRole('button', { name: t('consent.send') }).click();
    await page.waitForURL(/\/en\/account\//);
    await page.locator('[data-slot=ended]:not([hidden])').getByText(t('consent.withdrawn')).waitFor();
    assert.equal(await page.locator('.consented').count(), 2);
    await screenshot(page, 'account-consent-again-en-desktop');
  });
});

describe('consent, on a phone and without JavaScript', () => {
  const t = words('fr');
  let visitor;
  let page;
  before(async () => {
    visitor = await visit(server, { ...PHONE, javaScriptEnabled: false });
    page = visitor.page;
  });
  after(() => visitor.close());

  it('is asked for, may be left by signing out, and leads on', async () => {
    await signIn(page, 'fr', BEN);
    assert.equal(await page.getByText(t('consent.missing')).isVisible(), false);
    await screenshot(page, 'consent-fr-phone');
    await page.getByRole('button', { name: t('nav.sign_out') }).click();
    await page.waitForURL(/\/sign-out\/#done$/);
    await signIn(page, 'fr', BEN);
    await page.getByLabel(CONSENT.label.fr).check();
    await page.getByRole('button', { name: t('consent.send') }).click();
    await page.waitForURL(/\/fr\/help\/$/);
  });
});
