import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, DORA, HOST, MIA, PASSWORD, editJson, serve } from '../harness/guichet.mjs';

const server = await serve();
const live = await serve({ live: true });
const behindProxy = await serve({ env: { GUICHET_PROXY: '127.0.0.1' } });

describe('signing in', () => {
  it('tells who one is', async () => {
    const answer = await server.client().signIn(ANNA, PASSWORD);
    assert.equal(answer.status, 200);
    const { person, views, expires_at, idle_minutes } = answer.json;
    assert.deepEqual(person, { name: 'Anna Berg', first_name: 'Anna', email: ANNA, role: 'contact', company: 'Acme' });
    assert.deepEqual(views, ['mine', 'company']);
    assert.equal(idle_minutes, 60);
    assert.match(expires_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const hours = (Date.parse(expires_at) - Date.now()) / 3_600_000;
    assert.ok(hours > 23.9 && hours <= 24, `ends in ${hours} hours`);
  });

  it('takes the address in any case, with blanks around it', async () => {
    assert.equal((await server.client().signIn(`  ${ANNA.toUpperCase()} `, PASSWORD)).status, 200);
  });

  it('is remembered by the cookie alone', async () => {
    const anna = await server.signedIn(ANNA);
    const answer = await anna.get('/session');
    assert.equal(answer.status, 200);
    assert.equal(answer.json.person.email, ANNA);
    assert.equal((await server.client().get('/session')).code, 'signed_out');
  });

  it('offers no company view to a contact without a company', async () => {
    const dora = await server.signedIn(DORA);
    const { person, views } = (await dora.get('/session')).json;
    assert.equal(person.company, null);
    assert.deepEqual(views, ['mine']);
  });

  it('tells staff that they are', async () => {
    const mia = await server.signedIn(MIA);
    assert.equal(mia.me.role, 'agent');
    assert.deepEqual((await mia.get('/session')).json.views, ['mine', 'company']);
  });

  it('answers a wrong password and an unknown address alike (T01)', async () => {
    const wrong = await server.client().signIn(BEN, 'not the password at all');
    const unknown = await server.client().signIn('nobody@acme.example', 'not the password at all');
    assert.equal(wrong.status, 401);
    assert.equal(wrong.code, 'credentials');
    assert.equal(wrong.bytes, unknown.bytes);
  });

  it('T03: stops evaluating wrong passwords for one address, says when to come back', async () => {
    const victim = 'many.tries@acme.example';
    const answers = await Promise.all(Array.from({ length: 40 }, () => server.client().signIn(victim, 'wrong wrong wrong')));
    const limited = answers.filter((a) => a.status === 429);
    assert.ok(answers.filter((a) => a.status === 401).length <= 10, 'more attempts evaluated than the limit allows');
    assert.ok(limited.length >= 30);
    assert.equal(limited[0].code, 'too_many_attempts');
    assert.match(limited[0].headers['retry-after'], /^[1-9]\d*$/);
  });

  /** So many wrong passwords, each said to come from the place that `from` gives; how many were evaluated. */
  async function evaluated(where, email, from) {
    const tries = Array.from({ length: 30 }, (_, i) =>
      where.client().post('/session', { email, password: 'wrong wrong wrong' }, { headers: { 'X-Forwarded-For': from(i) } }));
    return (await Promise.all(tries)).filter((answer) => answer.status === 401).length;
  }

  it('T44: X-Forwarded-For of anybody counts for nothing', async () => {
    assert.ok((await evaluated(server, 'forwarded@acme.example', (i) => `203.0.113.${i}`)) <= 10);
  });

  it('T04, T44: behind a named proxy, the owner still gets in from another place than the attacker’s', async () => {
    assert.ok((await evaluated(behindProxy, CARL, (i) => `198.51.100.${i}, 203.0.113.7`)) <= 10, 'only what the proxy itself wrote counts');
    assert.ok((await evaluated(behindProxy, 'lines@acme.example', (i) => [`198.51.100.${i}`, '203.0.113.8'])) <= 10, 'on a line of its own, too');
    const signIn = (from) => behindProxy.client().post('/session', { email: CARL, password: PASSWORD }, { headers: { 'X-Forwarded-For': from } });
    assert.equal((await signIn('203.0.113.7')).status, 429);
    assert.equal((await signIn('192.0.2.44')).status, 200);
  });

  for (const [what, body] of [
    ['no password', { email: ANNA }],
    ['a number as password', { email: ANNA, password: 12 }],
    ['a field we do not know (T20)', { email: ANNA, password: PASSWORD, role: 'admin' }],
    ['a list', [ANNA, PASSWORD]],
    ['null', null],
  ]) {
    it(`refuses ${what}`, async () => {
      const answer = await server.client().post('/session', body);
      assert.equal(answer.status, 400);
      assert.match(answer.code, /^bad_(input|json)$/);
      assert.equal(answer.headers['set-cookie'], undefined);
    });
  }

  it('survives a password of a megabyte', async () => {
    const answer = await server.client().signIn(ANNA, 'x'.repeat(1 << 20));
    assert.ok([400, 401, 413].includes(answer.status), String(answer.status));
  });

  it('T12: a cookie set before signing in is replaced by a new one of 256 bits', async () => {
    const client = server.client();
    client.cookie = `guichet=${'A'.repeat(43)}`;
    const answer = await client.signIn(ANNA, PASSWORD);
    const value = /^guichet=([A-Za-z0-9_-]{43});/.exec(answer.headers['set-cookie'][0])?.[1];
    assert.ok(value, answer.headers['set-cookie'][0]);
    assert.notEqual(value, 'A'.repeat(43));

    const again = await client.signIn(ANNA, PASSWORD);
    assert.ok(!again.headers['set-cookie'][0].includes(value), 'signing in again gives another cookie');
  });

  it('T12: the store holds only a hash of the cookie', async () => {
    const anna = await server.signedIn(ANNA);
    await anna.get('/session');
    const secret = anna.cookie.split('=')[1];
    const bytes = Buffer.from(secret, 'base64url');
    for (const name of ['guichet.db', 'guichet.db-wal']) {
      const kept = readFileSync(join(server.data, name));
      assert.ok(!kept.includes(secret) && !kept.includes(bytes), `${name} holds the cookie itself`);
    }
  });

  it('sets a __Host- cookie in production, and a plain one on localhost only', async () => {
    const [cookie] = (await live.client().signIn(ANNA, PASSWORD)).headers['set-cookie'];
    assert.match(cookie, /^__Host-guichet=[A-Za-z0-9_-]{43};/);
    for (const part of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax']) assert.ok(cookie.includes(`; ${part}`), `${part}: ${cookie}`);
    assert.doesNotMatch(cookie, /domain=/i);

    const [local] = (await server.client().signIn(ANNA, PASSWORD)).headers['set-cookie'];
    assert.match(local, /^guichet=/);
    assert.doesNotMatch(local, /Secure/);
    assert.match(local, /HttpOnly/);
  });

  it('keeps nobody signed in beyond the browser’s own end who did not ask for it', async () => {
    const [cookie] = (await server.client().signIn(ANNA, PASSWORD)).headers['set-cookie'];
    assert.doesNotMatch(cookie, /max-age|expires/i);
  });

  it('remembers for as long as the settings say who asks to stay signed in; seven days without use end it all the same (T13)', async () => {
    const answer = await server.client().post('/session', { email: ANNA, password: PASSWORD, remember: true });
    assert.equal(answer.status, 200, answer.text);
    assert.ok(answer.headers['set-cookie'][0].includes(`; Max-Age=${30 * 86_400}`), answer.headers['set-cookie'][0]);
    const days = (Date.parse(answer.json.expires_at) - Date.now()) / 86_400_000;
    assert.ok(days > 29.9 && days <= 30, `ends in ${days} days`);
    assert.equal(answer.json.idle_minutes, 7 * 24 * 60);
  });

  it('says no to other words for “stay signed in” than true and false', async () => {
    assert.equal((await server.client().post('/session', { email: ANNA, password: PASSWORD, remember: 'yes' })).status, 400);
    const answer = await server.client().post('/session', { email: ANNA, password: PASSWORD, remember: false });
    assert.equal(answer.json.idle_minutes, 60);
  });

  it('remembers who ticked the box without JavaScript', async () => {
    const answer = await server.client().form('/session', { email: ANNA, password: PASSWORD, locale: 'en', return: '', remember: 'yes' });
    assert.equal(answer.status, 303);
    assert.match(answer.headers['set-cookie'][0], /; Max-Age=2592000/);
  });

  it('where the portal does not offer to remember, the wish has no effect', async () => {
    const brief = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.session.remember_days = 0; }) });
    assert.ok(!(await brief.client().page('/support/en/sign-in/')).text.includes('name="remember"'));
    const answer = await brief.client().post('/session', { email: ANNA, password: PASSWORD, remember: true });
    assert.doesNotMatch(answer.headers['set-cookie'][0], /max-age/i);
    assert.equal(answer.json.idle_minutes, 60);
  });

  it('T11: believes no header about who one is', async () => {
    const answer = await server.client().get('/session', { headers: { 'X-Remote-User': ANNA, 'X-Forwarded-User': ANNA } });
    assert.equal(answer.status, 401);
  });
});

