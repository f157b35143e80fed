import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, DORA, MIA, NOA, PASSWORD, editJson, serve } from '../harness/guichet.mjs';
import { awaitMails, mails, recipient } from '../harness/mail.mjs';

const server = await serve();
const live = await serve({ live: true });
const behindProxy = await serve({ env: { GUICHET_PROXY: '127.0.0.1' } });

const about = (email) => (mail) => recipient(mail) === email && mail.text.includes('#sign-in=');

/** Ask for a link and read it from the mail. */
async function linkFor(email, where = server) {
  const before = mails(where.data).filter(about(email)).length;
  const asked = await where.client().post('/sign-in-links', { email });
  assert.equal(asked.status, 202, asked.text);
  const mail = (await awaitMails(where.data, about(email), before + 1)).at(-1);
  const url = /https?:\/\/\S+/.exec(mail.text)[0];
  return { mail, url, token: new URL(url).hash.replace('#sign-in=', '') };
}

const press = (token, more = {}, where = server) => where.client().post('/links', { token, ...more });

describe('a sign-in link', () => {
  it('T08: comes by mail, its token in the fragment, and signs one in', async () => {
    const { url, token, mail } = await linkFor(ANNA);
    assert.ok(url.startsWith(`${server.origin}/support/en/link/#sign-in=`), url);
    assert.match(token, /^[A-Za-z0-9_-]{43}$/);
    assert.match(mail.get('Subject'), /sign-in link/i);
    assert.match(mail.text, /15 minutes/);
    const page = await server.client().page('/support/en/link/');
    assert.equal(page.headers['referrer-policy'], 'no-referrer');
    const client = server.client();
    const answer = await client.post('/links', { token });
    assert.deepEqual([answer.status, answer.json], [200, { did: 'sign_in' }]);
    assert.equal((await client.get('/session')).json.person.email, ANNA);
    assert.equal((await client.get('/account/sessions')).json.sessions.find((each) => each.current).way, 'link');
  });

  it('T02: is answered alike whether or not the account exists', async () => {
    const known = await server.client().post('/sign-in-links', { email: MIA });
    const unknown = await server.client().post('/sign-in-links', { email: 'nobody@acme.example' });
    assert.equal(known.status, 202);
    assert.equal(known.bytes, unknown.bytes);
  });

  it('is written in the person’s language', async () => {
    const { mail, url } = await linkFor(BEN);
    assert.ok(url.includes('/support/fr/link/'), url);
    assert.match(mail.get('Subject'), /lien de connexion/);
  });

  it('T09: works once, even when twenty press it at the same time', async () => {
    const { token } = await linkFor(CARL);
    const answers = await Promise.all(Array.from({ length: 20 }, () => press(token)));
    assert.equal(answers.filter((a) => a.status === 200).length, 1, answers.map((a) => a.status).join());
    assert.ok(answers.filter((a) => a.status !== 200).every((a) => a.code === 'token_used' && !a.headers['set-cookie']));
  });

  it('T09: with one pressed, the others of the same person are worth nothing', async () => {
    const first = await linkFor(NOA);
    const second = await linkFor(NOA);
    assert.equal((await press(first.token)).status, 200, 'who asks in another’s name does not spoil theirs');
    assert.equal((await press(second.token)).code, 'token_expired');
  });

  it('T09, T54: only its hash is kept, and no log has it', async () => {
    const { token } = await linkFor(DORA);
    for (const name of ['guichet.db', 'guichet.db-wal']) {
      const kept = readFileSync(join(server.data, name));
      assert.ok(!kept.includes(token) && !kept.includes(Buffer.from(token, 'base64url')), name);
    }
    await press(token);
    assert.ok(!server.program.said.includes(token));
  });

  it('T12: replaces the cookie that was there', async () => {
    const dora = await server.signedIn(DORA);
    const { cookie } = dora;
    const { token } = await linkFor(DORA);
    assert.equal((await dora.post('/links', { token })).status, 200);
    assert.notEqual(dora.cookie, cookie);
    const replay = server.client();
    replay.cookie = cookie;
    assert.equal((await replay.get('/session')).status, 401);
  });

  it('remembers who asks for it', async () => {
    const { token } = await linkFor(DORA);
    const answer = await press(token, { remember: true });
    assert.match(answer.headers['set-cookie'][0], /Max-Age=2592000/);
  });

  for (const token of ['', 'x', 'A'.repeat(43), '../../etc', "' OR 1=1 --"]) {
    it(`a made-up one gets nowhere: ${token.slice(0, 12)}`, async () => {
      const answer = await press(token);
      assert.equal(answer.code, 'token_unknown');
      assert.equal(answer.headers['set-cookie'], undefined);
    });
  }

  it('a link for a new password is no link to sign in with', async () => {
    await live.client().post('/resets', { email: ANNA });
    const [mail] = await awaitMails(live.data, (m) => m.text.includes('#token='));
    assert.equal((await press(/#token=(\S+)/.exec(mail.text)[1], {}, live)).code, 'token_unknown');
  });

  it('T07: a hostile Host or X-Forwarded-Host does not find its way into it', async () => {
    await live.client().post('/sign-in-links', { email: ANNA }, { headers: { 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' } });
    const [mail] = await awaitMails(live.data, about(ANNA));
    assert.ok(mail.text.includes('https://support.acme.example/support/en/link/#sign-in='), mail.text);
    assert.ok(!mail.source.includes('evil'));
  });

  it('T04, T38: who asks in another’s name for whatever is mailed fills nobody’s mailbox, and the owner still gets theirs', async () => {
    const ask = (address) => behindProxy.client().post('/sign-in-links', { email: ANNA }, { headers: { 'X-Forwarded-For': address } });
    const home = { 'X-Forwarded-For': '192.0.2.44' };
    assert.equal((await behindProxy.client().post('/session', { email: ANNA, password: PASSWORD }, { headers: home })).status, 200);
    for (let i = 0; i < 60; i++) assert.equal((await ask(`203.0.113.${i % 30}`)).status, 202);
    assert.equal((await behindProxy.client().post('/resets', { email: ANNA }, { headers: { 'X-Forwarded-For': '203.0.113.99' } })).status, 202);
    await behindProxy.client().post('/resets', { email: BEN });
    await awaitMails(behindProxy.data, (m) => recipient(m) === BEN);
    const before = mails(behindProxy.data).filter(about(ANNA)).length;
    assert.ok(before <= 20, `${before} mails`);
    assert.equal(mails(behindProxy.data).filter((m) => recipient(m) === ANNA && /reset-form/.test(m.text)).length, 0, 'one allowance for all that is asked for');
    assert.equal((await ask('192.0.2.44')).status, 202);
    await awaitMails(behindProxy.data, about(ANNA), before + 1);
  });

  it('from one place may be asked for only so often', async () => {
    const answers = [];
    for (let i = 0; i < 30; i++) answers.push(await live.client().post('/sign-in-links', { email: `${i}@acme.example` }));
    const limited = answers.find((a) => a.status === 429);
    assert.ok(limited);
    assert.match(limited.headers['retry-after'], /^[1-9]\d*$/);
  });

  it('where it is not offered, is refused, and the page has no button for it', async () => {
    const without = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.access.sign_in_links = false; }) });
    assert.equal((await without.client().post('/sign-in-links', { email: ANNA })).code, 'not_allowed');
    assert.ok(!(await without.client().page('/support/en/sign-in/')).text.includes('sign-in-links'));
  });
});

describe('a sign-in link of somebody who is not let in', async () => {
  const closed = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.access.groups = { partners: { name: 'Partners' } }; }) });

  it('opens no ticket: it leads to the page that says so, with and without JavaScript', async () => {
    const first = await linkFor(ANNA, closed);
    assert.equal((await press(first.token, {}, closed)).code, 'not_let_in');
    const second = await linkFor(ANNA, closed);
    const client = closed.client();
    const answer = await client.form('/links', { token: second.url, locale: 'en' });
    assert.equal(answer.headers.location, '/support/en/denied/');
    assert.equal((await client.get('/tickets')).code, 'not_let_in');
    assert.equal((await client.get('/account')).code, 'not_let_in');
  });
});

