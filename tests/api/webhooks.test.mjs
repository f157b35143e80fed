// X14: webhooks: programs elsewhere are told what happens, signed, in order, once it is sure, and again until they take it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, DORA, NOA, editJson, run, serve } from '../harness/guichet.mjs';
import { certificate } from '../harness/mailserver.mjs';
import { file } from '../harness/multipart.mjs';
import { Receiver, isSigned, newsFaults } from '../harness/receiver.mjs';
import { holding, sql } from '../harness/store.mjs';
import { NOTE, PRINTER, numberOf } from '../harness/tickets.mjs';

const tls = certificate();
const receiver = await Receiver.start();
const secure = await Receiver.start({ tls });
const server = await serve({
  edit: (folder) => editJson(folder, 'content/portal.json', (p) => {
    p.tickets.customers_close = true;
    p.own_data = { erasure: true, cool_off_days: 0 };
    p.locales = ['en', 'fr'];
  }),
  env: { GUICHET_WEBHOOK_ALLOW: '127.0.0.1', GUICHET_WEBHOOK_RETRY: '1', GUICHET_WEBHOOK_GIVE_UP: '2', GUICHET_WEBHOOK_CA: tls.file },
});
const verb = (where, ...args) => run('guichet-api', ['webhooks', ...args, '--data', where.data, '--portal', join(where.folder, 'out/portal')]);
const json = async (...args) => JSON.parse((await verb(server, ...args, '--format', 'json')).stdout);
const added = async (url, ...options) => (await json('add', url, ...options)).webhooks[0];
const log = async (id, ...options) => (await json('log', '--webhook', String(id), ...options)).deliveries;
async function until(what, check) {
  for (let i = 0; i < 200; i++) {
    const found = await check();
    if (found) return found;
    await new Promise((after) => setTimeout(after, 100));
  }
  throw new Error(`never: ${what}\n${server.program.stderr.slice(-2000)}`);
}
/** What the receiver answers; there is one path where it never does. */
const answers = (answer) => { receiver.answer = (news, call) => (call.path === '/stuck' ? 'hang' : answer(news, call)); };
answers(() => 200);
const stuck = await added(`${receiver.url}/stuck`, '--events', 'ticket.created');
const anna = await server.signedIn(ANNA);
const filed = async (client, subject, extra) => (await client.file(subject, 'Please help', extra)).json.number;
const changeStage = (number, stage) => sql(server.data, `UPDATE ticket SET stage = '${stage}' WHERE number = ${number}`);

