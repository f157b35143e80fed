import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, screenshot, visit } from '../harness/browser.mjs';
import { ANNA, BEN, PASSWORD, serve } from '../harness/guichet.mjs';
import { awaitMails, recipient } from '../harness/mail.mjs';
import { words } from '../harness/words.mjs';

const server = await serve();
const t = words('en');
const home = `${server.origin}/support/en/`;

describe('X17: without JavaScript', () => {
  let visitor;
  let page;
  before(async () => {
    visitor = await visit(server, { ...DESKTOP, javaScriptEnabled: false });
    page = visitor.page;
  });
  after(() => visitor.close());

  async function signIn(email, password) {
    await page.goto(`${home}sign-in/`);
    await page.getByLabel(t('sign_in.email')).fill(email);
    await page.getByLabel(t('sign_in.password'), { exact: true }).fill(password);
    await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
  }

  it('a wrong password leads to the message, and to no other', async () => {
    await signIn(BEN, 'wrong wrong wrong');
    await page.waitForURL(/#e-credentials$/);
    assert.ok(await page.locator('#main').getByText(t('sign_in.credentials')).isVisible());
    assert.equal(await page.locator('#main').getByText(t('sign_in.limited')).isVisible(), false);
    await screenshot(page, 'no-script-wrong-password');
  });

  it('one signs in', async () => {
    await signIn(ANNA, PASSWORD);
    await page.waitForURL(`${home}tickets/`);
    const [cookie] = await visitor.context.cookies();
    assert.equal(cookie.name, 'guichet');
    assert.equal(cookie.httpOnly, true);
  });

  for (const tag of ['en', 'fr']) {
    it(`one files a ticket with a file (${tag})`, async () => {
      const w = words(tag);
      await page.goto(`${server.origin}/support/${tag}/new/support/`);
      assert.equal(await page.locator('#sent').isVisible(), false);
      for (const el of await page.locator('[data-field]').all()) assert.ok(await el.isVisible());
      await page.locator('[name=subject]').fill(`Sans script ${tag}`);
      await page.locator('[name=files]').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('abc') });
      await page.getByRole('button', { name: w('new.send') }).click();
      assert.ok(await page.locator('[name=message]:invalid').isVisible()); // the browser asks for it
      await page.locator('[name=message]').fill('x'.repeat(100_001));
      await page.getByRole('button', { name: w('new.send') }).click();
      await page.waitForURL(/#e-invalid$/);
      assert.ok(await page.getByText(w('new.not_accepted')).isVisible());
      await screenshot(page, `no-script-not-accepted-${tag}`);
      await page.locator('[name=subject]').fill(`Sans script ${tag}`);
      await page.locator('[name=message]').fill('Hello');
      await page.locator('[name=files]').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('abc') });
      await page.getByRole('button', { name: w('new.send') }).click();
      await page.waitForURL(/#sent$/);
      assert.ok(await page.getByRole('heading', { name: w('new.sent') }).isVisible());
      assert.equal(await page.locator('[name=message]').isVisible(), false);
      await screenshot(page, `no-script-sent-${tag}`);
      const [mail] = await awaitMails(server.data, (m) => m.text.includes('Hello') && m.get('Subject').includes(`Sans script ${tag}`));
      assert.ok(mail);
    });
  }

  it('signing in leads back to the page that asked for it, after a wrong password, too', async () => {
    await visitor.context.clearCookies();
    await page.goto(`${home}new/support/`);
    await page.locator('[name=subject]').fill('Too early');
    await page.locator('[name=message]').fill('Nobody is signed in');
    await page.getByRole('button', { name: t('new.send') }).click();
    await page.waitForURL(`${home}sign-in/?return=**`);
    for (const password of ['not the right one', PASSWORD]) {
      await page.getByLabel(t('sign_in.email')).fill(ANNA);
      await page.getByLabel(t('sign_in.password'), { exact: true }).fill(password);
      await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
      await page.waitForURL(password === PASSWORD ? `${home}new/support/` : /sign-in\/\?return=.*new.*#e-credentials$/);
    }
  });

  it('pages that need it say what works without it: the form first, and the team’s address', async () => {
    await page.goto(`${home}tickets/`);
    const panel = page.locator('main noscript .panel');
    assert.ok(await panel.isVisible());
    assert.ok((await panel.textContent()).includes(t('noscript.text')));
    const hrefs = await panel.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    assert.equal(hrefs[0], '/support/en/new/');
    assert.match(hrefs[1], /^mailto:/);
    await panel.locator('a').first().click();
    await page.waitForURL(/\/new\//);
  });

  it('one asks for a new password', async () => {
    await page.goto(`${home}reset/`);
    await page.getByLabel(t('reset.email')).fill(ANNA);
    await page.getByRole('button', { name: t('reset.send') }).click();
    await page.waitForURL(`${home}reset/#sent`);
    assert.ok(await page.getByRole('heading', { name: t('reset.sent') }).isVisible());
    await awaitMails(server.data, (mail) => recipient(mail) === ANNA && /reset-form/.test(mail.text));
  });

  it('and sets it with the link pasted into the page', async () => {
    const [mail] = await awaitMails(server.data, (m) => recipient(m) === ANNA && /reset-form/.test(m.text));
    const [link] = /https?:\/\/\S+/.exec(mail.text);
    await page.goto(link);
    await page.getByLabel(t('reset_form.link')).fill(link);
    await page.getByLabel(t('reset_form.label'), { exact: true }).fill('short');
    await page.getByRole('button', { name: t('reset_form.send') }).click();
    await page.waitForURL(/#e-password_short$/);
    assert.ok(await page.locator('#main').getByText(t('reset_form.short', { password_min: '12' })).isVisible());
    await page.getByLabel(t('reset_form.link')).fill(link);
    await page.getByLabel(t('reset_form.label'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('reset_form.send') }).click();
    await page.waitForURL(`${home}sign-in/#reset-done`);
    assert.ok(await page.locator('#main').getByText(t('sign_in.reset_done')).isVisible());
    await page.goto(`${home}reset-form/#e-token_expired`);
    assert.ok(await page.getByRole('heading', { name: t('reset_form.expired') }).isVisible());
    assert.equal(await page.getByRole('button', { name: t('reset_form.send') }).isVisible(), false);
  });

  it('the help centre is all there', async () => {
    await page.goto(`${home}help/`);
    await page.locator('main a[href*="/help/"]').first().click();
    assert.ok(await page.getByRole('heading', { level: 1 }).isVisible());
  });

  it('one signs out, and is told so only then', async () => {
    await signIn(ANNA, PASSWORD);
    await page.waitForURL(`${home}tickets/`);
    await page.getByRole('link', { name: t('nav.sign_out') }).click();
    const told = page.getByText(t('sign_out.text'));
    assert.equal(await told.isVisible(), false);
    await page.getByRole('button', { name: t('sign_out.send') }).click();
    await page.waitForURL(`${home}sign-out/#done`);
    assert.ok(await told.isVisible());
    assert.equal(await page.getByRole('button', { name: t('sign_out.send') }).isVisible(), false);
    assert.deepEqual(await visitor.context.cookies(), []);
  });

  it('the bar offers one way: in where it is open to all, out where somebody is signed in', async () => {
    for (const [path, offered] of [['help/', ['nav.sign_in']], ['tickets/', ['nav.sign_out']], ['new/support/', ['nav.sign_out']]]) {
      await page.goto(home + path);
      const bar = page.locator('header [data-module=account]').getByRole('link');
      assert.deepEqual(await bar.allTextContents(), offered.map((key) => t(key)), path);
    }
  });

  it('nothing was refused', () => visitor.mustHaveBeenQuiet());
});
