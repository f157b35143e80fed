// X14: the sync API: what `guichet-api import` does, over HTTP, for programs that hold a token.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, MIA, NOA, editJson, run, serve } from '../harness/guichet.mjs';
import { mails } from '../harness/mail.mjs';
import { head, raw } from '../harness/raw.mjs';
import { holding, sql } from '../harness/store.mjs';

const server = await serve({ env: { GUICHET_SYNC_PER_MINUTE: '60' } });
const verb = (...args) => run('guichet-api', ['tokens', ...args, '--data', server.data, '--portal', join(server.folder, 'out/portal')]);
const made = async (name, scopes, ...options) => {
  const { code, stdout, stderr } = await verb('add', name, '--scopes', scopes, ...options, '--format', 'json');
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout).tokens[0];
};
/** A program that holds this token, and speaks to no page of ours: no cookie, no Origin. */
const holder = ({ token }) => {
  const client = server.client();
  const sent = (headers) => ({ headers: { Authorization: `Bearer ${token}`, Origin: null, 'X-Guichet': null, ...headers } });
  return {
    post: (what, body, headers) => client.post(`/sync/${what}`, Array.isArray(body) ? { records: body } : body, sent(headers)),
    get: (path, headers) => client.get(`/sync/${path}`, sent({ 'Content-Type': null, ...headers })),
  };
};
const all = holder(await made('CRM', 'companies:write,contacts:write,tickets:write', '--source', 'crm'));
const contact = (id, fields) => ({ id, email: `${id}@acme.example`, first_name: id, ...fields });
const ticket = (id, fields) => ({ id, subject: `Subject ${id}`, requester: ANNA, created_at: '2024-03-01T08:00:00Z', ...fields });
const counts = ({ created, changed, same }) => [created, changed, same];

