// Choosing files: by button, by dropping them anywhere, by pasting; each with its own row, checked before anything is sent.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visit } from '../harness/browser.mjs';
import { ANNA, PASSWORD, editJson, serve } from '../harness/guichet.mjs';
import { PRINTER, numberOf } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const server = await serve({
  edit(folder) {
    editJson(folder, 'content/portal.json', (portal) => void (portal.files = { max_count: 3, max_bytes: 1024 * 1024 }));
    editJson(folder, 'content/forms/support.json', (form) => void (form.fields.find(({ id }) => id === 'files').max = 3));
  },
  env: { GUICHET_REPLIES_PER_HOUR: '1' },
});
const t = words('en');
const home = `${server.origin}/support/en/`;
const anna = await server.signedIn(ANNA);
const printer = await numberOf(anna, PRINTER);

const names = (page) => page.locator('.files .file-name').allTextContents();
const problems = (page) => page.locator('.files [data-slot=problems]');

/** Events as a browser sends them when files are dropped on, or pasted into, the element. */
const give = (page, kind, files, on = 'main') => page.evaluate(([kind, files, on]) => {
  const data = new DataTransfer();
  for (const [name, type, size] of files) data.items.add(new File([new Uint8Array(size)], name, { type }));
  const target = document.querySelector(on);
  if (kind === 'paste') target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  else for (const type of ['dragover', 'drop']) target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
}, [kind, files, on]);

for (const { what, options, path } of [
  { what: 'in a reply, on a desktop', options: DESKTOP, path: `ticket/?n=${printer}` },
  { what: 'in a new ticket, on a phone', options: { ...PHONE, locale: 'en-GB' }, path: 'new/support/' },
])
  describe(`files ${what}`, () => {
    let visitor;
    let page;
    before(async () => {
      visitor = await visit(server, options);
      page = visitor.page;
      await page.goto(`${home}sign-in/?return=${encodeURIComponent(`/support/en/${path}`)}`);
      await page.getByLabel(t('sign_in.email')).fill(ANNA);
      await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
      await page.waitForURL(`${home}${path}`);
      await page.locator('form[data-slot=form] textarea').first().focus();
      await page.waitForLoadState('networkidle');
    });
    after(() => visitor.close());

    it('may be dropped anywhere on the page', async () => {
      await give(page, 'drop', [['plan.pdf', 'application/pdf', 2000]], 'h1');
      await page.locator('.files .file-name').getByText('plan.pdf').waitFor();
    });

    it('may be pasted; a picture without a name gets one', async () => {
      await give(page, 'paste', [['image.png', 'image/png', 500]], 'form textarea');
      await page.locator('.files .file-name').getByText('pasted-image-2.png').waitFor();
    });

    it('are objected to one by one, by name, and the others come along', async () => {
      await give(page, 'drop', [['huge.iso', '', 1024 * 1024 + 1], ['nothing.txt', 'text/plain', 0], ['third.log', '', 10], ['fourth.log', '', 10]]);
      await problems(page).waitFor();
      assert.deepEqual((await problems(page).innerText()).split('\n'), [
        t('files.too_large', { name: 'huge.iso', file_max: '1 MB' }),
        t('files.empty', { name: 'nothing.txt' }),
        t('files.too_many', { files_max: '3', names: 'fourth.log' }),
      ]);
      assert.deepEqual(await names(page), ['plan.pdf', 'pasted-image-2.png', 'third.log']);
      await page.waitForFunction(() => /huge\.iso.*fourth\.log/.test(document.querySelector('#alert').textContent));
      assert.deepEqual(await violations(page), []);
      await screenshot(page, `files-${path.split('/')[0]}`);
    });

    it('go by their own button, which leaves the focus where the next one is', async () => {
      await page.getByRole('button', { name: t('files.remove', { name: 'pasted-image-2.png' }) }).press('Enter');
      assert.deepEqual(await names(page), ['plan.pdf', 'third.log']);
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), t('files.remove', { name: 'third.log' }));
    });

    it('no script stumbled', () => visitor.mustHaveBeenQuiet());
  });

describe('T32: who sends more than they may', () => {
  it('is told when the next try is, and nothing is lost', async () => {
    const visitor = await visit(server, DESKTOP);
    const { page } = visitor;
    await page.goto(`${home}sign-in/?return=${encodeURIComponent(`/support/en/ticket/?n=${printer}`)}`);
    await page.getByLabel(t('sign_in.email')).fill(ANNA);
    await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
    await page.locator('.message').first().waitFor();
    assert.equal((await anna.reply(printer, 'The only one this hour')).status, 201);
    await page.getByLabel(t('reply.label')).fill('One too many');
    await page.getByRole('button', { name: t('reply.send') }).click();
    const failed = page.locator('.message-failed');
    await failed.getByText(t('errors.too_many_attempts')).waitFor();
    await failed.getByText(/We try again in [\d,]+ seconds/).waitFor();
    await failed.getByRole('button', { name: t('reply.edit') }).click();
    assert.equal(await page.getByLabel(t('reply.label')).inputValue(), 'One too many');
    await visitor.close();
  });
});