describe('signing out', () => {
  it('T15: ends the session; the replayed cookie shows nothing', async () => {
    const anna = await server.signedIn(ANNA);
    const { cookie } = anna;
    const answer = await anna.delete('/session');
    assert.equal(answer.status, 204);
    assert.match(answer.headers['set-cookie'][0], /^guichet=;.*Max-Age=0/i);
    const replayed = await anna.get('/tickets', { headers: { Cookie: cookie } });
    assert.equal(replayed.status, 401);
    assert.equal(replayed.code, 'signed_out');
  });

  it('leaves the person signed in elsewhere', async () => {
    const [phone, desk] = [await server.signedIn(ANNA), await server.signedIn(ANNA)];
    await phone.delete('/session');
    assert.equal((await desk.get('/session')).status, 200);
  });

  it('works as a plain form and leads to the page that says so, in the language of the form', async () => {
    const anna = await server.signedIn(ANNA);
    const { cookie } = anna;
    const answer = await anna.form('/session/end', { locale: 'fr' });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.location, '/support/fr/sign-out/#done');
    assert.equal((await anna.get('/session', { headers: { Cookie: cookie } })).status, 401);
  });

  it('is no error for who is not signed in', async () => {
    assert.ok([204, 401].includes((await server.client().delete('/session')).status));
  });
});

