import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, PASSWORD, editJson, generate, serve } from '../harness/guichet.mjs';
import { awaitMails, mails, recipient } from '../harness/mail.mjs';

const access = (sign_up, more) => (folder) => editJson(folder, 'content/portal.json', (p) => { p.access = { sign_up }; delete p.consent; Object.assign(p, more); });
const server = await serve({ edit: access(true) });
const live = await serve({ edit: access(true), live: true });
const behindProxy = await serve({ edit: access(true), env: { GUICHET_PROXY: '127.0.0.1' } });
const off = await serve({ edit: access(false) });

const NEW = 'a quiet harbour in the fog';
const wish = (email, more) => ({ name: 'Zoë del Mar', email, password: NEW, consent: '', locale: 'en', ...more });
let fresh = 0;
/** An address that nobody has. */
const somebody = () => `new${++fresh}@elsewhere.example`;
const codeIn = (mail) => /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/m.exec(mail.text)?.[0];

async function codeFor(email, where = server, more = {}) {
  const before = mails(where.data).filter((m) => recipient(m) === email).length;
  const asked = await where.client().post('/sign-ups', wish(email, more));
  assert.equal(asked.status, 202, asked.text);
  const found = await awaitMails(where.data, (m) => recipient(m) === email, before + 1);
  return { code: codeIn(found.at(-1)), mail: found.at(-1) };
}
const confirm = (code, password = NEW, where = server, client = where.client()) => client.post('/sign-ups/confirm', { code, password });

describe('signing up', () => {
  it('goes from a name and an address to one’s own tickets', async () => {
    const email = somebody();
    const { code, mail } = await codeFor(email);
    assert.ok(code, mail.text);
    assert.ok(mail.text.includes(`${server.origin}/support/en/verify/#code=${code}`), mail.text);
    assert.equal((await server.client().signIn(email, NEW)).status, 401, 'before the address is confirmed nobody is let in');
    const client = server.client();
    const answer = await confirm(code, NEW, server, client);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(answer.json.person, { name: 'Zoë del Mar', first_name: 'Zoë', email, role: 'contact', company: null });
    assert.deepEqual(answer.json.views, ['mine']);
    assert.equal((await client.get('/tickets')).json.tickets.length, 0);
    assert.equal((await client.file('My first', 'Hello')).status, 201);
    assert.equal((await client.get('/tickets')).json.tickets.length, 1);
    assert.equal((await server.client().signIn(email, NEW)).status, 200);
  });

  it('writes in the language of the page', async () => {
    const { mail } = await codeFor(somebody(), server, { locale: 'fr' });
    assert.match(mail.get('Subject'), /Confirmez votre adresse pour Assistance Acme/);
    assert.ok(mail.text.includes('/support/fr/verify/#code='));
    assert.equal(mail.get('Content-Language'), 'fr');
  });

  it('takes the code as people copy it', async () => {
    const { code } = await codeFor(somebody());
    assert.equal((await confirm(` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `)).status, 200);
  });

  it('says everything that is wrong at once', async () => {
    const answer = await server.client().post('/sign-ups', { name: ' \t', email: 'nobody', password: 'short', consent: '', locale: 'en' });
    assert.equal(answer.status, 422);
    assert.deepEqual(answer.json.errors, [{ field: 'name', code: 'required' }, { field: 'email', code: 'email' }, { field: 'password', code: 'password_short' }]);
  });

  it('T05: refuses what is common, about oneself or the portal', async () => {
    for (const [password, code] of [['', 'required'], ['password1234', 'password_common'], ['Acme Support', 'password_personal'], ['me.myself@elsewhere.example', 'password_personal']]) {
      const answer = await server.client().post('/sign-ups', wish('me.myself@elsewhere.example', { password }));
      assert.deepEqual(answer.json.errors, [{ field: 'password', code }], password);
    }
  });

  it('T20: takes no field that it does not know', async () => {
    for (const more of [{ role: 'admin' }, { company_id: 1 }, { locale: 7 }])
      assert.equal((await server.client().post('/sign-ups', wish(somebody(), more))).status, 400);
  });

  it('T12: replaces the cookie that came along', async () => {
    const client = await server.signedIn(ANNA);
    const before = client.cookie;
    const { code } = await codeFor(somebody());
    assert.equal((await confirm(code, NEW, server, client)).status, 200);
    assert.notEqual(client.cookie, before);
    assert.equal((await server.client().request('GET', '/session', { headers: { Cookie: before } })).status, 401);
  });
});

