import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, DORA, MIA, NOA, PASSWORD, editJson, run, serve } from '../harness/guichet.mjs';
import { awaitMails, mails, recipient } from '../harness/mail.mjs';
import { ageSessions } from '../harness/store.mjs';

const server = await serve({ env: { GUICHET_PROXY: '127.0.0.1' } });
const NEW = 'a quiet harbour in the fog';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';

/** Signed in with this browser, from this address. */
async function from(email, agent, address, password = PASSWORD) {
  const client = server.client();
  const answer = await client.post('/session', { email, password }, { headers: { 'User-Agent': agent, 'X-Forwarded-For': address } });
  assert.equal(answer.status, 200, answer.text);
  return client;
}

const signIns = async (client) => (await client.get('/account/sessions')).json.sessions;

describe('one’s own account', () => {
  it('tells what is known of one', async () => {
    const ben = await server.signedIn(BEN);
    const { name, email, locale, has_password, wanted_address } = (await ben.get('/account')).json;
    assert.deepEqual({ name, email, locale, has_password, wanted_address },
      { name: 'Ben Ode', email: BEN, locale: 'fr', has_password: true, wanted_address: null });
  });

  it('takes another name and another language for its mails', async () => {
    const carl = await server.signedIn(CARL);
    assert.equal((await carl.post('/account/details', { name: '  Carla   de la Cruz ', locale: 'fr' })).status, 204);
    const { name, locale } = (await carl.get('/account')).json;
    assert.deepEqual({ name, locale }, { name: 'Carla de la Cruz', locale: 'fr' });
    assert.equal((await carl.get('/session')).json.person.first_name, 'Carla');
    await carl.post('/resets', { email: CARL });
    const [mail] = await awaitMails(server.data, (m) => recipient(m) === CARL);
    assert.match(mail.text, /mot de passe/);
  });

  it('T23, T28: keeps of a name what can be seen, and nothing that turns others round or speaks to a terminal', async () => {
    const carl = await server.signedIn(CARL);
    for (const [given, kept] of [
      ['\u202eCarl\u2066 \u2028Birch\u0085', 'Carl Birch'],
      ['\u009b31;5mCarl\u009d0;owned\u009c', '31;5mCarl 0;owned'],
      ['\u00a0Carl\u200b\u3000\u2003Birch\ufeff ', 'Carl Birch'],
      ['می\u200cخواهم\u200c', 'می\u200cخواهم'],
    ]) {
      assert.equal((await carl.post('/account/details', { name: given, locale: 'en' })).status, 204);
      assert.equal((await carl.get('/account')).json.name, kept);
    }
    const listed = await run('guichet-api', ['people', 'list', '--data', server.data]);
    // eslint-disable-next-line no-control-regex
    assert.doesNotMatch(listed.stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    await carl.post('/account/details', { name: 'Carl Birch', locale: 'en' });
  });

  for (const [field, code, json] of [
    ['name', 'required', { name: ' ', locale: 'en' }],
    ['name', 'required', { name: '\u200b\u200d\u202e', locale: 'en' }],
    ['name', 'too_long', { name: 'x'.repeat(101), locale: 'en' }],
    ['locale', 'option', { name: 'Anna', locale: 'xx' }],
  ]) {
    it(`says that a ${field} is not good: ${code}`, async () => {
      const anna = await server.signedIn(ANNA);
      const answer = await anna.post('/account/details', json);
      assert.equal(answer.status, 422, answer.text);
      assert.deepEqual(answer.json.errors, [{ field, code }]);
    });
  }

  it('T20: takes no role and no company', async () => {
    const anna = await server.signedIn(ANNA);
    assert.equal((await anna.post('/account/details', { name: 'Anna', locale: 'en', role: 'admin' })).status, 400);
    assert.equal((await anna.get('/session')).json.person.role, 'contact');
  });
});

describe('the list of sign-ins', () => {
  it('tells browser, system and network in our words, and which one asks', async () => {
    const here = await from(ANNA, FIREFOX, '192.0.2.7');
    await from(ANNA, IPHONE, '2001:db8:1:2:3:4:5:6');
    const list = await signIns(here);
    const mine = list.find((each) => each.current);
    assert.deepEqual([mine.agent, mine.place, mine.way, mine.remembered], ['Firefox, Linux', '192.0.2.7', 'password', false]);
    const phone = list.find((each) => each.agent === 'Safari, iPhone');
    assert.equal(phone.place, '2001:db8:1:2::/64', 'never the whole address of a device');
    assert.equal(phone.current, false);
    assert.ok(list.every((each) => /^[A-Za-z0-9_-]{16,}$/.test(each.id)));
    assert.ok(!JSON.stringify(list).includes(here.cookie.split('=')[1]), 'T54: nobody’s cookie is in it');
  });

  it('shows nobody else’s, and ends nobody else’s', async () => {
    const ben = await server.signedIn(BEN);
    const anna = await server.signedIn(ANNA);
    const [bens] = await signIns(ben);
    assert.ok(!(await signIns(anna)).some((each) => each.id === bens.id));
    assert.equal((await anna.delete(`/account/sessions/${bens.id}`)).status, 404);
    assert.equal((await ben.get('/session')).status, 200);
  });

  it('ends one of them, which is signed out with its next request', async () => {
    const here = await from(DORA, FIREFOX, '192.0.2.7');
    const there = await from(DORA, IPHONE, '192.0.2.8');
    const { id } = (await signIns(here)).find((each) => !each.current);
    assert.equal((await here.delete(`/account/sessions/${id}`)).status, 204);
    assert.equal((await there.get('/session')).status, 401);
    assert.equal((await here.get('/session')).status, 200);
    assert.equal((await here.delete(`/account/sessions/${id}`)).status, 404);
  });

  it('ends this one, and takes its cookie back', async () => {
    const dora = await server.signedIn(DORA);
    const { id } = (await signIns(dora)).find((each) => each.current);
    const answer = await dora.delete(`/account/sessions/${id}`);
    assert.equal(answer.status, 204);
    assert.match(answer.headers['set-cookie'][0], /Max-Age=0/);
  });

  it('ends all of them, here too; the replayed cookie shows nothing (T15)', async () => {
    const clients = await Promise.all(Array.from({ length: 4 }, () => server.signedIn(MIA)));
    const cookies = clients.map(({ cookie }) => cookie);
    assert.equal((await clients[0].act('/account/sessions/end')).status, 204);
    for (const [i, client] of clients.entries()) {
      client.cookie = cookies[i];
      assert.equal((await client.get('/session')).status, 401);
    }
  });
});

describe('who has no password', async () => {
  const NEWCOMER = 'vera@acme.example';
  const added = await run('guichet-api', ['people', 'add', NEWCOMER, '--name', 'Vera', '--data', server.data]);
  assert.equal(added.code, 0, added.stderr);
  await server.client().post('/sign-in-links', { email: NEWCOMER });
  const [mail] = await awaitMails(server.data, (m) => recipient(m) === NEWCOMER && m.text.includes('#sign-in='));
  const vera = server.client();
  assert.equal((await vera.post('/links', { token: /#sign-in=(\S+)/.exec(mail.text)[1] })).status, 200);
  const wishes = [['/account/two-step', { password: '' }], ['/account/export', { password: '' }], ['/account/address', { email: 'thief@evil.example', password: '' }]];

  it('is believed for a quarter of an hour after signing in, and not with a session that was left open', async () => {
    assert.equal((await vera.get('/account')).json.has_password, false);
    assert.equal((await vera.post(...wishes[0])).status, 200);
    await ageSessions(server.data, 16);
    for (const [path, json] of wishes) {
      const answer = await vera.post(path, json);
      assert.deepEqual([answer.status, answer.json.errors], [422, [{ field: 'password', code: 'not_recent' }]], path);
    }
    assert.equal((await vera.get('/account')).json.wanted_address, null);
  });
});

describe('a new password', () => {
  it('wants the old one; every other session ends, this one goes on under a new cookie (T12, T14)', async () => {
    const here = await server.signedIn(BEN);
    const there = await server.signedIn(BEN);
    const before = here.cookie;
    const wrong = await here.post('/account/password', { old: 'not the old one', password: NEW });
    assert.equal(wrong.status, 422);
    assert.deepEqual(wrong.json.errors, [{ field: 'old', code: 'wrong' }]);
    assert.equal((await here.post('/account/password', { old: PASSWORD, password: NEW })).status, 204);
    assert.notEqual(here.cookie, before);
    assert.equal((await here.get('/session')).status, 200);
    assert.equal((await there.get('/session')).status, 401);
    there.cookie = before;
    assert.equal((await there.get('/session')).status, 401, 'the old cookie is worth nothing');
    assert.equal((await server.client().signIn(BEN, PASSWORD)).status, 401);
    assert.equal((await server.client().signIn(BEN, NEW)).status, 200);
  });

  it('is told to its owner by mail', async () => {
    const [mail] = await awaitMails(server.data, (m) => recipient(m) === BEN && /mot de passe pour .* a été changé/.test(m.get('Subject')));
    assert.match(mail.text, /\/support\/fr\/reset\//);
  });

  it('T05: is refused with the reason when it is none', async () => {
    const anna = await server.signedIn(ANNA);
    for (const [password, code] of [['', 'required'], ['short', 'password_short'], ['password1234', 'password_common'], [ANNA, 'password_personal']]) {
      const answer = await anna.post('/account/password', { old: PASSWORD, password });
      assert.deepEqual(answer.json.errors, [{ field: 'password', code }], password);
    }
  });

  it('T03: may be guessed no more often than at sign-in', async () => {
    const anna = await server.signedIn(ANNA);
    const answers = await Promise.all(Array.from({ length: 40 }, () => anna.post('/account/password', { old: 'wrong wrong', password: NEW })));
    assert.ok(answers.filter((a) => a.status === 422).length <= 10, 'more attempts evaluated than the limit allows');
    assert.ok(answers.some((a) => a.code === 'too_many_attempts'));
  });

  it('is taken once, even when five set it at the same time', async () => {
    const dora = await server.signedIn(DORA);
    const { cookie } = dora;
    const tries = Array.from({ length: 5 }, (_, i) => {
      const client = server.client();
      client.cookie = cookie;
      return client.post('/account/password', { old: PASSWORD, password: `${NEW} ${i}` });
    });
    const answers = await Promise.all(tries);
    assert.equal(answers.filter((a) => a.status === 204).length, 1, answers.map((a) => a.status).join());
  });
});

describe('a new address', async () => {
  const own = await serve();
  const ask = (client, email, password = PASSWORD) => client.post('/account/address', { email, password });
  const linkIn = (mail) => /https?:\/\/\S+/.exec(mail.text)[0];
  const press = (link, where = own) => where.client().post('/links', { token: new URL(link).hash.split('=')[1] });

  it('is theirs once the link that went there is pressed; the old one is told, and its links are worth nothing then', async () => {
    const anna = await own.signedIn(ANNA);
    await own.client().post('/resets', { email: ANNA });
    const [reset] = await awaitMails(own.data, (m) => recipient(m) === ANNA && m.text.includes('#token='));
    assert.equal((await ask(anna, ' anna@new.example ')).status, 202);
    const [mail] = await awaitMails(own.data, (m) => recipient(m) === 'anna@new.example');
    const [notice] = await awaitMails(own.data, (m) => recipient(m) === ANNA && m.text.includes('anna@new.example'));
    assert.ok(!notice.text.includes('#address='), 'the old mailbox cannot confirm it');
    assert.equal((await anna.get('/account')).json.wanted_address, 'anna@new.example');
    assert.equal((await anna.get('/account')).json.email, ANNA, 'nothing has changed yet');

    const link = linkIn(mail);
    assert.ok(link.startsWith(`${own.origin}/support/en/link/#address=`), 'T07, T08');
    const answer = await press(link);
    assert.deepEqual([answer.status, answer.json], [200, { did: 'address' }]);
    assert.equal(answer.headers['set-cookie'], undefined, 'it signs nobody in');
    assert.equal((await anna.get('/account')).json.email, 'anna@new.example');
    assert.equal((await own.client().signIn('anna@new.example', PASSWORD)).status, 200);
    assert.equal((await own.client().signIn(ANNA, PASSWORD)).status, 401);
    const old = await own.client().post('/resets/confirm', { token: /#token=(\S+)/.exec(reset.text)[1], password: NEW });
    assert.equal(old.code, 'token_expired');
    assert.equal((await press(link)).code, 'token_used');
  });

  it('is not theirs any more once the password was replaced: who knew the old one has no way in left', async () => {
    const noa = await own.signedIn(NOA);
    assert.equal((await ask(noa, 'thief@evil.example')).status, 202);
    const [mail] = await awaitMails(own.data, (m) => recipient(m) === 'thief@evil.example');
    assert.equal((await noa.post('/account/password', { old: PASSWORD, password: NEW })).status, 204);
    assert.equal((await press(linkIn(mail))).code, 'token_expired');
    const account = (await (await own.signedIn(NOA, NEW)).get('/account')).json;
    assert.deepEqual([account.email, account.wanted_address], [NOA, null]);
  });

  it('wants the password', async () => {
    const ben = await own.signedIn(BEN);
    assert.deepEqual((await ask(ben, 'ben@new.example', 'wrong wrong')).json.errors, [{ field: 'password', code: 'wrong' }]);
    assert.deepEqual((await ask(ben, 'no address')).json.errors, [{ field: 'email', code: 'email' }]);
    assert.equal((await ben.get('/account')).json.wanted_address, null);
  });

  it('T02: that is somebody else’s is answered alike, and nobody gets a mail', async () => {
    const ben = await own.signedIn(BEN);
    const known = await ask(ben, CARL);
    const free = await ask(ben, 'ben@new.example');
    assert.equal(known.bytes, free.bytes);
    await awaitMails(own.data, (m) => recipient(m) === 'ben@new.example');
    for (const email of [CARL, MIA, 'nobody@new.example']) {
      await ask(ben, email);
      assert.equal((await ben.get('/account')).json.wanted_address, email, 'nor does the page tell who has an account');
      await awaitMails(own.data, (m) => recipient(m) === BEN && m.text.includes(email));
    }
    assert.ok(!mails(own.data).some((m) => recipient(m) === CARL));
  });

  it('that became somebody else’s meanwhile is refused, and nothing changes', async () => {
    const ben = await own.signedIn(BEN);
    const carl = await own.signedIn(CARL);
    for (const client of [ben, carl]) assert.equal((await ask(client, 'both@new.example')).status, 202);
    const [first, second] = await awaitMails(own.data, (m) => recipient(m) === 'both@new.example', 2);
    assert.equal((await press(linkIn(second))).status, 200);
    assert.equal((await press(linkIn(first))).code, 'address_taken');
    assert.equal((await ben.get('/account')).json.email, BEN);
  });

  it('T28: with a line break in it begins no header', async () => {
    const dora = await own.signedIn(DORA);
    assert.equal((await ask(dora, 'x@y.example\r\nBcc: z@y.example')).status, 422);
  });
});

describe('mail about a new sign-in', async () => {
  const told = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.access.sign_in_mails = true; }) });
  const about = (m) => recipient(m) === ANNA && /New sign-in/.test(m.get('Subject'));
  const signIn = (client, agent) => client.post('/session', { email: ANNA, password: PASSWORD }, { headers: { 'User-Agent': agent } });

  it('goes to who signs in with a browser that they have not used before, and tells which; the first one of all is no news', async () => {
    const usual = told.client();
    await signIn(usual, FIREFOX);
    assert.match(usual.kept['guichet-device'], /^guichet-device=[A-Za-z0-9_-]{43}$/);
    await signIn(usual, FIREFOX);
    await signIn(told.client(), IPHONE);
    const found = await awaitMails(told.data, about);
    assert.equal(found.length, 1);
    assert.match(found[0].text, /Safari, iPhone, 127\.0\.0\.1/);
    await signIn(usual, FIREFOX);
    await told.client().post('/resets', { email: ANNA });
    await awaitMails(told.data, (m) => recipient(m) === ANNA && m.text.includes('#token='));
    assert.equal(mails(told.data).filter(about).length, 1, 'the usual browser is no news');
  });

  it('is not sent where it is not set, and the browser keeps nothing for it', async () => {
    const client = server.client();
    await signIn(client, FIREFOX);
    assert.deepEqual(client.kept, {});
  });
});
