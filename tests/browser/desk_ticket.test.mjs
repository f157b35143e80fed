// X11, T21: a ticket at the desk: what each sees of it in words, notes apart from replies, what the team sets, two
// people at once, and all of it by keys.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visitAs } from '../harness/browser.mjs';
import { ANNA, MIA, NOA } from '../harness/guichet.mjs';
import { served } from '../harness/settings.mjs';
import { PRINTER, numberOf } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const server = await served({}, undefined, { locales: ['en', 'fr', 'ar'] });
const api = await server.signedIn(MIA);
const number = await numberOf(api, PRINTER);
const at = (locale) => `${server.origin}/support/${locale}/desk/ticket/?n=${number}`;
const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

async function open(person, options, locale = 'en') {
  const visitor = await visitAs(server, person, options);
  await visitor.page.goto(at(locale));
  await visitor.page.getByRole('heading', { level: 1, name: PRINTER }).waitFor();
  await visitor.page.locator('.reply').waitFor();
  return visitor;
}

describe('a ticket at the desk', () => {
  const t = words('en');
  let visitor;
  let page;
  before(async () => {
    visitor = await open(MIA, DESKTOP);
    page = visitor.page;
  });
  after(() => visitor.close());
  const item = (text) => page.locator('.message', { hasText: text });
  const sent = () => page.getByText(t('reply.sent'), { exact: true }).first().waitFor();
  const away = () => page.locator('body').click({ position: { x: 2, y: 400 } });

  it('says of each message whether the customer sees it', async () => {
    for (const message of await page.locator('.message').all()) {
      const said = await message.getByText(t('desk.seen')).or(message.getByText(t('desk.note'))).filter({ visible: true }).count();
      assert.equal(said, 1);
    }
    await screenshot(page, 'desk-ticket-en');
    assert.deepEqual(await violations(page), []);
    assert.equal(await wide(page), false);
  });

  it('takes an internal note by keys alone, which looks like none of the replies', async () => {
    await away();
    await page.keyboard.press('n');
    await page.getByRole('button', { name: t('desk.send_note') }).waitFor();
    await page.getByText(t('desk.hint_note')).waitFor();
    await page.keyboard.type('Quartzite: the third head of that batch');
    await screenshot(page, 'desk-note-en');
    await page.keyboard.press('Control+Enter');
    await sent();
    await item('Quartzite').getByText(t('desk.note')).waitFor();
    assert.equal(await item('Quartzite').getByText(t('desk.seen')).isVisible(), false);
  });

  it('leads to who asked', async () => {
    const href = await page.getByRole('link', { name: 'Anna Berg' }).evaluate((link) => link.href);
    const { rows } = (await api.get('/desk/people?q=anna')).json;
    assert.equal(href, `${server.origin}/support/en/desk/people/?person=${rows[0].id}`);
  });

  it('takes a reply with a file', async () => {
    await away();
    await page.keyboard.press('r');
    await page.keyboard.type('A new head leaves today.');
    await page.locator('input[type=file]').setInputFiles({ name: 'head.txt', mimeType: 'text/plain', buffer: Buffer.from('weight 40 g') });
    await page.getByRole('button', { name: t('desk.send_reply') }).click();
    await item('A new head').getByText('head.txt').waitFor();
    await item('A new head').getByText(t('desk.seen')).waitFor();
  });

  it('is set by keys, saved as it is chosen, and taken with one', async () => {
    await away();
    await page.keyboard.press('s');
    await page.getByLabel(t('ticket.stage')).selectOption('new');
    await page.getByText(t('desk.saved', { name: t('ticket.stage') })).waitFor({ state: 'attached' });
    await page.getByLabel(t('list.owner')).selectOption('');
    await page.getByText(t('desk.saved', { name: t('list.owner') })).waitFor({ state: 'attached' });
    await away();
    await page.keyboard.press('m');
    await page.waitForFunction(() => document.querySelector('#set-owner').value !== '');
    await page.reload();
    await page.waitForFunction(() => document.querySelector('#set-stage')?.value === 'new' && document.querySelector('#set-owner').selectedOptions[0].text.includes('Laurent'));
    visitor.mustHaveBeenQuiet();
  });
});

