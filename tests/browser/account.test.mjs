import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { PHONE, screenshot, violations, visit, visitAs } from '../harness/browser.mjs';
import { ANNA, BEN, CARL, DORA, MIA, PASSWORD, editJson, serve } from '../harness/guichet.mjs';
import { awaitMails, recipient } from '../harness/mail.mjs';
import { words } from '../harness/words.mjs';
import { unzipped } from '../harness/zip.mjs';

const server = await serve();
const en = words('en');
const fr = words('fr');
const home = `${server.origin}/support/en/`;
const NEW = 'a quiet harbour in the fog';

describe('one’s own account', () => {
  let visitor;
  let page;
  before(async () => {
    visitor = await visitAs(server, ANNA);
    page = visitor.page;
  });
  after(() => visitor.close());

  it('is reached from the menu of every page', async () => {
    await page.goto(`${home}tickets/`);
    await page.locator('[data-module=account] summary').click();
    await page.getByRole('link', { name: en('nav.your_account') }).click();
    await page.getByRole('heading', { level: 1, name: en('pages.account.title') }).waitFor();
    await page.getByRole('heading', { name: en('account.sign_ins') }).waitFor();
    assert.equal(await page.getByLabel(en('account.name'), { exact: true }).inputValue(), 'Anna Berg');
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'account-en-desktop');
  });

  it('takes another name, says so, and shows it in the menu of the next page', async () => {
    await page.getByLabel(en('account.name'), { exact: true }).fill(' ');
    await page.getByRole('button', { name: en('account.save') }).click();
    await page.locator('#name-error').getByText(en('sign_up.no_name')).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'name');
    await page.getByLabel(en('account.name'), { exact: true }).fill('Anna Berglund');
    await page.getByRole('button', { name: en('account.save') }).click();
    await page.locator('#told').getByText(en('account.saved')).waitFor();
    await page.goto(`${home}tickets/`);
    await page.locator('[data-slot=name]').getByText('Anna Berglund').waitFor();
  });

  it('sends a link to a new address; it is confirmed with a press, and not before', async () => {
    await page.goto(`${home}account/`);
    await page.getByLabel(en('account.new_address')).fill('anna@new.example');
    await page.locator('#own-password').fill(PASSWORD);
    await page.getByRole('button', { name: en('account.change_address') }).click();
    await page.locator('[data-slot=address-sent]').getByText('anna@new.example').waitFor();
    const [mail] = await awaitMails(server.data, (m) => recipient(m) === 'anna@new.example');
    await page.goto(/https?:\/\/\S+/.exec(mail.text)[0]);
    await page.waitForFunction(() => !location.href.includes('address='));
    await page.getByText(en('link.lead_address')).waitFor();
    assert.equal(await page.getByLabel(en('sign_in.remember')).isVisible(), false);
    await page.getByRole('button', { name: en('link.send_address') }).click();
    await page.getByRole('heading', { name: en('account.address_done') }).waitFor();
    await page.getByRole('link', { name: en('nav.your_account') }).click();
    await page.locator('[data-slot=address-now]').getByText('anna@new.example').waitFor();
  });

  it('keeps what one wants to be told by mail as it is ticked', async () => {
    const box = page.getByLabel(en('mails.copies'));
    assert.equal(await box.isChecked(), true);
    await box.uncheck();
    await page.locator('#told').getByText(en('mails.saved')).waitFor();
    const together = (label) => Promise.all([page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok()),
      page.getByLabel(en('mails.together')).selectOption({ label })]);
    await together(en('mails.hour'));
    await page.reload();
    await page.getByRole('heading', { name: en('mails.title') }).scrollIntoViewIfNeeded();
    await page.waitForFunction(() => !document.querySelector('[name=copies]').checked && document.querySelector('[name=replies]').checked && document.querySelector('[name=together]').value === 'hour');
    await screenshot(page, 'account-mails-en-desktop');
    await together(en('mails.at_once'));
    await page.route('**/account/mails', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
    await page.getByLabel(en('mails.replies')).click();
    await page.locator('[data-slot=mails-problem]').getByText(en('mails.failed')).waitFor();
    assert.equal(await page.getByLabel(en('mails.replies')).isChecked(), true, 'it shows what holds');
    await page.unroute('**/account/mails');
  });

  it('ends mails of a kind by a press on the page that their header leads to, and not before', async () => {
    const mia = await server.signedIn(MIA);
    await mia.reply((await (await server.signedIn('anna@new.example')).file('Stop', 'Please')).json.number, 'No more of this');
    const [mail] = await awaitMails(server.data, (m) => m.text.includes('No more of this') && m.get('List-Unsubscribe'));
    await page.goto(mail.get('List-Unsubscribe').slice(1, -1));
    await page.waitForFunction(() => location.pathname.endsWith('/link/') && !location.hash);
    await page.getByText(en('mails.stop_lead')).waitFor();
    assert.deepEqual(await violations(page), []);
    await page.getByRole('button', { name: en('mails.stop') }).click();
    await page.getByRole('heading', { name: en('mails.stopped') }).waitFor();
    await page.getByRole('link', { name: en('nav.your_account') }).last().click();
    await page.getByRole('heading', { name: en('mails.title') }).waitFor();
    assert.equal(await page.getByLabel(en('mails.replies')).isChecked(), false);
  });

  it('changes the password: what is wrong is said beside its field', async () => {
    const old = page.locator('#old');
    await old.fill('not the old one');
    await page.locator('#new-password').fill(NEW);
    await page.getByRole('button', { name: en('account.change_password') }).click();
    await page.locator('#old-error').getByText(en('account.old_wrong')).waitFor();
    await old.fill(PASSWORD);
    await page.getByRole('button', { name: en('account.change_password') }).click();
    await page.locator('#told').getByText(en('account.password_changed')).waitFor();
    assert.equal(await old.inputValue(), '');
  });

  it('hands out all that is held about one, for the password', async () => {
    const button = page.getByRole('button', { name: en('own_data.download') });
    await page.locator('#data-password').fill('not the new one');
    await button.click();
    await page.locator('#data-password-error').getByText(en('account.old_wrong')).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'data-password');
    await page.locator('#data-password').fill(NEW);
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    assert.equal(download.suggestedFilename(), 'guichet-data.zip');
    const files = unzipped(readFileSync(await download.path()));
    assert.equal(JSON.parse(files.get('account.json').bytes).person[0].email, 'anna@new.example');
    await page.locator('#told').getByText(en('own_data.done')).waitFor();
    assert.equal(await page.locator('#data-password').inputValue(), '');
    assert.deepEqual(await violations(page), []);
    await page.getByRole('heading', { name: en('own_data.title'), exact: true }).scrollIntoViewIfNeeded();
    await screenshot(page, 'account-own-data-en-desktop');
  });

  it('X8: asks that it all be erased, sees until when, and thinks otherwise', async () => {
    const button = page.getByRole('button', { name: en('own_data.ask') });
    await page.locator('#erasure-password').fill('not the new one');
    await button.click();
    await page.locator('#erasure-password-error').getByText(en('account.old_wrong')).waitFor();
    await page.locator('#erasure-password').fill(NEW);
    await button.click();
    await page.locator('#told').getByText(en('own_data.asked')).waitFor();
    assert.equal(await button.isVisible(), false);
    assert.match(await page.locator('[data-slot=erasure-state]').textContent(), /^You asked for this on \w+ \d+, \d{4}\. Your data is erased on/);
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'account-erasure-en-desktop');
    await page.reload();
    await page.getByRole('button', { name: en('own_data.keep') }).click();
    await page.locator('#told').getByText(en('own_data.kept')).waitFor();
    await button.waitFor();
    assert.equal(await page.locator('[data-slot=erasure-state]').isVisible(), false);
    const client = await server.signedIn('anna@new.example', NEW);
    for (let i = 0; i < 2; i++) {
      assert.equal((await client.post('/account/erasure', { password: NEW })).status, 204);
      assert.equal((await client.act('/account/erasure/withdraw')).status, 204);
    }
    await page.locator('#erasure-password').fill(NEW);
    await button.press('Enter');
    const limited = page.locator('[data-slot=erasure-form] [data-slot=problem]');
    await limited.waitFor();
    assert.match(await limited.textContent(), /^Too many attempts\. You can try again from .*\d+:\d\d.* on\.$/, 'nobody counts down eight hours');
    assert.equal((await client.delete('/session')).status, 204);
  });

  it('signs out elsewhere, and everywhere', async () => {
    await server.signedIn('anna@new.example', NEW);
    await page.goto(`${home}account/`);
    const items = page.locator('.sign-in');
    await items.nth(1).waitFor();
    await items.first().getByText(en('account.this_device')).waitFor();
    await items.nth(1).getByText(en('account.way.password')).waitFor();
    assert.equal(await items.nth(1).getByText(en('account.remembered')).isVisible(), false);
    await items.nth(1).getByRole('button').click();
    await page.waitForFunction(() => document.querySelectorAll('.sign-in').length === 1);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'sign-ins');
    await page.getByRole('button', { name: en('account.everywhere') }).click();
    await page.waitForURL(`${home}sign-out/#done`);
    await page.goto(`${home}account/`);
    await page.waitForURL(/sign-in\/\?return=/);
    visitor.mustHaveBeenQuiet();
  });
});

