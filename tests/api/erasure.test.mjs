// X8, T14, T55: people who ask that what is held about them be erased.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, DORA, MIA, NOA, PASSWORD, editJson, run, serve } from '../harness/guichet.mjs';
import { MailServer } from '../harness/mailserver.mjs';
import { file } from '../harness/multipart.mjs';
import { holding } from '../harness/store.mjs';
import { PRIVATE, numberOf } from '../harness/tickets.mjs';

const days = (cool_off_days, erasure = true) => (folder) => editJson(folder, 'content/portal.json', (p) => { p.own_data = { erasure, cool_off_days }; });
const post = await MailServer.start();
const server = await serve({ edit: days(0), env: { GUICHET_SMTP: `smtp://localhost:${post.port}` } });
const slow = await serve({ edit: days(14) });
const shut = await serve({ edit: days(14, false) });

const ask = (client, password = PASSWORD) => client.post('/account/erasure', { password });
const standing = async (client) => (await client.get('/account')).json.erasure;
const waiting = async (admin) => (await admin.get('/erasures')).json.rows;
async function until(what, check) {
  for (let i = 0; i < 200; i++) {
    const found = await check();
    if (found) return found;
    await new Promise((after) => setTimeout(after, 100));
  }
  throw new Error(`never: ${what}`);
}
const mailTo = (address, words) => until(`a mail to ${address}: ${words}`, () => post.mails.find((mail) => mail.to.includes(address) && mail.text.includes(words)));

describe('asking for erasure', async () => {
  const noa = await slow.signedIn(NOA);

  it('wants the password again, and is asked for once', async () => {
    const anna = await slow.signedIn(ANNA);
    assert.equal((await standing(anna)).state, 'none');
    assert.deepEqual((await ask(anna, 'guess')).json.errors, [{ field: 'password', code: 'wrong' }]);
    assert.deepEqual((await ask(anna, '')).json.errors, [{ field: 'password', code: 'required' }]);
    assert.equal((await ask(anna)).status, 204);
    assert.equal((await ask(anna)).status, 204, 'asked twice is asked');
    const { state, asked_at, due_at } = await standing(anna);
    assert.equal(state, 'waiting');
    assert.equal(Date.parse(due_at) - Date.parse(asked_at), 14 * 86_400_000);
    const [{ id }, ...others] = (await waiting(noa)).filter(({ person }) => person.email === ANNA);
    assert.equal(others.length, 0);
    const { tickets, messages, files } = (await noa.get(`/erasures/${id}`)).json;
    assert.equal(tickets, (await anna.get('/tickets/counts?view=mine')).json.open + (await anna.get('/tickets/counts?view=mine')).json.closed);
    assert.ok(messages > 0 && files >= 0, 'what it takes is told beforehand');
    assert.equal((await noa.get(`/erasures/${id + 1000}`)).status, 404);
  });

  it('may be thought better of, until it is carried out, also when it is approved', async () => {
    const anna = await slow.signedIn(ANNA);
    const [{ id }] = await waiting(noa);
    assert.equal((await noa.act(`/erasures/${id}/approve`)).status, 204);
    assert.equal((await noa.act(`/erasures/${id}/approve`)).status, 204);
    assert.equal((await standing(anna)).state, 'approved');
    assert.deepEqual((await waiting(noa)).map((row) => [row.person.name, row.approved_by !== null, row.begun_at]), [['Anna Berg', true, null]]);
    assert.equal((await anna.act('/account/erasure/withdraw')).status, 204);
    assert.equal((await standing(anna)).state, 'withdrawn');
    assert.deepEqual(await waiting(noa), []);
    assert.equal((await noa.act(`/erasures/${id}/approve`)).status, 404);
  });

  it('is declined with a reason, which the customer is told', async () => {
    const ben = await slow.signedIn(BEN);
    await ask(ben);
    const [{ id }] = await waiting(noa);
    for (const reason of ['', ' ', 'x'.repeat(1001)]) assert.equal((await noa.post(`/erasures/${id}/decline`, { reason })).status, 422);
    assert.equal((await noa.post(`/erasures/${id}/decline`, { reason: 'An invoice is still open.' })).status, 204);
    const { state, reason } = await standing(ben);
    assert.deepEqual([state, reason], ['declined', 'An invoice is still open.']);
    assert.equal((await noa.post(`/erasures/${id}/decline`, { reason: 'Again' })).status, 404);
  });

  it('is the administrators’ to answer; the log says who did, and names people by number', async () => {
    const mia = await slow.signedIn(MIA);
    for (const answer of [await mia.get('/erasures'), await mia.act('/erasures/1/approve'), await mia.post('/erasures/1/decline', { reason: 'x' })]) assert.equal(answer.code, 'denied');
    const { rows } = (await mia.get('/audit?action=erasure')).json;
    assert.deepEqual(rows.map(({ action, person }) => [action, person.email]), [['erasure.decline', NOA], ['erasure.ask', BEN],
      ['erasure.withdraw', ANNA], ['erasure.approve', NOA], ['erasure.ask', ANNA]]);
    assert.match(rows[0].detail, /^person \d+$/);
  });

  it('T47: is asked for three times a day at most, for each asking sends mail', async () => {
    const ben = await slow.signedIn(BEN);
    for (let i = 0; i < 2; i++) {
      for (let twice = 0; twice < 4; twice++) assert.equal((await ask(ben)).status, 204, 'what waits already costs nothing');
      await ben.act('/account/erasure/withdraw');
    }
    assert.equal((await standing(ben)).state, 'withdrawn');
    const refused = await ask(ben);
    assert.equal(refused.code, 'too_many_attempts');
    assert.ok(Number(refused.headers['retry-after']) > 3600, refused.headers['retry-after']);
  });

  it('is answered at the machine, also for who asked by letter', async () => {
    const people = (...args) => run('guichet-api', ['people', ...args, '--data', slow.data, '--portal', join(slow.folder, 'out/portal')]);
    assert.match((await people('erasures')).stdout, /nobody has asked/);
    assert.match((await people('erase', CARL)).stdout, /carl@birch\.example: approved, to be erased from \d{4}-\d\d-\d\d on/);
    assert.match((await people('erasures')).stdout, /carl@birch\.example: asked on .* is approved/);
    assert.match((await people('keep', CARL)).stderr, /--reason: want the reason/);
    assert.match((await people('keep', CARL, '--reason', 'Not yet')).stdout, /carl@birch\.example: declined/);
    assert.match((await people('keep', CARL, '--reason', 'Not yet')).stderr, /has not asked/);
    for (const email of [MIA, NOA]) {
      const { code, stderr } = await people('erase', email);
      assert.equal(code, 1);
      assert.match(stderr, /only customers are erased/);
    }
  });

  it('is not for the team, nor where the settings say no', async () => {
    for (const client of [await slow.signedIn(MIA), noa, await shut.signedIn(ANNA)]) {
      assert.equal(await standing(client), null);
      assert.equal((await ask(client)).code, 'not_allowed');
    }
  });

  it('is listed in pages, and says what it does not know', async () => {
    assert.equal((await noa.get('/erasures?after=999')).json.rows.length, 0);
    assert.equal((await noa.get('/erasures?after=x')).status, 400);
    assert.equal((await noa.get('/erasures?colour=red')).status, 400);
  });
});

