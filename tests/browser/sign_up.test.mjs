import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visit } from '../harness/browser.mjs';
import { editJson, freePort, serve } from '../harness/guichet.mjs';
import { awaitMails, recipient } from '../harness/mail.mjs';
import { words } from '../harness/words.mjs';

// One domain of the portal has terms of its own: the address that the browser is at.
const port = await freePort();
const origin = `http://localhost:${port}`;
const server = await serve({
  edit: (folder) => editJson(folder, 'content/portal.json', (p) => {
    p.access = { sign_up: true };
    p.domains.push({ host: `localhost:${port}`, locale: 'en' });
    p.consent = {
      notice: { en: 'We keep your name and address to answer you.', fr: 'Nous gardons votre nom et votre adresse pour vous répondre.' },
      text: { en: 'You may write to me.', fr: 'Vous pouvez m’écrire.' },
      label: { en: 'I agree', fr: 'Je suis d’accord' },
      links: [{ label: { en: 'Privacy', fr: 'Vie privée' }, url: 'https://acme.example/privacy' }],
      domains: [{ host: `localhost:${port}`, text: { en: 'This house may write to me.', fr: 'Cette maison peut m’écrire.' } }],
    };
  }),
  env: { GUICHET_LISTEN: `127.0.0.1:${port}`, GUICHET_ORIGIN: origin },
});
Object.assign(server, { origin, host: `localhost:${port}` });
const NEW = 'a quiet harbour in the fog';
const codeIn = (mail) => /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/m.exec(mail.text)[0];

for (const { locale, options, scripts } of [
  { locale: 'en', options: DESKTOP, scripts: true },
  { locale: 'fr', options: PHONE, scripts: true },
  { locale: 'en', options: { ...PHONE, locale: 'en-GB' }, scripts: false },
  { locale: 'fr', options: DESKTOP, scripts: false },
]) {
  describe(`making an account in ${locale}${scripts ? '' : ', X17: without JavaScript'}`, () => {
    const t = words(locale);
    const home = `${origin}/support/${locale}/`;
    const email = `zoe.${locale}.${scripts}@elsewhere.example`;
    const label = { en: 'I agree', fr: 'Je suis d’accord' }[locale];
    let visitor;
    let page;
    let mail;
    before(async () => {
      visitor = await visit(server, { ...options, javaScriptEnabled: scripts });
      page = visitor.page;
    });
    after(() => visitor.close());

    const password = () => page.getByLabel(t('sign_in.password'), { exact: true });
    async function fill(chosen) {
      await page.getByLabel(t('sign_up.name')).fill('Zoë del Mar');
      await page.getByLabel(t('sign_in.email')).fill(email);
      await password().fill(chosen);
    }
    const send = () => page.getByRole('button', { name: t('sign_up.send') }).click();

    it('begins at sign-in', async () => {
      await page.goto(`${home}sign-in/`);
      await page.getByRole('link', { name: t('sign_in.sign_up') }).click();
      await page.getByRole('heading', { level: 1, name: t('pages.sign-up.title') }).waitFor();
      if (scripts) assert.deepEqual(await violations(page), []);
    });

    it('S19: shows the terms, of this domain where a script can tell', async () => {
      const mine = { en: 'This house may write to me.', fr: 'Cette maison peut m’écrire.' }[locale];
      const general = { en: 'You may write to me.', fr: 'Vous pouvez m’écrire.' }[locale];
      assert.equal(await page.getByText(mine).isVisible(), scripts);
      assert.equal(await page.getByText(general, { exact: true }).isVisible(), !scripts);
      await page.getByRole('link', { name: { en: 'Privacy', fr: 'Vie privée' }[locale] }).waitFor();
    });

    it('has the right autocomplete', async () => {
      const given = await page.locator('form input:not([type=hidden]):not([type=checkbox])').evaluateAll((all) => all.map((one) => one.autocomplete));
      assert.deepEqual(given, ['name', 'username', 'new-password']);
    });

    it('a common password is refused with the reason', async () => {
      await fill('password1234');
      await page.getByRole('checkbox', { name: label, disabled: false }).check();
      await send();
      await page.locator('#main').getByText(t('reset_form.common')).locator('visible=true').waitFor();
      if (scripts) {
        assert.equal(await page.getByLabel(t('sign_in.email')).inputValue(), email, 'what was typed stays');
        assert.equal(await password().getAttribute('aria-invalid'), 'true');
        assert.ok(await password().evaluate((input) => input === document.activeElement));
      }
    });

    it('every mistake is named at once', { skip: !scripts }, async () => {
      await fill('short');
      await page.getByLabel(t('sign_in.email')).fill('zoe@');
      await send();
      assert.ok(await page.locator('#email-error').getByText(t('reset.no_address')).isVisible());
      assert.ok(await page.locator('#password-error').getByText(t('reset_form.short', { password_min: '12' })).isVisible());
    });

    it('without the tick it goes nowhere', { skip: !scripts }, async () => {
      await fill(NEW);
      await page.getByRole('checkbox', { name: label, disabled: false }).uncheck();
      await send();
      await page.locator('.field-error', { hasText: t('sign_up.no_consent') }).waitFor();
      await screenshot(page, `sign-up-${locale}`);
    });

    it('with it a mail is on its way', async () => {
      await fill(NEW);
      await page.getByRole('checkbox', { name: label, disabled: false }).check();
      await send();
      await page.getByText(t('sign_up.sent_text')).waitFor();
      assert.ok(page.url().endsWith('/sign-up/#sent'));
      assert.equal(await page.getByRole('button', { name: t('sign_up.send') }).isVisible(), false);
      [mail] = await awaitMails(server.data, (m) => recipient(m) === email);
    });

    it('T08: the code leaves the address bar at once', { skip: !scripts }, async () => {
      await page.goto(/https?:\/\/\S+/.exec(mail.text)[0]);
      await page.waitForFunction(() => !location.href.includes('code='));
      assert.equal(await page.getByLabel(t('verify.code')).isVisible(), false);
      await page.getByText(t('verify.lead_link')).waitFor();
      assert.deepEqual(await violations(page), []);
    });

    it('a wrong password is said, and the code stays', { skip: !scripts }, async () => {
      await password().fill('not the one I chose');
      await page.getByRole('button', { name: t('verify.send') }).click();
      await page.locator('form').getByText(t('verify.wrong')).waitFor();
    });

    it('the code can be typed', { skip: scripts }, async () => {
      await page.getByRole('link', { name: t('sign_up.enter_code') }).click();
      await page.getByLabel(t('verify.code')).fill(codeIn(mail).toLowerCase());
    });

    it('code and password open the door', async () => {
      await password().fill(NEW);
      await page.getByRole('button', { name: t('verify.send') }).click();
      await page.waitForURL(`${home}tickets/**`);
      const [cookie] = await visitor.context.cookies();
      assert.equal(cookie.httpOnly, true);
    });

    it('the same code again says that it was used, a made-up one that it is not whole', async () => {
      for (const [code, key] of [[codeIn(mail), 'used'], ['nonsense', 'unknown']]) {
        await page.goto(`${home}verify/`);
        await page.getByLabel(t('verify.code')).fill(code);
        await password().fill(NEW);
        await page.getByRole('button', { name: t('verify.send') }).click();
        await page.getByRole('heading', { name: t(`verify.${key}`) }).waitFor();
        assert.equal(await page.getByRole('button', { name: t('verify.send') }).isVisible(), false);
      }
    });

    it('T08: nobody else was told anything', () => {
      visitor.mustHaveBeenQuiet();
      assert.ok(!server.program.said.includes(codeIn(mail)));
    });
  });
}