describe('the list of sign-ins', () => {
  it('tells how one came in, and where one stays signed in', async () => {
    const visitor = await visitAs(server, CARL);
    await server.client().post('/session', { email: CARL, password: PASSWORD, remember: true });
    await server.client().post('/sign-in-links', { email: CARL });
    const [mail] = await awaitMails(server.data, (m) => recipient(m) === CARL && m.text.includes('#sign-in='));
    await server.client().post('/links', { token: /#sign-in=(\S+)/.exec(mail.text)[1] });
    await visitor.page.goto(`${home}account/`);
    const items = visitor.page.locator('.sign-in');
    await items.nth(2).waitFor();
    assert.equal(await items.filter({ hasText: en('account.way.link') }).count(), 1);
    assert.equal(await items.filter({ hasText: en('account.way.password') }).count(), 2);
    assert.equal(await visitor.page.getByText(en('account.remembered')).locator('visible=true').count(), 1);
    await screenshot(visitor.page, 'account-sign-ins');
    visitor.mustHaveBeenQuiet();
    await visitor.close();
  });
});

describe('one’s own account on a phone, in Arabic', () => {
  it('fits, and is free of what axe knows', async () => {
    const wide = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.locales = ['en', 'fr', 'ar']; }) });
    const visitor = await visitAs(wide, ANNA, { ...PHONE, locale: 'ar' });
    await visitor.page.goto(`${wide.origin}/support/ar/account/`);
    await visitor.page.getByRole('heading', { name: words('ar')('account.sign_ins') }).waitFor();
    assert.ok(await visitor.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    assert.deepEqual(await violations(visitor.page), []);
    await screenshot(visitor.page, 'account-ar-phone');
    visitor.mustHaveBeenQuiet();
    await visitor.close();
  });
});

