// The list searched, filtered and sorted, as the API answers it; that it leaks nothing is T17 and T21, that it takes nothing else T25.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, DORA, MIA, editJson, serve } from '../harness/guichet.mjs';
import { BIRCH, INVOICE, NOTE, OLD, PRINTER, PRIVATE } from '../harness/tickets.mjs';

const columns = ['subject', 'number', 'requester', 'company', 'owner', 'created', 'last_activity', 'status', 'stage', 'priority'];
const edit = (folder) => editJson(folder, 'content/portal.json', (p) => {
  Object.assign(p.tickets, { per_page: 2, columns: columns.map((property) => ({ property })), filters: ['subject', 'requester', 'owner', 'company', 'created', 'priority', 'stage'] });
});
const server = await serve({ edit });
const anna = await server.signedIn(ANNA);
const subjects = (answer) => answer.json.tickets.map((t) => t.subject).sort();
const ask = (client, query, path = '/tickets') => client.get(`${path}?${new URLSearchParams({ status: 'all', ...query })}`);
const text = (pieces) => pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

/** Every page of a list: the tickets. */
async function all(client, query) {
  const found = [];
  for (let after = '', pages = 0; after !== null && pages < 50; pages++) {
    const answer = await ask(client, { ...query, ...(after && { after }) });
    assert.equal(answer.status, 200, answer.text);
    found.push(...answer.json.tickets);
    after = answer.json.next;
  }
  return found;
}

describe('the search', () => {
  it('finds words of subjects and messages together, whatever their case, and the last one in part', async () => {
    assert.deepEqual(subjects(await ask(anna, { q: 'PRINTER' })), [PRINTER]);
    assert.deepEqual(subjects(await ask(anna, { q: 'invoice twi' })), [INVOICE]);
    assert.deepEqual(subjects(await ask(anna, { q: 'invo twice' })), []);
    assert.deepEqual(subjects(await ask(anna, { q: '¿!' })), []);
  });

  it('finds a ticket by its number, and a new one and a new reply at once', async () => {
    const filed = await anna.file('Étiquettes perdues', 'Elles manquent depuis lundi.');
    assert.equal(filed.status, 201);
    const { number } = filed.json;
    assert.deepEqual(subjects(await ask(anna, { q: `#${number}` })), ['Étiquettes perdues']);
    assert.deepEqual(subjects(await ask(anna, { q: 'etiquettes manq' })), ['Étiquettes perdues']);
    assert.equal((await anna.reply(number, '荷物が届きません')).status, 201);
    const [found] = (await ask(anna, { q: '届' })).json.tickets;
    assert.equal(found.number, number);
    assert.equal(text(found.snippet), '荷物が[届]きません');
    assert.equal(text(found.subject_pieces), 'Étiquettes perdues');
  });

  it('shows where it was found, as text and never as HTML', async () => {
    await anna.file('Odd signs', 'before <img src=x onerror=alert(1)> lighthouse & after');
    const [found] = (await ask(anna, { q: 'lighthouse' })).json.tickets;
    assert.equal(text(found.snippet), 'before <img src=x onerror=alert(1)> [lighthouse] & after');
    assert.equal('snippet' in (await ask(anna, {})).json.tickets[0], false);
  });

  it('T17: reaches nobody else’s tickets: no hit, no count, no row of the CSV', async () => {
    const carl = await server.signedIn(CARL), dora = await server.signedIn(DORA), mia = await server.signedIn(MIA);
    for (const [client, q, mine] of [[anna, 'saplings', 0], [carl, 'saplings', 1], [dora, 'printer', 0], [dora, 'question', 1], [carl, 'invoice', 0], [mia, 'saplings', 1]]) {
      const { json } = await ask(client, { q }, '/tickets/counts');
      assert.equal(json.open + json.closed, mine, q);
      assert.equal((await ask(client, { q })).json.tickets.length, mine, q);
      const csv = await ask(client, { q }, '/tickets.csv');
      assert.equal(csv.text.trim().split('\r\n').length, 1 + mine, q);
    }
    assert.deepEqual(subjects(await ask(carl, { q: 'saplings' })), [BIRCH]);
    assert.deepEqual(subjects(await ask(dora, { q: 'question' })), [PRIVATE]);
  });

  it('T17: of colleagues only with the company view', async () => {
    const ben = await server.signedIn(BEN);
    assert.deepEqual(subjects(await ask(ben, { q: 'printer', view: 'mine' })), []);
    assert.deepEqual(subjects(await ask(ben, { q: 'printer', view: 'company' })), [PRINTER]);
  });

  it('T21: never finds an internal note, for staff neither', async () => {
    const mia = await server.signedIn(MIA);
    for (const q of NOTE.match(/[a-z]{4,}/gi)) {
      for (const client of [anna, mia])
        for (const ticket of (await ask(client, { q })).json.tickets) assert.doesNotMatch(text(ticket.snippet), /legal|every week/, q);
    }
    assert.deepEqual((await ask(anna, { q: 'legal' }, '/tickets/counts')).json, { open: 0, closed: 0 });
    assert.deepEqual((await ask(mia, { q: 'legal' }, '/tickets/counts')).json, { open: 0, closed: 0 });
  });

  it('refuses more than anybody would type', async () => {
    const answer = await ask(anna, { q: 'x'.repeat(201) });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.json.errors, [{ field: 'q', code: 'too_long' }]);
  });
});