describe('an address that is somebody’s', () => {
  it('T02: gets the same answer, and a mail that says so with a link for a new password', async () => {
    const known = await server.client().post('/sign-ups', wish(ANNA));
    const unknown = await server.client().post('/sign-ups', wish(somebody()));
    assert.equal(known.bytes, unknown.bytes);
    assert.equal(known.status, 202);
    const [mail] = await awaitMails(server.data, (m) => recipient(m) === ANNA);
    assert.ok(mail.text.includes('/support/en/reset-form/#token='), mail.text);
    assert.equal(codeIn(mail), undefined);
    assert.equal((await server.client().signIn(ANNA, PASSWORD)).status, 200, 'nothing of hers changed');
    assert.equal((await server.client().signIn(ANNA, NEW)).status, 401);
  });

  it('T28, T38: its mail has none of the words of whoever typed it', async () => {
    const email = somebody();
    const { mail } = await codeFor(email, server, { name: 'Win\r\nBcc: x@evil.example https://evil.example now' });
    assert.ok(!mail.source.includes('evil'), mail.source);
  });

  it('T38: is not filled with mail: a few within minutes, and the answer stays the same', async () => {
    const email = somebody();
    const answers = [];
    for (let i = 0; i < 8; i++) answers.push(await behindProxy.client().post('/sign-ups', wish(email)));
    assert.ok(answers.every((a) => a.status === 202 && a.bytes === answers[0].bytes));
    await new Promise((done) => setTimeout(done, 2500));
    assert.equal(mails(behindProxy.data).filter((m) => recipient(m) === email).length, 4);
  });

  it('its owner is not shut out by another’s attempts', async () => {
    const email = somebody();
    const from = (place) => ({ headers: { 'X-Forwarded-For': place } });
    for (let i = 0; i < 6; i++) await behindProxy.client().post('/sign-ups', wish(email, { password: 'the attacker knows this one' }), from('198.51.100.7'));
    const before = (await awaitMails(behindProxy.data, (m) => recipient(m) === email, 4)).length;
    await behindProxy.client().post('/sign-ups', wish(email), from('203.0.113.9'));
    const mine = (await awaitMails(behindProxy.data, (m) => recipient(m) === email, before + 1)).at(-1);
    assert.equal((await confirm(codeIn(mine), NEW, behindProxy)).status, 200);
    assert.equal((await behindProxy.client().signIn(email, NEW)).status, 200);
  });
});

describe('the code', () => {
  it('is not enough without the password that was chosen: a pressed link makes nobody’s account', async () => {
    const email = somebody();
    const { code } = await codeFor(email);
    const answer = await confirm(code, 'what the owner of the address would type');
    assert.equal(answer.status, 401);
    assert.equal(answer.code, 'credentials');
    assert.equal((await confirm(code)).status, 200, 'and it still works for who knows it');
  });

  it('T09: works once, also when 20 requests race', async () => {
    const { code } = await codeFor(somebody());
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(code)));
    assert.equal(answers.filter((a) => a.status === 200).length, 1);
    const again = await confirm(code);
    assert.equal(again.status, 410);
    assert.equal(again.code, 'token_used');
  });

  it('of an older mail ends when the address is confirmed', async () => {
    const email = somebody();
    const first = await codeFor(email, server, { password: 'the first of two attempts' });
    const second = await codeFor(email);
    assert.equal((await confirm(second.code)).status, 200);
    assert.equal((await confirm(first.code, 'the first of two attempts')).code, 'token_used');
  });

  for (const code of ['', 'x', 'AAAA-AAAA-AAAA-AAAA', 'AAAA-AAAA-AAAA-AAAU', 'A'.repeat(9000), "' OR 1=1 --"])
    it(`that is made up gets nowhere: ${code.slice(0, 19)}`, async () => {
      const answer = await confirm(code);
      assert.equal(answer.status, 410);
      assert.equal(answer.code, 'token_unknown');
    });

  it('T09, T54: is kept as a hash only, and is in no log', async () => {
    const { code } = await codeFor(somebody());
    await confirm(code);
    for (const name of ['guichet.db', 'guichet.db-wal']) {
      const kept = readFileSync(join(server.data, name));
      for (const secret of [code, code.replaceAll('-', ''), NEW]) assert.ok(!kept.includes(secret), name);
    }
    assert.ok(!server.program.said.includes(code) && !server.program.said.includes(code.replaceAll('-', '')));
  });

  it('T03: a wrong password is tried only so often', async () => {
    const { code } = await codeFor(somebody(), behindProxy);
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => confirm(code, `guess number ${i}`, behindProxy)));
    assert.ok(answers.filter((a) => a.status === 401).length <= 10);
    assert.match(answers.find((a) => a.status === 429).headers['retry-after'], /^[1-9]\d*$/);
  });
});

