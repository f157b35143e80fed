/** Several forms: choosing one, and that each is a form of its own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { DESKTOP, PHONE, screenshot, violations, visit, visitAs } from '../harness/browser.mjs';
import { ANNA, PASSWORD, editJson, generate, portalFolder, serve } from '../harness/guichet.mjs';
import { allTickets } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const server = await serve({
  edit: (folder) => editJson(folder, 'content/portal.json', (portal) => { portal.locales = ['en', 'fr', 'ar']; }),
});
const home = (tag = 'en') => `${server.origin}/support/${tag}/`;
const BACK = 'Send something back';

async function during(options, what, tag = 'en') {
  const visitor = await visit(server, options);
  const { page } = visitor;
  const t = words(tag);
  try {
    await page.goto(`${home(tag)}sign-in/`);
    await page.getByLabel(t('sign_in.email')).fill(ANNA);
    await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
    await page.waitForURL(`${home(tag)}tickets/**`);
    await what(page, t);
  } finally {
    await visitor.close();
  }
}

const ticketNamed = async (subject) => (await allTickets(await server.signedIn(ANNA))).find((ticket) => ticket.subject === subject);

describe('several forms (S7)', () => {
  it('are chosen from the menu by keyboard, and lead back to the choice', () =>
    during({ ...DESKTOP, locale: 'en-GB' }, async (page, t) => {
      await page.getByRole('navigation', { name: t('nav.main') }).getByRole('link', { name: t('pages.new.title') }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(`${home()}new/`);
      assert.equal(await page.locator('h1').textContent(), t('pages.forms.title'));
      assert.deepEqual(await violations(page), []);
      await screenshot(page, 'forms');
      for (let i = 0; i < 40 && await page.evaluate(() => document.activeElement.closest('.pick:nth-child(2)') === null); i++)
        await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${home()}new/return/`);
      assert.equal(await page.locator('[data-slot=asking] h1').textContent(), BACK);
      assert.deepEqual(await violations(page), []);
      await screenshot(page, 'form-return');
      await page.locator('.back a').click();
      await page.waitForURL(`${home()}new/`);
    }));

  it('take along what a link fills in', () =>
    during({ ...DESKTOP, locale: 'en-GB' }, async (page, t) => {
      await page.goto(`${home()}new/?subject=A+broken+printer&product=printer`);
      await page.getByRole('link', { name: BACK }).click();
      await page.waitForURL(`${home()}new/return/?**`);
      await page.getByText(t('new.filled_in').split('{label}')[0].trim()).first().waitFor();
      assert.equal(await page.locator('#f-subject').inputValue(), 'A broken printer');
      assert.equal(await page.locator('#f-product').inputValue(), 'printer');
      assert.ok(await page.locator('#f-serial').isVisible(), 'and what depends on it is asked for');
    }));

  it('are judged and filed each by its own, with drafts of their own', () =>
    during({ ...PHONE, locale: 'en-GB' }, async (page, t) => {
      await page.goto(`${home()}new/return/`);
      await page.locator('#f-message').fill('It does not start');
      await page.getByRole('button', { name: t('new.send') }).click();
      await page.locator('[data-slot=summary]').waitFor();
      assert.equal(await page.locator('[data-slot=summary-list] a').count(), 2, 'the subject and the product');
      await page.getByText(t('draft.saved')).waitFor();
      await page.goto(`${home()}new/support/`);
      await page.locator('#f-subject').fill('Another matter');
      assert.equal(await page.locator('#f-message').inputValue(), '');
      await page.getByText(t('draft.saved')).waitFor();
      await page.goto(`${home()}new/return/`);
      await page.waitForFunction(() => document.querySelector('#f-message').value === 'It does not start');
      await page.locator('#f-subject').fill('Back by phone');
      await page.locator('#f-product').selectOption('other');
      await page.getByRole('button', { name: t('new.send') }).click();
      await page.locator('[data-slot=done]').waitFor();
      assert.equal((await ticketNamed('Back by phone')).pipeline, 'orders');
    }));

  it('fit a phone, also from right to left', () =>
    during({ ...PHONE, locale: 'ar' }, async (page) => {
      for (const path of ['new/', 'new/return/']) {
        await page.goto(`${home('ar')}${path}`);
        assert.deepEqual(await violations(page), []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
        await screenshot(page, `forms-ar-${path.replaceAll('/', '-')}`);
      }
    }, 'ar'));

  it('work without scripts (X17)', () =>
    during({ ...PHONE, locale: 'fr-FR' }, async (page, t) => {
      const plain = await page.context().browser().newContext({ ...PHONE, javaScriptEnabled: false, storageState: await page.context().storageState() });
      const other = await plain.newPage();
      await other.goto(`${home('fr')}new/`);
      await other.getByRole('link', { name: 'Renvoyer un appareil' }).click();
      await other.waitForURL(`${home('fr')}new/return/`);
      await other.locator('#f-subject').fill('Retour sans script');
      await other.locator('#f-product').selectOption('scanner');
      await other.locator('#f-message').fill('En panne');
      await other.getByRole('button', { name: t('new.send') }).click();
      await other.waitForURL(`${home('fr')}new/return/#sent`);
      assert.equal((await ticketNamed('Retour sans script')).pipeline, 'orders');
      await plain.close();
    }, 'fr'));
});

describe('a form', () => {
  it('that is the only one keeps its draft (X4) when another form comes, and when that goes again', async () => {
    const folder = portalFolder((at) => editJson(at, 'content/portal.json', (portal) => { portal.forms = ['support']; }));
    await generate(folder);
    const served = await serve({ folder });
    const chooses = () => fetch(`${place}support/`).then((answer) => answer.ok);
    const have = async (forms) => {
      editJson(folder, 'content/portal.json', (portal) => { portal.forms = forms; });
      await generate(folder);
      for (let i = 0; i < 100 && (await chooses()) !== forms.length > 1; i++) await delay(100);
      assert.equal(await chooses(), forms.length > 1);
    };
    const { page, close } = await visitAs(served, ANNA, PHONE);
    const t = words('en');
    const place = `${served.origin}/support/en/new/`;
    await page.goto(place);
    await page.locator('#f-subject').fill('Half a thought');
    await page.getByText(t('draft.saved')).waitFor();
    await have(['support', 'return']);
    await page.goto(`${place}support/`);
    await page.waitForFunction(() => document.querySelector('#f-subject').value === 'Half a thought');
    await page.locator('#f-subject').fill('A whole thought');
    await page.getByText(t('draft.saved')).waitFor();
    await have(['support']);
    await page.goto(place);
    await page.waitForFunction(() => document.querySelector('#f-subject').value === 'A whole thought');
    await close();
  });

  it('has fields that all end on one line on a phone', () =>
    during({ ...PHONE, locale: 'en-GB' }, async (page) => {
      await page.goto(`${home()}new/support/`);
      await page.locator('#f-category').waitFor();
      const width = (field) => page.locator(field).evaluate((el) => el.getBoundingClientRect().width);
      assert.equal(await width('#f-category'), await width('#f-subject'));
      await screenshot(page, 'form-support-phone');
    }));
});