describe('the sync API', () => {
  it('brings along companies, contacts and tickets with their messages, and writes to nobody', async () => {
    const before = mails(server.data).length;
    assert.deepEqual((await all.post('companies', [{ id: 'c9', name: 'Ninth Street' }])).json, { created: 1, changed: 0, same: 0, errors: [] });
    assert.deepEqual(counts((await all.post('contacts', [contact('zora', { company: 'c9', last_name: 'Hurston' })])).json), [1, 0, 0]);
    const { json } = await all.post('tickets', [ticket('t1', { subject: 'Wharf crane squeaks', owner: MIA, text: 'It squeaks at dawn.',
      messages: [{ id: 'm1', author: MIA, text: 'We oiled it.', created_at: '2024-03-03T08:00:00Z' }] }),
    { type: 'message', id: 'm2', ticket: 't1', author: MIA, text: 'A note', internal: true, created_at: '2024-03-04T08:00:00Z' }]);
    assert.deepEqual(json, { created: 4, changed: 0, same: 0, errors: [] });
    const anna = await server.signedIn(ANNA);
    const [one] = (await anna.get('/tickets?status=all&q=squeaks')).json.tickets;
    assert.deepEqual((await anna.get(`/tickets/${one.number}`)).json.messages.map(({ body }) => body), ['It squeaks at dawn.', 'We oiled it.']);
    assert.equal(mails(server.data).length, before);
  });

  it('knows again by id what it brought: repeated it changes nothing, later only what has changed', async () => {
    assert.deepEqual(counts((await all.post('companies', [{ id: 'c9', name: 'Ninth Street' }])).json), [0, 0, 1]);
    assert.deepEqual(counts((await all.post('tickets', [ticket('t1', { subject: 'Wharf crane sings', owner: MIA })])).json), [0, 1, 0]);
    const other = holder(await made('Another system', 'companies:write', '--source', 'erp'));
    assert.deepEqual(counts((await other.post('companies', [{ id: 'c9', name: 'Not the same one' }])).json), [1, 0, 0], 'its ids are its own');
  });

  it('tells of each record that is refused why, and keeps the rest', async () => {
    const { status, json } = await all.post('tickets', [ticket('b1', { requester: 'nobody', text: 'left out', messages: [{ id: 'x' }] }), ticket('b2', { stage: 'nwe' }),
      { type: 'contact', id: 'x', email: 'x@acme.example' }, ticket('b3', { messages: [{ id: 'm3', author: ANNA, text: 'y' }] }), ticket('b4', { sbject: 'x' })]);
    assert.equal(status, 200);
    assert.deepEqual(counts(json), [1, 0, 0]);
    assert.deepEqual(json.errors.map(({ record, inner, field }) => [record, inner, field]), [[2, null, 'type'], [0, null, 'requester'], [1, null, 'stage'], [3, 0, 'created_at'], [4, null, 'sbject']]);
    assert.match(json.errors[0].message, /want "ticket" or "message" here/);
    assert.match(json.errors[2].message, /"nwe": not a stage of the pipeline "support"; want one of/);
    assert.match(json.errors[4].message, /did you mean "subject"/);
  });

  it('takes the records beside what is none', async () => {
    const { json } = await all.post('companies', { records: [1, { id: 'beside', name: 'Beside' }, null], dry_run: true });
    assert.deepEqual(counts(json), [1, 0, 0]);
    assert.deepEqual(json.errors.map(({ record, message }) => [record, message]), [0, 2].map((i) => [i, 'want an object: a record']));
  });

  it('T14: makes nobody of the team', async () => {
    const { json } = await all.post('contacts', { records: [{ id: 'mole', email: 'mole@else.example', role: 'agent' }] });
    assert.deepEqual([counts(json), json.errors[0].field], [[0, 0, 0], 'role']);
    assert.match(json.errors[0].message, /a token makes nobody of the team/);
  });

  it('does nothing in a dry run but tell', async () => {
    const dry = { records: [{ id: 'dry', name: 'Dry Dock' }], dry_run: true };
    assert.deepEqual(counts((await all.post('companies', dry)).json), [1, 0, 0]);
    assert.deepEqual(counts((await all.post('companies', dry)).json), [1, 0, 0]);
  });

  it('says of each member of the body what is wrong with it, of all at once', async () => {
    const wrong = async (body) => {
      const { status, json } = await all.post('companies', body);
      assert.equal(status, 422, JSON.stringify(json));
      return json.errors.map(({ field, code }) => `${field} ${code}`);
    };
    assert.deepEqual(await wrong({}), ['records required']);
    assert.deepEqual(await wrong({ records: {}, colour: 'red', dry_run: 'yes', zone: 'Mars' }), ['colour unknown', 'records type', 'dry_run type', 'zone option']);
    assert.deepEqual(await wrong({ records: [], zone: 1 }), ['zone type']);
  });

  it('T20, T26, T43: takes nothing that it does not know, nor more than it can', async () => {
    assert.equal((await all.post('companies', '"records"')).code, 'bad_json');
    assert.equal((await all.post('companies', '{"records":[],"records":[]}')).code, 'bad_json');
    assert.equal((await all.post('companies', { records: Array.from({ length: 1001 }, (_, i) => ({ id: i, name: `${i}` })) })).code, 'invalid');
    assert.equal((await all.post('companies', `{"records":["${'x'.repeat(4 * 1024 * 1024)}"]}`)).code, 'too_large');
    assert.equal((await all.post('companies', [], { 'Content-Type': 'text/plain' })).code, 'media_type');
  });
});

