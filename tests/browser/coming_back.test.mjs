import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, visit } from '../harness/browser.mjs';
import { ANNA, PASSWORD, editJson, serve } from '../harness/guichet.mjs';
import { tempFolder } from '../harness/temp.mjs';
import { PRINTER, numberOf } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const server = await serve({
  edit: (folder) => editJson(folder, 'content/portal.json', (portal) => void (portal.locales = ['en', 'fr', 'ar'])),
});
const anna = await server.signedIn(ANNA);
const printer = await numberOf(anna, PRINTER);
const log = join(tempFolder('uploads'), 'press.log');
writeFileSync(log, 'Smoke, then fire.\n');

const at = (locale) => ({ t: words(locale), home: `${server.origin}/support/${locale}/` });

/** Fills in the sign-in page on which the visitor stands. */
async function signIn(page, t) {
  await page.getByLabel(t('sign_in.email')).fill(ANNA);
  await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
}

describe('one comes back to where one was', () => {
  const { t, home } = at('en');
  let visitor;
  let page;
  before(async () => {
    for (let i = 1; i <= 12; i++) await anna.file(`Pallet ${i} is missing`, 'It should have come on Monday.');
    visitor = await visit(server, DESKTOP);
    page = visitor.page;
  });
  after(() => visitor.close());

  it('who is signed out is asked to sign in before anything is written, not after', async () => {
    await page.goto(`${home}new/support/`);
    await page.waitForURL(`${home}sign-in/**`);
    await signIn(page, t);
    await page.waitForURL(`${home}new/support/`);
  });

  it('Back from a ticket leads to the same height of the list, and to the same row', async () => {
    await page.setViewportSize({ width: 1280, height: 500 });
    await page.goto(`${home}tickets/?status=all`);
    const row = page.locator('.row-link').nth(10);
    await row.waitFor();
    await page.evaluate(() => scrollTo(0, 400));
    await row.focus();
    const [height, address] = [await page.evaluate(() => scrollY), await row.getAttribute('href')];
    await page.keyboard.press('Enter');
    await page.locator('.message').first().waitFor();
    await page.goBack();
    await page.waitForFunction((href) => document.activeElement?.getAttribute('href') === href, address);
    assert.equal(await page.evaluate(() => scrollY), height);
    await page.reload();
    await row.waitFor();
    assert.ok(await page.evaluate(() => document.activeElement === document.body), 'only once');
    await page.setViewportSize(DESKTOP.viewport);
  });

  it('a draft names the files that it could not keep, until there are files again', async () => {
    await page.goto(`${home}ticket/?n=${printer}`);
    await page.getByLabel(t('reply.label')).fill('See the log');
    await page.locator('input[type=file]').setInputFiles(log);
    await page.locator('#main').getByText(t('draft.saved')).waitFor();
    // As a browser does that is short of room.
    await page.evaluate(() => new Promise((resolve) => {
      indexedDB.deleteDatabase(`guichet${document.documentElement.dataset.root}`).onsuccess = resolve;
    }));
    await page.reload();
    const problem = page.locator('.reply').getByText(t('files.again', { names: 'press.log' }));
    await problem.waitFor();
    await page.locator('input[type=file]').setInputFiles(log);
    await problem.waitFor({ state: 'hidden' });
  });

  it('who tries again by keyboard keeps the place, and then stands at what was sent', async () => {
    await page.route('**/replies', (route) => route.abort());
    await page.getByRole('button', { name: t('reply.send') }).click();
    const retry = page.getByRole('button', { name: t('reply.retry') });
    await retry.press('Enter');
    await retry.waitFor();
    assert.ok(await page.evaluate(() => document.activeElement.matches('.message-failed')));
    await page.unroute('**/replies');
    await retry.press('Enter');
    await page.waitForFunction(() => !document.querySelector('[data-slot=state]:not([hidden])'));
    assert.match(await page.evaluate(() => document.activeElement.textContent), /See the log/);
  });

  it('what was sent leaves nothing to attach again', async () => {
    await page.reload();
    await page.locator('.message').first().waitFor();
    await page.waitForLoadState('networkidle');
    assert.equal(await page.locator('.reply [data-slot=problems]').isVisible(), false);
    assert.equal(await page.getByLabel(t('reply.label')).inputValue(), '');
  });

  it('no script stumbled', () => {
    assert.deepEqual(visitor.noise.filter((line) => !/ERR_FAILED|net::/.test(line)), []);
  });
});

describe('in Arabic, on a phone', () => {
  const { t, home } = at('ar');
  let visitor;
  let page;
  before(async () => {
    visitor = await visit(server, { ...PHONE, locale: 'ar' });
    page = visitor.page;
  });
  after(() => visitor.close());

  it('a password that is shown stands beside its button, not below it', async () => {
    await page.goto(`${home}sign-in/`);
    const box = page.locator('.password');
    await box.getByRole('button').waitFor();
    const [room, button] = [
      await box.locator('input').evaluate((input) => Number.parseFloat(getComputedStyle(input).paddingLeft)),
      await box.getByRole('button').evaluate((el) => el.offsetWidth),
    ];
    assert.ok(room >= button, `${room} px of room for a button of ${button} px`);
  });

  it('what the portal says in another language ends with its own full stop and question mark', async () => {
    await signIn(page, t);
    await page.waitForURL(`${home}tickets/**`);
    await page.goto(`${home}new/support/`);
    // A closing mark on the wrong side is a mark at the start of the line.
    const wrong = await page.evaluate(() =>
      [...document.querySelectorAll('h1, .lead, label, .label, .hint')].flatMap((el) => {
        const walk = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
        const found = [];
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
          const end = node.data.trimEnd().length;
          if (!/^[A-Za-z][^]*[.?!]$/.test(node.data.slice(0, end))) continue;
          const range = document.createRange();
          const left = (from, to) => {
            range.setStart(node, from);
            range.setEnd(node, to);
            return range.getBoundingClientRect().left;
          };
          if (left(end - 1, end) < left(end - 2, end - 1)) found.push(node.data);
        }
        return found;
      }),
    );
    assert.deepEqual(wrong, []);
  });

  it('a question in another language keeps its mark within a sentence, too', async () => {
    await page.locator('#f-category').selectOption('account'); // this asks for one thing more
    const said = t('new.shown', { label: 'How much does it hold you up?' });
    await page.waitForFunction((words) => document.querySelector('#live').textContent === words, said);
    assert.match(said, /\u2068How much does it hold you up\?\u2069/);
  });

  it('no script stumbled', () => visitor.mustHaveBeenQuiet());
});
