// Taking the list along as a file (S27).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshots, visit } from '../harness/browser.mjs';
import { ANNA, PASSWORD, serve } from '../harness/guichet.mjs';
import { INVOICE, OLD, PRINTER } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const server = await serve();

for (const [name, options, tag] of [['an English desktop', DESKTOP, 'en'], ['a French phone', PHONE, 'fr']]) {
  describe(`the export link on ${name}`, () => {
    it('gives the rows of the view that is shown, and says how many beforehand', async () => {
      const t = words(tag);
      const home = `${server.origin}/support/${tag}/`;
      const visitor = await visit(server, options);
      const { page } = visitor;
      await page.goto(`${home}sign-in/`);
      await page.getByLabel(t('sign_in.email')).fill(ANNA);
      await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
      await page.waitForURL(`${home}tickets/**`);
      await page.locator('.row-link').first().waitFor();
      const link = page.getByRole('link', { name: t('csv.export') });
      await page.screenshot({ path: `${screenshots}/export-${tag}.png`, fullPage: true });
      assert.match(await page.locator('.export').innerText(), /2 /);
      const read = async () => {
        const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
        assert.match(download.suggestedFilename(), tag === 'fr' ? /^demandes-.*\.csv$/ : /^tickets-.*\.csv$/);
        return readFileSync(await download.path(), 'utf8');
      };
      const open = await read();
      assert.ok(open.includes(PRINTER) && open.includes(INVOICE) && !open.includes(OLD), open);
      await page.locator('[data-status=closed]').click();
      await page.getByText(OLD).waitFor();
      const closed = await read();
      assert.ok(closed.includes(OLD) && !closed.includes(PRINTER), closed);
      visitor.mustHaveBeenQuiet();
      await visitor.close();
    });
  });
}