describe('a sign-in link, without JavaScript', () => {
  it('is asked for with the form’s second button, and used by pasting it', async () => {
    const page = (await server.client().page('/support/en/sign-in/')).text;
    assert.match(page, /<button[^>]*formaction="[^"]*\/sign-in-links"[^>]*formnovalidate/);
    const before = mails(server.data).filter(about(BEN)).length;
    const asked = await server.client().form('/sign-in-links', { email: BEN, password: '', locale: 'en', return: '/support/en/tickets/' });
    assert.equal(asked.headers.location, '/support/en/sign-in/#link-sent');
    const mail = (await awaitMails(server.data, about(BEN), before + 1)).at(-1);
    const client = server.client();
    const answer = await client.form('/links', { token: /https?:\/\/\S+/.exec(mail.text)[0], locale: 'en' });
    assert.equal(answer.headers.location, '/support/en/tickets/');
    assert.equal((await client.get('/session')).json.person.email, BEN);
  });
});

describe('the way back of a mailed link', () => {
  const back = '/support/en/ticket/?n=5#m2';

  /** Asked for with this way back: the link that comes. */
  async function linkTo(email, path, wanted, where) {
    const asked = await where.client().post(path, { email, return: wanted });
    assert.equal(asked.status, 202, asked.text);
    const [mail] = await awaitMails(where.data, (m) => recipient(m) === email);
    return new URL(/https?:\/\/\S+/.exec(mail.text)[0]);
  }

  for (const path of ['/sign-in-links', '/resets']) {
    it(`stands in it: ${path}`, async () => {
      const where = await serve();
      const url = await linkTo(ANNA, path, back, where);
      assert.equal(url.searchParams.get('return'), back);
      assert.match(url.hash, /^#(sign-in|token)=[A-Za-z0-9_-]{43}$/);
      // Without scripts the link is pasted: the way back comes with it.
      const form = path === '/resets'
        ? await where.client().form('/resets/confirm', { token: url.href, password: 'a quiet harbour in the fog', locale: 'en' })
        : await where.client().form('/links', { token: url.href, locale: 'en' });
      assert.equal(form.status, 303, form.text);
      const leads = path === '/resets' ? `/support/en/sign-in/?return=${encodeURIComponent(back)}#reset-done` : back;
      assert.equal(form.headers.location, leads);
    });
  }

  it('T27: is nobody else’s', async () => {
    const where = await serve();
    const hostile = ['//evil.example/', 'https://evil.example/', '/support/../x', '/supportx/', '/support//evil.example/', 'javascript:alert(1)', '/support/\\evil'];
    const people = [ANNA, BEN, CARL, MIA];
    for (const [i, email] of people.entries()) {
      const url = await linkTo(email, i % 2 ? '/resets' : '/sign-in-links', hostile[i], where);
      assert.equal(url.search, '', hostile[i]);
    }
    await where.client().post('/sign-in-links', { email: ANNA });
    const [, mail] = await awaitMails(where.data, (m) => recipient(m) === ANNA, 2);
    const good = new URL(/https?:\/\/\S+/.exec(mail.text)[0]);
    const pasted = `${good.origin}${good.pathname}?return=${encodeURIComponent(hostile[0])}${good.hash}`;
    const form = await where.client().form('/links', { token: pasted, locale: 'en' });
    assert.deepEqual([form.status, form.headers.location], [303, '/support/en/tickets/']);
  });
});
