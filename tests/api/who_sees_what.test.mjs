// What "tickets" of content/portal.json says of who sees what, through the running server: nowhere means nowhere.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, MIA, editJson, generate } from '../harness/guichet.mjs';
import { awaitMails, mails, recipient } from '../harness/mail.mjs';
import { served } from '../harness/settings.mjs';
import { BIRCH, INVOICE, NOTE, PRINTER, allTickets, numberOf } from '../harness/tickets.mjs';

const subjects = async (client, options) => (await allTickets(client, options)).map((ticket) => ticket.subject);
const csvOf = async (client) => (await client.get('/tickets.csv?status=all')).text;
const bodiesOf = async (client, number) => (await client.get(`/tickets/${number}`)).json.messages.map((message) => message.body);
const mailsTo = (server, address) => mails(server.data).filter((mail) => recipient(mail) === address);

/** T17: none of the ways to a ticket leads this client there. */
async function assertNowhere(client, { number, file, subject, counts }) {
  const missing = (await client.get('/tickets/987654')).bytes;
  assert.equal((await client.get(`/tickets/${number}`)).bytes, missing, 'T22: to the byte');
  assert.equal((await client.reply(number, 'Anybody there?')).code, 'not_found');
  if (file) assert.equal((await client.get(`/tickets/${number}/files/${file}`)).bytes, (await client.get(`/tickets/987654/files/${file}`)).bytes);
  assert.ok(!(await subjects(client)).includes(subject), 'in the list');
  assert.ok(!(await subjects(client, { view: 'mine' })).includes(subject), 'in the list of one’s own');
  assert.ok(!(await csvOf(client)).includes(subject), 'in the export');
  assert.deepEqual((await client.get('/tickets/counts')).json, counts, 'in the counts');
  const word = subject.split(' ').find((each) => each.length > 5);
  assert.deepEqual((await client.get(`/tickets?status=all&q=${encodeURIComponent(word)}`)).json.tickets ?? [], [], 'in a search');
}

describe('S10: the visibility filter', async () => {
  const server = await served({ permission: 'company', visible: { all: [{ property: 'category', is_none_of: ['billing'] }] } });
  const [anna, ben, mia] = [await server.signedIn(ANNA), await server.signedIn(BEN), await server.signedIn(MIA)];
  const number = await numberOf(mia, INVOICE);
  const printer = await numberOf(mia, PRINTER);
  const file = (await mia.get(`/tickets/${number}`)).json.messages[0].files[0].id;

  it('hides a ticket from a colleague and from its requester: T17, nowhere', async () => {
    for (const client of [anna, ben]) await assertNowhere(client, { number, file, subject: INVOICE, counts: (await client.get('/tickets/counts')).json });
    assert.deepEqual((await ben.get('/tickets/counts?view=mine')).json, { open: 0, closed: 0 });
    assert.deepEqual((await anna.get('/tickets/counts')).json, { open: 1, closed: 1 });
  });
  it('shows the others, and everything to the team', async () => {
    assert.equal((await anna.get(`/tickets/${printer}`)).status, 200);
    assert.equal((await mia.get(`/tickets/${number}/files/${file}`)).status, 200);
    assert.ok((await subjects(mia)).includes(INVOICE));
  });
  it('holds for mail: an answer on a hidden ticket is not told to its requester', async () => {
    assert.equal((await mia.reply(number, 'The second line is a rebate.')).status, 201);
    assert.equal((await mia.reply(printer, 'The fire is out.')).status, 201);
    await awaitMails(server.data, (mail) => recipient(mail) === ANNA && mail.text.includes('The fire is out.'));
    assert.deepEqual(mailsTo(server, BEN).map((mail) => mail.text), []);
  });
});

describe('T18: what the settings took away', async () => {
  const server = await served({ permission: 'company' });
  const anna = await server.signedIn(ANNA);
  it('is gone as soon as the portal is published', async () => {
    const number = await numberOf(anna, INVOICE);
    for (const [change, status] of [[{ permission: 'own' }, 404], [{ permission: 'company' }, 200], [{ visible: { property: 'subject', contains: 'printer' } }, 404],
      [{ visible: null, inboxes: ['orders'] }, 404], [{ inboxes: null }, 200]]) {
      editJson(server.folder, 'content/portal.json', (portal) => { Object.assign(portal.tickets, change); });
      await generate(server.folder);
      let answer;
      for (let i = 0; i < 100; i++) {
        answer = await anna.get(`/tickets/${number}`);
        if (answer.status === status) break;
        await new Promise((wake) => { setTimeout(wake, 100); });
      }
      assert.equal(answer.status, status, JSON.stringify(change));
      assert.equal((await subjects(anna)).includes(INVOICE), status === 200);
    }
  });
});

