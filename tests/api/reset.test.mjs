import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, DORA, MIA, PASSWORD, serve } from '../harness/guichet.mjs';
import { awaitMails, mails, recipient } from '../harness/mail.mjs';

const server = await serve();
const live = await serve({ live: true });
const NEW = 'a brand new passphrase 🎻';

/** Ask for a link and read it from the mail: its token. */
async function linkFor(email, where = server) {
  const seen = mails(where.data).length;
  const asked = await where.client().post('/resets', { email });
  assert.equal(asked.status, 202, asked.text);
  const isNew = (mail) => recipient(mail) === email && mails(where.data).findIndex((m) => m.name === mail.name) >= seen;
  const [mail] = await awaitMails(where.data, isNew);
  const url = /https?:\/\/\S+/.exec(mail.text)?.[0];
  return { mail, url, token: new URL(url).hash.replace('#token=', '') };
}

const confirm = (token, password = NEW, where = server) => where.client().post('/resets/confirm', { token, password });

describe('a forgotten password', () => {
  it('T08: is set by a mailed link whose token sits in the fragment', async () => {
    const { url, token, mail } = await linkFor(ANNA);
    assert.ok(url.startsWith(`${server.origin}/support/en/reset-form/#token=`), url);
    assert.ok(token.length >= 43, 'at least 256 bits');
    assert.equal(new URL(url).search, '');
    assert.match(mail.get('Subject'), /password/i);

    const page = await server.client().page('/support/en/reset-form/');
    assert.equal(page.headers['referrer-policy'], 'no-referrer');

    const old = await server.signedIn(ANNA);
    const answer = await confirm(token);
    assert.equal(answer.status, 204, answer.text);
    assert.equal((await server.client().signIn(ANNA, PASSWORD)).status, 401);
    assert.equal((await server.client().signIn(ANNA, NEW)).status, 200);
    assert.equal((await old.get('/session')).status, 401, 'T14: every session of that person has ended');
  });

  it('is answered alike whether or not the account exists (T02)', async () => {
    const known = await server.client().post('/resets', { email: DORA });
    const unknown = await server.client().post('/resets', { email: 'nobody@acme.example' });
    assert.equal(known.status, 202);
    assert.equal(known.bytes, unknown.bytes);
  });

  it('gets its mail in the person’s language', async () => {
    const { mail, url } = await linkFor(BEN);
    assert.ok(url.includes('/support/fr/reset-form/'), url);
    assert.match(mail.text, /mot de passe/);
  });

  it('T09: a link works once, even when twenty press it at the same time', async () => {
    const { token } = await linkFor(CARL);
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(token)));
    assert.equal(answers.filter((a) => a.status === 204).length, 1, answers.map((a) => a.status).join());
    const late = await confirm(token, 'yet another passphrase');
    assert.equal(late.status, 410);
    assert.equal(late.code, 'token_used');
  });

  it('T09: a newer link makes the older one useless', async () => {
    const first = await linkFor(MIA);
    const second = await linkFor(MIA);
    assert.notEqual(first.token, second.token);
    assert.equal((await confirm(first.token)).status, 410);
    assert.equal((await confirm(second.token)).status, 204);
  });

  it('T09: the store holds only a hash of the token', async () => {
    const { token } = await linkFor(DORA);
    for (const name of ['guichet.db', 'guichet.db-wal']) {
      const kept = readFileSync(join(server.data, name));
      assert.ok(!kept.includes(token) && !kept.includes(Buffer.from(token, 'base64url')), name);
    }
    assert.ok(!server.program.said.includes(token), 'T54: nor does the log');
  });

  for (const token of ['', 'x', 'A'.repeat(43), 'A'.repeat(10_000), '../../etc', "' OR 1=1 --"]) {
    it(`a made-up link gets nowhere: ${token.slice(0, 12)}`, async () => {
      const answer = await confirm(token);
      assert.ok([410, 400].includes(answer.status), answer.text);
      if (answer.status === 410) assert.equal(answer.code, 'token_unknown');
    });
  }

  it('T05: refuses what is too short, common, or about oneself, and says why; the link still works afterwards', async () => {
    const { token } = await linkFor(DORA);
    for (const [password, code] of [['short', 'password_short'], ['elevenchars', 'password_short'], ['password1234', 'password_common'],
      [DORA, 'password_personal'], ['Acme Support', 'password_personal']]) {
      const answer = await confirm(token, password);
      assert.equal(answer.status, 422, `${password}: ${answer.text}`);
      const [{ field, code: given }] = answer.json.errors;
      assert.equal(field, 'password');
      assert.ok(given === code || (code === 'password_personal' && /^password_/.test(given)), `${password}: ${given}`);
    }
    const long = `${'long '.repeat(24)}🎻 end`;
    assert.equal((await confirm(token, long)).status, 204);
    assert.equal((await server.client().signIn(DORA, long)).status, 200);
    assert.equal((await server.client().signIn(DORA, long.slice(0, -1))).status, 401, 'untruncated');
  });

  it('T07: a hostile Host or X-Forwarded-Host does not find its way into the link', async () => {
    const refused = await live.client().post('/resets', { email: ANNA }, { headers: { Host: 'evil.example' } });
    assert.equal(refused.status, 400);
    const seen = mails(live.data).length;
    await live.client().post('/resets', { email: ANNA }, { headers: { 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' } });
    const [mail] = await awaitMails(live.data, (m) => recipient(m) === ANNA);
    assert.ok(mails(live.data).length > seen);
    assert.ok(mail.text.includes('https://support.acme.example/support/en/reset-form/#token='), mail.text);
    assert.ok(!mail.source.includes('evil'));
  });
});

describe('a forgotten password, without JavaScript', () => {
  it('is asked for with a plain form', async () => {
    const seen = mails(server.data).map((mail) => mail.name);
    const answer = await server.client().form('/resets', { email: ANNA, locale: 'fr' });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.location, '/support/fr/reset/#sent');
    const unknown = await server.client().form('/resets', { email: 'nobody@acme.example', locale: 'fr' });
    assert.equal(answer.bytes, unknown.bytes);
    await awaitMails(server.data, (mail) => recipient(mail) === ANNA && !seen.includes(mail.name));
  });

  it('is set with a plain form', async () => {
    const { token } = await linkFor(ANNA);
    const answer = await server.client().form('/resets/confirm', { token, password: PASSWORD, locale: 'en' });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.location, '/support/en/sign-in/#reset-done');
    const again = await server.client().form('/resets/confirm', { token, password: PASSWORD, locale: 'en' });
    assert.equal(again.headers.location, '/support/en/reset-form/#e-token_used');
  });

  it('takes the whole link, pasted with blanks around it', async () => {
    const { token } = await linkFor(ANNA);
    const answer = await server.client().form('/resets/confirm', { token: ` https://x.example/support/en/reset-form/#token=${token}\n`, password: PASSWORD, locale: 'fr' });
    assert.equal(answer.headers.location, '/support/fr/sign-in/#reset-done');
  });
});

it('a reset needs an address', async () => {
  for (const body of [{}, { email: 5 }, { email: ANNA, extra: 1 }]) {
    assert.equal((await server.client().post('/resets', body)).status, 400);
  }
});

it('T28: an address with a line break is nobody’s', async () => {
  const before = mails(server.data).length;
  const answer = await server.client().post('/resets', { email: `${ANNA}\r\nBcc: victim@evil.example` });
  assert.ok([202, 400, 422].includes(answer.status));
  await new Promise((done) => setTimeout(done, 1500));
  assert.ok(mails(server.data).slice(before).every((m) => !m.source.includes('victim@evil.example')));
});