describe('what is read by the sync API', async () => {
  const reader = holder(await made('Reader', 'companies:read contacts:read tickets:read', '--source', 'crm'));
  const everything = async (what, limit) => {
    const found = [];
    for (let after = 0, pages = 0; after !== null && pages < 100; pages++) {
      const { json } = await reader.get(`${what}?after=${after}&limit=${limit}`);
      assert.ok(json.records.length <= limit);
      found.push(...json.records);
      after = json.next;
    }
    return found;
  };

  it('is all that is here, in the order of its numbers, with what it is called there', async () => {
    const companies = await everything('companies', 1);
    assert.deepEqual(companies.map(({ id, name }) => [id, name]).filter(([id]) => id), [['c9', 'Ninth Street']], 'others have ids of their own');
    const contacts = await everything('contacts', 2);
    const zora = contacts.find(({ id }) => id === 'zora');
    assert.deepEqual([zora.email, zora.last_name, zora.company, zora.company_name], ['zora@acme.example', 'Hurston', 'c9', 'Ninth Street']);
    assert.ok(contacts.some(({ email, id }) => email === ANNA && id === null));
    assert.ok(!contacts.some(({ email }) => email === MIA), 'the team is nobody’s customer');
    const tickets = await everything('tickets', 3);
    assert.deepEqual(tickets.map(({ here }) => here), [...tickets.map(({ here }) => here)].sort((a, b) => a - b));
    const crane = tickets.find(({ id }) => id === 't1');
    assert.deepEqual([crane.subject, crane.requester, crane.owner, crane.status, crane.created_at], ['Wharf crane sings', ANNA, MIA, 'open', '2024-03-01T08:00:00.000Z']);
    const messages = (await everything('tickets/messages', 4)).filter(({ ticket: number }) => number === crane.here);
    assert.deepEqual(messages.map(({ id, author, text }) => [id, author, text]), [['t1/text', ANNA, 'It squeaks at dawn.'], ['m1', MIA, 'We oiled it.']], 'T21: no note');
  });

  it('T25: is asked for by what is known, and written down', async () => {
    for (const query of ['after=x', 'after=-1', 'limit=0', 'limit=501', 'limit=', 'colour=red', 'after=1&after=2']) assert.equal((await reader.get(`tickets?${query}`)).code, 'bad_input', query);
    const noa = await server.signedIn(NOA);
    const { rows } = (await noa.get('/audit?action=sync.read')).json;
    assert.deepEqual([...new Set(rows.map(({ detail }) => detail))].sort(), ['companies', 'contacts', 'messages', 'tickets']);
    assert.equal(rows.length, 4, 'once for all its pages');
  });

  it('wants the scope of what is read, and those to write are others', async () => {
    for (const what of ['companies', 'contacts', 'tickets', 'tickets/messages']) assert.equal((await all.get(what)).code, 'scope');
    assert.equal((await reader.post('companies', [])).code, 'scope');
  });
});

describe('a token', async () => {
  const contacts = await made('Contacts only', 'contacts:write', '--days', '1');

  it('is wanted, and no cookie stands for it; nothing else is opened by it', async () => {
    const noa = await server.signedIn(NOA);
    for (const answer of [await noa.post('/sync/companies', { records: [] }), await server.client().post('/sync/companies', { records: [] })]) {
      assert.equal(answer.code, 'token');
      assert.equal(answer.headers['www-authenticate'], 'Bearer');
    }
    for (const wrong of ['', 'guichet_', contacts.token.slice(0, -1), `${contacts.token}x`, contacts.token.replace('guichet_', ''), `guichet_${'A'.repeat(43)}`]) assert.equal((await holder({ token: wrong }).post('contacts', [])).code, 'token', wrong);
    const answer = await server.client().get('/tickets', { headers: { Authorization: `Bearer ${contacts.token}` } });
    assert.equal(answer.code, 'signed_out');
  });

  it('does only what its scopes say, and is asked before the body is read', async () => {
    const one = holder(contacts);
    assert.equal((await one.post('contacts', [contact('kit')])).status, 200);
    for (const what of ['companies', 'tickets']) assert.equal((await one.post(what, [])).code, 'scope');
    const { json } = await one.post('contacts', [contact('lou', { company_name: 'Made by the way' })]);
    assert.match(json.errors[0].message, /to make one wants the scope companies:write/);
    const sent = head('POST /api/v1/sync/tickets HTTP/1.1', `Host: ${server.host}`, `Authorization: Bearer ${contacts.token}`, 'Content-Type: application/json', 'Content-Length: 1000');
    assert.equal((await raw(server.port, sent)).status, 403);
  });

  it('is kept as its hash, shown once, told in no log, and names itself in the audit', async () => {
    const { stdout } = await verb('list');
    assert.match(stdout, /CRM, source crm, companies:write contacts:write tickets:write, used /);
    assert.match(stdout, /Contacts only, source api, contacts:write, used .*, ends /);
    const secret = contacts.token.slice('guichet_'.length);
    const dump = await sql(server.data, "SELECT group_concat(hex(hash) || name || scopes || source) FROM sync_token");
    for (const said of [stdout, server.program.said, dump]) assert.ok(!said.includes(secret));
    const noa = await server.signedIn(NOA);
    const { rows } = (await noa.get('/audit?action=data.import')).json;
    assert.deepEqual([rows.at(-2).actor, rows.at(-2).detail], ['token 1', 'crm: 1 new, 0 changed']);
    assert.ok(rows.some(({ actor }) => actor === `token ${contacts.id}`));
    assert.ok((await noa.get('/audit?action=token.add')).json.rows.length >= 3);
  });

  it('opens nothing from the request after it was revoked, or when its days are over', async () => {
    const short = await made('Short', 'contacts:write', '--days', '1');
    const one = holder(short);
    assert.equal((await one.post('contacts', [])).status, 200);
    await sql(server.data, `UPDATE sync_token SET expires_at = 1 WHERE id = ${short.id}`);
    assert.equal((await one.post('contacts', [])).code, 'token');
    assert.match((await verb('revoke', String(contacts.id))).stdout, /revoked, and opens nothing any more/);
    assert.equal((await holder(contacts).post('contacts', [])).code, 'token');
    assert.match((await verb('revoke', String(contacts.id))).stderr, /want the number of a token that holds/);
    assert.match((await verb('list')).stdout, /Contacts only.*, revoked /);
  });

  it('says what is wrong with what it is made of', async () => {
    const { stderr } = await verb('add', ' ', '--scopes', 'contacts:wrte,all', '--source', 'A b', '--days', '0');
    assert.match(stderr, /no scope "contacts:wrte"; did you mean "contacts:write"\?/);
    assert.match(stderr, /no scope "all"/);
    assert.match(stderr, /--source: want an id/);
    assert.match(stderr, /--days: want a whole number from 1 to 3650, got "0"/);
    assert.match(stderr, /want a name for it/);
    assert.match((await verb('add', 'x')).stderr, /--scopes: want what it may do/);
    assert.match((await verb('add', '--scopes', 'contacts:read')).stderr, /want one name, got 0/);
  });

  it('makes so many requests a minute, and each counts by itself', async () => {
    const busy = holder(await made('Busy', 'companies:write'));
    let last;
    for (let i = 0; i < 200 && last?.status !== 429; i++) last = await busy.post('companies', []);
    assert.equal(last.code, 'too_many_attempts');
    assert.ok(Number(last.headers['retry-after']) >= 1);
    assert.equal((await all.post('companies', [])).status, 200);
  });
});

