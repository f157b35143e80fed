import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, DORA, MIA, NOA, PASSWORD, editJson, run, serve } from '../harness/guichet.mjs';
import { awaitMails, recipient } from '../harness/mail.mjs';
import { codeOf, nextCode, turnOn } from '../harness/totp.mjs';

const NEW = 'a quiet harbour in the fog';
const server = await serve({ env: { GUICHET_PROXY: '127.0.0.1' } });
const at = (address) => ({ headers: { 'X-Forwarded-For': address } });

/** Past the first step, at the second. */
async function half(email, options, where = server) {
  const client = where.client();
  const answer = await client.post('/session', { email, password: PASSWORD }, options);
  assert.deepEqual([answer.status, answer.code], [401, 'two_step'], answer.text);
  return client;
}
const give = (client, code, options) => client.post('/session/code', { code }, options);

describe('two-step sign-in', () => {
  it('is set up with the password and a code of the app, and tells ten recovery codes once', async () => {
    const anna = await server.signedIn(ANNA);
    assert.deepEqual((await anna.get('/account/two-step')).json, { on: false, codes_left: 0, required: false });
    assert.deepEqual((await anna.post('/account/two-step', { password: 'wrong wrong' })).json.errors, [{ field: 'password', code: 'wrong' }]);
    const begun = (await anna.post('/account/two-step', { password: PASSWORD })).json;
    assert.match(begun.secret, /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    assert.match(begun.address, /^otpauth:\/\/totp\/[^?]+anna%40acme\.example\?secret=[A-Z2-7]{32}&issuer=/);
    assert.match(begun.picture.path, /^M0 0h7/);
    assert.equal((await server.client().signIn(ANNA, PASSWORD)).status, 200, 'nothing is asked before it is confirmed');
    const wrong = codeOf(begun.secret, 40);
    assert.deepEqual((await anna.post('/account/two-step/confirm', { code: wrong })).json.errors, [{ field: 'code', code: 'wrong' }]);
    const done = (await anna.post('/account/two-step/confirm', { code: codeOf(begun.secret) })).json;
    assert.equal(new Set(done.recovery_codes).size, 10);
    const now = (await anna.get('/account/two-step')).json;
    assert.deepEqual([now.on, now.codes_left], [true, 10]);
    assert.equal((await anna.post('/account/two-step', { password: PASSWORD })).status, 409);
    assert.equal((await anna.post('/account/two-step/confirm', { code: codeOf(begun.secret) })).status, 409);
  });

  it('asks for a code after the password; the first step alone opens nothing', async () => {
    const { secret } = await turnOn(server, BEN, PASSWORD);
    const client = await half(BEN);
    assert.equal(client.cookie ?? null, null);
    assert.equal((await client.get('/session')).status, 401);
    for (const path of ['/account/erasure', '/account/export']) assert.equal((await client.post(path, { password: PASSWORD })).status, 401, path);
    const cookie = (await server.client().signIn(BEN, PASSWORD)).headers['set-cookie'].find((each) => each.includes('-half='));
    assert.match(cookie, /; HttpOnly; SameSite=Lax; Max-Age=300$/);
    assert.equal((await give(client, '12345')).code, 'code_wrong');
    assert.equal((await give(client, nextCode(secret))).status, 200);
    assert.equal((await client.get('/session')).json.person.email, BEN);
    assert.equal((await give(client, nextCode(secret))).code, 'code_over', 'each first step is good for one sign-in');
  });

  it('counts a code once, also of eight at a time', async () => {
    const { secret } = await turnOn(server, CARL, PASSWORD);
    const code = nextCode(secret);
    const clients = [];
    for (let i = 0; i < 8; i++) clients.push(await half(CARL));
    const answers = await Promise.all(clients.map((client) => give(client, code)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.equal((await give(await half(CARL, at('192.0.2.70')), code, at('192.0.2.70'))).code, 'code_wrong', 'T09: replayed');
  });

  it('takes a recovery code once, however it is typed', async () => {
    const { codes } = await turnOn(server, DORA, PASSWORD);
    assert.equal((await give(await half(DORA), ` ${codes[0].toLowerCase().replaceAll('-', ' ')}`)).status, 200);
    assert.equal((await give(await half(DORA), codes[0])).code, 'code_wrong');
    const dora = await half(DORA);
    assert.equal((await give(dora, codes[1])).status, 200);
    assert.equal((await dora.get('/account/two-step')).json.codes_left, 8);
    const fresh = (await dora.post('/account/two-step/codes', { proof: codes[2] })).json.recovery_codes;
    const [told] = await awaitMails(server.data, (mail) => recipient(mail) === DORA && /New recovery codes/.test(mail.get('Subject')));
    assert.match(told.text, /The earlier ones do not work any more\./);
    assert.ok(!fresh.some((code) => told.text.includes(code)), 'T54: none of them leaves in a mail');
    assert.equal((await give(await half(DORA), codes[3])).code, 'code_wrong', 'earlier ones are worth nothing');
    assert.equal((await give(await half(DORA), fresh[0])).status, 200);
  });

  it('tries five codes for one sign-in, then one begins anew', async () => {
    const where = await serve({ env: { GUICHET_PROXY: '127.0.0.1' } });
    const { codes } = await turnOn(where, ANNA, PASSWORD);
    const client = await half(ANNA, undefined, where);
    const answers = await Promise.all(Array.from({ length: 12 }, () => give(client, '1234')));
    assert.equal(answers.filter(({ code }) => code === 'code_wrong').length, 5, 'T03');
    assert.equal((await give(client, codes[0])).code, 'code_over');
    await where.stop();
  });

  it('T04: over the limit with the right password, a stranger does not shut out the owner', async () => {
    const where = await serve({ env: { GUICHET_PROXY: '127.0.0.1' } });
    const { secret, codes } = await turnOn(where, ANNA, PASSWORD, at('192.0.2.1'));
    let limited = 0;
    for (let i = 0; i < 30; i++) {
      const stranger = at(`198.51.100.${i}`);
      const client = await half(ANNA, stranger, where);
      const answer = await give(client, '000000', stranger);
      limited += answer.code === 'too_many_attempts';
    }
    assert.ok(limited >= 5, 'strangers run into the limit');
    const elsewhere = at('203.0.113.9');
    assert.equal((await give(await half(ANNA, elsewhere, where), codes[0], elsewhere)).status, 200, 'a recovery code works anywhere');
    const home = at('192.0.2.1');
    assert.equal((await give(await half(ANNA, home, where), nextCode(secret), home)).status, 200, 'and a code where they gave one before');
    await where.stop();
  });

  it('asks after a mailed link, too', async () => {
    const where = await serve();
    const { codes } = await turnOn(where, BEN, PASSWORD);
    await where.client().post('/sign-in-links', { email: BEN });
    const [mail] = await awaitMails(where.data, (m) => recipient(m) === BEN && m.text.includes('#sign-in='));
    const client = where.client();
    const pressed = await client.post('/links', { token: /#sign-in=(\S+)/.exec(mail.text)[1] });
    assert.deepEqual([pressed.status, pressed.code], [401, 'two_step']);
    assert.equal((await give(client, codes[0])).status, 200);
    assert.equal((await client.get('/account/sessions')).json.sessions.find((each) => each.current).way, 'link');
    await where.stop();
  });

  it('asks after a new password that was set with a mailed link, and a changed password keeps one in', async () => {
    const where = await serve();
    const { client: anna, codes } = await turnOn(where, ANNA, PASSWORD);
    const waiting = await half(ANNA, undefined, where);
    await where.client().post('/resets', { email: ANNA });
    const [mail] = await awaitMails(where.data, (m) => recipient(m) === ANNA && m.text.includes('#token='));
    assert.equal((await where.client().post('/resets/confirm', { token: /#token=(\S+)/.exec(mail.text)[1], password: NEW })).status, 204);
    assert.equal((await give(waiting, codes[0])).code, 'code_over', 'T14: what began with the old password is over');
    assert.equal((await anna.get('/session')).status, 401);
    const client = where.client();
    assert.equal((await client.signIn(ANNA, NEW)).code, 'two_step');
    assert.equal((await give(client, codes[1])).status, 200);
    assert.equal((await client.post('/account/password', { old: NEW, password: PASSWORD })).status, 204);
    assert.equal((await client.get('/session')).status, 200);
    await where.stop();
  });

  it('keeps the choice to stay signed in, and replaces a cookie set before (T12)', async () => {
    const where = await serve();
    const { codes } = await turnOn(where, ANNA, PASSWORD);
    const client = where.client();
    await client.post('/session', { email: ANNA, password: PASSWORD, remember: true });
    const answer = await give(client, codes[0]);
    assert.match(answer.headers['set-cookie'].find((each) => /^(__Host-)?guichet=/.test(each)), /Max-Age=\d{6,}/);
    assert.equal((await client.get('/account/sessions')).json.sessions.find((each) => each.current).remembered, true);
    await where.stop();
  });

  it('leads a plain form to the page for the code, and from there to where one was going', async () => {
    const where = await serve();
    const { codes } = await turnOn(where, ANNA, PASSWORD);
    const client = where.client();
    const back = '/support/en/ticket/?n=1001';
    const first = await client.form('/session', { email: ANNA, password: PASSWORD, locale: 'en', return: back });
    assert.deepEqual([first.status, first.headers.location], [303, `/support/en/code/?return=${encodeURIComponent(back)}`]);
    const page = { headers: { Referer: `${where.origin}${first.headers.location}` } };
    const wrong = await client.form('/session/code', { code: '000000', locale: 'en', return: '' }, page);
    assert.equal(wrong.headers.location, `${first.headers.location}#e-code_wrong`);
    const right = await client.form('/session/code', { code: codes[0], locale: 'en', return: '' }, page);
    assert.deepEqual([right.status, right.headers.location], [303, back]);
    assert.equal((await client.get('/session')).status, 200);
    const over = await client.form('/session/code', { code: codes[1], locale: 'en', return: 'https://evil.example/' });
    assert.equal(over.headers.location, '/support/en/sign-in/#e-code_over', 'T27');
    await where.stop();
  });

  it('is turned off with the password or a code, and with nothing else', async () => {
    const { client: mia } = await turnOn(server, MIA, PASSWORD);
    for (const [proof, code] of [['', 'required'], ['not the password', 'wrong'], ['000000', 'wrong']])
      assert.deepEqual((await mia.post('/account/two-step/off', { proof })).json.errors, [{ field: 'proof', code }]);
    assert.equal((await mia.post('/account/two-step/off', { proof: PASSWORD })).status, 204);
    assert.equal((await mia.post('/account/two-step/off', { proof: PASSWORD })).status, 409);
    assert.equal((await server.client().signIn(MIA, PASSWORD)).status, 200);
  });

  it('T54: neither secrets nor codes are in a log or an answer that is not about them', async () => {
    const where = await serve();
    const { secret, codes, client } = await turnOn(where, ANNA, PASSWORD);
    const half1 = await half(ANNA, undefined, where);
    const cookie = Object.values(half1.kept).find((pair) => pair.includes('-half=')).split('=')[1];
    assert.equal((await give(half1, codes[0])).status, 200);
    const told = JSON.stringify([(await client.get('/account')).json, (await client.get('/account/two-step')).json, (await client.get('/account/sessions')).json]);
    for (const words of [secret, secret.replaceAll(' ', ''), ...codes, cookie]) {
      assert.ok(!where.program.said.includes(words), 'in the log');
      assert.ok(!told.includes(words), 'in an answer');
    }
    await where.stop();
    const kept = readdirSync(where.data).filter((name) => name.startsWith('guichet.db')).map((name) => readFileSync(join(where.data, name)));
    assert.ok(kept.length > 0);
    for (const words of [...codes, cookie]) assert.ok(kept.every((bytes) => !bytes.includes(words)), 'only hashes are kept');
  });
});

describe('two-step sign-in that the team must have', () => {
  it('lets nobody of the team go on before they have set it up, and customers as before', async () => {
    const where = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.access = { ...p.access, two_step: 'staff' }; }) });
    assert.equal((await where.client().signIn(ANNA, PASSWORD)).status, 200);
    const mia = where.client();
    assert.deepEqual([(await mia.signIn(MIA, PASSWORD)).code, (await mia.get('/session')).status], ['two_step_missing', 200]);
    for (const path of ['/tickets', '/tickets/1001', '/tickets.csv', '/audit']) assert.equal((await mia.get(path)).code, 'two_step_missing', path);
    for (const path of ['/account', '/account/two-step', '/account/sessions', '/account/consents']) assert.equal((await mia.get(path)).status, 200, `the page where it is set up asks for ${path}`);
    assert.equal((await mia.post('/account/details', { name: 'Mia', locale: 'en' })).code, 'two_step_missing');
    for (const path of ['/account', '/account/two-step', '/account/sessions', '/account/consents'])
      assert.equal((await mia.get(path)).status, 200, `${path}: the page where it is set up shows it`);
    const form = await where.client().form('/session', { email: NOA, password: PASSWORD, locale: 'fr' });
    assert.deepEqual([form.status, form.headers.location], [303, '/support/fr/account/#two-step']);
    assert.equal((await mia.get('/account/two-step')).json.required, true);
    const { secret } = (await mia.post('/account/two-step', { password: PASSWORD })).json;
    assert.equal((await mia.post('/account/two-step/confirm', { code: codeOf(secret) })).status, 200);
    assert.equal((await mia.get('/tickets')).status, 200);
    assert.equal((await mia.post('/account/two-step/off', { proof: PASSWORD })).code, 'not_allowed');
    assert.equal((await mia.get('/tickets')).status, 200);
    await where.stop();
  });

  it('is turned off by an administrator for who lost everything, which is audited and told by mail', async () => {
    const where = await serve();
    await turnOn(where, ANNA, PASSWORD);
    const env = { GUICHET_DATA: where.data, GUICHET_PORTAL: join(where.folder, 'out/portal'), GUICHET_ORIGIN: where.origin };
    const off = () => run('guichet-api', ['people', 'two-step-off', ANNA], { env });
    const first = await off();
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stdout, /^anna@acme\.example: two-step sign-in is off$/m);
    assert.match((await off()).stdout, /two-step sign-in was off$/m);
    assert.equal((await where.client().signIn(ANNA, PASSWORD)).status, 200);
    await awaitMails(where.data, (m) => recipient(m) === ANNA && / is off$/.test(m.get('Subject')));
    const audit = await run('guichet-api', ['audit'], { env });
    assert.match(audit.stdout, /two_step\.on/);
    assert.match(audit.stdout, /two_step\.off.*admin|admin.*two_step\.off/);
    await where.stop();
  });
});
