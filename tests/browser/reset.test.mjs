import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PHONE, screenshot, visit } from '../harness/browser.mjs';
import { BEN, serve } from '../harness/guichet.mjs';
import { awaitMails, recipient } from '../harness/mail.mjs';
import { words } from '../harness/words.mjs';

const server = await serve();
const t = words('fr');
const home = `${server.origin}/support/fr/`;
const NEW = 'une phrase entière, facile à retenir';

describe('a forgotten password', () => {
  let visitor;
  let page;
  before(async () => {
    visitor = await visit(server, PHONE);
    page = visitor.page;
    page.on('request', (request) => referrers.push(request.headers().referer ?? ''));
  });
  const referrers = [];
  after(() => visitor.close());
  let link;

  it('is asked for from the sign-in page, which hands over the address that was typed', async () => {
    await page.goto(`${home}sign-in/`);
    await page.getByLabel(t('sign_in.email')).fill(BEN);
    await page.getByRole('link', { name: t('sign_in.forgot') }).click();
    await page.waitForURL(`${home}reset/`);
    assert.equal(await page.getByLabel(t('reset.email')).inputValue(), BEN);
  });

  it('where the API cannot be reached the page says so, and keeps what was typed', async () => {
    await page.route('**/resets', (route) => route.abort());
    await page.getByRole('button', { name: t('reset.send') }).click();
    await page.locator('#main').getByText(t('errors.network')).waitFor();
    assert.equal(await page.getByLabel(t('reset.email')).inputValue(), BEN);
    await page.unroute('**/resets');
  });

  it('is sent by mail', async () => {
    await page.getByRole('button', { name: t('reset.send') }).click();
    await page.getByRole('heading', { name: t('reset.sent') }).waitFor();
    assert.match(await page.title(), new RegExp(`^${t('reset.sent')} · `));
    const [mail] = await awaitMails(server.data, (m) => recipient(m) === BEN);
    [link] = /https?:\/\/\S+/.exec(mail.text);
  });

  it('T08: the mailed link’s token leaves the address bar at once', async () => {
    await page.goto(link);
    await page.waitForFunction(() => !location.href.includes('token='));
    assert.equal(page.url().includes(link.split('#token=')[1]), false);
    assert.equal(await page.evaluate(() => document.referrer), '');
    assert.ok(await page.getByLabel(t('reset_form.label'), { exact: true }).evaluate((field) => field === document.activeElement));
  });

  it('a password that is too short is refused with the reason', async () => {
    await page.getByLabel(t('reset_form.label'), { exact: true }).fill('court');
    await page.getByRole('button', { name: t('reset_form.send') }).click();
    await page.locator('#main').getByText(t('reset_form.short', { password_min: '12' })).locator('visible=true').waitFor();
    await screenshot(page, 'reset-form-fr-phone');
  });

  it('a good one is taken, and opens the door', async () => {
    await page.getByLabel(t('reset_form.label'), { exact: true }).fill(NEW);
    await page.getByRole('button', { name: t('reset_form.send') }).click();
    await page.locator('#main').getByText(t('sign_in.reset_done')).waitFor();
    await page.getByLabel(t('sign_in.email')).fill(BEN);
    await page.getByLabel(t('sign_in.password'), { exact: true }).fill(NEW);
    await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
    await page.waitForURL(`${home}tickets/**`);
  });

  it('the same link pressed again says that it was used', async () => {
    await page.goto(link);
    await page.getByLabel(t('reset_form.label'), { exact: true }).fill(NEW);
    await page.getByRole('button', { name: t('reset_form.send') }).click();
    await page.getByRole('heading', { name: t('reset_form.used') }).waitFor();
    await page.getByRole('link', { name: t('reset_form.again') }).waitFor();
  });

  it('T08: no request told anybody about the token', () => {
    const token = link.split('#token=')[1];
    assert.ok(referrers.every((referrer) => !referrer.includes(token)));
    assert.ok(!server.program.said.includes(token));
    visitor.mustHaveBeenQuiet();
  });
});
