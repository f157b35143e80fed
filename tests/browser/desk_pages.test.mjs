// X8, X10, X11, X16: the desk's people, mail, audit log and erasures: read, decided and found by those whose they are.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visitAs } from '../harness/browser.mjs';
import { ANNA, BEN, MIA, NOA, PASSWORD, editJson, serve } from '../harness/guichet.mjs';
import { mailIn, receiveLetter } from '../harness/mailin.mjs';
import { MailServer } from '../harness/mailserver.mjs';
import { words } from '../harness/words.mjs';

const mail = await MailServer.start();
mail.refuse = (address) => (address === BEN ? [550, 'Nobody of that name'] : null);
const server = await serve({
  edit: (folder) => editJson(folder, 'content/portal.json', (portal) => Object.assign(portal, { locales: ['en', 'fr', 'ar', 'de'], own_data: { erasure: true, cool_off_days: 14 } })),
  env: { ...mailIn, GUICHET_MAIL_UNKNOWN: 'quarantine', GUICHET_SMTP: `smtp://localhost:${mail.port}`, GUICHET_MAIL_RETRY: '1' },
});
const t = words('en');
const home = `${server.origin}/support/en/`;
const noa = await server.signedIn(NOA);
await receiveLetter(server, { from: 'Lu <lu@else.example>', subject: 'The gateway <b>blinks</b>', text: 'It blinks red.\r\n<img src=x onerror=alert(1)>' });
await receiveLetter(server, { from: 'Spam <spam@else.example>', subject: 'Buy now', text: 'Cheap.' });
await server.client().post('/resets', { email: BEN });
for (const email of [ANNA, BEN]) assert.equal((await (await server.signedIn(email)).post('/account/erasure', { password: PASSWORD })).status, 204);

const shownRows = (page, count) => page.waitForFunction((wanted) => document.querySelectorAll('[data-slot=rows] > *').length === wanted, count);
const row = (page, words_) => page.locator('.desk-row', { hasText: words_ });
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

describe('mail at the desk', () => {
  let visitor;
  let page;
  before(async () => {
    visitor = await visitAs(server, MIA, DESKTOP);
    page = visitor.page;
    await page.goto(`${home}desk/`);
  });
  after(() => visitor.close());

  it('is a press away from the queues, says how much wants to be looked at, and opens where that is', async () => {
    const link = page.getByRole('link', { name: new RegExp(`^${t('desk_nav.mail')}`) });
    await page.locator('[data-slot=mail-count]:not([hidden])').waitFor();
    assert.equal(await page.getByRole('link', { name: t('desk_nav.erasures') }).count(), 0, 'what administrators decide is not offered to agents');
    await link.click();
    await page.waitForURL(`${home}desk/mail/?view=held`);
  });

  it('T23, T33: what is held back is read as text alone, and let in as a ticket', async () => {
    await page.getByRole('link', { name: new RegExp(t('desk_mail.held')) }).click();
    await shownRows(page, 2);
    assert.equal(new URL(page.url()).searchParams.get('view'), 'held');
    const held = row(page, 'The gateway <b>blinks</b>');
    await held.getByText(t('desk_mail.reason.unknown')).waitFor();
    await held.getByText(t('desk_mail.read')).click();
    await held.getByText('<img src=x onerror=alert(1)>').waitFor();
    assert.equal(await held.locator('img').count(), 0);
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'desk-mail-held');
    await held.getByRole('button', { name: t('desk_mail.accept') }).click();
    const done = page.locator('.desk-row .note a');
    await done.waitFor();
    const number = (await done.textContent()).slice(1);
    assert.equal((await noa.get(`/tickets/${number}`)).json.ticket.subject, 'The gateway <b>blinks</b>');
  });

  it('is deleted once one is sure', async () => {
    const spam = row(page, 'Buy now');
    await spam.getByRole('button', { name: t('desk_mail.discard') }).click();
    await page.getByRole('dialog').getByRole('button', { name: t('participants.cancel') }).click();
    assert.equal((await noa.get('/quarantine')).json.mails.length, 1);
    await spam.getByRole('button', { name: t('desk_mail.discard') }).click();
    await page.getByRole('dialog').getByRole('button', { name: t('desk_mail.discard'), exact: true }).click();
    await shownRows(page, 1);
    assert.equal((await noa.get('/quarantine')).json.mails.length, 0);
  });

  it('what was given up says why, and is sent after all', async () => {
    await page.getByRole('link', { name: new RegExp(t('desk_mail.failed')) }).click();
    const lost = row(page, BEN).filter({ hasText: t('desk_mail.kind.reset') });
    await lost.getByText('550 Nobody of that name').waitFor();
    mail.refuse = () => null;
    const before = await page.locator('.desk-row').count();
    await lost.getByRole('button', { name: t('desk_mail.resend') }).click();
    await shownRows(page, before - 1);
    await mail.await((one) => one.to[0] === BEN && one.text.includes('reset-form'));
  });

  it('says that nothing waits, and what is wrong when nothing answers', async () => {
    await page.goto(`${home}desk/mail/?view=held`);
    await page.getByRole('heading', { name: t('desk_mail.none_held') }).waitFor();
    await page.route('**/api/v1/quarantine', (route) => route.abort());
    await page.reload();
    await page.getByRole('heading', { name: t('desk_mail.load_failed') }).waitFor();
    await page.unroute('**/api/v1/quarantine');
    await page.getByRole('button', { name: t('errors.retry') }).click();
    await page.getByRole('heading', { name: t('desk_mail.none_held') }).waitFor();
    visitor.mustHaveBeenQuiet();
  });

  it('erasures are not an agent’s to decide', async () => {
    await page.goto(`${home}desk/erasures/`);
    await page.getByRole('heading', { name: t('desk_erasures.not_yours') }).waitFor();
  });
});

