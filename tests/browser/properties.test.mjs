import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visit } from '../harness/browser.mjs';
import { ANNA, PASSWORD, editJson, serve } from '../harness/guichet.mjs';
import { allTickets } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';
import { corpus } from '../harness/xss.mjs';

const hostile = corpus[2];
const server = await serve({ edit: (folder) => {
  editJson(folder, 'content/forms/support.json', (form) => {
    const known = Object.fromEntries(form.fields.map((field) => [field.id, field]));
    const own = ['product', 'serial', 'devices', 'tried', 'needed_by', 'standstill', 'phone'].map((id) => ({ id }));
    form.fields = [known.subject, known.category, ...own, known.message];
    form.fields.find(({ id }) => id === 'tried').required = true;
  });
  editJson(folder, 'content/properties.json', (p) => {
    p.tickets.product.label = hostile.slice(0, 60);
    p.tickets.product.options[0].label = corpus[1];
  });
} });
const t = words('en');
const home = `${server.origin}/support/en/`;

async function signIn(page) {
  await page.goto(`${home}sign-in/`);
  await page.getByLabel(t('sign_in.email')).fill(ANNA);
  await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
  await page.waitForURL(`${home}tickets/**`);
}

describe('a form with properties of every type (S7, S28)', () => {
  let visitor;
  let page;
  const field = (id) => page.locator(`#f-${id}`);
  before(async () => {
    visitor = await visit(server, DESKTOP);
    page = visitor.page;
    await signIn(page);
  });
  after(() => visitor.close());

  it('says of each type in its own words what is wrong', async () => {
    await page.goto(`${home}new/support/`);
    await field('devices').fill('0');
    await page.getByRole('button', { name: t('new.send') }).click();
    const said = await page.locator('[data-slot=summary-list] a').allTextContents();
    assert.deepEqual(said, ['Please fill in “Subject”', '“Devices affected”: at least 1', 'Please choose under “Already tried”', 'Please fill in “What happened?”']);
    await page.locator('[data-slot=summary-list] a').nth(2).click();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'f-tried-restart');
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Space');
    assert.equal(await page.locator('[data-slot=summary-list] a').count(), 3);
    assert.equal(await page.locator('#f-tried-error').isHidden(), true);
  });

  it('is filled in by keyboard alone, and the ticket’s page shows every answer as people read it', async () => {
    await page.goto(`${home}new/support/`);
    await page.evaluate(() => localStorage.clear());
    await page.goto(`${home}new/support/`);
    await field('subject').focus();
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('<img'); // the first option's label
    await page.keyboard.press('Tab');
    await page.keyboard.type(corpus[0]);
    await page.keyboard.press('Tab');
    await page.keyboard.type('1250');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await field('needed_by').fill('2026-12-24');
    await field('standstill').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('+47 23 55 01 18');
    await field('message').fill('Hello');
    await page.getByRole('button', { name: t('new.send') }).click();
    await page.locator('[data-slot=done-link]').click();
    await page.locator('[data-property=standstill]').waitFor();
    const shown = Object.fromEntries(await page.locator('[data-property]:visible').evaluateAll((all) => all.map((el) => [el.dataset.property, el.querySelector('dd').innerText])));
    assert.equal(shown.product, corpus[1]);
    assert.equal(shown.serial, corpus[0]);
    assert.equal(shown.devices, '1,250');
    assert.equal(shown.tried, 'Turned it off and on\nAnother cable or charger');
    assert.equal(shown.needed_by, 'Dec 24, 2026');
    assert.equal(shown.standstill, 'Yes');
    assert.equal(await page.locator('[data-property=product] dt').innerText(), hostile.slice(0, 60));
    assert.deepEqual(await violations(page), []);
    visitor.mustHaveBeenQuiet();
  });

  it('shows what is known of the contact the next time, and takes it away when it is emptied', async () => {
    await page.goto(`${home}new/support/`);
    await page.waitForFunction(() => document.querySelector('#f-phone').value !== '');
    assert.equal(await field('phone').inputValue(), '+47 23 55 01 18');
    await field('phone').fill('');
    await field('subject').fill('Without a telephone');
    await page.locator('#f-tried-device').check();
    await field('message').fill('Hello');
    await page.getByRole('button', { name: t('new.send') }).click();
    await page.locator('[data-slot=done-link]').waitFor();
    const anna = await server.signedIn(ANNA);
    assert.deepEqual((await anna.get('/session')).json.properties, {});
  });

  it('is filled in by a link with what fits, says so, and sends nothing by itself', async () => {
    const anna = await server.signedIn(ANNA);
    const before = (await allTickets(anna)).length;
    await page.goto(`${home}new/support/?subject=From+a+link&category=bug&product=lorry&devices=many&tried=cable&tried=device&phone=666&role=admin&needed_by=2026-13-01`);
    const note = page.locator('[data-slot=filled-in]');
    await note.waitFor();
    assert.match(await note.innerText(), /Subject, What is it about\?, Already tried$/);
    assert.equal(await field('subject').inputValue(), 'From a link');
    assert.equal(await field('product').inputValue(), '');
    assert.equal(await field('devices').inputValue(), '');
    assert.equal(await field('needed_by').inputValue(), '');
    assert.equal(await field('phone').inputValue(), '');
    assert.deepEqual(await page.locator('[name=tried]:checked').evaluateAll((all) => all.map((el) => el.value)), ['cable', 'device']);
    assert.equal((await allTickets(anna)).length, before);
  });
});

describe('the same form without scripts (X17)', () => {
  it('takes every type and says that it arrived', async () => {
    const visitor = await visit(server, { ...PHONE, locale: 'en-GB' });
    await signIn(visitor.page);
    const plain = await visitor.page.context().browser().newContext({ ...PHONE, javaScriptEnabled: false, storageState: await visitor.page.context().storageState() });
    const page = await plain.newPage();
    await page.goto(`${home}new/support/`);
    await page.locator('#f-subject').fill('No scripts, all types');
    await page.locator('#f-product').selectOption('gateway');
    await page.locator('#f-devices').fill('2');
    await page.locator('#f-tried-update').check();
    await page.locator('#f-needed_by').fill('2026-12-01');
    await page.locator('#f-standstill').check();
    await page.locator('#f-message').fill('Hello');
    await screenshot(page, 'form-properties-plain');
    await page.getByRole('button', { name: t('new.send') }).click();
    await page.waitForURL(`${home}new/support/#sent`);
    const found = (await allTickets(await server.signedIn(ANNA))).find((ticket) => ticket.subject === 'No scripts, all types');
    assert.deepEqual(found.properties, { product: 'gateway', devices: 2, tried: ['update'], needed_by: '2026-12-01', standstill: true });
    await plain.close();
    await visitor.close();
  });
});
