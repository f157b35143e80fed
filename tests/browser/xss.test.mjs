import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, visit } from '../harness/browser.mjs';
import { ANNA, MIA, PASSWORD, editJson, serve } from '../harness/guichet.mjs';
import { file } from '../harness/multipart.mjs';
import { corpus } from '../harness/xss.mjs';

// What the admin writes is hostile too: names, labels, help texts.
const hostile = '<img src=x onerror=alert(1)>"\'><script>alert(1)</script>';
const server = await serve({
  edit: (folder) => {
    editJson(folder, 'content/portal.json', (p) => {
      p.name = hostile;
      p.inboxes.support.name = hostile;
    });
    editJson(folder, 'content/forms/support.json', (form) => {
      for (const text of ['menu', 'heading', 'intro']) form[text] = hostile;
      for (const field of form.fields) {
        field.label = `${field.id} ${hostile}`;
        field.help = hostile;
        for (const option of field.options ?? []) option.label = hostile;
      }
    });
    editJson(folder, 'content/pipelines.json', (pipelines) => {
      for (const { stages } of Object.values(pipelines)) for (const stage of stages ?? []) stage.label = hostile;
    });
  },
});

const anna = await server.signedIn(ANNA);
const filed = [];
for (const attack of corpus) {
  const answer = await anna.file(attack, `${attack}\n\n${attack}`, { category: 'bug', files: [file(`${attack}.png`, attack, 'image/png')] });
  filed.push({ attack, number: answer.json.number });
}

/** The page shows what was typed as text, and made nothing of it. */
async function inert(page) {
  const made = await page.evaluate(() => ({
    dangling: document.querySelectorAll('img[src="x"], iframe, base, meta[http-equiv="refresh"], svg[onload], form[action*="evil"], style').length,
    links: [...document.querySelectorAll('a[href], form[action]')].map((e) => e.href ?? e.action).filter((url) => /^(javascript|data):|evil\.example/.test(url)),
    handlers: [...document.querySelectorAll('*')].filter((e) => e.getAttributeNames().some((name) => name.startsWith('on') || name === 'style')).length,
  }));
  assert.deepEqual(made, { dangling: 0, links: [], handlers: 0 });
}

for (const [who, email, options] of [['a customer', ANNA, PHONE], ['the team', MIA, DESKTOP]]) {
  describe(`T23: what an attacker typed, seen by ${who}`, () => {
    let visitor;
    let page;
    before(async () => {
      visitor = await visit(server, options);
      page = visitor.page;
    });
    const home = `${server.origin}/support/en/`;
    after(() => visitor.close());

    it('is inert where one signs in', async () => {
      await page.goto(`${home}sign-in/?return=${encodeURIComponent('javascript:alert(1)')}`);
      await inert(page);
      await page.locator('#email').fill(email);
      await page.locator('#password').fill(PASSWORD);
      await page.locator('main button[type=submit]:not([formaction])').click();
      await page.waitForURL(`${home}tickets/**`);
    });

    it('is inert in the list', async () => {
      await page.goto(`${home}tickets/?status=all`);
      await page.locator('.row-link').first().waitFor();
      const shown = await page.locator('.row-link').allTextContents();
      assert.ok(shown.some((text) => text.includes('onerror=alert(1)')), 'it shows as text');
      await inert(page);
    });

    for (const { attack, number } of filed) {
      it(`is inert on a ticket: ${attack.slice(0, 40)}`, async () => {
        await page.goto(`${home}ticket/?n=${number}`);
        await page.locator('.message').first().waitFor();
        assert.ok((await page.locator('.message-body').first().textContent()).includes(attack.replaceAll('\u202e', '').slice(0, 15)));
        await inert(page);
      });
    }

    for (const path of ['', 'new/', 'new/support/', 'sign-out/', 'denied/', 'help/', 'reset/', 'reset-form/#token=<script>alert(1)</script>', 'ticket/?n=<script>alert(1)</script>',
      'tickets/?status=<img src=x onerror=alert(1)>&view="><script>alert(1)</script>', 'sign-in/#<img src=x onerror=alert(1)>']) {
      it(`is inert on ${path || 'the home page'}`, async () => {
        await page.goto(home + path);
        await page.waitForLoadState('networkidle');
        await inert(page);
      });
    }

    it('raised no dialog and was refused nothing, because nothing was tried', () => visitor.mustHaveBeenQuiet());
  });
}
