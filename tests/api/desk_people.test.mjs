// X11, T16, T55: people and companies at the desk: found, told of in full, and what happened with them in its order.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, CARL, MIA } from '../harness/guichet.mjs';
import { served } from '../harness/settings.mjs';
import { BIRCH, PRINTER, numberOf } from '../harness/tickets.mjs';

const server = await served({}, (demo) => {
  demo.people.anna.manager = true;
  demo.people.zoe = { ...demo.people.anna, first_name: 'Zoë', last_name: 'Ångström', email: 'zoe@acme.example', manager: false };
}, { locales: ['en', 'fr'] });
const mia = await server.signedIn(MIA);
const anna = await server.signedIn(ANNA);
const people = async (query = '') => (await mia.get(`/desk/people${query}`)).json.rows;
const company = async (name) => (await mia.get('/desk/companies')).json.rows.find((row) => row.name === name);
const idOf = async (email) => (await people(`?q=${encodeURIComponent(email)}`)).find((row) => row.email === email).id;
const timeline = async (path, after) => (await mia.get(`/desk/${path}/timeline${after ? `?after=${after}` : ''}`)).json;

describe('people', () => {
  it('are listed, the newest first, and found by parts of name, address and company, whatever the accents', async () => {
    const all = await people();
    assert.deepEqual(all.map(({ id }) => id), all.map(({ id }) => id).sort((a, b) => b - a));
    for (const q of ['zoe', 'ZOË', 'angstrom', 'zoe@acme'])
      assert.deepEqual((await people(`?q=${encodeURIComponent(q)}`)).map(({ name }) => name), ['Zoë Ångström'], q);
    assert.deepEqual(new Set((await people('?q=birch')).map((row) => row.company?.name)), new Set(['Birch']));
    assert.deepEqual(await people('?q=nobody-of-this-name'), []);
    const { id } = await company('Acme');
    assert.ok((await people(`?company=${id}`)).every((row) => row.company.id === id));
    for (const query of ['?after=x', '?company=1e3', `?q=${'a'.repeat(201)}`, '?nonsense=1']) assert.equal((await mia.get(`/desk/people${query}`)).code, 'bad_input', query);
  });

  it('one is told of in full, and how they sign in', async () => {
    const one = (await mia.get(`/desk/people/${await idOf(ANNA)}`)).json;
    assert.deepEqual([one.name, one.email, one.role, one.company.name, one.manager], ['Anna Berg', ANNA, 'contact', 'Acme', true]);
    assert.deepEqual([one.has_password, one.two_step, one.single_sign_on, one.disabled, one.wants_erasure, one.consent_at], [true, false, false, false, false, null]);
    assert.equal(one.sessions, 1);
    assert.ok(one.signed_in_at >= one.created_at);
    const mine = (await anna.get('/tickets/counts?view=mine')).json;
    assert.deepEqual({ open: one.open, closed: one.closed }, mine);
    assert.equal((await mia.get('/desk/people/999999')).status, 404);
  });

  it('a company is counted: its people, its tickets', async () => {
    const acme = await company('Acme');
    assert.deepEqual((await mia.get(`/desk/companies/${acme.id}`)).json, acme);
    assert.equal(acme.people, (await people(`?company=${acme.id}`)).length);
    assert.equal(acme.open + acme.closed, (await mia.get('/desk/tickets?f.company=Acme&status=all')).json.tickets.filter((ticket) => ticket.company === 'Acme').length);
    assert.deepEqual((await mia.get('/desk/companies?q=bir')).json.rows.map(({ name }) => name), ['Birch']);
  });
});

describe('what happened', () => {
  it('with somebody: signing in, writing, and our mail to them, the newest first', async () => {
    const printer = await numberOf(anna, PRINTER);
    await anna.reply(printer, 'It hums. 91ab');
    await mia.reply(printer, 'Good. 91ab');
    const id = await idOf(ANNA);
    let rows = [];
    for (let i = 0; i < 200 && !rows.some(({ source }) => source === 'mail_out'); i++) ({ rows } = await timeline(`people/${id}`));
    assert.deepEqual(rows.map(({ at }) => at), rows.map(({ at }) => at).sort().reverse());
    const told = rows.map(({ source, what, ticket }) => `${source} ${what} ${ticket?.subject ?? ''}`.trim());
    for (const one of ['done session.begin', `done ticket.reply ${PRINTER}`, `mail_out reply ${PRINTER}`]) assert.ok(told.includes(one), `${one}: ${told.join(', ')}`);
    assert.ok(rows.every(({ person }) => person.id === id));
  });

  it('with a company: of all its people, and of nobody else', async () => {
    await server.signedIn(CARL);
    const acme = await company('Acme');
    const { rows } = await timeline(`companies/${acme.id}`);
    const members = new Set((await people(`?company=${acme.id}`)).map(({ id }) => id));
    assert.ok(rows.length > 0 && rows.every(({ person }) => members.has(person.id)));
    assert.ok(!rows.some(({ ticket }) => ticket?.subject === BIRCH));
    assert.deepEqual(await timeline('companies/999999'), { rows: [], next: null });
  });

  it('goes on where a page ended, with nothing twice and nothing left out', async () => {
    const id = await idOf(CARL);
    const carl = await server.signedIn(CARL);
    for (let i = 0; i < 52; i++) await carl.get('/tickets.csv');
    const first = await timeline(`people/${id}`);
    const second = await timeline(`people/${id}`, first.next);
    assert.equal(first.rows.length, 50);
    assert.equal(second.next, null);
    assert.equal([...first.rows, ...second.rows].filter(({ what }) => what === 'export.tickets').length, 52);
    assert.ok(second.rows[0].at <= first.rows.at(-1).at);
    for (const after of ['x', '1-9-1', '0-0-0', '1-1']) assert.equal((await mia.get(`/desk/people/${id}/timeline?after=${after}`)).code, 'bad_input', after);
  });

  it('T22: is not there for customers, nor who there is', async () => {
    const missing = await anna.get('/no-such-thing');
    const acme = await company('Acme');
    for (const path of ['people', `people/${await idOf(ANNA)}`, `people/${await idOf(ANNA)}/timeline`, 'companies', `companies/${acme.id}`, `companies/${acme.id}/timeline`]) {
      const answer = await anna.get(`/desk/${path}`);
      assert.deepEqual([answer.status, answer.text], [404, missing.text], path);
    }
  });
});
