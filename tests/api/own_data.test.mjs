// All that is held about one person, taken away as a zip.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { ANNA, BEN, DORA, MIA, PASSWORD, serve } from '../harness/guichet.mjs';
import { file } from '../harness/multipart.mjs';
import { raw } from '../harness/raw.mjs';
import { faults } from '../harness/schema.mjs';
import { sql } from '../harness/store.mjs';
import { INVOICE, NOTE, OLD, PRINTER, PRIVATE, allTickets, numberOf } from '../harness/tickets.mjs';
import { unzipped } from '../harness/zip.mjs';

const server = await serve();
const take = (client, password = PASSWORD) => client.post('/account/export', { password });

/** Everything of a person: { files, json(path) }. */
async function taken(client) {
  const answer = await take(client);
  assert.equal(answer.status, 200, answer.text);
  const files = unzipped(answer.body);
  return { answer, files, json: (path) => JSON.parse(files.get(path).bytes) };
}

describe('one’s own data', async () => {
  const anna = await server.signedIn(ANNA);
  const printer = await numberOf(anna, PRINTER);
  const invoice = await numberOf(anna, INVOICE);
  const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 251));
  const sent = (await anna.reply(printer, 'Here is the smoke', [file('Rauch über Köln: 煙.bin', bytes)])).json.message;
  const elsewhere = (await anna.reply(invoice, 'I saw this one, too', [file('../../note.txt', 'mine')])).json.message;
  await sql(server.data, `UPDATE person SET properties = '{"shoe_size": 39}' WHERE email = '${ANNA}'`);
  const all = await taken(anna);

  it('is a zip to keep, that nobody else may keep', () => {
    assert.equal(all.answer.headers['content-type'], 'application/zip');
    assert.match(all.answer.headers['content-disposition'], /^attachment; filename="?guichet-data\.zip/);
    assert.equal(all.answer.headers['cache-control'], 'no-store');
    assert.equal(all.answer.headers['content-length'], undefined, 'it is sent while it is made');
  });

  it('tells who they are, how they came in and what was written down about them', () => {
    const account = all.json('account.json');
    assert.deepEqual(Object.keys(account), ['person', 'consents', 'sign_ins', 'identities', 'groups', 'ratings', 'participant_in', 'audit']);
    const [person] = account.person;
    assert.deepEqual([person.email, person.first_name, person.last_name, person.language, person.role], [ANNA, 'Anna', 'Berg', 'en', 'contact']);
    assert.deepEqual(person.properties, { shoe_size: 39 }, 'what the team keeps of them, too');
    assert.equal(account.sign_ins.at(-1).way, 'password');
    assert.ok(account.audit.some(({ action }) => action === 'data.export'), 'the export itself is audited');
    assert.ok(account.audit.every(({ at }) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at)));
    assert.ok(!all.files.get('account.json').bytes.toString().includes('argon2'), 'T54: no hash of a password');
    assert.ok(!all.files.get('account.json').bytes.toString().includes(anna.cookie.split('=')[1]), 'T54: no cookie');
  });

  it('says what each file is, in their language', async () => {
    const text = all.files.get('README.txt').bytes.toString();
    for (const part of ['account.json', 'tickets', 'messages', 'files']) assert.match(text, new RegExp(`^${part}: `, 'm'));
    assert.match((await taken(await server.signedIn(BEN))).files.get('README.txt').bytes.toString(), /^\ufeffCe que nous conservons/);
  });

  it('has each ticket that they asked for, open and closed, with the whole conversation, the latest first', async () => {
    const mine = (await allTickets(anna, { view: 'mine' })).map(({ number }) => `tickets/${number}.json`).sort();
    assert.deepEqual([...all.files.keys()].filter((path) => path.startsWith('tickets/')).sort(), mine);
    assert.ok(mine.includes(`tickets/${await numberOf(anna, OLD)}.json`));
    const { messages, ...ticket } = all.json(`tickets/${printer}.json`);
    assert.equal(ticket.subject, PRINTER);
    const shown = (await anna.get(`/tickets/${printer}`)).json.messages;
    assert.deepEqual(messages, shown.toReversed());
    for (const message of messages) assert.deepEqual(faults({ $ref: '#/components/schemas/Message' }, message), []);
  });

  it('has their files to the byte, under the names that they gave them and with their dates', () => {
    const path = `files/${sent.files[0].id}/Rauch über Köln_ 煙.bin`;
    assert.ok(all.files.has(path), [...all.files.keys()].join('\n'));
    assert.ok(all.files.get(path).bytes.equals(bytes));
    assert.ok(Math.abs(all.files.get(path).at - Date.parse(sent.created_at)) < 3000);
    assert.equal(all.json(`tickets/${printer}.json`).messages[0].files[0].id, sent.files[0].id);
  });

  it('has what they wrote in tickets of others, and nothing that others wrote there', () => {
    const found = [...all.files.keys()].filter((path) => path.startsWith('messages/'));
    assert.deepEqual(found, [`messages/${elsewhere.id}.json`]);
    const { ticket, message } = all.json(found[0]);
    assert.deepEqual([ticket, message.body], [invoice, 'I saw this one, too']);
  });

  it('T33: unpacks nowhere but where it is told to, whatever a file is called', () => {
    const path = [...all.files.keys()].find((each) => each.startsWith(`files/${elsewhere.files[0].id}/`));
    assert.equal(all.files.get(path).bytes.toString(), 'mine');
    assert.ok(!path.split('/').includes('..'), path);
  });

  it('T17, T55: holds no internal note, and no colleague’s ticket', () => {
    for (const [path, each] of all.files) {
      assert.ok(!each.bytes.includes(NOTE), path);
      assert.ok(!each.bytes.includes(PRIVATE), path);
      assert.ok(!each.bytes.includes(INVOICE), path);
    }
  });

  it('of somebody of the team has their public answers, and no internal note either', async () => {
    const mia = await taken(await server.signedIn(MIA));
    const texts = [...mia.files].filter(([path]) => path.startsWith('messages/')).map(([, each]) => each.bytes.toString());
    assert.ok(texts.some((text) => text.includes('Please leave the room.')));
    for (const [path, each] of mia.files) assert.ok(!each.bytes.includes(NOTE), path);
  });

  it('comes whole to a client of HTTP/1.0, as a proxy in front may be', async () => {
    const dora = await server.signedIn(DORA);
    const body = JSON.stringify({ password: PASSWORD });
    const answer = await raw(server.port, `POST /api/v1/account/export HTTP/1.0\r\nHost: ${dora.host}\r\nOrigin: ${dora.origin}\r\nX-Guichet: 1\r\n`
      + `Cookie: ${dora.cookie}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`, { quiet: 4000 });
    assert.equal(answer.status, 200, answer.text.slice(0, 300));
    assert.ok(answer.closed);
    assert.equal(answer.headers['transfer-encoding'], undefined);
    const files = unzipped(Buffer.from(answer.body, 'latin1'));
    assert.equal(JSON.parse(files.get('account.json').bytes).person[0].email, DORA);
  });
});

