// X11, T16, T22: the desk's queues and lists: the team's alone, of everything, and said of people in full.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, MIA, NOA } from '../harness/guichet.mjs';
import { served } from '../harness/settings.mjs';
import { BIRCH, INVOICE, PRINTER, PRIVATE } from '../harness/tickets.mjs';

// Customers read one name for all of the team, and see neither categories nor the admin's "escalation".
const server = await served({ owner_name: 'alias', owner_alias: { en: 'The team', fr: 'L’équipe' }, page: [{ property: 'owner' }] }, undefined, { locales: ['en', 'fr'] });
const anna = await server.signedIn(ANNA);
const mia = await server.signedIn(MIA);
const noa = await server.signedIn(NOA);
const listOf = async (query = '', client = mia) => (await client.get(`/desk/tickets${query}`)).json.tickets;
const subjects = async (query, client) => (await listOf(query, client)).map((ticket) => ticket.subject).sort();

describe('the queues', () => {
  it('count what is open in each inbox and stage, one’s own and nobody’s', async () => {
    const { queues } = (await mia.get('/desk/queues')).json;
    assert.deepEqual(queues, [
      { inbox: 'orders', pipeline: 'orders', stage: 'shipped', open: 1, mine: 1, nobody: 0 },
      { inbox: 'support', pipeline: 'support', stage: 'new', open: 2, mine: 0, nobody: 2 },
      { inbox: 'support', pipeline: 'support', stage: 'waiting', open: 1, mine: 1, nobody: 0 },
    ]);
    const other = (await noa.get('/desk/queues')).json.queues;
    assert.equal(other.reduce((sum, queue) => sum + queue.mine, 0), 0, 'the admin owns none');
  });

  it('T22: are not there for customers, whatever they ask, exactly as what does not exist', async () => {
    const missing = await anna.get('/no-such-thing');
    for (const path of ['/desk/queues', '/desk/tickets', '/desk/tickets?sort=nonsense', '/desk/tickets/counts', '/desk/tickets.csv']) {
      const answer = await anna.get(path);
      assert.deepEqual([answer.status, answer.text], [404, missing.text], path);
    }
  });
});

describe('a list of the desk', () => {
  it('has every ticket, by inbox, by stage, one’s own, and those that nobody owns', async () => {
    assert.deepEqual(await subjects(), [BIRCH, INVOICE, PRINTER, PRIVATE].sort());
    assert.deepEqual(await subjects('?f.inbox=orders'), [BIRCH]);
    assert.deepEqual(await subjects('?f.pipeline=support&f.stage=new'), [INVOICE, PRIVATE].sort());
    assert.deepEqual(await subjects('?view=mine'), [BIRCH, PRINTER].sort());
    assert.deepEqual(await subjects('?view=nobody'), [INVOICE, PRIVATE].sort());
    assert.deepEqual(await subjects('?view=nobody&f.category=billing'), [INVOICE]);
    assert.deepEqual(await subjects('?view=nobody', noa), [INVOICE, PRIVATE].sort());
  });

  it('is counted and exported alike', async () => {
    assert.deepEqual((await mia.get('/desk/tickets/counts?view=nobody')).json, { open: 2, closed: 0 });
    const { text } = await mia.get('/desk/tickets.csv?view=nobody');
    assert.ok(text.includes(INVOICE) && !text.includes(PRINTER));
  });

  it('names people in full, and has what shows to no customer', async () => {
    const [printer] = await listOf('?q=printer');
    assert.deepEqual([printer.owner, printer.requester.name, printer.company], ['Mia Laurent', 'Anna Berg', 'Acme']);
    assert.deepEqual([printer.category, printer.priority, printer.properties.escalation], ['bug', 'high', 'board']);
    assert.deepEqual(await subjects('?f.owner=Laurent'), [BIRCH, PRINTER].sort(), 'found by the name, which customers do not read');
    assert.deepEqual(await subjects('?f.escalation=board'), [PRINTER]);
  });

  it('is sorted by any property, page by page', async () => {
    const sorted = await listOf('?sort=priority');
    assert.deepEqual(sorted.map((ticket) => ticket.priority), ['normal', 'normal', 'high', 'high']);
    assert.equal((await mia.get('/desk/tickets?sort=nonsense')).code, 'bad_input');
    assert.equal((await mia.get('/desk/tickets?f.nonsense=1')).code, 'bad_input');
  });

  it('T25: lets customers neither sort nor filter by what is the desk’s', async () => {
    for (const query of ['sort=priority', 'f.inbox=support', 'f.escalation=board', 'view=nobody'])
      assert.equal((await anna.get(`/tickets?${query}`)).code, 'bad_input', query);
  });
});