it('T07: links lead to the configured origin only', async () => {
  const email = somebody();
  await live.client().post('/sign-ups', wish(email), { headers: { 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' } });
  const [mail] = await awaitMails(live.data, (m) => recipient(m) === email);
  assert.ok(mail.text.includes('https://support.acme.example/support/en/verify/#code='), mail.text);
  assert.ok(!mail.source.includes('evil'));
});

it('T47: a flood from one place is answered 429 with Retry-After, and elsewhere people sign up', async () => {
  const from = (place) => ({ headers: { 'X-Forwarded-For': place } });
  const answers = await Promise.all(Array.from({ length: 60 }, () => behindProxy.client().post('/sign-ups', wish(somebody()), from('192.0.2.66'))));
  assert.ok(answers.filter((a) => a.status === 202).length <= 20);
  const limited = answers.filter((a) => a.status === 429);
  assert.ok(limited.length >= 40);
  assert.equal(limited[0].code, 'too_many_attempts');
  assert.match(limited[0].headers['retry-after'], /^[1-9]\d*$/);
  assert.equal((await behindProxy.client().post('/sign-ups', wish(somebody()), from('192.0.2.67'))).status, 202);
});

describe('without JavaScript', () => {
  it('one signs up and confirms with plain forms', async () => {
    const email = somebody();
    const asked = await server.client().form('/sign-ups', { name: 'Pat', email, password: NEW, locale: 'fr' });
    assert.equal(asked.status, 303);
    assert.equal(asked.headers.location, '/support/fr/sign-up/#sent');
    const [mail] = await awaitMails(server.data, (m) => recipient(m) === email);
    const client = server.client();
    const done = await client.form('/sign-ups/confirm', { code: codeIn(mail), password: NEW, locale: 'fr' });
    assert.equal(done.status, 303);
    assert.equal(done.headers.location, '/support/fr/tickets/');
    assert.equal((await client.get('/session')).json.person.email, email);
  });

  for (const [more, fragment] of [[{ name: '' }, 'e-name'], [{ email: 'x' }, 'e-email'], [{ password: '' }, 'e-required'],
    [{ password: 'short' }, 'e-password_short'], [{ password: 'password1234' }, 'e-password_common']])
    it(`${JSON.stringify(more)} leads to the message #${fragment}`, async () => {
      const { consent, ...fields } = wish(somebody(), more);
      const answer = await server.client().form('/sign-ups', fields);
      assert.equal(answer.headers.location, `/support/en/sign-up/#${fragment}`);
    });

  it('a code that is wrong leads to its message', async () => {
    const answer = await server.client().form('/sign-ups/confirm', { code: 'x', password: NEW, locale: 'en' });
    assert.equal(answer.headers.location, '/support/en/verify/#e-token_unknown');
  });

  it('T42: a form of a stranger’s page is refused', async () => {
    for (const origin of ['https://evil.example', 'null']) {
      const answer = await server.client().form('/sign-ups', wish(somebody()), { headers: { Origin: origin } });
      assert.equal(answer.status, 403);
    }
  });
});

describe('S19: with a consent', async () => {
  const CONSENT = { notice: 'We keep your name.', text: { en: 'You may write to me.', fr: 'Vous pouvez m’écrire.' }, label: { en: 'I agree', fr: 'D’accord' },
    links: [{ label: 'Privacy', url: 'https://acme.example/privacy' }], domains: [{ host: 'assistance.acme.example', text: 'The other house may write to me.' }] };
  const asking = await serve({ edit: access(true, { consent: CONSENT }) });
  const compiled = () => JSON.parse(readFileSync(join(asking.folder, 'out/portal/portal.json'), 'utf8')).consent;
  const versions = async (locale) => [...(await asking.client().page(`/support/${locale}/sign-up/`)).text.matchAll(/name="consent" value="([0-9a-f]{32})"/g)].map((m) => m[1]);

  it('every text that a page shows is in the compiled portal under its version', async () => {
    const [en, other] = await versions('en');
    const [fr] = await versions('fr');
    assert.equal(new Set([en, other, fr]).size, 3);
    assert.equal(compiled()[en], 'We keep your name.\n\nYou may write to me.\n\nI agree\n\nPrivacy <https://acme.example/privacy>');
    assert.ok(compiled()[fr].includes('Vous pouvez m’écrire.'));
    assert.ok(compiled()[other].includes('The other house may write to me.'));
  });

  it('nobody signs up without it, nor with words that are no longer shown', async () => {
    for (const [consent, code] of [['', 'required'], ['0'.repeat(32), 'consent_old']]) {
      const answer = await asking.client().post('/sign-ups', wish(somebody(), { consent }));
      assert.equal(answer.status, 422);
      assert.deepEqual(answer.json.errors, [{ field: 'consent', code }]);
      const form = await asking.client().form('/sign-ups', wish(somebody(), { consent }));
      assert.equal(form.headers.location, `/support/en/sign-up/#${code === 'required' ? 'e-consent' : 'e-consent_old'}`);
    }
  });

  it('with it the account is made', async () => {
    const [consent] = await versions('en');
    const { code } = await codeFor(somebody(), asking, { consent });
    assert.equal((await confirm(code, NEW, asking)).status, 200);
  });

  it('when its words change, the page that is open still names the old version, and is told so', async () => {
    const [before] = await versions('en');
    editJson(asking.folder, 'content/portal.json', (p) => { p.consent.links[0].url = 'https://acme.example/terms'; });
    await generate(asking.folder);
    for (let left = 100; (await versions('en'))[0] === before; left--) {
      assert.ok(left > 0, 'the new portal is not noticed');
      await new Promise((done) => setTimeout(done, 100));
    }
    assert.equal((await asking.client().post('/sign-ups', wish(somebody(), { consent: before }))).json.errors[0].code, 'consent_old');
    const [now] = await versions('en');
    assert.equal((await asking.client().post('/sign-ups', wish(somebody(), { consent: now }))).status, 202);
  });
});

describe('where people do not sign up themselves', () => {
  it('the API says so with one code, and keeps nothing', async () => {
    for (const [path, body] of [['/sign-ups', wish(somebody())], ['/sign-ups', { odd: 1 }], ['/sign-ups/confirm', { code: 'x', password: 'x' }]]) {
      const answer = await off.client().post(path, body);
      assert.equal(answer.status, 403);
      assert.equal(answer.code, 'sign_up_off');
    }
    assert.equal((await off.client().form('/sign-ups', wish(somebody()))).status, 403);
    assert.deepEqual(mails(off.data), []);
  });

  it('no page leads there', async () => {
    for (const page of ['sign-up/', 'verify/']) assert.equal((await off.client().page(`/support/en/${page}`)).status, 404);
    assert.ok(!(await off.client().page('/support/en/sign-in/')).text.includes('sign-up'));
    assert.ok((await server.client().page('/support/en/sign-in/')).text.includes('href="/support/en/sign-up/"'));
  });
});