describe('what is set beside a conversation', () => {
  const t = words('en');
  let visitor;
  afterEach(() => visitor.close());
  const open1 = async () => {
    visitor = await open(MIA, DESKTOP);
    const sets = [];
    await visitor.page.waitForFunction(() => document.querySelector('#set-stage').options.length > 1);
    visitor.page.on('request', (request) => {
      if (!request.url().endsWith('/changes')) return;
      const { property, value } = request.postDataJSON();
      sets.push(`${property}=${value}`);
    });
    return { ...visitor, sets };
  };
  const ticket = async () => (await api.get(`/desk/tickets/${number}`)).json.ticket;
  const saved = (page, name) => page.getByText(t('desk.saved', { name }), { exact: true }).waitFor({ state: 'attached' });

  it('shows what was chosen while one is still in the field', async () => {
    const { page } = await open1();
    for (const [name, option] of [['ticket.stage', 'waiting'], ['list.owner', String((await ticket()).team[0].id)]]) {
      const field = page.getByLabel(t(name));
      await field.focus();
      await field.selectOption(option);
      await saved(page, t(name));
      assert.equal(await field.inputValue(), option);
    }
  });

  it('takes of a list that keys go through where they rest, and nothing that they pass', async () => {
    const { page, sets } = await open1();
    await page.getByLabel(t('ticket.stage')).focus();
    for (const key of ['ArrowDown', 'ArrowUp', 'ArrowUp']) await page.keyboard.press(key);
    await saved(page, t('ticket.stage'));
    assert.deepEqual(sets, ['stage=in-progress']);
    await page.keyboard.press('ArrowUp');
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/changes'));
    await page.keyboard.press('Tab'); // who leaves has chosen
    await answered;
    assert.deepEqual(sets, ['stage=in-progress', 'stage=new']);
  });

  it('saves what is chosen quickly one after the other, however slow the way is', async () => {
    const { page, sets } = await open1();
    await page.route('**/changes', async (route) => {
      await new Promise((done) => setTimeout(done, 300));
      await route.continue();
    });
    await page.getByLabel(t('ticket.priority')).selectOption('low');
    await page.getByLabel(t('ticket.stage')).selectOption('waiting');
    await page.getByLabel(t('list.owner')).selectOption('');
    await saved(page, t('list.owner')); // the last one: each takes the place of what was said before
    assert.deepEqual(sets, ['priority=low', 'stage=waiting', 'owner=']);
    const { priority, stage, owner_id } = await ticket();
    assert.deepEqual([priority, stage, owner_id], ['low', 'waiting', null]);
  });
});

