import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, MIA, NOA, PASSWORD, editJson, generate, run, serve } from '../harness/guichet.mjs';
import { awaitMails, mails, recipient } from '../harness/mail.mjs';

// S16: who is let in, where the settings name access groups.
const GROUPS = { customers: { name: { en: 'Customers', fr: 'Clients' } }, partners: { name: 'Partners' } };
const access = (value) => (folder) => editJson(folder, 'content/portal.json', (p) => { p.access = value; delete p.consent; });
const server = await serve({ edit: access({ groups: GROUPS }) });
const signUp = await serve({ edit: access({ groups: GROUPS, sign_up: true, sign_up_group: 'customers' }) });
const waiting = await serve({ edit: access({ groups: GROUPS, sign_up: true }) });

const NEW = 'a quiet harbour in the fog';
let fresh = 0;

/** Somebody makes their account; -> their client and what the last step answered. */
async function newcomer(where) {
  const email = `new${++fresh}@elsewhere.example`;
  const client = where.client();
  assert.equal((await client.post('/sign-ups', { name: 'Zoë del Mar', email, password: NEW, consent: '', locale: 'en' })).status, 202);
  const [mail] = await awaitMails(where.data, (m) => recipient(m) === email, 1);
  const code = /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/m.exec(mail.text)[0];
  return { email, client, answer: await client.post('/sign-ups/confirm', { code, password: NEW }) };
}

describe('S16: with access groups', () => {
  it('who is in none of them is known, but not let in', async () => {
    const client = server.client();
    const answer = await client.signIn(ANNA, PASSWORD);
    assert.equal(answer.status, 403);
    assert.equal(answer.code, 'not_let_in');
    assert.equal((await client.get('/tickets')).code, 'not_let_in');
    assert.equal((await client.file('Let me in', 'Please')).code, 'not_let_in');
    assert.equal((await client.get('/tickets.csv')).code, 'not_let_in');
  });

  it('the page that says so can tell who is signed in, and signs out', async () => {
    const client = server.client();
    await client.signIn(ANNA, PASSWORD);
    const { person, let_in: letIn } = (await client.get('/session')).json;
    assert.deepEqual([person.email, letIn], [ANNA, false]);
    assert.equal((await (await server.signedIn(MIA)).get('/session')).json.let_in, true);
    assert.equal((await client.delete('/session')).status, 204);
    assert.equal((await client.get('/session')).status, 401);
  });

  it('strangers learn nothing: a wrong password is answered alike for everybody (T01)', async () => {
    const known = await server.client().signIn(ANNA, 'not her password');
    const unknown = await server.client().signIn('nobody@elsewhere.example', 'not her password');
    assert.equal(known.status, 401);
    assert.equal(known.bytes, unknown.bytes);
    assert.equal((await server.client().get('/tickets')).code, 'signed_out');
  });

  it('the team is always let in', async () => {
    for (const of of [MIA, NOA]) assert.equal((await (await server.signedIn(of)).get('/tickets')).status, 200);
  });

  it('plain forms lead to the page that says so', async () => {
    const client = server.client();
    const answer = await client.form('/session', { email: ANNA, password: PASSWORD, locale: 'fr', return: '' });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.location, '/support/fr/denied/');
    const filed = await client.plainUpload('/tickets/form?locale=fr', { subject: 'Bonjour', message: 'Salut' });
    assert.equal(filed.headers.location, '/support/fr/denied/');
  });

  it('who signs up gets into the group that is set, and is in', async () => {
    const { client, answer } = await newcomer(signUp);
    assert.equal(answer.status, 200, answer.text);
    assert.equal((await client.file('My first', 'Hello')).status, 201);
  });

  it('who signs up where none is set waits until somebody lets them in', async () => {
    const { email, client, answer } = await newcomer(waiting);
    assert.equal(answer.code, 'not_let_in', answer.text);
    assert.equal((await client.get('/tickets')).code, 'not_let_in');
    assert.equal((await waiting.client().signIn(email, NEW)).code, 'not_let_in');
  });

  it('and so without scripts: the code leads to the page that says so', async () => {
    const email = 'plain@elsewhere.example';
    const client = waiting.client();
    const asked = await client.form('/sign-ups', { name: 'Zoë del Mar', email, password: NEW, consent: '', locale: 'fr' });
    assert.equal(asked.headers.location, '/support/fr/sign-up/#sent');
    const [mail] = await awaitMails(waiting.data, (m) => recipient(m) === email, 1);
    const code = /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/m.exec(mail.text)[0];
    const confirmed = await client.form('/sign-ups/confirm', { code, password: NEW, locale: 'fr' });
    assert.deepEqual([confirmed.status, confirmed.headers.location], [303, '/support/fr/denied/']);
    assert.equal((await client.get('/session')).json.let_in, false);
  });

  it('T18: who signed in before the groups were set is out with the next request, and in again without them', async () => {
    const where = await serve({ edit: access({}) });
    const anna = await where.signedIn(ANNA);
    const reach = async (code) => {
      for (let i = 0; i < 100; i++) {
        const answer = await anna.get('/tickets');
        if (answer.code === code) return true;
        await new Promise((done) => setTimeout(done, 50));
      }
      return false;
    };
    access({ groups: GROUPS })(where.folder);
    await generate(where.folder);
    assert.ok(await reach('not_let_in'));
    access({})(where.folder);
    await generate(where.folder);
    assert.ok(await reach(undefined));
  });

  it('T18: who is let in no more is not told by mail either what is said', async () => {
    const where = await serve({ edit: (folder) => { access({ groups: GROUPS })(folder); editJson(folder, 'content/portal.json', (p) => { p.tickets.permission = 'own'; }); } });
    const set = (who, ...args) => run('guichet-api', ['people', 'set', who, ...args, '--data', where.data]);
    for (const who of [ANNA, BEN]) assert.equal((await set(who, '--group', 'customers')).code, 0);
    const anna = await where.signedIn(ANNA);
    const { number } = (await anna.file('With Ben', 'Please')).json;
    assert.equal((await anna.post(`/tickets/${number}/participants`, { email: BEN })).status, 200);
    assert.equal((await anna.reply(number, 'Ben may read this')).status, 201);
    await awaitMails(where.data, (m) => recipient(m) === BEN && m.text.includes('Ben may read this'));
    assert.equal((await set(BEN, '--no-group', 'customers')).code, 0);
    assert.equal((await anna.reply(number, 'Ben may not read this')).status, 201);
    await awaitMails(where.data, (m) => recipient(m).startsWith('support@') && m.text.includes('Ben may not read this'));
    await where.program.line(/its recipient may not see it/);
    assert.ok(!mails(where.data).some((m) => recipient(m) === BEN && m.text.includes('Ben may not read this')));
  });

  it('a reset changes the password and lets nobody in', async () => {
    const client = server.client();
    assert.equal((await client.post('/resets', { email: ANNA })).status, 202);
    const [mail] = await awaitMails(server.data, (m) => recipient(m) === ANNA && m.text.includes('token='), 1);
    const token = /token=(\S+)/.exec(mail.text)[1];
    assert.equal((await client.post('/resets/confirm', { token, password: NEW })).status, 204);
    assert.equal((await client.signIn(ANNA, NEW)).code, 'not_let_in');
  });
});