describe('what a webhook is told', async () => {
  const all = await added(`${receiver.url}/all`);
  const secret = all.secret;
  const number = await filed(anna, 'Told elsewhere');
  await anna.reply(number, 'And a file', [file('log.txt', 'lines')]);
  await changeStage(number, 'waiting');
  await anna.act(`/tickets/${number}/close`);
  await anna.act(`/tickets/${number}/close/undo`);
  const of = ({ path, news }) => path === '/all' && news.ticket?.number === number;
  const calls = await receiver.await(of, 6);

  it('is what happened to a ticket, in the order in which it happened', () => {
    assert.deepEqual(calls.map(({ news }) => news.type), ['ticket.created', 'message.added', 'message.added', 'ticket.changed', 'ticket.closed', 'ticket.reopened']);
    const [created, , reply, changed] = calls.map(({ news }) => news);
    assert.equal(created.ticket.subject, 'Told elsewhere');
    assert.equal(created.ticket.requester.email, ANNA);
    assert.equal(created.ticket.company, 'Acme');
    assert.equal(reply.message.text, 'And a file');
    assert.equal(reply.message.author.email, ANNA);
    assert.deepEqual(reply.message.files.map(({ name, size }) => [name, size]), [['log.txt', 5]]);
    assert.deepEqual(changed.changed, ['stage']);
  });

  it('is as openapi.json describes it, and signed over id, time and body', () => {
    for (const { news, headers, body } of calls) {
      assert.deepEqual(newsFaults(news), []);
      assert.equal(headers['content-type'], 'application/json');
      assert.equal(headers['webhook-id'], String(news.id));
      assert.ok(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000) < 60);
      assert.ok(isSigned(secret, headers, body));
      assert.ok(!isSigned(secret, headers, `${body} `), 'another body');
      assert.ok(!isSigned(secret, { ...headers, 'webhook-timestamp': '1' }, body), 'another time');
    }
  });

  it('is each thing once, and none of it shows its secret again, nor the log', async () => {
    assert.equal(new Set(calls.map(({ news }) => news.id)).size, calls.length);
    const { webhooks } = await json('list');
    assert.deepEqual(Object.keys(webhooks[0]).sort(), ['created_at', 'events', 'given_up', 'id', 'owed', 'url']);
    const { stdout } = await verb(server, 'log');
    for (const said of [stdout, JSON.stringify(await json('log')), server.program.said]) assert.ok(!said.includes(secret.slice(6)));
    assert.match(stdout, /webhook \d+, ticket\.closed, ticket \d+, .*: delivered, attempt 1 at .* in \d+ ms, 200/);
  });

  it('T21: is no internal note, unless it asks for that by name', async () => {
    const curious = await added(`${receiver.url}/notes`, '--events', 'note.added,message.added');
    const mia = await numberOf(anna, PRINTER);
    const note = (text, internal) => sql(server.data, `INSERT INTO message (thread_id, author_id, internal, body, created_at) SELECT thread.id, person.id, ${internal}, '${text}', 1
      FROM thread, person WHERE thread.ticket = ${mia} AND person.email = '${NOA}'`);
    await note(NOTE, 1);
    await note('For everybody', 0);
    const [told] = await receiver.await(({ path }) => path === '/notes');
    assert.deepEqual([told.news.type, told.news.message.text, told.news.message.internal], ['note.added', NOTE, true]);
    assert.deepEqual(newsFaults(told.news), []);
    await receiver.await(({ path, news }) => path === '/all' && news.message?.text === 'For everybody');
    assert.ok(receiver.of('/all').every(({ body }) => !body.includes(NOTE)));
    await verb(server, 'remove', String(curious.id));
  });

  it('is who became or changed as a customer, and nothing of the team', async () => {
    const people = (...args) => run('guichet-api', ['people', ...args, '--data', server.data, '--portal', join(server.folder, 'out/portal')]);
    await people('add', 'erik@acme.example', '--name', 'Erik del Mar', '--company', 'Acme');
    await people('set', 'erik@acme.example', '--locale', 'fr', '--manager', 'yes');
    await people('add', 'olga@guichet.example', '--role', 'agent');
    await people('disable', 'erik@acme.example');
    const told = await receiver.await(({ news }) => news.contact?.email === 'erik@acme.example', 3);
    assert.deepEqual(told.map(({ news }) => [news.type, news.changed]), [['contact.created', []], ['contact.changed', ['locale', 'manager']], ['contact.changed', ['disabled']]]);
    assert.ok(told.every(({ news }) => newsFaults(news).length === 0));
    assert.ok(receiver.told.every(({ body }) => !body.includes('olga@')));
  });

  it('is nothing that an import brings along', async () => {
    const lines = join(server.folder, 'one.jsonl');
    writeFileSync(lines, '{"type":"contact","id":"c1","email":"imported@acme.example"}\n{"type":"ticket","id":"t1","subject":"Of old","requester":"c1","created_at":"2020-01-02T03:04:05Z"}\n');
    const { code, stderr } = await run('guichet-api', ['import', lines, '--from', 'lines', '--data', server.data, '--portal', join(server.folder, 'out/portal')]);
    assert.equal(code, 0, stderr);
    const later = await filed(anna, 'After the import');
    await receiver.await(({ news }) => news.ticket?.number === later);
    assert.ok(receiver.told.every(({ body }) => !body.includes('imported@') && !body.includes('Of old')));
  });

  it('over https is told whom its certificate is believed of', async () => {
    const { id } = await added(secure.url, '--events', 'contact.created');
    await verb(server, 'test', String(id));
    const [told] = await secure.await(() => true);
    assert.equal(told.news.type, 'test');
    assert.deepEqual(newsFaults(told.news), []);
  });
});

