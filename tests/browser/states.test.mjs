import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, visit } from '../harness/browser.mjs';
import { ANNA, DORA, PASSWORD, serve } from '../harness/guichet.mjs';
import { PRINTER, allTickets, numberOf } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const server = await serve();
const t = words('en');
const home = `${server.origin}/support/en/`;
const anna = await server.signedIn(ANNA);
const printer = await numberOf(anna, PRINTER);

/** Signs the visitor in by the API, as the page would. */
async function signIn(page, email) {
  await page.goto(`${home}sign-in/`);
  await page.getByLabel(t('sign_in.email')).fill(email);
  await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
  await page.waitForURL(`${home}tickets/**`);
}

describe('when things go wrong in the middle of work', () => {
  let visitor;
  let page;
  before(async () => {
    visitor = await visit(server, DESKTOP);
    page = visitor.page;
    await signIn(page, ANNA);
  });
  after(() => visitor.close());

  it('a list that cannot be loaded says so and offers another try, which works', async () => {
    await page.route('**/api/v1/tickets?**', (route) => route.abort());
    await page.route('**/api/v1/tickets', (route) => route.abort());
    await page.goto(`${home}tickets/?status=closed`);
    await page.getByRole('heading', { name: t('list.failed') }).waitFor();
    await page.unroute('**/api/v1/tickets?**');
    await page.unroute('**/api/v1/tickets');
    await page.getByRole('button', { name: t('errors.retry') }).click();
    await page.locator('.row-link').first().waitFor();
  });

  it('a reply that was not sent stays, can be sent again, and is made once', async () => {
    await page.goto(`${home}ticket/?n=${printer}`);
    await page.getByLabel(t('reply.label')).fill('Sent in spite of it all');
    let failed = 0;
    // The server takes it, but its answer never arrives: the retry must not make a second one.
    await page.route('**/replies', async (route) => {
      if (failed++ > 0) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await page.getByRole('button', { name: t('reply.send') }).click();
    await page.getByRole('button', { name: t('reply.retry') }).click();
    await page.waitForFunction(() => !document.querySelector('[data-slot=state]:not([hidden])'));
    await page.unroute('**/replies');
    const { messages } = (await anna.get(`/tickets/${printer}`)).json;
    assert.equal(messages.filter((m) => m.body === 'Sent in spite of it all').length, 1);
  });

  it('a draft survives a reload', async () => {
    await page.goto(`${home}ticket/?n=${printer}`);
    await page.getByLabel(t('reply.label')).fill('Half a thought');
    await page.locator('#main').getByText(t('draft.saved')).waitFor();
    await page.reload();
    await page.locator('.message').first().waitFor();
    await page.waitForFunction(() => document.querySelector('#reply-message').value === 'Half a thought');
  });

  it('a session that has ended asks to sign in and comes back, with the draft', async () => {
    await visitor.context.clearCookies();
    await page.getByRole('button', { name: t('reply.send') }).click();
    await page.waitForURL(`${home}sign-in/**`);
    await page.getByLabel(t('sign_in.email')).fill(ANNA);
    await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
    await page.waitForURL(`${home}ticket/?n=${printer}**`);
    await page.waitForFunction(() => document.querySelector('#reply-message')?.value === 'Half a thought'
      || [...document.querySelectorAll('.message-body')].some((e) => e.textContent.includes('Half a thought')));
  });

  it('an incomplete form is not sent: the summary takes the focus and leads to each field', async () => {
    const before = (await allTickets(anna)).length;
    await page.goto(`${home}new/support/`);
    await page.getByRole('button', { name: t('new.send') }).click();
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-slot') === 'summary');
    assert.match(await page.title(), new RegExp(`^${t('new.error_prefix')}`));
    await page.locator('[data-slot=summary-list] a').first().click();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'f-subject');
    assert.equal(await page.locator('#f-subject').getAttribute('aria-invalid'), 'true');
    assert.equal((await allTickets(anna)).length, before);
  });

  it('two presses of the button make one ticket', async () => {
    await page.goto(`${home}new/support/`);
    await page.locator('#f-subject').fill('Pressed twice');
    await page.locator('#f-message').fill('Quickly');
    await page.evaluate(() => {
      const button = document.querySelector('form[data-slot=form] button[type=submit]');
      button.click();
      button.click();
    });
    await page.locator('[data-slot=done]').getByText(t('new.next'), { exact: true }).waitFor();
    assert.equal((await allTickets(anna)).filter((ticket) => ticket.subject === 'Pressed twice').length, 1);
  });

  it('a subject of one endless word breaks, and pushes no column out of the list', async () => {
    await anna.file('Donaudampfschifffahrtselektrizitätenhauptbetriebswerk'.repeat(3), 'So it is called.');
    for (const path of ['tickets/', `ticket/?n=${await numberOf(anna, 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk'.repeat(3))}`]) {
      await page.goto(home + path);
      await page.locator('#main').getByText('Donaudampfschifffahrt').first().waitFor();
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(sideways <= 0, `${path} scrolls sideways by ${sideways}`);
    }
  });

  it('a ticket that is not there says so in words', async () => {
    await page.goto(`${home}ticket/?n=999999`);
    await page.getByRole('heading', { name: t('ticket.missing') }).waitFor();
  });

  it('the list’s view and status stand in the address and come back with Back', async () => {
    await page.goto(`${home}tickets/`);
    await page.locator('.row-link').first().waitFor();
    await page.locator('[data-status=closed]').click();
    await page.waitForURL(/status=closed/);
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('[data-status=open]').getAttribute('aria-current') === 'true');
  });

  it('no script stumbled', () => {
    const noise = visitor.noise.filter((line) => !/ERR_FAILED|net::/.test(line));
    assert.deepEqual(noise, []);
  });
});

describe('where there is nothing', () => {
  let visitor;
  before(async () => {
    visitor = await visit(server, DESKTOP);
    await signIn(visitor.page, DORA);
  });
  after(() => visitor.close());

  it('an empty filter differs from an empty portal', async () => {
    await visitor.page.goto(`${home}tickets/?status=closed`);
    await visitor.page.locator('#main').getByText(t('list.no_match_closed')).waitFor();
    assert.equal(await visitor.page.locator('#main').getByText(t('list.none'), { exact: true }).isVisible(), false);
  });
});