describe('orders and filters', () => {
  const mia = server.signedIn(MIA);

  it('sort by every column, both ways, page by page, each ticket once', async () => {
    const staff = await mia;
    const whole = (await all(staff, {})).map((t) => t.number).sort((a, b) => a - b);
    assert.ok(whole.length >= 5);
    for (const column of columns)
      for (const sort of [column, `-${column}`])
        assert.deepEqual((await all(staff, { sort })).map((t) => t.number).sort((a, b) => a - b), whole, sort);
    const numbers = (await all(staff, { sort: 'number' })).map((t) => t.number);
    assert.deepEqual(numbers, whole);
    const sorted = (await all(staff, { sort: 'subject' })).map((t) => t.subject);
    assert.deepEqual(sorted, [...sorted].sort(new Intl.Collator('en', { sensitivity: 'base', ignorePunctuation: true }).compare));
    assert.deepEqual((await all(staff, { sort: 'status' })).map((t) => t.status).at(-1), 'closed');
    const owners = (await all(staff, { sort: '-owner' })).map((t) => t.owner);
    assert.equal(owners.at(-1), null);
  });

  it('filter by what customers see of people, by options, days and texts, and count the same', async () => {
    const staff = await mia;
    for (const [query, wanted] of [
      [{ 'f.requester': 'berg', 'f.subject': 'printer' }, [PRINTER]],
      [{ 'f.requester': 'anna@' }, []],
      [{ 'f.company': 'bir' }, [BIRCH]],
      [{ 'f.stage': 'waiting,closed', q: 'printer' }, [PRINTER]],
      [{ 'f.created': '2090-01-01..' }, []],
      [{ 'f.created': '..2000-01-01' }, []],
      [{ 'f.created': '2000-01-01..2090-01-01', 'f.subject': 'password' }, [OLD]],
    ]) {
      const found = (await all(staff, query)).map((t) => t.subject).sort();
      assert.deepEqual(found, wanted, JSON.stringify(query));
      const { json } = await ask(staff, query, '/tickets/counts');
      assert.equal(json.open + json.closed, wanted.length);
    }
  });

  it('T25: are an allow-list: whatever else is asked for is refused, with the field', async () => {
    for (const [name, value] of [['sort', 'password'], ['sort', 'source'], ['sort', 'number;'], ['sort', '--number'], ['sort', ''],
      ['f.created', 'yesterday'], ['f.created', '2026-02-30'], ['f.created', '..'], ['f.requester', ''], ['f.priority', ','],
      ['status', 'new'], ['after', 'x']]) {
      const answer = await ask(anna, { [name]: value });
      assert.equal(answer.status, 400, `${name}=${value}`);
      assert.equal(answer.json.code, 'bad_input');
      assert.equal(answer.json.errors?.[0]?.field, name, `${name}=${value}`);
    }
    for (const name of ['f.source', 'f.email', 'f.properties', 'f.', 'f', 'order', 'F.created'])
      assert.equal((await ask(anna, { [name]: 'a' })).status, 400, name);
  });

  it('T25: what is searched and filtered for stays a value', async () => {
    for (const hostile of ["' OR 1=1 --", '") OR ("', '*', 'a" AND "b', 'NEAR(a)', '%', "\\'"]) {
      assert.equal((await ask(anna, { 'f.subject': hostile })).json.tickets.length, 0, hostile);
      const found = await ask(anna, { q: hostile });
      assert.equal(found.status, 200);
      assert.ok(found.json.tickets.every((t) => t.company === 'Acme'));
    }
  });

  it('hold for the CSV, too', async () => {
    const csv = await ask(anna, { 'f.subject': 'printer', sort: '-number', locale: 'en' }, '/tickets.csv');
    assert.equal(csv.status, 200);
    assert.equal(csv.text.trim().split('\r\n').length, 2);
    const rows = (await ask(anna, { sort: '-number' }, '/tickets.csv')).text.trim().split('\r\n').slice(1).map((row) => Number(row.match(/,(\d{4,}),/)[1]));
    assert.deepEqual(rows, [...rows].sort((a, b) => b - a));
  });
});
