import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, CARL, DORA, MIA, editJson, serve } from '../harness/guichet.mjs';
import { BIRCH, INVOICE, NOTE, OLD, PRINTER, PRIVATE, allTickets, numberOf } from '../harness/tickets.mjs';

const server = await serve();
const small = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.tickets.per_page = 2; }) });
const anna = await server.signedIn(ANNA);
const mia = await server.signedIn(MIA);
const subjects = (tickets) => tickets.map((t) => t.subject).sort();
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('the ticket list', () => {
  it('shows the company’s open tickets to a contact of a company, unless asked otherwise', async () => {
    const answer = await anna.get('/tickets');
    assert.equal(answer.status, 200);
    assert.deepEqual(subjects(answer.json.tickets), [INVOICE, PRINTER].sort());
    assert.equal(answer.json.next, null);
    assert.match(answer.headers['cache-control'], /no-store/);
  });

  it('shows everything the page needs of a ticket, and no more', async () => {
    const ticket = (await anna.get('/tickets?view=mine')).json.tickets.find((t) => t.subject === PRINTER);
    const { number, created_at, last_activity_at, ...rest } = ticket;
    assert.ok(Number.isInteger(number));
    assert.match(created_at, TIME);
    assert.match(last_activity_at, TIME);
    assert.deepEqual(rest, { subject: PRINTER, status: 'open', pipeline: 'support', stage: 'waiting',
      requester: { name: 'Anna Berg', me: true }, company: 'Acme', owner: 'Mia',
      category: 'bug', priority: 'high', closed_at: null,
      properties: { product: 'printer', serial: '=1+1', devices: 3, tried: ['restart', 'cable'], needed_by: '2026-12-01', standstill: true } });
  });

  it('tells a colleague’s tickets from one’s own', async () => {
    const ticket = (await anna.get('/tickets')).json.tickets.find((t) => t.subject === INVOICE);
    assert.deepEqual(ticket.requester, { name: 'Ben Ode', me: false });
    assert.equal(ticket.owner, null);
  });

  it('filters by view and status', async () => {
    assert.deepEqual(subjects(await allTickets(anna, { view: 'mine', status: 'open' })), [PRINTER]);
    assert.deepEqual(subjects(await allTickets(anna, { view: 'mine', status: 'closed' })), [OLD]);
    assert.deepEqual(subjects(await allTickets(anna, { view: 'company', status: 'all' })), [INVOICE, OLD, PRINTER].sort());
  });

  it('shows staff every ticket, or those they own', async () => {
    assert.deepEqual(subjects(await allTickets(mia)), [INVOICE, OLD, PRINTER, PRIVATE, BIRCH].sort());
    assert.ok(subjects(await allTickets(mia, { view: 'mine' })).includes(PRINTER));
    assert.ok(!subjects(await allTickets(mia, { view: 'mine' })).includes(INVOICE));
  });

  it('has the newest activity first', async () => {
    const times = (await allTickets(mia)).map((t) => t.last_activity_at);
    assert.deepEqual(times, [...times].sort().reverse());
  });

  it('counts what it shows', async () => {
    const answer = await anna.get('/tickets/counts?view=mine');
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.json, { open: 1, closed: 1 });
    assert.deepEqual((await anna.get('/tickets/counts')).json, { open: 2, closed: 1 });
  });

  it('comes page by page, each ticket once, even while others arrive', async () => {
    const reader = await small.signedIn(MIA);
    const first = (await reader.get('/tickets?status=all')).json;
    assert.equal(first.tickets.length, 2);
    assert.equal(typeof first.next, 'string');
    const carl = await small.signedIn(CARL);
    assert.equal((await carl.file('Filed in between', 'Hello')).status, 201);
    const second = (await reader.get(`/tickets?status=all&after=${encodeURIComponent(first.next)}`)).json;
    const third = (await reader.get(`/tickets?status=all&after=${encodeURIComponent(second.next)}`)).json;
    const seen = subjects([...first.tickets, ...second.tickets, ...third.tickets]);
    assert.deepEqual(seen, [INVOICE, OLD, PRINTER, PRIVATE, BIRCH].sort());
    assert.equal(third.next, null);
  });

  for (const query of ['status=new', 'status=open%27%20OR%201=1--', 'view=all', 'view=Mine', 'after=zzz', 'after=', 'after=-1',
    `after=${'A'.repeat(5000)}`, 'sort=secret', 'status=open&status=closed', 'status=%00open', 'status=%zz']) {
    it(`T25: refuses ?${query.slice(0, 40)}`, async () => {
      const answer = await anna.get(`/tickets?${query}`);
      assert.equal(answer.status, 400);
      assert.equal(answer.code, 'bad_input');
    });
  }

  it('offers no company view to who has no company', async () => {
    const dora = await server.signedIn(DORA);
    assert.deepEqual(subjects((await dora.get('/tickets')).json.tickets), [PRIVATE]);
    const asked = await dora.get('/tickets?view=company');
    assert.ok([400, 403].includes(asked.status), `${asked.status}`);
  });

  it('is for who is signed in', async () => {
    for (const path of ['/tickets', '/tickets/counts', '/tickets/1']) {
      const answer = await server.client().get(path);
      assert.equal(answer.status, 401);
      assert.equal(answer.code, 'signed_out');
    }
  });
});

