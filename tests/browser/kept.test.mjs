// X4: whatever happens in the middle of writing, everything typed is there afterwards, once. The API is the real one
// behind the real nginx, as it is deployed; it is ended by kill -9 and started again with the same data.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, visit } from '../harness/browser.mjs';
import { Gate } from '../harness/gate.mjs';
import { ANNA, BEN, PASSWORD, freePort, generate, portalFolder, serve } from '../harness/guichet.mjs';
import { nginx } from '../harness/nginx.mjs';
import { tempFolder } from '../harness/temp.mjs';
import { PRINTER, allTickets, numberOf } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const folder = portalFolder();
await generate(folder);
const port = await freePort();
const origin = `http://localhost:${port}`;
const api = await serve({ folder, env: { GUICHET_ORIGIN: origin } });
const gate = await Gate.open(api.port);
await nginx({ folder, port, api: `127.0.0.1:${gate.port}` });
const t = words('en');
const home = `${origin}/support/en/`;

const files = tempFolder('uploads');
const log = join(files, 'press.log');
const large = join(files, 'ruler.bin');
writeFileSync(log, 'Smoke, then fire.\n');
writeFileSync(large, Buffer.from(Array.from({ length: 600_000 }, (_, i) => (i * 31) % 251)));

const client = api.client({ origin, host: `localhost:${port}` });
await client.signIn(ANNA, PASSWORD);
const printer = await numberOf(client, PRINTER);

const messagesOf = async (number) => (await client.get(`/tickets/${number}`)).json.messages;
const repliesWith = async (body) => (await messagesOf(printer)).filter((message) => message.body === body);
const ticketsWith = async (subject) => (await allTickets(client)).filter((ticket) => ticket.subject === subject);

async function signIn(page, email = ANNA) {
  await page.getByLabel(t('sign_in.email')).fill(email);
  await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
}

/** So slow (in bytes a second) that a test can do something in the middle; without `rate` as fast as it is. */
let debug;
async function throttle(page, rate) {
  await debug?.detach();
  debug = undefined;
  if (!rate) return;
  debug = await page.context().newCDPSession(page);
  await debug.send('Network.enable');
  const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: rate };
  await debug.send('Network.emulateNetworkConditions', conditions);
}

/** `send` reaches the API, which has what `find` looks for, but the page never hears of it: it is loaded again. */
async function loseAnswer(page, send, find) {
  gate.loses = true;
  await send(page);
  for (let i = 0; (await find()).length === 0; i++) assert.ok(i < 200, 'it never arrived');
  await api.kill();
  page.removeAllListeners('dialog');
  page.on('dialog', (dialog) => dialog.accept());
  gate.loses = false;
  await page.reload();
}

const field = (page) => page.getByLabel(t('reply.label'));
const sendReply = (page) => page.getByRole('button', { name: t('reply.send') }).click();
const sendTicket = (page) => page.locator('[data-slot=send]').click();
const attach = (page, paths) => page.locator('input[type=file]').setInputFiles(paths);
const saved = (page) => page.locator('.saved').getByText(t('draft.saved'), { exact: true }).waitFor();
const rows = (page) => page.locator('.files .file-name');
/** Nothing stands in the conversation any more that is on its way or failed. */
const allSent = (page) => page.waitForFunction(() => document.querySelector('.message') && !document.querySelector('[data-slot=state]:not([hidden])'));
const done = (page) => page.locator('[data-slot=done]').getByText(t('new.next'), { exact: true }).waitFor();

async function openTicket(page) {
  await page.goto(`${home}ticket/?n=${printer}`);
  await page.locator('.message').first().waitFor();
}

async function openForm(page, subject) {
  await page.goto(`${home}new/support/`);
  await page.waitForLoadState('networkidle');
  await page.locator('#f-subject').fill(subject);
  await page.locator('#f-message').fill(`About: ${subject}`);
}

