import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { PHONE, visit } from '../harness/browser.mjs';
import { ANNA, PASSWORD, editJson, run, serve } from '../harness/guichet.mjs';
import { awaitMails, recipient } from '../harness/mail.mjs';
import { words } from '../harness/words.mjs';

const NEW = 'a quiet harbour in the fog';
const server = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => {
  p.locales = ['en', 'ar'];
  p.access = { groups: { customers: { name: 'Customers' } } };
  p.domains = p.domains.slice(0, 1);
  delete p.consent;
}) });
const api = (...args) => run('guichet-api', args, {
  env: { GUICHET_DATA: server.data, GUICHET_PORTAL: join(server.folder, 'out/portal'), GUICHET_ORIGIN: server.origin } });

/** Somebody is invited in this language; -> the link in their mail. */
async function invited(email, locale) {
  await api('people', 'add', email, '--name', 'Zoë del Mar', '--locale', locale, '--group', 'customers');
  const { code, stderr } = await api('invite', email);
  assert.equal(code, 0, stderr);
  const [mail] = await awaitMails(server.data, (m) => recipient(m) === email, 1);
  return /https?:\/\/\S+#invitation=\S+/.exec(mail.text)[0];
}

for (const [locale, device] of [['en', {}], ['ar', PHONE]]) {
  describe(`somebody who is invited (${locale})`, () => {
    const t = words(locale);
    const email = `zoe.${locale}@acme.example`;
    const home = `${server.origin}/support/${locale}/`;

    it('chooses a password behind the link, and is in', async () => {
      const link = await invited(email, locale);
      const visitor = await visit(server, device);
      const { page } = visitor;
      await page.goto(link);
      await page.getByRole('heading', { name: t('reset_form.welcome') }).waitFor();
      assert.equal(page.url(), `${home}reset-form/`, 'T08: the token has left the address bar');
      await page.reload();
      await page.getByRole('heading', { name: t('reset_form.welcome') }).waitFor();
      await page.getByLabel(t('reset_form.label'), { exact: true }).fill(NEW);
      await page.getByRole('button', { name: t('reset_form.send') }).click();
      await page.waitForURL(`${home}sign-in/**`);
      await page.getByLabel(t('sign_in.email')).fill(email);
      await page.getByLabel(t('sign_in.password'), { exact: true }).fill(NEW);
      await page.getByRole('button', { name: t('sign_in.send') }).click();
      await page.waitForURL(`${home}tickets/**`);
      await page.goto(link);
      await page.getByLabel(t('reset_form.label'), { exact: true }).fill(NEW);
      await page.getByRole('button', { name: t('reset_form.send') }).click();
      await page.getByRole('heading', { name: t('reset_form.used') }).waitFor();
      assert.equal(await page.getByRole('link', { name: t('reset_form.again') }).getAttribute('href'), `/support/${locale}/reset/`);
      await visitor.close();
    });

    it('does so without scripts, by pasting the link', async () => {
      const link = await invited(`plain.${email}`, locale);
      const visitor = await visit(server, { ...device, javaScriptEnabled: false });
      const { page } = visitor;
      await page.goto(link);
      await page.getByLabel(t('reset_form.link')).fill(link);
      await page.getByLabel(t('reset_form.label'), { exact: true }).fill(NEW);
      await page.getByRole('button', { name: t('reset_form.send') }).click();
      await page.waitForURL(`${home}sign-in/#reset-done`);
      await visitor.close();
    });
  });
}

describe('somebody who is known but not let in', () => {
  const t = words('en');
  const home = `${server.origin}/support/en/`;

  it('reads so after signing in, with who is signed in and whom to ask, and is in once they are in a group', async () => {
    const visitor = await visit(server);
    const { page } = visitor;
    await page.goto(`${home}sign-in/`);
    await page.getByLabel(t('sign_in.email')).fill(ANNA);
    await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('sign_in.send') }).click();
    await page.waitForURL(`${home}denied/`);
    await page.getByText(`(${ANNA})`).waitFor();
    await page.goto(`${home}tickets/`);
    await page.waitForURL(`${home}denied/`);
    await api('people', 'set', ANNA, '--group', 'customers');
    await page.goto(`${home}tickets/`);
    await page.getByRole('link', { name: /printer on floor two/ }).waitFor();
    await page.goto(`${home}denied/`); // kept as a bookmark since
    await page.getByRole('heading', { name: t('denied.let_in') }).waitFor();
    assert.ok(await page.getByText(t('denied.text')).isHidden());
    await page.getByRole('link', { name: t('sign_in.go_on') }).click();
    await page.getByRole('link', { name: /printer on floor two/ }).waitFor();
    await api('people', 'set', ANNA, '--no-group', 'customers');
    await page.goto(`${home}tickets/`);
    await page.waitForURL(`${home}denied/`);
    await page.getByRole('button', { name: t('denied.switch') }).click();
    await page.waitForURL(`${home}sign-out/**`);
    await visitor.close();
  });

  it('reads so without scripts', async () => {
    const visitor = await visit(server, { javaScriptEnabled: false });
    const { page } = visitor;
    await page.goto(`${home}sign-in/`);
    await page.getByLabel(t('sign_in.email')).fill(ANNA);
    await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('sign_in.send') }).click();
    await page.waitForURL(`${home}denied/`);
    await page.getByText(t('denied.text')).waitFor();
    await visitor.close();
  });
});
