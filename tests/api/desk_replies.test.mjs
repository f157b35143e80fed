// X11, T16, T20, T55: texts that the team keeps ready: what may be saved, who may, what becomes of placeholders on a
// ticket, and that two who change one do not write over each other.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, MIA, NOA } from '../harness/guichet.mjs';
import { served } from '../harness/settings.mjs';
import { sql } from '../harness/store.mjs';
import { INVOICE, PRINTER, numberOf } from '../harness/tickets.mjs';

const server = await served({ owner_name: 'alias', owner_alias: { en: 'The team', fr: 'L’équipe' } }, (demo) => {
  demo.people.anna.locale = 'fr';
  demo.people.ben.locale = 'en';
}, { locales: ['en', 'fr'] });
const anna = await server.signedIn(ANNA);
const mia = await server.signedIn(MIA);
const noa = await server.signedIn(NOA);
const printer = await numberOf(mia, PRINTER);
const invoice = await numberOf(mia, INVOICE);
const PATH = '/desk/replies';
const text = (title, body = 'Hello', more = {}) => ({ title, body, locale: '', inbox: '', ...more });
const add = (...what) => mia.post(PATH, text(...what));
const change = (client, reply, more) => client.json('PUT', `${PATH}/${reply.id}`,
  { version: String(reply.version), ...text(reply.title, reply.body, { locale: reply.locale ?? '', inbox: reply.inbox ?? '' }), ...more });
const titles = async (query = '') => (await mia.get(`${PATH}${query}`)).json.rows.map(({ title }) => title);
const wrong = (answer) => [answer.status, ...(answer.json.errors ?? []).map(({ field, code }) => `${field} ${code}`)];
const saved = async (...what) => {
  const answer = await add(...what);
  assert.equal(answer.status, 201, answer.text);
  return answer.json.reply;
};
const on = async (number, body) => {
  const { id, version } = await saved(`On ${number}: ${body}`.replaceAll('\n', ' ').slice(0, 100), body);
  const filled = (await mia.get(`${PATH}/${id}?ticket=${number}`)).json.reply.body;
  assert.equal((await mia.delete(`${PATH}/${id}?version=${version}`)).status, 204);
  return filled;
};

describe('saved replies', () => {
  it('are the team’s alone: to customers they are not there', async () => {
    const missing = await anna.get('/no-such-thing');
    const reply = await saved('For the team');
    for (const answer of [await anna.get(PATH), await anna.get(`${PATH}/${reply.id}`), await anna.post(PATH, text('Mine')),
      await change(anna, reply, { title: 'Mine' }), await anna.delete(`${PATH}/${reply.id}?version=1`)])
      assert.deepEqual([answer.status, answer.text], [404, missing.text]);
    assert.equal((await server.client().get(PATH)).status, 401);
    assert.deepEqual(await titles(), ['For the team']);
  });

  it('are kept as they were typed, one line of title, and told with who wrote them last', async () => {
    const reply = await saved('  Two\tlines\n', 'First\r\n\r\nsecond\n\n');
    assert.deepEqual([reply.title, reply.body, reply.locale, reply.inbox, reply.version, reply.changed_by], ['Two lines', 'First\n\nsecond', null, null, 1, 'Mia Laurent']);
    const changed = await change(noa, reply, { title: 'One line', locale: 'fr', inbox: 'support' });
    assert.equal(changed.status, 200, changed.text);
    assert.deepEqual({ ...changed.json.reply, changed_at: 0 }, { ...reply, title: 'One line', locale: 'fr', inbox: 'support', version: 2, changed_by: 'Noa Weil', changed_at: 0 });
    assert.deepEqual((await mia.get(`${PATH}/${reply.id}`)).json, changed.json);
  });

  it('are refused with all that is wrong with them', async () => {
    assert.deepEqual(wrong(await add('', '')), [422, 'title required', 'body required']);
    assert.deepEqual(wrong(await add('é'.repeat(101), 'é'.repeat(20_001), { locale: 'xx', inbox: 'nowhere' })), [422, 'title too_long', 'body too_long', 'locale option', 'inbox option']);
    const long = await saved('é'.repeat(100), 'é'.repeat(20_000));
    assert.equal([...(await mia.get(PATH)).json.rows.find(({ id }) => id === long.id).start].length, 200);
    for (const body of ['{{ticket}}', 'Hello {{firstname}}', '{{first_name', '{{ }}', '{{first_name}} and {{writer }', '{{{number}}}'])
      assert.deepEqual(wrong(await add('Slip', body)), [422, 'body placeholder'], body);
    assert.deepEqual((await mia.get(PATH)).json.placeholders, ['first_name', 'number', 'subject', 'writer']);
    assert.equal((await mia.post(PATH, { ...text('More'), person_id: 1 })).code, 'bad_input', 'T20');
    assert.equal((await mia.post(PATH, { title: 'Less' })).code, 'bad_input');
    for (const query of ['?ticket=x', '?ticket=0', '?q=1']) assert.equal((await mia.get(PATH + query)).code, 'bad_input', query);
    assert.equal((await mia.get(`${PATH}?ticket=999999`)).status, 404);
  });

  it('of one title are told apart by language or inbox, or else refused', async () => {
    const reply = await saved('Same');
    assert.deepEqual(wrong(await add('Same', 'Other words')), [422, 'title taken']);
    await saved('Same', 'Bonjour', { locale: 'fr' });
    const other = await saved('Same', 'Hello', { inbox: 'support' });
    assert.deepEqual(wrong(await change(mia, other, { inbox: '' })), [422, 'title taken']);
    assert.equal((await change(mia, reply, { body: 'Its own title is no other’s' })).status, 200);
  });
});