describe('the audit log and erasures, by keyboard and in the dark', () => {
  let visitor;
  let page;
  before(async () => {
    visitor = await visitAs(server, NOA, { ...DESKTOP, colorScheme: 'dark' });
    page = visitor.page;
  });
  after(() => visitor.close());

  it('X16: the log is asked for what and by whom, keeps that in its address, and is taken along', async () => {
    await page.goto(`${home}desk/audit/`);
    await page.locator('.desk-row').first().waitFor();
    assert.deepEqual(await violations(page), []);
    await page.getByLabel(t('desk_audit.what'), { exact: true }).selectOption({ label: t('desk_audit.action.erasure_ask') });
    await page.getByRole('button', { name: t('list.apply') }).click();
    await shownRows(page, 2);
    assert.equal(new URL(page.url()).searchParams.get('action'), 'erasure.ask');
    await page.keyboard.press('Escape');
    await page.locator('h1').focus();
    await page.keyboard.press('/');
    await page.keyboard.type(ANNA);
    await page.keyboard.press('Enter');
    await shownRows(page, 1);
    await screenshot(page, 'desk-audit-dark');
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('[data-slot=export]').click()]);
    const lines = (await (await file.createReadStream()).toArray()).join('').trim().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(lines.map(({ action, person }) => [action, person.email]), [['erasure.ask', ANNA]]);
    await page.goBack();
    await shownRows(page, 2);
  });

  it('X16: why a mail was held back stands there in words, and what one asks for on one line, in German too', async () => {
    const german = words('de');
    await page.goto(`${server.origin}/support/de/desk/audit/?action=mail.quarantine`);
    await row(page, german('desk_audit.action.mail_quarantine')).first().getByText(german('desk_mail.reason.unknown')).waitFor();
    const tops = await page.locator('.desk-filter .input, .desk-filter .button').evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().height)));
    assert.ok(Math.max(...tops) - Math.min(...tops) <= 2, `${tops}`);
  });

  it('X16: shows more behind what it shows, and a row at a time by keys', async () => {
    for (let i = 0; i < 55; i++) await noa.get('/audit.jsonl?action=none');
    await page.goto(`${home}desk/audit/?action=export.audit`);
    await shownRows(page, 50);
    await page.keyboard.press('n');
    await page.waitForFunction(() => document.querySelectorAll('.desk-row').length > 50);
    await page.keyboard.press('k');
    assert.equal(await page.evaluate(() => document.activeElement === document.querySelectorAll('.desk-row')[49]), true);
  });

  it('X8: an erasure says what it takes, and is approved or declined with a reason', async () => {
    await page.goto(`${home}desk/`);
    await page.getByRole('link', { name: t('desk_nav.erasures') }).click();
    await shownRows(page, 2);
    const anna = row(page, ANNA);
    await anna.getByText(t('desk_erasures.what')).click();
    await anna.getByText(/\d+ files?/).waitFor();
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'desk-erasures-dark');
    await anna.getByRole('button', { name: t('desk_erasures.decline') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: t('desk_erasures.decline') }).click();
    await dialog.getByText(t('desk_erasures.reason_missing')).waitFor();
    assert.deepEqual(await violations(page), []);
    await dialog.getByLabel(t('desk_erasures.reason')).fill('An invoice is open. c51f');
    await dialog.getByRole('button', { name: t('desk_erasures.decline') }).click();
    await shownRows(page, 1);
    await mail.await((one) => one.to[0] === ANNA && one.text.includes('An invoice is open. c51f'));
    await row(page, BEN).getByRole('button', { name: t('desk_erasures.approve') }).click();
    await page.getByRole('dialog').getByRole('button', { name: t('desk_erasures.approve') }).click();
    await page.waitForFunction((said) => document.querySelector('.desk-row .chip')?.textContent === said, t('desk_erasures.approved'));
    assert.notEqual((await noa.get('/erasures')).json.rows[0].approved_at, null);
    visitor.mustHaveBeenQuiet();
  });
});