describe('a text that changes where it comes from', async () => {
  const other = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (portal) => { portal.own_data = { erasure: true, cool_off_days: 0 }; }) });
  const of_other = (...args) => run('guichet-api', [...args, '--data', other.data, '--portal', join(other.folder, 'out/portal')]);
  const { stdout } = await of_other('tokens', 'add', 'CRM', '--scopes', 'contacts:write,tickets:write', '--source', 'crm', '--format', 'json');
  const put = (what, records) => other.client().post(`/sync/${what}`, { records }, { headers: { Authorization: `Bearer ${JSON.parse(stdout).tokens[0].token}`, Origin: null, 'X-Guichet': null } });
  const told = (subject, text, internal = false) => ticket('w1', { subject, requester: 'wanda@acme.example', text: 'It began on Monday',
    messages: [{ id: 'w2', author: MIA, text, internal, created_at: '2024-03-03T08:00:00Z' }] });
  const found = async (client, path, words) => (await client.get(`${path}?status=all&q=${encodeURIComponent(words)}`)).json.tickets.length;
  await put('contacts', [contact('wanda', { company_name: 'Acme' })]);
  const anna = await other.signedIn(ANNA);
  const mia = await other.signedIn(MIA);

  it('T21: is found by what it says now, and a message that has become a note by customers no more', async () => {
    assert.deepEqual(counts((await put('tickets', [told('Quagga harness', 'Zebrafish ate it')])).json), [3, 0, 0]);
    assert.equal(await found(anna, '/tickets', 'quagga zebrafish'), 1);
    assert.deepEqual(counts((await put('tickets', [told('Okapi harness', 'Narwhal ate it'), told('Plain harness', 'Zebrafish ate it', true)])).json), [0, 4, 2]);
    for (const words of ['quagga', 'okapi', 'zebrafish', 'narwhal']) assert.equal(await found(anna, '/tickets', words) + await found(mia, '/desk/tickets', words), 0, words);
    for (const words of ['plain harness', 'monday']) assert.equal(await found(anna, '/tickets', words) + await found(mia, '/desk/tickets', words), 2, words);
  });

  it('T55: leaves nothing behind that outlives an erasure', async () => {
    assert.equal((await of_other('people', 'erase', 'wanda@acme.example')).code, 0);
    const outcome = () => sql(other.data, 'SELECT outcome FROM erasure');
    for (let i = 0; i < 200 && await outcome() !== 'done'; i++) await new Promise((later) => setTimeout(later, 100));
    assert.equal(await outcome(), 'done');
    assert.deepEqual(holding(other.data, ['quagga', 'okapi', 'narwhal', 'plain harness']), []);
  });
});