describe('signing in with a plain form', () => {
  const send = (fields, options) => server.client().form('/session', { locale: 'en', ...fields }, options);

  it('leads to the tickets', async () => {
    const answer = await send({ email: ANNA, password: PASSWORD, return: '' });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.location, '/support/en/tickets/');
    assert.match(answer.headers['set-cookie'][0], /^guichet=/);
  });

  it('leads back to where one came from', async () => {
    const answer = await send({ email: ANNA, password: PASSWORD, return: '/support/en/ticket/?n=1042' });
    assert.equal(answer.headers.location, '/support/en/ticket/?n=1042');
  });

  it('leads back to where the page of the form was told to; T27: only within the portal', async () => {
    const after = async (wanted) => {
      const headers = { Referer: `${server.origin}/support/en/sign-in/?return=${encodeURIComponent(wanted)}` };
      return (await send({ email: ANNA, password: PASSWORD, return: '/support/en/tickets/' }, { headers })).headers.location;
    };
    assert.equal(await after('/support/en/new/'), '/support/en/new/');
    for (const foreign of ['https://evil.example/', '//evil.example/support/', '/support/../evil', '/support/en/\r\nSet-Cookie: a=b', ''])
      assert.equal(await after(foreign), '/support/en/tickets/', foreign);
  });

  it('stays in the language of the form', async () => {
    const answer = await send({ email: ANNA, password: PASSWORD, locale: 'fr' });
    assert.equal(answer.headers.location, '/support/fr/tickets/');
  });

  it('leads to the message when the password is wrong, and keeps where one came from', async () => {
    const answer = await send({ email: BEN, password: 'wrong wrong wrong', return: '/support/en/ticket/?n=1042' });
    assert.equal(answer.status, 303);
    const target = new URL(answer.headers.location, server.origin);
    assert.equal(target.pathname, '/support/en/sign-in/');
    assert.equal(target.hash, '#e-credentials');
    assert.equal(target.searchParams.get('return'), '/support/en/ticket/?n=1042');
    assert.equal(answer.headers['set-cookie'], undefined);
  });

  for (const foreign of ['https://evil.example/', '//evil.example/support/', '/\\evil.example/', 'javascript:alert(1)', '/api/v1/session/end',
    '/support/../evil', '/support/%2e%2e/evil', '/support/en/\r\nSet-Cookie: a=b', '/supportx/', 'data:text/html,x', ' //evil.example']) {
    it(`T27: never follows ${JSON.stringify(foreign)}`, async () => {
      const answer = await send({ email: ANNA, password: PASSWORD, return: foreign });
      assert.equal(answer.status, 303);
      assert.equal(answer.headers.location, '/support/en/tickets/');
    });
  }

  it('T42: needs an origin of ours', async () => {
    for (const Origin of ['https://evil.example', null]) {
      const answer = await send({ email: ANNA, password: PASSWORD }, { headers: { Origin } });
      assert.equal(answer.status, 403);
      assert.equal(answer.headers['set-cookie'], undefined);
    }
  });

  it('falls back to the default language when the form names none that we have', async () => {
    const answer = await send({ email: ANNA, password: PASSWORD, locale: '../../x' });
    assert.ok([303, 400].includes(answer.status));
    if (answer.status === 303) assert.equal(answer.headers.location, '/support/en/tickets/');
  });
});

describe('a session in production', () => {
  it(`answers to ${HOST} and sends no personal data into caches`, async () => {
    const anna = await live.signedIn(ANNA);
    const answer = await anna.get('/session');
    assert.equal(answer.status, 200);
    assert.match(answer.headers['cache-control'], /no-store/);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.equal(answer.headers['referrer-policy'], 'no-referrer');
  });
});

it('T54: no password, cookie or address of anybody is in the log', async () => {
  const anna = await server.signedIn(ANNA);
  await server.client().signIn(ANNA, 'a secret that was mistyped');
  await anna.get(`/session?password=${encodeURIComponent('a secret in a query')}`);
  const { said } = server.program;
  assert.ok(said.includes('/api/v1/session'), 'requests are in it');
  for (const secret of [PASSWORD, 'a secret', encodeURIComponent('a secret'), anna.cookie.split('=')[1], ANNA]) assert.ok(!said.includes(secret), secret);
});