describe('a draft at the desk', () => {
  const t = words('en');
  const choose = (page, kind) => page.getByRole('radio', { name: t(`desk.kind_${kind}`) }).check();
  const says = (page, kind) => page.waitForFunction(([send, hint, note]) =>
    document.querySelector('[data-slot=send]').textContent === send && document.querySelector('[data-slot=kind-hint]').textContent === hint
    && document.querySelector('[name=note]:checked')?.value === note && document.querySelector('.reply').classList.contains('reply-note') === (note === 'yes'),
  [t(`desk.send_${kind}`), t(`desk.hint_${kind}`), kind === 'note' ? 'yes' : '']);

  it('comes back as what it is, a note or a reply, after a reload and in another tab', async () => {
    const { page, context, close } = await open(MIA, DESKTOP);
    await page.getByLabel(t('desk.message')).fill('Between us');
    await choose(page, 'note');
    await page.getByText(t('draft.saved'), { exact: true }).waitFor();
    await page.reload();
    await says(page, 'note');
    const other = await context.newPage();
    await other.goto(at('en'));
    await says(other, 'note');
    await choose(page, 'reply');
    await says(other, 'reply');
    await choose(other, 'note');
    await says(page, 'note');
    await page.getByLabel(t('desk.message')).fill('Between us two');
    await page.getByRole('button', { name: t('desk.send_note') }).click();
    await page.locator('.message', { hasText: 'Between us two' }).getByText(t('desk.note')).waitFor();
    await says(other, 'reply'); // nothing is begun any more
    await close();
  });

  it('is a note when one tab writes a note and another a reply within a moment: what is for the team alone stays so', async () => {
    const { page, context, close } = await open(MIA, DESKTOP);
    const other = await context.newPage();
    await other.goto(at('en'));
    for (const tab of [page, other]) await tab.getByLabel(t('desk.message')).fill('Begun.');
    for (const tab of [page, other]) await says(tab, 'reply');
    const type = (tab, kind, words_) => tab.evaluate(([chosen, text]) => {
      const field = document.querySelector('#reply-message');
      document.querySelector(`[name=note][value="${chosen}"]`).click();
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      if (chosen) field.dispatchEvent(new Event('focusout', { bubbles: true })); // it is kept at once
    }, [kind, words_]);
    await Promise.all([type(other, '', 'For the customer'), type(page, 'yes', 'For us alone')]);
    for (const tab of [page, other]) {
      await tab.waitForFunction(() => ['For us alone', 'For the customer'].every((words_) => document.querySelector('#reply-message').value.includes(words_)));
      await says(tab, 'note');
    }
    await close();
  });
});

describe('a saved reply', () => {
  const t = words('en');
  const save = async (title, body, locale = '', inbox = '') => assert.equal((await api.post('/desk/replies', { title, body, locale, inbox })).status, 201);
  const value = (page) => page.getByLabel(t('desk.message')).inputValue();
  const titles = (page) => page.locator('#replies [role=option] .desk-line bdi').allTextContents();
  const active = (page) => page.evaluate(() => document.getElementById(document.querySelector('#replies input').getAttribute('aria-activedescendant') ?? '')?.querySelector('bdi').textContent);
  const listed = (page, count) => page.waitForFunction((wanted) => document.querySelectorAll('#replies [role=option]').length === wanted, count);

  it('is found by keys and put in at the cursor, as it reads on this ticket; what was typed stays', async () => {
    const { page, ...visitor } = await open(MIA, DESKTOP);
    await page.locator('body').click({ position: { x: 2, y: 400 } });
    await page.keyboard.press('i');
    await page.getByText(t('desk_replies.none'), { exact: true }).waitFor();
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Escape');
    await save('Thanks', 'Thank you {{first_name}}!\n{{writer}}');
    await save('Évier', 'On {{number}}: {{subject}}');
    await save('Sonne', 'Hallo', 'fr');
    await save('Orders only', 'x', '', 'orders');
    const message = page.getByLabel(t('desk.message'));
    await message.fill('Hello. Bye.');
    await message.evaluate((area) => area.setSelectionRange(0, 6));
    await page.getByRole('button', { name: t('desk_replies.insert') }).click();
    await listed(page, 3);
    assert.deepEqual(await titles(page), ['Évier', 'Thanks', 'Sonne'], 'those of its inbox, of another language last');
    assert.equal(await active(page), 'Évier');
    await page.keyboard.press('ArrowUp');
    assert.equal(await active(page), 'Sonne');
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'desk-insert-en');
    await page.keyboard.type('evier');
    await listed(page, 1);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('nothing like it');
    await page.locator('#replies').getByText(t('desk_replies.none_found')).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('thank you anna');
    await listed(page, 1);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'reply-message');
    assert.equal(await value(page), 'Hello.Thank you Anna!\nMia Bye.');
    await page.keyboard.type('!');
    assert.equal(await value(page), 'Hello.Thank you Anna!\nMia! Bye.');
    await page.getByText(t('draft.saved'), { exact: true }).waitFor();
    await page.keyboard.press('Control+Z');
    await page.keyboard.press('Control+Z');
    assert.equal(await value(page), 'Hello. Bye.', 'taken back like what one typed');
    visitor.mustHaveBeenQuiet();
    await visitor.close();
  });

  it('fits a phone in Arabic, is pressed with a finger, and says so when nothing answers', async () => {
    const { page, ...visitor } = await open(MIA, PHONE, 'ar');
    const say = words('ar');
    await page.route('**/api/v1/desk/replies?*', (route) => route.abort());
    await page.getByRole('button', { name: say('desk_replies.insert') }).click();
    await page.locator('#replies').getByText(say('desk_replies.load_failed')).waitFor();
    await page.getByRole('button', { name: say('list.close'), exact: true }).click();
    await page.unroute('**/api/v1/desk/replies?*');
    await page.getByRole('button', { name: say('desk_replies.insert') }).click();
    await listed(page, 3);
    assert.deepEqual(await violations(page), []);
    assert.equal(await wide(page), false);
    await screenshot(page, 'desk-insert-ar');
    await page.locator('#replies').getByText('Thanks').click();
    await page.waitForFunction(() => document.querySelector('#reply-message').value.includes('Thank you Anna!'));
    await visitor.close();
  });
});