describe('one’s own account where the API cannot be reached', () => {
  it('says so, and comes by itself when it can', async () => {
    const visitor = await visitAs(server, DORA);
    const { page } = visitor;
    await page.route('**/api/v1/account**', (route) => route.abort());
    await page.goto(`${home}account/`);
    await page.getByRole('heading', { name: en('account.failed') }).waitFor();
    await page.unroute('**/api/v1/account**');
    await page.getByRole('button', { name: en('errors.retry') }).click();
    await page.getByRole('heading', { name: en('account.sign_ins') }).waitFor();
    await visitor.close();
  });
});

describe('a sign-in link in the browser', () => {
  let visitor;
  let page;
  before(async () => {
    visitor = await visit(server, PHONE);
    page = visitor.page;
  });
  after(() => visitor.close());
  const french = `${server.origin}/support/fr/`;
  const about = (m) => recipient(m) === BEN && m.text.includes('#sign-in=');

  it('is asked for on the sign-in page, which wants an address', async () => {
    await page.goto(`${french}sign-in/`);
    await page.getByRole('button', { name: fr('sign_in.link') }).click();
    await page.locator('[data-slot=problem]').getByText(fr('reset.no_address')).waitFor();
    await page.getByLabel(fr('sign_in.email')).fill(BEN);
    await page.getByRole('button', { name: fr('sign_in.link') }).click();
    await page.locator('#link-sent').waitFor();
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'sign-in-link-sent-fr-phone');
  });

  it('T08, T09: opened by a mail scanner it is not used up; pressed, it signs one in', async () => {
    const [mail] = await awaitMails(server.data, about);
    const [link] = /https?:\/\/\S+/.exec(mail.text);
    for (let i = 0; i < 2; i++) {
      await page.goto('about:blank');
      await page.goto(link);
      await page.waitForFunction(() => !location.href.includes('sign-in='));
    }
    await page.reload();
    await page.getByText(fr('link.lead_sign_in')).waitFor();
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'link-fr-phone');
    await page.getByRole('button', { name: fr('sign_in.send'), exact: true }).click();
    await page.waitForURL(`${french}tickets/**`);
    await page.locator('[data-slot=rows] tr').first().waitFor();
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByRole('button', { name: fr('sign_in.send'), exact: true }).click();
    await page.getByRole('heading', { name: fr('reset_form.used') }).waitFor();
    visitor.mustHaveBeenQuiet();
  });
});

describe('a sign-in link without JavaScript', () => {
  it('is asked for with the second button, pasted and pressed', async () => {
    const visitor = await visit(server, { viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
    const { page } = visitor;
    await page.goto(`${home}sign-in/`);
    await page.getByLabel(en('sign_in.email')).fill(DORA);
    await page.getByRole('button', { name: en('sign_in.link') }).click();
    await page.getByText(en('sign_in.link_sent')).waitFor();
    const [mail] = await awaitMails(server.data, (m) => recipient(m) === DORA && m.text.includes('#sign-in='));
    await page.goto(`${home}link/`);
    await page.getByLabel(en('reset_form.link')).fill(/https?:\/\/\S+/.exec(mail.text)[0]);
    await page.getByRole('button', { name: en('link.send') }).click();
    await page.waitForURL(`${home}tickets/`);
    await visitor.close();
  });
});