describe('people at the desk', () => {
  it('are found, told of, and lead to their company, their tickets and what happened', async () => {
    const visitor = await visitAs(server, MIA, DESKTOP);
    const { page } = visitor;
    await page.goto(`${home}desk/`);
    await page.getByRole('link', { name: t('desk_people.nav'), exact: true }).click();
    await page.locator('.desk-row').first().waitFor();
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('/');
    await page.keyboard.type('anna');
    await shownRows(page, 1);
    assert.equal(new URL(page.url()).searchParams.get('q'), 'anna');
    await page.getByRole('link', { name: 'Anna Berg' }).click();
    await page.getByRole('heading', { name: 'Anna Berg', level: 1 }).waitFor();
    assert.match(await page.title(), /^Anna Berg · /);
    await row(page, t('desk_audit.action.erasure_ask')).first().waitFor();
    await row(page, t('desk_audit.action.session_begin')).first().waitFor();
    await page.locator('.desk-tickets li').first().waitFor();
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'desk-person');
    const ticket = page.locator('.desk-tickets a').first();
    const subject = await ticket.locator('bdi').textContent();
    await ticket.click();
    await page.getByRole('heading', { name: subject }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Acme', exact: true }).click();
    await page.getByRole('heading', { name: 'Acme', level: 1 }).waitFor();
    await row(page, 'Anna Berg').first().waitFor();
    await page.getByRole('link', { name: t('list.show_all') }).click();
    await page.waitForURL(/desk\/\?.*f\.company=Acme/);
    await page.locator('.row-link').first().waitFor();
    await page.goto(`${home}desk/people/?person=999999`);
    await page.getByRole('heading', { name: t('desk_people.missing') }).waitFor();
    visitor.mustHaveBeenQuiet();
    await visitor.close();
  });
});