describe('a webhook that does not take it', async () => {
  const only = async (path, ...options) => added(`${receiver.url}${path}`, '--events', 'ticket.created,ticket.changed', ...options);

  it('is told again, later, and of other tickets meanwhile; those of the same ticket wait', async () => {
    let failing = 0;
    const first = await filed(anna, 'Refused at first');
    answers((news, { path }) => (path === '/shy' && news.ticket?.number === first && news.changed[0] === 'stage' && failing++ === 0 ? { status: 503, body: 'not\u0007 now\n' } : 200));
    const { id } = await only('/shy');
    await changeStage(first, 'waiting');
    await sql(server.data, `UPDATE ticket SET priority = 'low' WHERE number = ${first}`);
    const other = await filed(anna, 'Taken at once');
    await receiver.await(({ path, news }) => path === '/shy' && news.changed[0] === 'priority');
    const order = receiver.of('/shy').map(({ news }) => [news.ticket.number, news.changed[0] ?? news.type]);
    assert.deepEqual(order.filter(([number]) => number === first), [[first, 'stage'], [first, 'stage'], [first, 'priority']]);
    assert.ok(order.findIndex(([number]) => number === other) < order.length - 1, 'the other one did not wait');
    const ids = receiver.of('/shy').map(({ news }) => news.id);
    assert.equal(ids.filter((one) => one === ids[0]).length, 2, 'the same id at each attempt');
    const entry = await until('its log', async () => (await log(id)).find(({ attempts }) => attempts === 2));
    assert.deepEqual([entry.state, entry.status, entry.why], ['delivered', 200, null]);
    await verb(server, 'remove', String(id));
  });

  it('is given up in the end, for somebody to see and to send again; the next one has its turn', async () => {
    answers((news, { path }) => (path === '/gone' ? { status: 410, body: 'Gone\u0000 for good' } : 200));
    const { id } = await only('/gone');
    const number = await filed(anna, 'Given up');
    await changeStage(number, 'waiting');
    const failed = await until('both are given up', async () => { const found = await log(id, '--failed'); return found.length === 2 && found; });
    assert.deepEqual(failed.map(({ state, status, why, answer }) => [state, status, why, answer]), Array(2).fill(['given_up', 410, 'it answered 410', 'Gone  for good']));
    assert.match((await verb(server, 'list')).stdout, /\/gone\n.*owed 0, given up 2/);
    assert.match(server.program.stderr, /webhook_given_up/);
    answers(() => 200);
    const before = receiver.of('/gone').length;
    assert.equal((await verb(server, 'resend', String(failed[1].id))).code, 0);
    await receiver.await(({ path, news }) => path === '/gone' && news.id === failed[1].id, 2);
    assert.equal(receiver.of('/gone').length, before + 1);
    assert.match((await verb(server, 'resend', '999999')).stderr, /"999999": want the number of a delivery that was given up/);
    assert.equal((await verb(server, 'test', String(id))).code, 0);
    const noted = (await run('guichet-api', ['audit', '--action', 'webhook', '--data', server.data])).stdout;
    assert.match(noted, new RegExp(`webhook\\.resend .*delivery ${failed[1].id}\\b`));
    assert.match(noted, new RegExp(`webhook\\.test .*webhook ${id}\\b`));
  });

  it('is given up when it has answered badly for as long as is set', async () => {
    answers((news, { path }) => (path === '/bad' ? { status: 302, headers: { Location: `${receiver.url}/elsewhere` } } : 200));
    const { id } = await only('/bad');
    await filed(anna, 'Given up by time');
    const [entry] = await until('it is given up', async () => { const found = await log(id, '--failed'); return found.length > 0 && found; });
    assert.equal(entry.why, 'it answered 302, and redirects are not followed');
    assert.ok(entry.attempts > 1, `${entry.attempts}`);
    assert.equal(receiver.of('/elsewhere').length, 0);
    await verb(server, 'remove', String(id));
  });

  it('is left alone for as long as it asks', async () => {
    answers((news, { path }) => (path === '/patient' ? { status: 429, headers: { 'Retry-After': '100' } } : 200));
    const { id } = await only('/patient');
    await filed(anna, 'Later, please');
    const [entry] = await until('it is tried', async () => { const found = await log(id); return found[0]?.attempts === 1 && found; });
    assert.equal(Date.parse(entry.due_at) - Date.parse(entry.tried_at), 100_000);
    await verb(server, 'remove', String(id));
  });

  it('that hangs or talks without end holds up no other', async () => {
    answers((news, { path }) => (path === '/slow' ? 'hang' : path === '/endless' ? { status: 200, body: 'x'.repeat(1_000_000) } : 200));
    const slow = await only('/slow');
    const endless = await only('/endless');
    const quick = await only('/quick');
    for (let i = 0; i < 6; i++) await filed(anna, `Beside a slow one ${i}`);
    await receiver.await(({ path }) => path === '/quick', 6, 5_000);
    const taken = await until('the long answers count', async () => { const found = (await log(endless.id)).filter(({ state }) => state === 'delivered'); return found.length === 6 && found; });
    assert.ok(taken.every(({ answer }) => answer.length === 512), 'their beginning is kept');
    assert.equal(receiver.of('/slow').length, 4, 'a few at a time');
    answers(() => 200);
    await verb(server, 'remove', String(slow.id), String(endless.id), String(quick.id));
  });
});

