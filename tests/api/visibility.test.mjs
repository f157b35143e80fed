import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, DORA, MIA, editJson, serve } from '../harness/guichet.mjs';
import { BIRCH, INVOICE, NOTE, PRINTER, allTickets, numberOf } from '../harness/tickets.mjs';

const server = await serve();
const own = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.tickets.permission = 'own'; }) });

const anna = await server.signedIn(ANNA);
const carl = await server.signedIn(CARL);
const mia = await server.signedIn(MIA);
const birch = await numberOf(mia, BIRCH);
const birchFile = (await mia.get(`/tickets/${birch}`)).json.messages[0].files[0].id;

const annaOwn = await own.signedIn(ANNA);
const benOwn = await own.signedIn(BEN);
const invoice = await numberOf(benOwn, INVOICE);
const file = (await benOwn.get(`/tickets/${invoice}`)).json.messages[0].files[0].id;

describe('T17: a customer who may see only their own tickets', () => {
  it('is offered one view only', async () => {
    assert.deepEqual((await annaOwn.get('/session')).json.views, ['mine']);
  });
  it('finds no colleague’s ticket in the list', async () => {
    assert.ok((await allTickets(annaOwn)).every((t) => t.requester.me));
  });
  it('finds it in no count', async () => {
    assert.deepEqual((await annaOwn.get('/tickets/counts')).json, { open: 1, closed: 1 });
  });
  it('cannot ask for the company’s view', async () => {
    const answer = await annaOwn.get('/tickets?view=company');
    if (answer.status === 200) assert.ok(answer.json.tickets.every((t) => t.requester.me));
    else assert.ok([400, 403].includes(answer.status));
  });
  it('cannot open it, answer it, or fetch its file', async () => {
    assert.equal((await annaOwn.get(`/tickets/${invoice}`)).code, 'not_found');
    assert.equal((await annaOwn.reply(invoice, 'let me in')).code, 'not_found');
    assert.equal((await annaOwn.get(`/tickets/${invoice}/files/${file}`)).code, 'not_found');
    assert.equal((await benOwn.get(`/tickets/${invoice}`)).json.messages.length, 1, 'nothing was added');
  });
});

describe('T18: the company view', () => {
  it('covers the company and nothing else', async () => {
    assert.ok((await allTickets(anna)).every((t) => t.company === 'Acme'));
    assert.ok((await allTickets(carl)).every((t) => t.company === 'Birch'));
  });
  it('lets colleagues answer each other’s tickets', async () => {
    const { number } = (await anna.file('Who else smells it?', 'Please say so here.')).json;
    const ben = await server.signedIn(BEN);
    assert.equal((await ben.reply(number, 'I do.')).status, 201);
  });
});

describe('T19: a file', () => {
  it('is not found under another ticket’s number, even by who may see both', async () => {
    const printer = await numberOf(mia, PRINTER);
    assert.equal((await mia.get(`/tickets/${birch}/files/${birchFile}`)).status, 200);
    assert.equal((await mia.get(`/tickets/${printer}/files/${birchFile}`)).code, 'not_found');
  });
  it('is not found by another company', async () => {
    assert.equal((await anna.get(`/tickets/${birch}/files/${birchFile}`)).code, 'not_found');
  });
  it('asks a stranger to sign in', async () => {
    const answer = await server.client().get(`/tickets/${birch}/files/${birchFile}`);
    assert.equal(answer.status, 401);
    assert.equal(answer.code, 'signed_out');
  });
});

describe('T20: a body with fields that are not the customer’s', () => {
  for (const [name, value] of [['role', 'admin'], ['company_id', '1'], ['author_id', '1'], ['requester', ANNA], ['internal', 'true'], ['stage', 'closed'],
    ['inbox', 'orders'], ['pipeline', 'orders']]) {
    it(`is refused when it has ${name}`, async () => {
      const before = (await allTickets(carl)).length;
      const filed = await carl.file('Sneaky', 'Hello', { [name]: value });
      assert.equal(filed.status, 400);
      assert.equal(filed.code, 'bad_input');
      const replied = await carl.multipart(`/tickets/${birch}/replies`, { message: 'Hello', [name]: value });
      assert.equal(replied.code, 'bad_input');
      assert.equal((await allTickets(carl)).length, before);
    });
  }
});

describe('T21: an internal note', () => {
  it('reaches no customer on the page', async () => {
    const { text } = await anna.get(`/tickets/${await numberOf(anna, PRINTER)}`);
    assert.ok(!text.includes(NOTE));
  });
  it('does not move the last activity that customers see', async () => {
    // In people.json the note is younger than all else that was said.
    const number = await numberOf(mia, PRINTER);
    const note = (await mia.get(`/tickets/${number}`)).json.messages.find((m) => m.internal);
    const before = async (id) => (await anna.get(`/tickets/${number}/messages?before=${id}`)).text;
    assert.equal(await before(note.id), await before(999_999), 'nor to who asks what stands before it');
    const { ticket } = (await anna.get(`/tickets/${number}`)).json;
    assert.ok(ticket.last_activity_at < note.created_at, 'the note shows in the date');
  });
});

describe('T22: what is not there and what is not yours', () => {
  const missing = 987_654;
  for (const who of [ANNA, DORA]) {
    it(`are the same to the byte for ${who}`, async () => {
      const client = await server.signedIn(who);
      const pairs = [
        [await client.get(`/tickets/${birch}`), await client.get(`/tickets/${missing}`)],
        [await client.reply(birch, 'x'), await client.reply(missing, 'x')],
        [await client.get(`/tickets/${birch}/files/${birchFile}`), await client.get(`/tickets/${missing}/files/${birchFile}`)],
        [await client.get(`/tickets/${birch}/files/${birchFile}`), await client.get(`/tickets/${birch}/files/${'A'.repeat(22)}`)],
      ];
      for (const [notYours, notThere] of pairs) {
        assert.equal(notYours.status, 404);
        assert.equal(notYours.bytes, notThere.bytes);
      }
    });
  }
});
