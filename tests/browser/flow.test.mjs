import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, visit } from '../harness/browser.mjs';
import { ANNA, MIA, PASSWORD, serve } from '../harness/guichet.mjs';
import { png } from '../harness/png.mjs';
import { tempFolder } from '../harness/temp.mjs';
import { PRINTER, numberOf } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const server = await serve();
const folder = tempFolder('uploads');
const picture = join(folder, 'smoke.png');
const log = join(folder, 'journal d’été.log');
writeFileSync(picture, png(64, 48, [180, 60, 20]));
writeFileSync(log, Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256)));

for (const { what, options, locale, tag } of [
  { what: 'in English, on a desktop', options: DESKTOP, locale: 'en', tag: 'en-desktop' },
  { what: 'in French, on a phone', options: PHONE, locale: 'fr', tag: 'fr-phone' },
]) {
  describe(`a customer ${what}`, () => {
    const t = words(locale);
    const home = `${server.origin}/support/${locale}/`;
    let visitor;
    let page;
    before(async () => {
      visitor = await visit(server, options);
      page = visitor.page;
    });
    after(() => visitor.close());

    it('is asked to sign in and comes back to where they were going', async () => {
      await page.goto(`${home}tickets/?status=all`);
      await page.waitForURL(`${home}sign-in/**`);
      await page.getByLabel(t('sign_in.email')).fill(ANNA);
      await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
      await screenshot(page, `sign-in-${tag}`);
      await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
      await page.waitForURL(`${home}tickets/?status=all`);
    });

    it('sees the list, with the portal’s name in the title (S1)', async () => {
      await page.goto(`${home}tickets/`);
      await page.getByRole('link', { name: PRINTER }).waitFor();
      assert.match(await page.title(), new RegExp(` · ${locale === 'en' ? 'Acme Support' : 'Assistance Acme'}$`));
      assert.equal(await page.getByRole('row').filter({ has: page.getByRole('link') }).count() >= 2, true);
      await screenshot(page, `tickets-${tag}`);
    });

    it('opens a ticket and reads the conversation', async () => {
      await page.getByRole('link', { name: PRINTER }).click();
      await page.getByRole('heading', { level: 1, name: PRINTER }).waitFor();
      assert.ok((await page.getByRole('article').count()) >= 2);
      await screenshot(page, `ticket-${tag}`);
    });

    it('replies with two files and downloads them back, byte for byte', async () => {
      const text = `Two files, ${tag}.\nSecond line.`;
      await page.getByLabel(t('reply.label')).fill(text);
      await page.locator('input[type=file]').setInputFiles([picture, log]);
      await page.getByRole('button', { name: t('reply.send') }).click();
      const sent = page.getByRole('article').filter({ hasText: `Two files, ${tag}.` });
      await sent.waitFor();
      await page.waitForFunction(() => document.querySelector('#reply-message').value === '');
      await sent.getByRole('link', { name: /smoke\.png/ }).waitFor();

      await page.reload();
      await sent.waitFor();
      for (const [name, path] of [['smoke.png', picture], ['journal d’été.log', log]]) {
        const [download] = await Promise.all([page.waitForEvent('download'), sent.getByRole('link', { name: new RegExp(name.replace('.', '\\.')) }).click()]);
        assert.equal(download.suggestedFilename(), name);
        assert.ok(readFileSync(await download.path()).equals(readFileSync(path)), `${name} came back changed`);
      }
      await screenshot(page, `replied-${tag}`);
    });

    it('reads what the team answers meanwhile', async () => {
      const mia = await server.signedIn(MIA);
      await mia.reply(await numberOf(mia, PRINTER), `The fire brigade says hello to ${tag}.`);
      await page.reload();
      await page.locator('#main').getByText(`The fire brigade says hello to ${tag}.`).waitFor();
    });

    it('files a new ticket and finds it in the list', async () => {
      const subject = `The coffee is cold (${tag})`;
      await page.goto(`${home}new/support/`);
      await page.locator('#f-subject').fill(subject);
      await page.locator('#f-category').selectOption('other');
      await page.locator('#f-message').fill('It has been so since Tuesday.');
      await page.locator('input[type=file]').setInputFiles([picture]);
      await screenshot(page, `new-${tag}`);
      await page.getByRole('button', { name: t('new.send') }).click();
      await page.locator('[data-slot=done]').getByText(t('new.next'), { exact: true }).waitFor();
      const number = /\d+/.exec(await page.getByRole('heading', { level: 1 }).first().textContent())[0];
      await screenshot(page, `filed-${tag}`);
      await page.getByRole('link', { name: t('new.open', { number }) }).click();
      await page.getByRole('heading', { level: 1, name: subject }).waitFor();
      assert.equal(new URL(page.url()).searchParams.get('n'), number);
      await page.goto(`${home}tickets/`);
      await page.getByRole('link', { name: subject }).waitFor();
    });

    it('signs out; T15: going back shows nothing', async () => {
      await page.locator('[data-module=account] summary').click();
      await page.getByRole('button', { name: t('nav.sign_out'), exact: true }).click();
      await page.waitForURL(`${home}sign-out/**`);
      await page.getByRole('heading', { name: t('pages.sign-out.title') }).waitFor();
      await page.goBack();
      await page.waitForURL(`${home}sign-in/**`);
      assert.equal(await page.locator('#main').getByText('The coffee is cold').count(), 0);
    });

    it('met no dialog, no script error, nothing that the policy refused, no stranger', () => visitor.mustHaveBeenQuiet());
  });
}