describe('in the middle of a reply', () => {
  let visitor;
  let page;
  before(async () => {
    visitor = await visit({ host: `localhost:${port}` }, DESKTOP);
    page = visitor.page;
    await page.goto(`${home}sign-in/`);
    await signIn(page);
    await page.waitForURL(`${home}tickets/**`);
  });
  after(() => visitor.close());

  it('the API dies while its file goes up: it says when it tries again, does so, and the reply is there once', async () => {
    await openTicket(page);
    await field(page).fill('Sent into the void');
    await attach(page, [log, large]);
    await throttle(page, 150_000);
    await sendReply(page);
    await page.locator('.message:last-child .file progress').first().waitFor();
    await field(page).fill('Typed meanwhile');
    await api.kill();
    await throttle(page);
    await page.locator('.message-failed').getByText(/We try again in \d+ second/).waitFor();
    await saved(page);
    await api.again();
    await allSent(page);
    const [reply, ...more] = await repliesWith('Sent into the void');
    assert.deepEqual(reply.files.map(({ name }) => name), ['press.log', 'ruler.bin']);
    assert.equal(more.length, 0);
    assert.equal(await field(page).inputValue(), 'Typed meanwhile');
    const file = await client.get(`/tickets/${printer}/files/${reply.files[1].id}`);
    assert.ok(file.body.equals(readFileSync(large)));
  });

  it('the API takes it and dies before it answers: after a reload it is there once', async () => {
    await openTicket(page);
    await field(page).fill('Taken, never answered');
    await attach(page, [log]);
    await loseAnswer(page, sendReply, () => repliesWith('Taken, never answered'));
    await page.getByRole('heading', { name: t('ticket.failed') }).waitFor();
    await page.locator('[data-slot=error]').getByText(/We try again in \d+ second/).waitFor();
    await api.again();
    await page.locator('.message').first().waitFor();
    await allSent(page);
    assert.equal((await repliesWith('Taken, never answered')).length, 1);
    assert.equal(await page.getByText('Taken, never answered').count(), 1);
  });

  it('the session ends: after signing in it is sent, with its file, and what was typed next is still there', async () => {
    await openTicket(page);
    await field(page).fill('From a session that ended');
    await attach(page, [log, large]);
    await saved(page);
    await visitor.context.clearCookies();
    await throttle(page, 150_000);
    await sendReply(page);
    await field(page).pressSequentially('And another thing');
    await page.waitForURL(`${home}sign-in/**`);
    await throttle(page);
    await signIn(page);
    await page.waitForURL(`${home}ticket/?n=${printer}`);
    await page.locator('.message').first().waitFor();
    await allSent(page);
    const found = await repliesWith('From a session that ended');
    assert.deepEqual(found.map((reply) => reply.files.map(({ name }) => name)), [['press.log', 'ruler.bin']]);
    await page.waitForFunction(() => document.querySelector('#reply-message').value === 'And another thing');
    await field(page).fill('');
  });

  it('one goes offline: it waits, and goes when one is online again', async () => {
    await openTicket(page);
    await field(page).fill('From the tunnel');
    await saved(page);
    await visitor.context.setOffline(true);
    await page.getByText(t('offline.gone')).first().waitFor();
    await sendReply(page);
    await page.locator('.message-failed').getByText(t('errors.again_online')).waitFor();
    await visitor.context.setOffline(false);
    await allSent(page);
    assert.equal((await repliesWith('From the tunnel')).length, 1);
  });

  it('one leaves out a file that is on its way: the rest arrives, once', async () => {
    await openTicket(page);
    await field(page).fill('Without the ruler');
    await attach(page, [log, large]);
    await throttle(page, 30_000);
    await sendReply(page);
    const row = page.locator('.message:last-child .file').filter({ hasText: 'ruler.bin' });
    await row.locator('progress').waitFor();
    await row.getByRole('button').click();
    await throttle(page);
    await allSent(page);
    const found = await repliesWith('Without the ruler');
    assert.deepEqual(found.map((reply) => reply.files.map(({ name }) => name)), [['press.log']]);
  });

  it('one presses Back and comes again: text and files are there', async () => {
    await page.goto(`${home}tickets/`);
    await page.locator('.row-link').first().waitFor();
    await openTicket(page);
    await field(page).fill('Half a thought');
    await attach(page, [log]);
    await saved(page);
    await page.goBack();
    await page.locator('.row-link').first().waitFor();
    await page.goForward();
    await rows(page).getByText('press.log').waitFor();
    assert.equal(await field(page).inputValue(), 'Half a thought');
    await page.reload();
    await rows(page).getByText('press.log').waitFor();
    assert.equal(await field(page).inputValue(), 'Half a thought');
  });

  it('a second tab has the same draft, and learns that it was sent', async () => {
    const other = await visitor.context.newPage();
    await openTicket(other);
    await rows(other).getByText('press.log').waitFor();
    assert.equal(await field(other).inputValue(), 'Half a thought');
    await field(page).fill('A whole thought');
    await other.waitForFunction(() => document.querySelector('#reply-message').value === 'A whole thought');
    await other.getByText(t('draft.elsewhere')).waitFor();
    await sendReply(other);
    await allSent(other);
    await page.getByText(t('draft.sent_elsewhere')).waitFor();
    await page.locator('[data-slot=news]').click(); // the reply is offered here, too
    await page.locator('.message').getByText('A whole thought').waitFor();
    assert.equal(await field(page).inputValue(), '');
    assert.equal(await rows(page).count(), 0);
    assert.equal((await repliesWith('A whole thought')).length, 1);
    await other.close();
  });

  /** Typed after what stands there and left at once, so that it is kept at this moment. */
  const type = (area, words) => {
    area.value += words;
    area.dispatchEvent(new Event('input', { bubbles: true }));
    area.dispatchEvent(new Event('focusout', { bubbles: true }));
  };

  it('what is typed in two tabs within a moment is lost in neither', async () => {
    const other = await visitor.context.newPage();
    await openTicket(other);
    await field(other).fill('Typed there');
    await field(page).fill('Typed here');
    const both = () => /Typed here/.test(document.querySelector('#reply-message').value) && /Typed there/.test(document.querySelector('#reply-message').value);
    for (const tab of [page, other]) await tab.waitForFunction(both);
    for (let round = 0; round < 5; round++) {
      const texts = [` Here in round ${round}.`, ` There in round ${round}.`];
      await Promise.all([page, other].map((tab, i) => field(tab).evaluate(type, texts[i])));
      const stand = (all) => all.every((one) => document.querySelector('#reply-message').value.includes(one));
      for (const tab of [page, other]) await tab.waitForFunction(stand, texts);
    }
    await field(other).fill('');
    await page.getByText(t('draft.cleared_elsewhere')).waitFor();
    await other.close();
  });

  it('one signs out: neither text nor files stay on the device', async () => {
    await openTicket(page);
    await field(page).fill('Not for the next one');
    await attach(page, [log]);
    await saved(page);
    await page.locator('[data-module=account] summary').click();
    await page.getByRole('button', { name: t('nav.sign_out'), exact: true }).click();
    await page.waitForURL(`${home}sign-out/**`);
    const left = await page.evaluate(async () => [
      ...Object.keys(localStorage).filter((key) => /draft|unsent/.test(key)),
      ...(await indexedDB.databases()).map(({ name }) => name),
    ]);
    assert.deepEqual(left, []);
  });
});

