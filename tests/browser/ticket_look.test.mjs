// How a ticket's page stands: on a phone, with long names, lines of the other direction, notes of the team.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, visitAs, violations } from '../harness/browser.mjs';
import { ANNA, MIA, serve } from '../harness/guichet.mjs';
import { file } from '../harness/multipart.mjs';
import { preview } from '../harness/preview.mjs';
import { PRINTER, numberOf } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const server = await serve();
const anna = await server.signedIn(ANNA);
const printer = await numberOf(anna, PRINTER);
const t = words('en');
const LONG = 'photograph-of-the-printer-on-floor-two-as-it-was-found-on-monday-morning.png';
const box = (locator) => locator.evaluate((el) => {
  const { left, right, top, bottom, width, height } = el.getBoundingClientRect();
  return { left, right, top, bottom, width, height };
});

describe('a ticket on a phone', () => {
  let visitor;
  let page;
  before(async () => {
    await anna.reply(printer, 'It says:\nالطابعة معطلة\nWhat now?', [file(LONG, Buffer.from('not really a picture'))]);
    visitor = await visitAs(server, ANNA, { ...PHONE, locale: 'en-GB' });
    page = visitor.page;
    await page.goto(`${server.origin}/support/en/ticket/?n=${printer}`);
    await page.locator('.message').first().waitFor();
  });
  after(() => visitor.close());

  it('has its conversation on the first screen: the details before it are a line that says what they are', async () => {
    const fold = page.locator('.fold');
    const digest = await page.locator('.digest').innerText();
    assert.ok(digest.includes(' · ') && digest.startsWith(`${t('list.owner')} Mia`), digest);
    assert.ok((await box(fold)).height < 60, 'folded');
    assert.ok((await box(page.locator('.message').first())).top < PHONE.viewport.height / 2);
    await screenshot(page, 'ticket-folded');
    await fold.locator('summary').first().press('Enter');
    await page.locator('.facts').waitFor({ state: 'visible' });
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'ticket-unfolded');
    await fold.locator('summary').first().press('Enter');
  });

  it('has them open beside the conversation on a wide window, with nothing to fold', async () => {
    await page.setViewportSize(DESKTOP.viewport);
    await page.locator('.facts').waitFor({ state: 'visible' });
    assert.ok(await page.locator('.fold > summary').isHidden());
    await page.setViewportSize(PHONE.viewport);
    assert.ok(await page.locator('.fold > summary').isVisible());
    await page.locator('.fold > summary').press('Enter');
  });

  it('has all messages on one line, and tells one side from the other by their ground', async () => {
    const [own, other] = [page.locator('.message-own').first(), page.locator('.message:not(.message-own)').first()];
    assert.equal((await box(own)).left, (await box(other)).left);
    const ground = (item) => item.locator('article').evaluate((el) => getComputedStyle(el).backgroundColor);
    assert.notEqual(await ground(own), await ground(other));
  });

  it('has each line where its language begins, as in the field', async () => {
    const edges = await page.locator('.message-body').last().evaluate((el) => {
      const range = document.createRange();
      const text = el.firstChild;
      const at = text.data.indexOf('\n');
      const line = (from, to) => {
        range.setStart(text, from);
        range.setEnd(text, to);
        return range.getBoundingClientRect();
      };
      const { left, right } = el.getBoundingClientRect();
      return [line(0, at).left - left, right - line(at + 1, text.data.indexOf('\n', at + 1)).right];
    });
    assert.ok(edges.every((edge) => Math.abs(edge) < 2), `${edges} px from the edges`);
  });

  /** The end of the name is in sight, and nothing stands over the edge of its row. */
  async function endShows(row) {
    const [outer, end] = [await box(row), await box(row.locator('.file-name span').last())];
    assert.match(await row.locator('.file-name span').last().textContent(), /\.png$/);
    assert.equal(await row.locator('.file-name').textContent(), LONG);
    assert.ok(end.width > 20 && end.right < outer.right, JSON.stringify({ outer, end }));
  }

  it('shows the beginning and the end of a long file name, and leaves the button beside it its size', async () => {
    await endShows(page.locator('.message .file').last());
    await page.getByLabel(t('reply.label')).focus();
    await page.locator('.reply input[type=file]').setInputFiles({ name: LONG, mimeType: 'image/png', buffer: Buffer.from('x') });
    const row = page.locator('.reply .file');
    await row.waitFor();
    await endShows(row);
    const { width, height } = await box(row.getByRole('button'));
    assert.deepEqual([width, height], [44, 44]);
    await screenshot(page, 'ticket-long-names');
    await row.getByRole('button').press('Enter');
    const input = page.locator('.reply input[type=file]');
    assert.ok(await input.evaluate((el) => el === document.activeElement), 'the focus goes to where files are chosen');
    assert.ok((await box(input)).width <= 1, 'which shows as its label only');
  });

  it('has nothing under the banner that says one is offline, once one is at the end of the page', async () => {
    await visitor.context.setOffline(true);
    await page.getByText(t('offline.gone')).first().waitFor();
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const banner = await box(page.locator('.banner'));
    for (const last of [page.getByRole('button', { name: t('reply.send') }), page.locator('body > footer, .footer').last()])
      assert.ok((await box(last)).bottom <= banner.top, 'it stands above the banner');
    await screenshot(page, 'ticket-offline-end');
    await visitor.context.setOffline(false);
  });
});

describe('a note that only the team sees', () => {
  for (const colorScheme of ['light', 'dark'])
    it(`is on a ground of its own, ${colorScheme}, and fit to be read`, async () => {
      const visitor = await visitAs(server, MIA, { ...PHONE, locale: 'en-GB', colorScheme });
      await visitor.page.goto(`${server.origin}/support/en/ticket/?n=${printer}`);
      const note = visitor.page.locator('.message-internal article');
      await note.waitFor();
      const grounds = await visitor.page.locator('.message article').evaluateAll((all) => all.map((el) => getComputedStyle(el).backgroundColor));
      const own = await note.evaluate((el) => getComputedStyle(el).backgroundColor);
      assert.equal(grounds.filter((each) => each === own).length, 1);
      assert.deepEqual(await violations(visitor.page), []);
      await note.scrollIntoViewIfNeeded();
      await screenshot(visitor.page, `ticket-note-${colorScheme}`);
      visitor.mustHaveBeenQuiet();
      await visitor.close();
    });
});

describe('the question whether one is still there', () => {
  it('touches no edge of a phone', async () => {
    const shown = await preview();
    const visitor = await visitAs(server, ANNA, { ...PHONE, locale: 'en-GB' });
    await visitor.page.goto(`${shown.origin}/__preview/light/idle/support/en/tickets/`);
    await visitor.page.locator('dialog[open]').waitFor();
    const { left, right } = await box(visitor.page.locator('dialog[open]'));
    assert.ok(left >= 16 && right <= 390 - 16, `${left} to ${right}`);
    await visitor.close();
  });
});