describe('who may take it', async () => {
  const own = await serve();
  const ben = await own.signedIn(BEN);

  it('must know the password, even when the session is theirs', async () => {
    assert.deepEqual((await take(ben, 'wrong wrong')).json.errors, [{ field: 'password', code: 'wrong' }]);
    assert.deepEqual((await take(ben, '')).json.errors, [{ field: 'password', code: 'required' }]);
  });

  it('gets it again after having left in the middle, and three times an hour', async () => {
    const body = JSON.stringify({ password: PASSWORD });
    await new Promise((done, failed) => {
      const socket = connect({ host: '127.0.0.1', port: own.port }, () => socket.write(`POST /api/v1/account/export HTTP/1.1\r\nHost: ${ben.host}\r\nOrigin: ${ben.origin}\r\n`
        + `X-Guichet: 1\r\nCookie: ${ben.cookie}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`));
      socket.on('error', failed);
      socket.once('data', () => { socket.destroy(); done(); });
    });
    let statuses = [];
    for (let i = 0; i < 50 && statuses.filter((status) => status === 200).length < 2; i++) {
      statuses.push((await take(ben)).status);
      await new Promise((done) => setTimeout(done, 50));
    }
    assert.equal(statuses.filter((status) => status === 200).length, 2);
    const refused = await take(ben);
    assert.equal(refused.code, 'too_many_attempts');
    assert.ok(Number(refused.headers['retry-after']) > 600, refused.headers['retry-after']);
  });
});
