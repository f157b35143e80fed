import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { visitAs } from '../harness/browser.mjs';
import { ANNA, editJson, serve } from '../harness/guichet.mjs';
import { PRINTER, numberOf } from '../harness/tickets.mjs';

const server = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => {
  Object.assign(p.tickets, { status: 'stages', owner_name: 'alias', owner_alias: { en: 'Acme people', fr: 'Les gens d’Acme' } });
}) });
const printer = await numberOf(await server.signedIn(ANNA), PRINTER);

describe('a portal with stages as status (S24) and one name for its team (S12)', () => {
  let visitor;
  before(async () => { visitor = await visitAs(server, ANNA); });
  after(() => visitor.close());

  for (const [locale, stage, team] of [['en', 'Waiting for your answer', 'Acme people'], ['fr', 'En attente de votre réponse', 'Les gens d’Acme']]) {
    it(`shows both in the words of the page, whatever language the reader’s mail is in: ${locale}`, async () => {
      const { page } = visitor;
      await page.goto(`${server.origin}/support/${locale}/tickets/`);
      const row = page.getByRole('row').filter({ hasText: PRINTER });
      await row.waitFor();
      assert.ok((await row.innerText()).includes(stage));
      assert.ok((await row.innerText()).includes(team));
      await page.goto(`${server.origin}/support/${locale}/ticket/?n=${printer}`);
      await page.getByRole('heading', { level: 1, name: PRINTER }).waitFor();
      assert.equal(await page.locator('[data-slot=status]').innerText(), stage);
      assert.equal(await page.locator('[data-property=owner] dd').innerText(), team);
      assert.ok((await page.getByRole('heading', { level: 3 }).allInnerTexts()).includes(team));
      assert.doesNotMatch(await page.locator('body').innerText(), /Mia/);
      visitor.mustHaveBeenQuiet();
    });
  }
});