describe('S5: the company view of some', async () => {
  const server = await served({ permission: 'matching', company_view: { managers: true, contacts: { property: 'email', contains: 'birch.example' } } },
    (demo) => { demo.people.anna.manager = true; });
  it('is for managers and for contacts that match, and for nobody else', async () => {
    for (const [who, views, seen] of [[ANNA, true, INVOICE], [CARL, true, BIRCH], [BEN, false, PRINTER]]) {
      const client = await server.signedIn(who);
      assert.equal((await client.get('/session')).json.views.includes('company'), views, who);
      assert.equal((await subjects(client)).includes(seen), views, who);
    }
  });
});

describe('the inboxes', async () => {
  const server = await served({ permission: 'company', inboxes: ['orders'] });
  it('that are not chosen hide their tickets', async () => {
    const [anna, carl, mia] = [await server.signedIn(ANNA), await server.signedIn(CARL), await server.signedIn(MIA)];
    await assertNowhere(anna, { number: await numberOf(mia, PRINTER), subject: PRINTER, counts: { open: 0, closed: 0 } });
    assert.deepEqual(await subjects(carl), [BIRCH]);
  });
});

/** The printer's ticket with a conversation by e-mail and one by telephone besides. */
function talk(demo) {
  demo.tickets.find((ticket) => ticket.subject === PRINTER).messages.splice(2, 0,
    { author: 'mia', days_ago: 2, channel: 'email', text: ['By e-mail.'] },
    { author: 'ben', days_ago: 1, channel: 'phone', text: ['By telephone.'] });
}
const [FIRST, SECOND] = ['There is smoke.\n\nAnd a smell.', 'Please leave the room.'];

for (const [threads, bodies] of [['all', [FIRST, SECOND, 'By e-mail.', 'By telephone.']], ['latest', ['By telephone.']], ['original', [FIRST, SECOND]]]) {
  describe(`S13: of a ticket’s conversations, ${threads}`, async () => {
    const server = await served({ permission: 'company', threads }, talk);
    const [anna, mia] = [await server.signedIn(ANNA), await server.signedIn(MIA)];
    const number = await numberOf(mia, PRINTER);
    it('show, to the team all of them', async () => {
      assert.deepEqual(await bodiesOf(anna, number), bodies);
      assert.equal((await bodiesOf(mia, number)).length, 5);
    });
    it('take replies, which show', async () => {
      assert.equal((await anna.reply(number, 'It is still warm.')).status, 201);
      assert.deepEqual(await bodiesOf(anna, number), [...bodies, 'It is still warm.']);
    });
  });
}

describe('T21: what rules mark internal', async () => {
  const server = await served({ permission: 'company', internal: { channels: ['phone'], senders: ['mia@guichet.example'], tickets: { property: 'category', is_any_of: ['billing'] } } }, talk);
  const [anna, ben, mia] = [await server.signedIn(ANNA), await server.signedIn(BEN), await server.signedIn(MIA)];
  const [printer, invoice] = [await numberOf(mia, PRINTER), await numberOf(mia, INVOICE)];
  it('shows to nobody but the team and who wrote it', async () => {
    assert.deepEqual(await bodiesOf(anna, printer), [FIRST]);
    assert.deepEqual(await bodiesOf(anna, invoice), []);
    assert.deepEqual(await bodiesOf(ben, invoice), ['Please look at the second line.']);
    assert.ok((await bodiesOf(mia, printer)).includes(NOTE));
  });
  it('hides its files, too', async () => {
    const file = (await mia.get(`/tickets/${invoice}`)).json.messages[0].files[0].id;
    assert.equal((await anna.get(`/tickets/${invoice}/files/${file}`)).code, 'not_found');
    assert.equal((await ben.get(`/tickets/${invoice}/files/${file}`)).status, 200);
  });
  it('moves no date, is found by no search and told by no mail', async () => {
    const before = (await anna.get(`/tickets/${printer}`)).json.ticket.last_activity_at;
    assert.equal((await mia.reply(printer, 'Xylophone for the team alone.')).status, 201);
    assert.equal((await anna.get(`/tickets/${printer}`)).json.ticket.last_activity_at, before);
    assert.deepEqual((await anna.get('/tickets?status=all&q=xylophone')).json.tickets ?? [], []);
    assert.equal((await ben.file('A quiet control', 'Does mail work?')).status, 201);
    await awaitMails(server.data, (mail) => recipient(mail) === BEN);
    assert.deepEqual(mailsTo(server, ANNA), []);
  });
});