describe('a ticket', () => {
  it('shows its conversation, oldest first, and who wrote what', async () => {
    const number = await numberOf(anna, PRINTER);
    const answer = await anna.get(`/tickets/${number}`);
    assert.equal(answer.status, 200);
    const { ticket, messages } = answer.json;
    assert.equal(ticket.number, number);
    assert.equal(ticket.category, 'bug');
    assert.equal(ticket.priority, 'high');
    assert.equal(ticket.closed_at, null);
    assert.equal(ticket.may_reply, true);
    assert.deepEqual(messages.map((m) => m.author), [
      { name: 'Anna Berg', me: true, team: false },
      { name: 'Mia', me: false, team: true },
    ]);
    assert.match(messages[0].body, /smoke/);
    for (const message of messages) {
      assert.match(message.created_at, TIME);
      assert.deepEqual(message.files, []);
      assert.ok(!('internal' in message), 'customers are not even told that there are internal notes');
    }
    assert.match(answer.headers['cache-control'], /no-store/);
  });

  it('S12: never gives a customer the last name of who answers', async () => {
    const number = await numberOf(anna, PRINTER);
    const { text } = await anna.get(`/tickets/${number}`);
    assert.doesNotMatch(text, /Laurent|mia@guichet/);
  });

  it('shows staff the internal notes, marked', async () => {
    const number = await numberOf(mia, PRINTER);
    const { messages } = (await mia.get(`/tickets/${number}`)).json;
    assert.deepEqual(messages.map((m) => m.internal), [false, false, true]);
    assert.equal(messages[2].body.trim(), NOTE);
  });

  it('lists its files with name, type and size', async () => {
    const number = await numberOf(anna, INVOICE);
    const [message] = (await anna.get(`/tickets/${number}`)).json.messages;
    assert.equal(message.files.length, 1);
    const { id, ...rest } = message.files[0];
    assert.match(id, /^[A-Za-z0-9_-]{22}$/);
    assert.equal(rest.name, 'invoice.csv');
    assert.equal(rest.type, 'text/csv');
    assert.ok(rest.size > 10);
  });

  it('says when it was closed', async () => {
    const { ticket } = (await anna.get(`/tickets/${await numberOf(anna, OLD)}`)).json;
    assert.equal(ticket.status, 'closed');
    assert.match(ticket.closed_at, TIME);
    assert.equal(ticket.may_reply, true, 'the example portal allows replies to closed tickets');
  });

  for (const number of ['999999', '0', '-1', '1.5', 'abc', '1e3', '99999999999999999999', '%31%00', '+1', '0x10', ' 1']) {
    it(`is not found under ${JSON.stringify(number)}`, async () => {
      const answer = await anna.get(`/tickets/${encodeURI(number).replaceAll('%25', '%')}`);
      assert.ok([404, 400].includes(answer.status), String(answer.status));
      assert.ok(['not_found', 'target'].includes(answer.code));
    });
  }
});