describe('saved replies', () => {
  let visitor;
  let page;
  const saved = async (title) => (await noa.get('/desk/replies')).json.rows.find((one) => one.title === title);
  const button = (name) => page.getByRole('button', { name: t(name), exact: true });
  const field = (name) => page.getByLabel(t(name), { exact: true });
  before(async () => {
    visitor = await visitAs(server, MIA, DESKTOP);
    page = visitor.page;
  });
  after(() => visitor.close());

  it('X11: the first one is written by keyboard, with what differs put in at the cursor', async () => {
    await page.goto(`${home}desk/`);
    await page.getByRole('link', { name: t('desk_replies.nav'), exact: true }).click();
    await page.getByRole('heading', { name: t('desk_replies.none') }).waitFor();
    assert.deepEqual(await violations(page), []);
    await page.locator('h1').focus();
    await page.keyboard.press('c');
    await page.getByRole('heading', { name: t('desk_replies.add'), level: 1 }).waitFor();
    assert.match(await page.title(), new RegExp(`^${t('desk_replies.add')} · `));
    await button('account.save').click();
    await page.getByText(t('desk_replies.title_missing')).waitFor();
    await page.getByText(t('desk_replies.body_missing')).waitFor();
    assert.deepEqual(await violations(page), []);
    await page.keyboard.type('Opening hours');
    await field('desk_replies.body').fill('Hello !\n\nWe open at nine {{hour}}.');
    await field('desk_replies.body').evaluate((area) => area.setSelectionRange(6, 6));
    await button('desk_replies.first_name').click();
    await page.keyboard.press('Control+Enter');
    await page.getByText(t('desk_replies.unknown').replace('{names}', '{{first_name}} {{number}} {{subject}} {{writer}}')).waitFor();
    await field('desk_replies.body').fill('Hello {{first_name}}!\n\nWe open at nine.');
    await field('desk.inbox').selectOption('support');
    await screenshot(page, 'desk-reply');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('link', { name: 'Opening hours' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.classList.contains('row-link'));
    assert.equal((await noa.get(`/desk/replies/${(await saved('Opening hours')).id}`)).json.reply.body, 'Hello {{first_name}}!\n\nWe open at nine.');
  });

  it('is found by its words, and comes back when it was removed by mistake', async () => {
    await noa.post('/desk/replies', { title: 'Élan', body: 'Salut', locale: 'fr', inbox: '' });
    await page.reload();
    await shownRows(page, 2);
    await screenshot(page, 'desk-replies');
    await page.locator('h1').focus();
    await page.keyboard.press('/');
    await page.keyboard.type('elan');
    await shownRows(page, 1);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('nothing like it');
    await page.getByRole('heading', { name: t('desk_replies.none_found') }).waitFor();
    await field('desk_replies.search').fill('nine');
    await shownRows(page, 1);
    await row(page, 'Opening hours').getByRole('button').click();
    await button('closing.undo').waitFor();
    assert.equal(await saved('Opening hours'), undefined);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Opening hours' }).waitFor();
    const { id, inbox } = await saved('Opening hours');
    assert.equal(inbox, 'support');
    assert.match((await noa.get(`/desk/replies/${id}`)).json.reply.body, /open at nine/);
  });

  it('two who change one read each other first, and what was typed stays through it all', async () => {
    const one = await saved('Opening hours');
    await page.getByRole('link', { name: 'Opening hours' }).click();
    await field('desk_replies.body').fill('Mia’s words');
    await page.getByText(t('draft.saved'), { exact: true }).waitFor();
    await page.reload();
    await page.waitForFunction(() => document.querySelector('#saved-body')?.value === 'Mia’s words');
    assert.equal((await noa.json('PUT', `/desk/replies/${one.id}`, { version: '1', title: one.title, body: 'Noa’s words', locale: '', inbox: '' })).status, 200);
    await button('account.save').click();
    await page.getByRole('heading', { name: t('desk_replies.clash').replace('{name}', 'Noa Weil') }).waitFor();
    await page.getByText('Noa’s words').waitFor();
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'desk-reply-clash');
    await button('desk_replies.keep').click();
    await page.getByRole('link', { name: 'Opening hours' }).waitFor();
    assert.equal((await noa.get(`/desk/replies/${one.id}`)).json.reply.body, 'Mia’s words');
    await page.getByRole('link', { name: 'Opening hours' }).click();
    await field('desk_replies.body').fill('Kept words');
    await noa.delete(`/desk/replies/${one.id}?version=3`);
    await button('account.save').click();
    await page.getByText(t('desk_replies.gone')).waitFor();
    await button('account.save').click();
    await page.getByRole('link', { name: 'Opening hours' }).waitFor();
    for (const missing of ['999999', 'abc', '0']) {
      await page.goto(`${home}desk/replies/?n=${missing}`);
      await page.getByRole('heading', { name: t('desk_replies.missing') }).waitFor();
    }
    visitor.mustHaveBeenQuiet();
  });
});

describe('on a phone', () => {
  const through = async (page, locale, look) => {
    const { rows: [{ id }] } = (await noa.get('/desk/people?q=anna')).json;
    for (const part of [`people/?person=${id}`, 'people/?view=companies', 'replies/', 'replies/?n=new', 'mail/?view=failed', 'audit/', 'erasures/']) {
      await page.goto(`${server.origin}/support/${locale}/desk/${part}`);
      await page.locator('.desk-row, .panel-empty:not([hidden]), .desk-write:not([hidden])').first().waitFor();
      assert.ok(await fits(page), `${locale}: ${part}`);
      await look(page, part);
    }
  };

  it('nothing of it stands beside the window, and axe-core minds nothing, in Arabic; nor do the long words of German', async () => {
    const visitor = await visitAs(server, NOA, PHONE);
    await through(visitor.page, 'ar', async (page, part) => {
      assert.deepEqual(await violations(page), [], part);
      await screenshot(page, `desk-${part.split('/')[0]}-ar-phone`);
    });
    await through(visitor.page, 'de', async () => {});
    visitor.mustHaveBeenQuiet();
    await visitor.close();
  });
});