describe('where a webhook may lead', async () => {
  // Another address of this machine is allowed here, and nobody's certificates are believed besides the system's.
  const closed = await serve({ folder: server.folder, env: { GUICHET_WEBHOOK_ALLOW: '127.0.0.2', GUICHET_WEBHOOK_RETRY: '1', GUICHET_WEBHOOK_GIVE_UP: '1' } });

  it('is https, without names and passwords', async () => {
    for (const [url, said] of [['ftp://acme.example/', /want https:\/\/HOST\/PATH/], ['https://', /want https:\/\/HOST\/PATH/], ['https://a:b@acme.example/', /no name or password/],
      ['https://acme.example/#x', /no #fragment/], ['https://acme.example/a b', /without blanks/], [`https://acme.example/${'x'.repeat(2000)}`, /at most 2000 characters/]]) {
      const { code, stderr } = await verb(closed, 'add', url);
      assert.equal(code, 1);
      assert.match(stderr, said);
    }
    assert.match((await verb(closed, 'add', 'https://acme.example/', '--events', 'ticket.create,x')).stderr, /no event "ticket\.create"; did you mean "ticket\.created"\?[^]*no event "x"/);
    assert.match((await verb(closed, 'add')).stderr, /want one URL/);
    assert.match((await verb(closed, 'remove', '77')).stderr, /"77": want the number of a webhook/);
    assert.match((await verb(closed, 'log', '--last', '0')).stderr, /--last: want a whole number from 1 to 1000/);
  });

  it('is no address of this machine or its network, whatever a name says, unless that is allowed', async () => {
    const tried = () => [...secure.told, ...receiver.told].filter(({ news }) => news.type === 'test').length; // of other servers they hear more
    const before = tried();
    const urls = [secure.url, `https://localhost:${secure.port}/`, `https://[::ffff:127.0.0.1]:${secure.port}/`, `https://[::1]:${secure.port}/`, `${receiver.url}/plain`];
    for (const url of urls) {
      const { code, stdout } = await verb(closed, 'add', url, '--events', 'contact.erased');
      assert.equal(code, 0);
      assert.match(stdout, /nothing is sent there unless GUICHET_WEBHOOK_ALLOW names it/, url);
    }
    assert.equal((await verb(closed, 'test', '1', '2', '3', '4', '5')).code, 0);
    const given = await until('all are tried', async () => {
      const { deliveries } = JSON.parse((await verb(closed, 'log', '--format', 'json')).stdout);
      return deliveries.filter(({ why }) => why).length === 5 && deliveries;
    });
    for (const { why, status, webhook } of given) {
      assert.match(why, webhook === 5 ? /http:\/\/ is for networks that GUICHET_WEBHOOK_ALLOW names/ : /(127\.0\.0\.1|::1) is no public address, and GUICHET_WEBHOOK_ALLOW does not name its network/);
      assert.equal(status, null);
    }
    assert.equal(tried(), before);
  });

  it('is whom a certificate that is believed says it is, or what is allowed by its address', async () => {
    const [strange, plain] = [await Receiver.start({ tls, host: '127.0.0.2' }), await Receiver.start({ host: '127.0.0.2' })];
    for (const { url } of [strange, plain]) assert.equal((await verb(closed, 'add', url, '--events', 'contact.erased')).code, 0);
    await verb(closed, 'test', '6', '7');
    await plain.await(({ news }) => news.type === 'test');
    const [{ why }] = await until('it is tried', async () => {
      const { deliveries } = JSON.parse((await verb(closed, 'log', '--webhook', '6', '--format', 'json')).stdout);
      return deliveries[0]?.why && deliveries;
    });
    assert.match(why, /certificate/);
    assert.equal(strange.told.length, 0);
  });

  it('says what is wrong with the networks that are allowed', async () => {
    for (const list of ['10.0.0.0/33', 'acme.example', '10.0.0.0/', '::1/129', '10.0.0.0/8x']) {
      const { code, stderr } = await run('guichet-api', ['serve', '--webhook-allow', list]);
      assert.notEqual(code, 0);
      assert.match(stderr, /--webhook-allow: want IP addresses or networks \(10\.1\.0\.0\/16\), separated by commas/);
    }
  });
});

describe('what is owed', () => {
  it('is tried again when no answer comes within ten seconds', async () => {
    const { why, status, took_ms: took } = await until('time is up', async () => (await log(stuck.id)).find((entry) => entry.why));
    assert.match(why, /Timeout was reached/);
    assert.deepEqual([status, Math.round(took / 1000)], [null, 10]);
    await verb(server, 'remove', String(stuck.id));
  });

  it('outlives kill -9 in the middle: nothing is lost, and the order stays', async () => {
    const { id } = await added(`${receiver.url}/killed`, '--events', 'ticket.created,message.added');
    let calls = 0;
    answers((news, { path }) => (path === '/killed' && calls++ > 3 ? 'hang' : 200));
    const numbers = [];
    for (let i = 0; i < 4; i++) numbers.push(await filed(anna, `Before the end ${i}`));
    for (const number of numbers) await anna.reply(number, 'Last words');
    await receiver.await(({ path }) => path === '/killed', 5);
    await server.kill();
    const already = receiver.of('/killed').length;
    answers(() => 200);
    await server.again();
    const done = () => new Set(receiver.of('/killed').slice(already).map(({ news }) => news.id)).size;
    await until('all of it came', async () => (await log(id)).every(({ state }) => state === 'delivered') && done() > 0);
    for (const number of numbers) {
      const told = receiver.of('/killed').filter(({ news }) => news.ticket.number === number).map(({ news }) => news);
      const once = told.filter((news, i) => told.findIndex(({ id: other }) => other === news.id) === i);
      assert.deepEqual(once.map((news) => [news.type, news.message?.text ?? null]), [['ticket.created', null], ['message.added', 'Please help'], ['message.added', 'Last words']]);
    }
    await verb(server, 'remove', String(id));
  });

  it('T55: has nothing of who was erased, nor have the answers that repeat it', async () => {
    answers((news, { path, body }) => (path === '/echo' ? { status: 500, body } : 200));
    const { id } = await added(`${receiver.url}/echo`, '--events', 'message.added,contact.erased');
    const dora = await server.signedIn(DORA);
    const number = await filed(dora, 'Quxsubject');
    await until('it is kept', async () => (await log(id)).some(({ answer }) => answer?.includes('"text":"Please help"') || answer?.includes('Quxsubject')));
    await dora.post('/account/erasure', { password: 'correct horse battery staple' });
    const noa = await server.signedIn(NOA);
    const [{ id: erasure }] = (await noa.get('/erasures')).json.rows;
    await noa.act(`/erasures/${erasure}/approve`);
    await until('it is done', async () => (await noa.get('/erasures')).json.rows.length === 0);
    const deliveries = await log(id);
    assert.ok(deliveries.some(({ event }) => event === 'contact.erased'));
    assert.ok(deliveries.every(({ answer }) => !answer || !/Quxsubject|dora@/.test(answer)), JSON.stringify(deliveries));
    assert.deepEqual(holding(server.data, ['quxsubject', DORA]), []);
    const erased = await receiver.await(({ path, news }) => path === '/all' && news.type === 'contact.erased');
    assert.deepEqual([Object.keys(erased[0].news.contact), newsFaults(erased[0].news)], [['id', 'erased'], []]);
    assert.ok(number > 0);
  });
});
