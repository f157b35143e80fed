import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visit } from '../harness/browser.mjs';
import { ANNA, PASSWORD, serve } from '../harness/guichet.mjs';
import { words } from '../harness/words.mjs';

const server = await serve();
const t = words('en');
const home = `${server.origin}/support/en/`;
const API = '**/api/v1/session';
const lost = t('errors.network');

/** Anna, signed in, for one test; afterwards nothing may have gone wrong but what the test broke itself. */
async function asAnna(options, what) {
  const { page, context, noise, close } = await visit(server, options);
  try {
    await page.goto(`${home}sign-in/`);
    await page.getByLabel(t('sign_in.email')).fill(ANNA);
    await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
    await page.waitForURL(`${home}tickets/`);
    await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.endsWith('.person')));
    await what(page, context);
    assert.deepEqual(noise, []);
  } finally {
    await close();
  }
}

const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true });

describe('signing out while the API cannot be reached', () => {
  it('from the menu: everybody can read why nothing happened, and nothing is said to have', () =>
    asAnna(PHONE, async (page, context) => {
      await page.route(API, (route) => route.abort());
      await page.locator('[data-module=account] summary').click();
      await page.locator('[data-slot=sign-out]').click();
      await page.locator('.banner').getByText(t('errors.network')).waitFor();
      assert.deepEqual(await violations(page), []);
      assert.equal(page.url(), `${home}tickets/`);
      assert.equal((await context.cookies()).length, 1);
      await page.unroute(API);
      await page.locator('[data-slot=sign-out]').click();
      await heading(page, t('pages.sign-out.title')).waitFor();
      assert.deepEqual(await context.cookies(), []);
      await page.waitForFunction((title) => document.title.startsWith(title), t('pages.sign-out.title'));
    }));

  it('the page for it does not say that one is signed out, and keeps what is on the device', () =>
    asAnna(DESKTOP, async (page) => {
      await page.route(API, (route) => route.abort());
      await page.goto(`${home}sign-out/`);
      await heading(page, t('nav.sign_out')).waitFor();
      assert.equal(await heading(page, t('pages.sign-out.title')).isVisible(), false);
      assert.ok(await page.locator('#main').getByText(lost).isVisible());
      assert.match(await page.title(), new RegExp(`^${t('nav.sign_out')} · `));
      assert.equal(await page.evaluate(() => Object.keys(localStorage).some((key) => key.endsWith('.person'))), true, 'of Anna');
      await page.getByRole('button', { name: t('sign_out.send') }).click();
      await page.locator('#main').getByText(lost).waitFor();
      assert.deepEqual(await violations(page), []);
      await page.unroute(API);
      await page.getByRole('button', { name: t('sign_out.send') }).click();
      await heading(page, t('pages.sign-out.title')).waitFor();
    }));

  it('from the dialog of an unused session: it says so in its own words', () =>
    asAnna(DESKTOP, async (page) => {
      await page.route(API, async (route) => {
        if (route.request().method() !== 'GET') return route.abort();
        const response = await route.fetch();
        return route.fulfill({ response, json: { ...(await response.json()), idle_minutes: 1 } });
      });
      await page.reload();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: t('idle.leave') }).click();
      await dialog.getByRole('alert').getByText(lost).waitFor();
      assert.deepEqual(await violations(page), []);
      await page.unroute(API);
      await dialog.getByRole('button', { name: t('idle.leave') }).click();
      await heading(page, t('pages.sign-out.title')).waitFor();
    }));

  it('who was signed out a moment before is not asked to do it again', () =>
    asAnna(DESKTOP, async (page) => {
      await page.locator('[data-module=account] summary').click();
      await page.route(API, (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));
      await page.locator('[data-slot=sign-out]').click();
      await heading(page, t('pages.sign-out.title')).waitFor();
      await page.waitForLoadState('networkidle');
      assert.equal(await page.getByRole('button', { name: t('sign_out.send') }).isVisible(), false);
    }));
});

describe('the page for signing out', () => {
  it('says nothing before it is known who is signed in; then it is titled by what it says', () =>
    asAnna(DESKTOP, async (page) => {
      const asked = new Promise((done) => page.route(API, done));
      await page.goto(`${home}sign-out/`);
      const question = await asked;
      assert.equal(await heading(page, t('pages.sign-out.title')).isVisible(), false);
      await question.continue();
      await heading(page, t('sign_out.still')).waitFor();
      assert.match(await page.title(), new RegExp(`^${t('sign_out.still')} · `));
    }));

  it('says that it is at it while the API takes its time, and does so once', () =>
    asAnna(DESKTOP, async (page) => {
      await page.goto(`${home}sign-out/`);
      await heading(page, t('sign_out.still')).waitFor();
      let held;
      let asked = 0;
      const begun = new Promise((done) => page.route(API, (route) => {
        if (route.request().method() !== 'DELETE') return route.continue();
        asked++;
        held = route;
        return done();
      }));
      await page.getByRole('button', { name: t('sign_out.send') }).click();
      await begun;
      const busy = page.getByRole('button', { name: t('sign_out.sending') });
      assert.equal(await busy.getAttribute('aria-disabled'), 'true');
      await busy.click({ force: true });
      await held.abort();
      await page.getByRole('button', { name: t('sign_out.send') }).waitFor();
      assert.ok(await page.locator('#main').getByText(lost).isVisible());
      assert.equal(asked, 1);
      await page.unroute(API);
    }));
});

describe('who is signed in already', () => {
  for (const path of ['sign-in/', 'sign-up/'])
    it(`is told so on ${path} and led on`, () =>
      asAnna(PHONE, async (page) => {
        await page.goto(`${home}${path}?return=/support/en/help/`);
        await page.getByText(t('sign_out.still_text').replace('{name}', 'Anna Berg')).waitFor();
        assert.deepEqual(await violations(page), []);
        await screenshot(page, `already-${path.slice(0, -1)}`);
        await page.getByRole('link', { name: t('sign_in.go_on'), exact: true }).click();
        await page.waitForURL(path === 'sign-in/' ? `${home}help/` : `${home}tickets/**`);
      }));

  it('may be nobody: then there is just the form', async () => {
    const { page, close } = await visit(server, DESKTOP);
    await page.goto(`${home}sign-in/`);
    await page.waitForLoadState('networkidle');
    assert.equal(await page.locator('[data-slot=already]').isVisible(), false);
    await close();
  });
});
