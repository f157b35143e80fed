// A conversation longer than one answer of the API: the latest part shows, the rest is a press away.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visit } from '../harness/browser.mjs';
import { ANNA, PASSWORD } from '../harness/guichet.mjs';
import { served } from '../harness/settings.mjs';
import { PRINTER, numberOf } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const MANY = 230;
const PART = 100;
const t = words('en');
const server = await served({}, (demo) => {
  const { messages } = demo.tickets.find((ticket) => ticket.subject === PRINTER);
  for (let i = 1; i <= MANY; i++) messages.push({ author: 'mia', days_ago: 0, hours_ago: 1, text: [`Line ${i} of a long talk.`] });
});
const anna = await server.signedIn(ANNA);
const printer = await numberOf(anna, PRINTER);

async function open(options, hash = '') {
  const visitor = await visit(server, options);
  const { page } = visitor;
  const place = `/support/en/ticket/?n=${printer}${hash}`;
  await page.goto(`${server.origin}/support/en/sign-in/?return=${encodeURIComponent(place)}`);
  await page.getByLabel(t('sign_in.email')).fill(ANNA);
  await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
  await page.waitForURL(`**${place}`);
  await page.getByText(`Line ${MANY} of a long talk.`).waitFor();
  return visitor;
}

for (const { what, options } of [{ what: 'on a desktop', options: DESKTOP }, { what: 'on a phone', options: { ...PHONE, locale: 'en-GB' } }]) {
  describe(`a long conversation, ${what}`, () => {
    let visitor;
    let page;
    const more = () => page.getByRole('button', { name: t('ticket.earlier'), exact: true });
    const shown = () => page.locator('.message').count();
    before(async () => {
      visitor = await open(options);
      page = visitor.page;
    });
    after(() => visitor.close());

    it('shows its latest messages', async () => {
      await more().waitFor();
      assert.equal(await shown(), PART);
      assert.equal(await page.getByText(`Line ${MANY - PART} of a long talk.`).count(), 0);
      assert.deepEqual(await violations(page), []);
      await screenshot(page, `long-conversation-${what.split(' ').pop()}`);
    });

    it('leads from its head to the newest message and the reply, by key, too', async () => {
      const way = page.getByRole('link', { name: t('ticket.newest'), exact: true });
      await way.focus();
      assert.ok((await way.boundingBox()).height >= 44);
      await way.press('Enter');
      await page.waitForFunction((last) => {
        const item = document.querySelector('.timeline > li:last-child');
        const { top, bottom } = item.getBoundingClientRect();
        return item.textContent.includes(last) && top >= 0 && bottom <= innerHeight && document.activeElement === item;
      }, `Line ${MANY} of a long talk.`);
      const reply = await page.getByLabel(t('reply.label')).boundingBox();
      assert.ok(reply.y < page.viewportSize().height, 'the reply is to be seen below it');
      await page.evaluate(() => scrollTo(0, 0));
    });

    it('stays where one reads when earlier ones come, and tells how many', async () => {
      await more().focus();
      const first = page.getByText(`Line ${MANY - PART + 1} of a long talk.`);
      const before = await first.boundingBox();
      await more().press('Enter');
      await page.waitForFunction((words) => document.querySelector('#live').textContent === words, '100 earlier messages are shown');
      assert.equal(await shown(), 2 * PART);
      assert.ok(Math.abs((await first.boundingBox()).y - before.y) <= 1);
      assert.match(await page.evaluate(() => document.activeElement.textContent), new RegExp(`Line ${MANY - PART} of`));
    });

    it('says why when they cannot be loaded, and takes the next press', async () => {
      const path = `**/api/v1/tickets/${printer}/messages**`;
      await page.route(path, (route) => route.abort());
      await more().press('Enter');
      await page.locator('[data-slot=earlier-error]').getByText(t('errors.network')).waitFor();
      await page.unroute(path);
      await more().press('Enter');
      await more().waitFor({ state: 'hidden' });
      assert.equal(await page.locator('[data-slot=earlier-error]').isVisible(), false);
      const texts = await page.locator('.message-body').allTextContents();
      assert.ok(texts.length > MANY);
      assert.deepEqual(texts.slice(-MANY), Array.from({ length: MANY }, (_, i) => `Line ${i + 1} of a long talk.`));
    });
  });
}

it('a link to a message of its beginning loads as much as it takes to show it', async () => {
  const { messages } = (await anna.get(`/tickets/${printer}`)).json;
  const { messages: earlier } = (await anna.get(`/tickets/${printer}/messages?before=${messages[0].id}`)).json;
  const { page, close } = await open(DESKTOP, `#m-${earlier[0].id}`);
  const message = page.locator(`#m-${earlier[0].id}`);
  await message.waitFor();
  await page.waitForFunction((id) => Math.abs(document.getElementById(id).getBoundingClientRect().top) < innerHeight, `m-${earlier[0].id}`);
  await close();
});

it('the API tells what is wrong with an address that names no message', async () => {
  const answer = await anna.get(`/tickets/${printer}/messages?before=soon`);
  assert.equal(answer.status, 400);
  assert.equal(answer.json.errors[0].field, 'before');
});