describe('two people at one saved reply', () => {
  it('do not write over each other, nor remove what they did not read', async () => {
    const reply = await saved('Shared');
    assert.equal((await change(noa, reply, { body: 'Noa’s' })).status, 200);
    assert.equal((await change(mia, reply, { body: 'Mia’s' })).code, 'changed');
    assert.equal((await mia.delete(`${PATH}/${reply.id}?version=1`)).code, 'changed');
    assert.equal((await mia.get(`${PATH}/${reply.id}`)).json.reply.body, 'Noa’s');
    assert.equal((await mia.delete(`${PATH}/${reply.id}`)).code, 'bad_input');
    assert.equal((await mia.delete(`${PATH}/${reply.id}?version=2`)).status, 204);
    assert.equal((await noa.delete(`${PATH}/${reply.id}?version=2`)).status, 404);
    assert.equal((await change(noa, { ...reply, version: 2 }, { body: 'Again' })).status, 404);
  });

  it('of many who change one at once exactly one does', async () => {
    const reply = await saved('Raced');
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => change(i % 2 ? mia : noa, reply, { body: `No. ${i}` })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(7).fill(409)]);
  });

  it('are in the audit log, by number', async () => {
    const { id } = await saved('Audited');
    const { rows } = (await noa.get('/audit?action=saved_reply')).json;
    assert.deepEqual([rows[0].action, rows[0].detail, rows[0].person.email], ['saved_reply.add', `saved reply ${id}`, MIA]);
    for (const action of ['saved_reply.change', 'saved_reply.remove']) assert.ok(rows.some((row) => row.action === action), action);
    assert.ok(!JSON.stringify(rows).includes('Audited'));
  });
});

describe('on a ticket', () => {
  it('placeholders are what is known of it; the writer is called as customers read it', async () => {
    assert.equal(await on(printer, '{{first_name}}, {{ number }}: "{{subject}}". {{writer}} { { }}'), `Anna, ${printer}: "${PRINTER}". L’équipe { { }}`);
    assert.equal(await on(invoice, '{{writer}}'), 'The team');
  });

  it('who has no first name is called by the last; who has none, as imported people may, is left out of the sentence', async () => {
    await sql(server.data, `UPDATE person SET first_name = '' WHERE email = '${BEN}'`);
    assert.match(await on(invoice, 'Hello {{first_name}},'), /^Hello \p{Lu}\p{L}+,$/u);
    await sql(server.data, `UPDATE person SET last_name = '' WHERE email = '${BEN}'`);
    for (const [body, filled] of [['Hello {{first_name}},\nthanks', 'Hello,\nthanks'], ['Hi.\n{{first_name}}, thanks', 'Hi.\nthanks'], ['({{first_name}})', '()'],
      ['{{first_name}}、您好', '您好'], ['مرحبًا {{first_name}}،', 'مرحبًا،']]) assert.equal(await on(invoice, body), filled, body);
  });

  it('what a customer typed is never read for placeholders', async () => {
    const number = (await anna.file('{{writer}} <b>', 'x')).json.number;
    assert.equal(await on(number, 'About {{subject}}'), 'About {{writer}} <b>');
  });

  it('those of its inbox are there, of the customer’s language first', async () => {
    const { inbox } = (await mia.get(`/desk/tickets/${printer}`)).json.ticket;
    for (const { id, version } of (await mia.get(PATH)).json.rows) await mia.delete(`${PATH}/${id}?version=${version}`);
    const other = JSON.parse((await mia.get('/desk/queues')).text).queues.map((queue) => queue.inbox).find((id) => id !== inbox);
    await saved('d', 'Hello', { locale: 'en' });
    await saved('C');
    await saved('b', '{{first_name}}', { locale: 'fr', inbox });
    await saved('Élan', 'Salut', { locale: 'fr' });
    if (other) await saved('a', 'Elsewhere', { inbox: other });
    assert.deepEqual(await titles(`?ticket=${printer}`), ['b', 'Élan', 'C', 'd']);
    assert.equal((await mia.get(`${PATH}?ticket=${printer}`)).json.rows[0].start, 'Anna');
    assert.deepEqual(await titles(), [...(other ? ['a'] : []), 'b', 'C', 'd', 'Élan']);
  });

  it('there are 200 at most', async () => {
    const { rows } = (await mia.get(PATH)).json;
    for (let i = rows.length; i < 200; i++) await saved(`Number ${i}`);
    assert.deepEqual(wrong(await add('One more')), [422, 'title too_many']);
    const [reply] = rows;
    assert.equal((await mia.json('PUT', `${PATH}/${reply.id}`, { version: '1', ...text('Still changed') })).status, 200);
  });
});