describe('T14, T55: carrying it out', async () => {
  const noa = await server.signedIn(NOA);
  const dora = await server.signedIn(DORA);
  const number = await numberOf(dora, PRIVATE);
  await dora.reply(number, 'Quxmessage is what I say', [file('quxfile.txt', 'quxbytes')]);
  await until('her reply is told', () => post.mails.find((mail) => mail.text.includes('Quxmessage')));
  await ask(dora);
  await mailTo(DORA, 'you have time to change your mind');
  const [{ id }] = await waiting(noa);
  assert.equal((await noa.act(`/erasures/${id}/approve`)).status, 204);
  await until('it is done', async () => (await waiting(noa)).length === 0);

  it('ends every session with the next request, and nobody signs in', async () => {
    assert.equal((await dora.get('/session')).status, 401);
    assert.equal((await server.client().signIn(DORA, PASSWORD)).status, 401);
  });

  it('says so in one last mail, and writes to nobody afterwards', async () => {
    const mail = await mailTo(DORA, 'and so is this address');
    assert.match(mail.get('Subject'), /is erased/);
    assert.ok(!mail.text.includes('/account/'), 'there is none any more');
  });

  it('leaves other words in place of hers for the team, and the ticket itself', async () => {
    const { json } = await noa.get(`/tickets/${number}`);
    const words = 'Removed at the author’s request';
    assert.equal(json.ticket.subject, words);
    assert.deepEqual(new Set(json.messages.map((message) => message.body)), new Set([words]));
    assert.ok(json.messages.every((message) => message.removed === true && message.files.length === 0));
    assert.equal(json.ticket.requester.name, 'Former customer');
  });

  it('T55: leaves none of it in any file of the data folder', () => {
    assert.deepEqual(holding(server.data, ['quxmessage', 'quxfile', 'quxbytes', DORA, 'a question of my own']), []);
  });

  it('her address is nobody’s any more', async () => {
    assert.equal((await noa.get(`/audit?person=${encodeURIComponent(DORA)}`)).json.rows.length, 0);
  });

  it('comes back as a stranger: what was hers is not theirs', async () => {
    const people = (...args) => run('guichet-api', ['people', ...args, '--data', server.data, '--portal', join(server.folder, 'out/portal')]);
    const { code, stderr } = await people('add', DORA, '--name', 'Dora Again');
    assert.equal(code, 0, stderr);
    const explained = await run('guichet-api', ['explain', '--as', DORA, '--ticket', String(number), '--data', server.data, '--portal', join(server.folder, 'out/portal')]);
    assert.match(explained.stdout, /hidden|does not see|not see/);
    assert.equal((await server.client().signIn(DORA, PASSWORD)).status, 401, 'nor is her password');
  });
});