describe('two people at one ticket', () => {
  const t = words('en');
  it('see each other; what was written meanwhile is read before anything is sent; what was set is not overwritten', async () => {
    const mia = await open(MIA, DESKTOP);
    const noa = await open(NOA, { ...DESKTOP, colorScheme: 'dark' });
    await noa.page.getByText(/Mia Laurent/).and(noa.page.locator('.beside')).waitFor();
    await screenshot(noa.page, 'desk-beside-en');
    assert.deepEqual(await violations(noa.page), []);
    const { messages, ticket } = (await api.get(`/desk/tickets/${number}`)).json;
    // She writes on what she has seen; he was quicker.
    await mia.page.getByLabel(t('desk.message')).fill('Mine');
    const made = await (await server.signedIn(NOA)).multipart(`/desk/tickets/${number}/replies`, { message: 'His was first', note: 'yes', seen: String(messages.at(-1).id) });
    assert.equal(made.status, 201, made.text);
    await mia.page.getByRole('button', { name: t('desk.send_reply') }).click();
    await mia.page.getByText(t('errors.changed')).first().waitFor();
    assert.equal((await api.get(`/desk/tickets/${number}`)).json.messages.some(({ body }) => body === 'Mine'), false);
    // And of what is set: priority, from two pages that both show the old one.
    const other = ticket.priority === 'low' ? 'high' : 'low';
    assert.equal((await api.post(`/desk/tickets/${number}/changes`, { version: String(ticket.version), property: 'priority', value: other })).status, 200);
    const third = ['normal', 'high', 'low'].find((each) => each !== other && each !== ticket.priority);
    await noa.page.getByLabel(t('ticket.priority')).selectOption(third);
    await noa.page.getByText(t('desk.changed', { name: t('ticket.priority') })).waitFor();
    assert.equal(await noa.page.getByLabel(t('ticket.priority')).inputValue(), other);
    assert.equal((await api.get(`/desk/tickets/${number}`)).json.ticket.priority, other);
    await noa.close();
    await mia.close();
  });
});

