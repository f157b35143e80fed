import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, violations, visit } from '../harness/browser.mjs';
import { ANNA, PASSWORD, editJson, serve } from '../harness/guichet.mjs';
import { allTickets } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const server = await serve({
  edit: (folder) => editJson(folder, 'content/forms/support.json', (form) => {
    form.fields = form.fields.filter(({ id }) => ['subject', 'category', 'priority', 'message', 'files'].includes(id));
    form.fields.find(({ id }) => id === 'priority').required = true;
  }),
});
const t = words('en');
const home = `${server.origin}/support/en/`;

describe('a form with a conditional field (S7)', () => {
  let visitor;
  let page;
  const category = () => page.locator('#f-category');
  const priority = () => page.locator('#f-priority');
  const live = () => page.locator('#live').textContent();

  before(async () => {
    visitor = await visit(server, DESKTOP);
    page = visitor.page;
    await page.goto(`${home}sign-in/`);
    await page.getByLabel(t('sign_in.email')).fill(ANNA);
    await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
    await page.waitForURL(`${home}tickets/**`);
    await page.goto(`${home}new/support/`);
  });
  after(() => visitor.close());

  it('does not ask for it at first, nor when checking', async () => {
    await page.locator('[data-field=priority][data-settled]').waitFor({ state: 'attached' });
    assert.equal(await priority().isVisible(), false);
    await page.getByRole('button', { name: t('new.send') }).click();
    const links = await page.locator('[data-slot=summary-list] a').allTextContents();
    assert.equal(links.length, 2, links.join());
  });

  it('by keyboard: an answer brings it, right below, and a screen reader is told', async () => {
    await category().focus();
    await page.keyboard.type('Som'); // "Something does not work"
    assert.equal(await category().inputValue(), 'bug');
    await priority().waitFor();
    await page.waitForFunction(() => document.querySelector('#live').textContent.includes('How much does it hold you up?'));
    assert.equal(await live(), t('new.shown').replace('{label}', 'How much does it hold you up?'));
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'f-priority');
    assert.deepEqual(await violations(page), []);
  });

  it('requires it now, and forgets the error when it goes', async () => {
    await page.getByRole('button', { name: t('new.send') }).click();
    assert.equal(await page.locator('[data-slot=summary-list] a[href="#f-priority"]').count(), 1);
    await category().selectOption('billing');
    assert.equal(await page.locator('[data-slot=summary-list] a[href="#f-priority"]').count(), 0);
    assert.equal(await priority().isVisible(), false);
  });

  it('what was answered comes back with it', async () => {
    await category().selectOption('order');
    await priority().selectOption('high');
    await category().selectOption('other');
    assert.equal(await priority().isVisible(), false);
    await category().selectOption('bug');
    assert.equal(await priority().inputValue(), 'high');
  });

  it('a draft brings both back, without an announcement of what was there before', async () => {
    await page.getByLabel('Subject').fill('A conditional draft');
    await page.locator('#main').getByText(t('draft.saved')).waitFor();
    await page.reload();
    await priority().waitFor();
    assert.equal(await category().inputValue(), 'bug');
    assert.equal(await priority().inputValue(), 'high');
    assert.doesNotMatch(await live(), /How much/);
  });

  it('sends it only while it is asked for', async () => {
    await page.getByLabel('What happened?').fill('Nothing much');
    await category().selectOption('billing');
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().includes('/tickets?form='));
    await page.getByRole('button', { name: t('new.send') }).click();
    const body = (await sent).postDataBuffer()?.toString() ?? '';
    await page.locator('[data-slot=done-title]').waitFor();
    assert.doesNotMatch(body, /name="priority"/);
    const anna = await server.signedIn(ANNA);
    const made = (await allTickets(anna)).find(({ subject }) => subject === 'A conditional draft');
    assert.equal((await anna.get(`/tickets/${made.number}`)).json.ticket.priority, null);
  });

  it('nothing was refused', () => visitor.mustHaveBeenQuiet());
});

describe('the same without JavaScript', () => {
  it('hides nothing of its own', async () => {
    const visitor = await visit(server, { ...DESKTOP, javaScriptEnabled: false });
    await visitor.page.goto(`${home}new/support/`);
    const field = visitor.page.locator('[data-field=priority]');
    assert.equal(await field.evaluate((el) => el.hidden), false);
    assert.equal(await field.evaluate((el) => getComputedStyle(el).display !== 'none'), true);
    await visitor.close();
  });
});