describe('in the middle of a new ticket', () => {
  let visitor;
  let page;
  before(async () => {
    visitor = await visit({ host: `localhost:${port}` }, DESKTOP);
    page = visitor.page;
    await page.goto(`${home}sign-in/`);
    await signIn(page);
    await page.waitForURL(`${home}tickets/**`);
  });
  after(() => visitor.close());

  it('the API dies while its files go up: it waits where one sees it, tries again, and there is one ticket', async () => {
    await openForm(page, 'Filed into the void');
    await attach(page, [log, large]);
    await throttle(page, 150_000);
    await sendTicket(page);
    await page.locator('.files .file progress').first().waitFor();
    await api.kill();
    await throttle(page);
    const panel = page.locator('[data-slot=failed]');
    await panel.getByText(/We try again in \d+ second/).waitFor();
    assert.equal(await page.locator('#f-subject').inputValue(), 'Filed into the void');
    await api.again();
    await done(page);
    const found = await ticketsWith('Filed into the void');
    assert.equal(found.length, 1);
    const [message] = await messagesOf(found[0].number);
    assert.deepEqual(message.files.map(({ name }) => name), ['press.log', 'ruler.bin']);
  });

  it('the API takes it and dies before it answers: reloaded and sent again it is the same ticket', async () => {
    await openForm(page, 'Filed, never answered');
    await attach(page, [log]);
    await loseAnswer(page, sendTicket, () => ticketsWith('Filed, never answered'));
    await rows(page).getByText('press.log').waitFor();
    assert.equal(await page.locator('#f-message').inputValue(), 'About: Filed, never answered');
    await api.again();
    await sendTicket(page);
    await done(page);
    assert.equal((await ticketsWith('Filed, never answered')).length, 1);
    await page.goto(`${home}new/support/`);
    await page.waitForLoadState('networkidle');
    assert.equal(await page.locator('#f-subject').inputValue(), '', 'what arrived leaves no draft');
    assert.equal(await rows(page).count(), 0);
  });

  it('the session ends: after signing in everything is there, and is sent once', async () => {
    await openForm(page, 'Filed by nobody');
    await page.locator('#f-category').selectOption('other');
    await attach(page, [log]);
    await saved(page);
    await visitor.context.clearCookies();
    await sendTicket(page);
    await page.waitForURL(`${home}sign-in/**`);
    await signIn(page);
    await page.waitForURL(`${home}new/support/`);
    await rows(page).getByText('press.log').waitFor();
    assert.equal(await page.locator('#f-subject').inputValue(), 'Filed by nobody');
    assert.equal(await page.locator('#f-category').inputValue(), 'other');
    await sendTicket(page);
    await done(page);
    assert.equal((await ticketsWith('Filed by nobody')).length, 1);
  });

  it('two tabs have one draft', async () => {
    await openForm(page, 'Two tabs');
    await saved(page);
    const other = await visitor.context.newPage();
    await other.goto(`${home}new/support/`);
    await other.waitForFunction(() => document.querySelector('#f-subject').value === 'Two tabs');
    await other.locator('#f-subject').fill('Two tabs, one draft');
    await page.waitForFunction(() => document.querySelector('#f-subject').value === 'Two tabs, one draft');
    await other.close();
    await sendTicket(page);
    await done(page);
    assert.equal((await ticketsWith('Two tabs, one draft')).length, 1);
  });

  it('another person who signs in on the same device finds nothing of it', async () => {
    await openForm(page, 'Anna’s alone');
    await attach(page, [log]);
    await saved(page);
    await visitor.context.clearCookies();
    await page.goto(`${home}sign-in/`);
    await signIn(page, BEN);
    await page.waitForURL(`${home}tickets/**`);
    await page.goto(`${home}new/support/`);
    await page.waitForLoadState('networkidle');
    assert.equal(await page.locator('#f-subject').inputValue(), '');
    assert.equal(await rows(page).count(), 0);
  });
});

describe('with the API down and nobody signed in', () => {
  let visitor;
  before(async () => {
    visitor = await visit({ host: `localhost:${port}` }, DESKTOP);
  });
  after(() => visitor.close());

  it('what one writes into the form is there after signing in, with its files', async () => {
    const { page } = visitor;
    await api.kill();
    await openForm(page, 'Written while nobody answered');
    await attach(page, [log]);
    await saved(page);
    await api.again();
    await sendTicket(page);
    await page.waitForURL(`${home}sign-in/**`);
    await signIn(page);
    await page.waitForURL(`${home}new/support/`);
    await rows(page).getByText('press.log').waitFor();
    assert.equal(await page.locator('#f-message').inputValue(), 'About: Written while nobody answered');
    await sendTicket(page);
    await done(page);
    assert.equal((await ticketsWith('Written while nobody answered')).length, 1);
  });
});