describe('view as this customer', () => {
  const t = words('en');
  const bar = (page) => page.getByRole('region', { name: t('viewing.as', { name: 'Anna Berg' }) });

  it('shows the ticket as they see it, says so on every page, offers nothing to send, and leads back', async () => {
    const visitor = await open(MIA, DESKTOP);
    const { page } = visitor;
    await page.getByRole('button', { name: t('viewing.open') }).click();
    await bar(page).waitFor();
    await page.getByRole('heading', { level: 1, name: PRINTER }).waitFor();
    await page.getByText(t('viewing.note', { name: 'Anna Berg' })).waitFor();
    assert.equal(await page.getByRole('heading', { name: t('participants.title') }).isVisible(), false, 'no heading of nobody');
    assert.match(page.url(), /\/en\/ticket\//);
    assert.equal(await page.locator('.message', { hasText: 'Quartzite' }).count(), 0);
    assert.equal(await page.locator('main textarea:visible, main [type=submit]:visible').count(), 0);
    assert.equal(await page.getByRole('link', { name: t('nav.desk') }).count(), 0);
    await screenshot(page, 'viewing-ticket-en');
    assert.deepEqual(await violations(page), []);
    await page.emulateMedia({ colorScheme: 'dark' });
    await screenshot(page, 'viewing-ticket-dark');
    for (const path of ['tickets/', 'new/', 'account/', 'help/', 'desk/', 'desk/people/']) {
      await page.goto(`${server.origin}/support/en/${path}`);
      await bar(page).waitFor();
    }
    await page.goto(`${server.origin}/support/en/account/`);
    await page.getByRole('heading', { level: 1, name: t('viewing.shut') }).waitFor();
    await page.getByText(t('errors.viewing')).waitFor();
    assert.equal(await page.locator('main form:visible').count(), 0);
    await screenshot(page, 'viewing-account-en');
    assert.deepEqual(await violations(page), []);
    // Nothing of hers stays on this device: no draft, no row, not who she is.
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }]));
    assert.doesNotMatch(kept, /anna\.berg@|draft\.anna/);
    await page.getByRole('button', { name: t('viewing.end') }).click();
    await page.getByRole('heading', { level: 1, name: PRINTER }).waitFor();
    await page.waitForURL(at('en'));
    await page.locator('.reply').waitFor();
    assert.equal(await bar(page).count(), 0);
    await visitor.close();
  });

  it('begins at a contact, too, and shows their list, which is gone at its end', async () => {
    const visitor = await visitAs(server, MIA, DESKTOP);
    const { page } = visitor;
    const { rows } = (await api.get('/desk/people?q=anna.berg')).json;
    const contact = `${server.origin}/support/en/desk/people/?person=${rows[0].id}`;
    await page.goto(contact);
    await page.getByRole('button', { name: t('viewing.open') }).click();
    await bar(page).waitFor();
    await page.waitForURL('**/en/tickets/**');
    await page.getByRole('link', { name: PRINTER }).waitFor();
    await screenshot(page, 'viewing-list-en');
    await page.getByRole('button', { name: t('viewing.end') }).click();
    await page.waitForURL(contact);
    assert.equal(await page.evaluate(() => Object.keys(sessionStorage).some((key) => key.endsWith('.rows'))), false);
    await visitor.close();
  });

  for (const locale of ['fr', 'ar']) {
    it(`fits a phone, in ${locale}`, async () => {
      const visitor = await open(MIA, PHONE, locale);
      const { page } = visitor;
      const w = words(locale);
      await page.getByRole('button', { name: w('viewing.open') }).click();
      await page.getByText(w('viewing.note', { name: 'Anna Berg' })).waitFor();
      await screenshot(page, `viewing-ticket-${locale}`);
      assert.deepEqual(await violations(page), []);
      assert.equal(await wide(page), false);
      await visitor.close();
    });
  }
});

it('T21: a customer reads no note, and is turned away from the desk', async () => {
  const visitor = await visitAs(server, ANNA);
  await visitor.page.goto(`${server.origin}/support/en/ticket/?n=${number}`);
  await visitor.page.locator('.message', { hasText: 'A new head leaves today.' }).waitFor();
  assert.equal(await visitor.page.locator('.message', { hasText: 'Quartzite' }).count(), 0);
  await visitor.page.goto(at('en'));
  await visitor.page.waitForURL('**/denied/');
  await visitor.close();
});

it('fits a phone, in Arabic', async () => {
  const visitor = await open(MIA, PHONE, 'ar');
  await screenshot(visitor.page, 'desk-ticket-ar');
  assert.deepEqual(await violations(visitor.page), []);
  assert.equal(await wide(visitor.page), false);
  visitor.mustHaveBeenQuiet();
  await visitor.close();
});
