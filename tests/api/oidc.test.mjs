// Single sign-on with a certified provider, and everything that a hostile one may try (T10, T27, T54).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ANNA, BEN, DORA, MIA, PASSWORD, editJson, run, serve } from '../harness/guichet.mjs';
import { certificate } from '../harness/certificate.mjs';
import { tempFolder } from '../harness/temp.mjs';
import { turnOn } from '../harness/totp.mjs';
import { RealProvider, SECRET, ToldProvider, Walker, atHash, ecKey, jwt, rsaKey, single } from '../harness/provider.mjs';

const HOME = '/support/en/';

// --- a real provider ---------------------------------------------------------------------------------------------------

const people = {
  anna: { email: ANNA, email_verified: true, given_name: 'Anna', family_name: 'Berg' },
  'anna-2': { email: ANNA, email_verified: true },
  ben: { email: BEN, email_verified: false },
  new: { email: 'nadia@new.example', email_verified: true, given_name: 'Nadia', family_name: 'Novak' },
  nameless: { email: 'quiet.one@new.example', email_verified: true },
  unverified: { email: 'loud@new.example', email_verified: false },
  mia: { email: MIA, email_verified: true },
};
const real = await RealProvider.start(people);
const other = await RealProvider.start(people);
const secretFile = join(tempFolder('secret'), 'secret');
writeFileSync(secretFile, `${SECRET}\n`);
const server = await serve({
  edit: (folder) => editJson(folder, 'content/portal.json', (portal) => {
    portal.single_sign_on = {
      acme: single(real, { create_contacts: true, link_by_email: true }),
      team: single(real, { for: 'staff', client_id: 'team', client: 'secret_post', link_by_email: true, sign_out: false }),
      other: single(other, { client_id: 'other', client: 'public', create_contacts: true }),
      known: single({ issuer: `${other.issuer}/` }, { client_id: 'x' }),
    };
  }),
  env: { GUICHET_OIDC_ACME_SECRET: SECRET, GUICHET_OIDC_TEAM_SECRET_FILE: secretFile },
});
await real.register([
  { origin: server.origin, alg: 'RS256' },
  { origin: server.origin, id: 'team', client_id: 'team', alg: 'ES256', auth: 'client_secret_post' },
]);
await other.register([{ origin: server.origin, id: 'other', client_id: 'other', alg: 'PS256', auth: 'none' }]);

/** All the way to a provider and back: { client, answer }. */
async function signIn(login, { id = 'acme', provider = real, query = '', client = server.client(), walker = new Walker(), at = server } = {}) {
  const away = await client.get(`/oidc/${id}/start?locale=en${query}`);
  assert.equal(away.status, 303, away.text);
  const back = await walker.through(provider, away.headers.location, login);
  assert.ok(back.startsWith(`${at.origin}/api/v1/oidc/${id}/return?`), back);
  const answer = await client.page(back.slice(at.origin.length));
  assert.equal(answer.status, 303, answer.text);
  return { client, answer, walker };
}

const leads = ({ answer }, location) => assert.equal(answer.headers.location, HOME + location);
const who = async ({ client }) => (await client.get('/session')).json.person;
const nobody = async ({ client }) => assert.equal((await client.get('/session')).status, 401);

describe('signing in with a provider', () => {
  it('leads there with all that is needed, and with nothing that is secret', async () => {
    const answer = await server.client().get('/oidc/acme/start?locale=fr');
    const url = new URL(answer.headers.location);
    assert.equal(url.origin + url.pathname, `${real.issuer}/auth`);
    const query = Object.fromEntries(url.searchParams);
    assert.equal(query.response_type, 'code');
    assert.equal(query.client_id, 'portal');
    assert.equal(query.redirect_uri, `${server.origin}/api/v1/oidc/acme/return`);
    assert.equal(query.scope, 'openid email profile');
    assert.equal(query.code_challenge_method, 'S256');
    assert.equal(query.ui_locales, 'fr');
    for (const name of ['state', 'nonce', 'code_challenge']) assert.match(query[name], /^[\w-]{43}$/);
    assert.equal(new Set([query.state, query.nonce, query.code_challenge]).size, 3);
    const cookie = answer.headers['set-cookie'][0];
    assert.match(cookie, /^guichet-journey=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=900$/);
    for (const value of Object.values(query)) assert.ok(!cookie.includes(value) || value.length < 10, 'what is sent away is not what is kept');
  });

  it('finds a contact by their verified address the first time, and by their subject from then on', async () => {
    const first = await signIn('anna');
    leads(first, 'tickets/');
    assert.equal((await who(first)).email, ANNA);
    people.anna.email = 'changed@elsewhere.example';
    assert.equal((await who(await signIn('anna'))).email, ANNA);
    people.anna.email = ANNA;
  });

  it('T10: another subject with the same address at the same provider is not that person', async () => {
    const found = await signIn('anna-2');
    leads(found, 'sign-in/#e-single_taken');
    await nobody(found);
  });

  it('T10: the same address from another issuer is never linked by itself', async () => {
    const found = await signIn('anna', { id: 'other', provider: other });
    leads(found, 'sign-in/#e-single_taken');
    await nobody(found);
  });

  it('T10: an address that is not verified links nobody and makes nobody', async () => {
    for (const login of ['ben', 'unverified']) {
      const found = await signIn(login);
      leads(found, 'sign-in/#e-single_no_email');
      await nobody(found);
    }
  });

  it('makes a contact where that is set, called as the provider says', async () => {
    const made = await signIn('new');
    leads(made, 'tickets/');
    const person = await who(made);
    assert.deepEqual([person.name, person.email, person.role], ['Nadia Novak', 'nadia@new.example', 'contact']);
    assert.equal((await who(await signIn('new'))).email, 'nadia@new.example', 'once');
    assert.equal((await who(await signIn('nameless'))).name, 'quiet.one');
  });

  it('takes PS256 from a public client, and ES256 with the secret in the body', async () => {
    const made = await signIn('nameless', { id: 'other', provider: other });
    leads(made, 'sign-in/#e-single_taken');
    const mia = await signIn('mia', { id: 'team' });
    leads(mia, 'tickets/');
    assert.equal((await who(mia)).role, 'agent');
  });

  it('lets nobody but staff in with the staff’s provider, and nobody but customers with the customers’', async () => {
    leads(await signIn('mia'), 'sign-in/#e-single_unknown');
    leads(await signIn('anna', { id: 'team' }), 'sign-in/#e-single_unknown');
    leads(await signIn('new', { id: 'team' }), 'sign-in/#e-single_unknown');
  });

  it('says so when somebody would rather not', async () => {
    const found = await signIn(null);
    leads(found, 'sign-in/#e-single_refused');
    await nobody(found);
  });

  it('writes down each refusal, without a name: nobody has shown who they are', async () => {
    const { rows } = (await (await server.signedIn(MIA)).get('/audit?action=session.refuse')).json;
    assert.ok(rows.length >= 8, `${rows.length} of those above`);
    for (const row of rows) assert.deepEqual([row.action, row.detail, row.person], ['session.refuse', 'oidc', null]);
  });

  it('asks for no code of their app: a second step is the provider’s', async () => {
    const { codes } = await turnOn(server, ANNA, PASSWORD);
    assert.equal((await server.client().signIn(ANNA, PASSWORD)).code, 'two_step');
    const found = await signIn('anna');
    leads(found, 'tickets/');
    assert.equal((await who(found)).email, ANNA);
    assert.equal((await found.client.post('/account/two-step/off', { proof: codes[0] })).status, 204);
  });

  it('T12: gives a new session, and ends the one before', async () => {
    const client = await server.signedIn(DORA);
    const before = client.cookie;
    await signIn('new', { client });
    assert.notEqual(client.cookie, before);
    assert.equal((await server.client().get('/session', { headers: { Cookie: before } })).status, 401);
    assert.equal((await who({ client })).email, 'nadia@new.example');
  });

  it('leads back to where one came from, T27: and nowhere else', async () => {
    const wanted = `${HOME}tickets/?status=all#x`;
    const found = await signIn('new', { query: `&return=${encodeURIComponent(wanted)}` });
    assert.equal(found.answer.headers.location, wanted);
    for (const evil of ['https://evil.example/', '//evil.example/', 'javascript:alert(1)', '/support/../x', '/elsewhere/'])
      leads(await signIn('new', { query: `&return=${encodeURIComponent(evil)}` }), 'tickets/');
  });

  it('without scripts, takes the way back from the page one came from', async () => {
    const client = server.client();
    const wanted = `${HOME}new/`;
    const away = await client.get('/oidc/acme/start?locale=en', { headers: { Referer: `${server.origin}${HOME}sign-in/?return=${encodeURIComponent(wanted)}` } });
    const back = await new Walker().through(real, away.headers.location, 'new');
    assert.equal((await client.page(back.slice(server.origin.length))).headers.location, wanted);
  });

  it('keeps the way back when it goes wrong', async () => {
    const wanted = `${HOME}new/`;
    leads(await signIn(null, { query: `&return=${encodeURIComponent(wanted)}` }), `sign-in/?return=${encodeURIComponent(wanted)}#e-single_refused`);
  });

  it('knows no other provider', async () => {
    for (const page of ['start', 'return', 'end', 'ended']) assert.equal((await server.client().get(`/oidc/nobody/${page}`)).status, 404);
  });

  it('takes a code once', async () => {
    const client = server.client();
    const away = await client.get('/oidc/acme/start?locale=en');
    const journey = client.kept['guichet-journey'];
    const back = (await new Walker().through(real, away.headers.location, 'new')).slice(server.origin.length);
    assert.equal((await client.page(back)).headers.location, `${HOME}tickets/`);
    assert.equal(client.kept['guichet-journey'], undefined, 'the cookie is taken back');
    const again = await server.client().page(back, { headers: { Cookie: journey } });
    assert.equal(again.headers.location, `${HOME}sign-in/#e-single_untrusted`);
  });
});

describe('somebody who is disabled', () => {
  const env = { GUICHET_DATA: server.data, GUICHET_PORTAL: join(server.folder, 'out/portal') };
  const people_ = (verb, email) => run('guichet-api', ['people', verb, email], { env });

  it('is not let in by a provider, who they were before or not, and T14: is out at once', async () => {
    people.gone = { email: 'gone@new.example', email_verified: true };
    people.mia = { email: MIA, email_verified: true };
    const before = await signIn('gone');
    leads(before, 'tickets/');
    assert.equal((await people_('disable', 'gone@new.example')).code, 0);
    await nobody(before);
    const later = await signIn('gone');
    leads(later, 'denied/');
    await nobody(later);
    assert.equal(later.client.cookie, null, 'no session is begun');
    assert.equal((await people_('disable', DORA)).code, 0);
    people.dora = { email: DORA, email_verified: true };
    const known = await signIn('dora'); // by her address, for the first time
    leads(known, 'denied/');
    await nobody(known);
    assert.equal((await people_('enable', 'gone@new.example')).code, 0);
    leads(await signIn('gone'), 'tickets/');
    assert.equal((await people_('enable', DORA)).code, 0);
  });
});

describe('T10: PKCE', () => {
  const away = async (client) => new URL((await client.get('/oidc/acme/start?locale=en')).headers.location);
  const back = async (client, url) => (await client.page(url.slice(server.origin.length))).headers.location;

  it('a provider that verifies it refuses a code whose challenge was another’s', async () => {
    const client = server.client();
    const url = await away(client);
    url.searchParams.set('code_challenge', (await away(server.client())).searchParams.get('code_challenge'));
    assert.equal(await back(client, await new Walker().through(real, url.href, 'new')), `${HOME}sign-in/#e-single_untrusted`);
    await nobody({ client });
    assert.match(server.program.said, /"why":"token_invalid_grant"|why=token_invalid_grant/);
  });

  it('a code that somebody else was given is of no use', async () => {
    const [mallory, victim] = [server.client(), server.client()];
    const stolen = new URL(await new Walker().through(real, (await away(victim)).href, 'anna'));
    const own = new URL(await new Walker().through(real, (await away(mallory)).href, 'new'));
    own.searchParams.set('code', stolen.searchParams.get('code'));
    assert.equal(await back(mallory, own.href), `${HOME}sign-in/#e-single_untrusted`);
    await nobody({ client: mallory });
  });

  it('a provider that wants it gives no code without', async () => {
    const client = server.client();
    const url = await away(client);
    for (const name of ['code_challenge', 'code_challenge_method']) url.searchParams.delete(name);
    assert.match(await back(client, await new Walker().through(real, url.href, 'new')), /sign-in\/#e-single_(refused|untrusted)$/);
    await nobody({ client });
  });
});

describe('signing out', () => {
  it('offers to sign out at the provider, too, and leads there and back', async () => {
    const { client } = await signIn('new');
    assert.equal((await client.get('/session')).json.provider, 'acme');
    const out = await client.form('/session/end', { locale: 'en' });
    assert.equal(out.headers.location, `${HOME}sign-out/#leaving-acme`);
    assert.match((await client.page(`${HOME}sign-out/`)).text, /id="leaving-acme"/);
    const away = new URL((await client.get('/oidc/acme/end?locale=en')).headers.location);
    assert.equal(away.origin + away.pathname, `${real.issuer}/session/end`);
    assert.equal(away.searchParams.get('client_id'), 'portal');
    assert.equal(away.searchParams.get('post_logout_redirect_uri'), `${server.origin}/api/v1/oidc/acme/ended`);
    const ended = await client.get('/oidc/acme/ended?state=en');
    assert.equal(ended.headers.location, `${HOME}sign-out/#done`);
  });

  it('does not where the portal does not want it, nor to who came with a password', async () => {
    const { client } = await signIn('mia', { id: 'team' });
    assert.equal((await client.get('/session')).json.provider, null);
    assert.equal((await client.form('/session/end', { locale: 'en' })).headers.location, `${HOME}sign-out/#done`);
    assert.equal((await client.get('/oidc/team/end?locale=en')).status, 404);
    const dora = await server.signedIn(DORA);
    assert.equal((await dora.form('/session/end', { locale: 'en' })).headers.location, `${HOME}sign-out/#done`);
  });
});

describe('who came with a provider and changes their password', () => {
  it('is still offered to sign out at the provider', async () => {
    const come = await signIn('anna');
    assert.equal((await come.client.get('/session')).json.provider, 'acme');
    assert.equal((await come.client.post('/account/password', { old: PASSWORD, password: 'a quiet harbour in the fog' })).status, 204);
    assert.equal((await come.client.get('/session')).json.provider, 'acme');
  });
});

// --- a hostile one -----------------------------------------------------------------------------------------------------

const told = await ToldProvider.start();
const key = rsaKey();
const elliptic = ecKey();
const NAMES = ['good', 'slow', 'large', 'moved', 'liar', 'plain', 'broken', 'twisted', 'named', 'rolling'];
const withProviders = (names) => serve({
  edit: (folder) => editJson(folder, 'content/portal.json', (portal) => {
    portal.single_sign_on = Object.fromEntries(names.map((name) =>
      [name, single({ issuer: told.issuer(name) }, { create_contacts: true, ...(name === 'plain' ? {} : { client: 'public' }) })]));
  }),
});
const hostile = await withProviders(NAMES);
const loose = await withProviders(['renewed', 'talkative', 'sparing']); // ten are the most of one portal
told.issue('good', [{ kid: 'one', key }, { kid: 'two', key: elliptic }]);
told.issue('named', [{ kid: 'one', key }], { authorization_response_iss_parameter_supported: true });

/** Claims as they should be. */
const claims = (nonce, change = {}) => {
  const now = Math.floor(Date.now() / 1000);
  return { iss: told.issuer('good'), aud: 'portal', sub: 'somebody', iat: now, exp: now + 300, nonce,
    email: 'somebody@told.example', email_verified: true, ...change };
};

/** Away and back, the provider's token endpoint answering what `answer(nonce, form)` says. */
async function attempt(answer, { name = 'good', client = hostile.client(), change = (query) => query } = {}) {
  const away = await client.get(`/oidc/${name}/start?locale=en`);
  const sent = new URL(away.headers.location, hostile.origin).searchParams;
  told.answer(name, 'token', (form) => answer(sent.get('nonce'), form));
  const query = new URLSearchParams(change({ code: 'code', state: sent.get('state') }));
  const answered = await client.get(`/oidc/${name}/return?${query}`);
  return { client, answer: answered, sent, location: answered.headers.location?.replace(HOME, '') };
}

const token = (id_token, more = {}) => ({ access_token: 'access', token_type: 'Bearer', id_token, ...more });
/** `change` may be a function, for what hangs on the time. */
const signed = (change, header = {}, by = key) => (nonce) =>
  token(jwt({ alg: 'RS256', kid: 'one', ...header }, claims(nonce, typeof change === 'function' ? change() : change), by.privateKey));
const seconds = (by) => Math.floor(Date.now() / 1000) + by;

describe('T10: a provider that lies', () => {
  it('gets its people in when it does not (so that the refusals below say something)', async () => {
    for (const answer of [signed({}), signed({}, { alg: 'PS256' }), signed({}, { alg: 'ES256', kid: 'two' }, elliptic),
      signed({ aud: ['portal', 'others'], azp: 'portal' }), signed({ at_hash: atHash('access') }), signed(() => ({ exp: seconds(-30), iat: seconds(30), nbf: seconds(30) }))]) {
      const { location, client } = await attempt(answer);
      assert.equal(location, 'tickets/');
      assert.equal((await who({ client })).email, 'somebody@told.example');
    }
  });

  it('is asked with the verifier of PKCE, which fits the challenge', async () => {
    const { sent } = await attempt(signed({}));
    const form = new URLSearchParams(told.asked.filter(({ path }) => path === '/good/token').at(-1).body);
    const { createHash } = await import('node:crypto');
    assert.equal(createHash('sha256').update(form.get('code_verifier')).digest('base64url'), sent.get('code_challenge'));
    assert.equal(form.get('grant_type'), 'authorization_code');
    assert.equal(form.get('redirect_uri'), `${hostile.origin}/api/v1/oidc/good/return`);
    assert.equal(form.get('client_id'), 'portal');
  });

  for (const [what, answer] of [
    ['another issuer', signed({ iss: 'https://evil.example' })],
    ['no issuer', signed({ iss: undefined })],
    ['another audience', signed({ aud: 'others' })],
    ['others beside us in the audience, without saying who asked', signed({ aud: ['portal', 'others'] })],
    ['another one who asked', signed({ azp: 'others' })],
    ['another nonce', signed({ nonce: 'x'.repeat(43) })],
    ['no nonce', signed({ nonce: undefined })],
    ['an end that is past', signed(() => ({ exp: seconds(-90) }))],
    ['no end', signed({ exp: undefined })],
    ['an end that is a text', signed({ exp: '99999999999' })],
    ['a birth that is to come', signed(() => ({ iat: seconds(90) }))],
    ['a beginning that is to come', signed(() => ({ nbf: seconds(90) }))],
    ['no subject', signed({ sub: '' })],
    ['a subject that is too long', signed({ sub: 'x'.repeat(256) })],
    ['the hash of another access token', signed({ at_hash: atHash('another') })],
    ['algorithm none', (nonce) => token(jwt({ alg: 'none' }, claims(nonce)))],
    ['algorithm none with a key’s name', (nonce) => token(jwt({ alg: 'none', kid: 'one' }, claims(nonce)))],
    ['HS256 with the public key as the password', (nonce) => token(jwt({ alg: 'HS256', kid: 'one' }, claims(nonce), key.publicKey.export({ type: 'spki', format: 'pem' })))],
    ['HS256 with our own secret', (nonce) => token(jwt({ alg: 'HS256' }, claims(nonce), SECRET))],
    ['ES256 with the name of an RSA key', (nonce) => token(jwt({ alg: 'ES256', kid: 'one' }, claims(nonce), elliptic.privateKey))],
    ['a signature of another key', signed({}, {}, rsaKey())],
    ['a header that must be understood', signed({}, { crit: ['exp'] })],
    ['changed claims below a good signature', (nonce) => {
      const [head, , signature] = jwt({ alg: 'RS256', kid: 'one' }, claims(nonce), key.privateKey).split('.');
      return token(`${head}.${Buffer.from(JSON.stringify(claims(nonce, { sub: 'admin' }))).toString('base64url')}.${signature}`);
    }],
    ['no ID token', () => ({ access_token: 'access' })],
    ['an ID token that is none', () => token('x.y')],
    ['an endless ID token', (nonce) => token(`${jwt({ alg: 'RS256', kid: 'one' }, claims(nonce), key.privateKey)}${'A'.repeat(40_000)}`)],
    ['a list', () => []],
    ['no JSON', () => ({ raw: '<html>' })],
    ['a refusal', () => ({ status: 400, raw: '{"error":"invalid_grant"}' })],
  ]) {
    it(`is not believed: ${what}`, async () => {
      const { location, client } = await attempt(answer);
      assert.equal(location, 'sign-in/#e-single_untrusted');
      await nobody({ client });
    });
  }

  it('is not asked when the state is wrong, missing, of another browser or of another provider', async () => {
    const before = told.asked.filter(({ path }) => path.endsWith('/token')).length;
    for (const change of [() => ({ code: 'code', state: 'x'.repeat(43) }), () => ({ code: 'code' }), () => ({ code: 'code', state: '' })])
      assert.equal((await attempt(signed({}), { change })).location, 'sign-in/#e-single_expired');
    const client = hostile.client();
    const { headers } = await client.get('/oidc/good/start?locale=en');
    const state = new URL(headers.location).searchParams.get('state');
    assert.equal((await hostile.client().get(`/oidc/good/return?code=code&state=${state}`)).headers.location, `${HOME}sign-in/#e-single_expired`);
    assert.equal((await client.get(`/oidc/named/return?code=code&state=${state}`)).headers.location, `${HOME}sign-in/#e-single_expired`);
    assert.equal(told.asked.filter(({ path }) => path.endsWith('/token')).length, before);
  });

  it('is not asked with a cookie that was changed, or is too old', async () => {
    const client = hostile.client();
    const { headers } = await client.get('/oidc/good/start?locale=en');
    const state = new URL(headers.location).searchParams.get('state');
    const [name, value] = client.kept['guichet-journey'].split(/=(.*)/s);
    const [secret, end, ...rest] = value.split('.');
    for (const changed of [[secret, String(Number(end) + 1), ...rest], [secret, '1', ...rest], [secret, end, 'good', 'en', Buffer.from(`${HOME}help/`).toString('base64url')], [secret], []]) {
      const answer = await hostile.client().get(`/oidc/good/return?code=code&state=${state}`, { headers: { Cookie: `${name}=${changed.join('.')}` } });
      assert.equal(answer.headers.location, `${HOME}sign-in/#e-single_expired`);
    }
  });

  it('is told apart from another by the issuer that its answer names (RFC 9207)', async () => {
    const good = (nonce) => token(jwt({ alg: 'RS256', kid: 'one' }, claims(nonce, { iss: told.issuer('named') }), key.privateKey));
    const named = (iss) => attempt(good, { name: 'named', change: (query) => ({ ...query, ...(iss && { iss }) }) });
    assert.equal((await named(told.issuer('good'))).location, 'sign-in/#e-single_untrusted');
    assert.equal((await named(undefined)).location, 'sign-in/#e-single_untrusted');
    assert.notEqual((await named(told.issuer('named'))).location, 'sign-in/#e-single_untrusted');
  });

  it('may have new keys, which are looked at once a minute at most', async () => {
    const next = rsaKey();
    const asked = () => told.asked.filter(({ path }) => path === '/rolling/keys').length;
    const own = { iss: told.issuer('rolling'), email: 'rolling@told.example' };
    told.issue('rolling', [{ kid: 'one', key }]);
    assert.equal((await attempt(signed(own), { name: 'rolling' })).location, 'tickets/');
    assert.equal(asked(), 1);
    told.issue('rolling', [{ kid: 'next', key: next }]);
    assert.equal((await attempt(signed(own, { kid: 'next' }, next), { name: 'rolling' })).location, 'tickets/');
    for (let i = 0; i < 3; i++)
      assert.equal((await attempt(signed(own, { kid: `unknown-${i}` }), { name: 'rolling' })).location, 'sign-in/#e-single_untrusted');
    assert.equal((await attempt(signed(own), { name: 'rolling' })).location, 'sign-in/#e-single_untrusted', 'the old key counts no more');
    assert.equal(asked(), 2);
  });

  it('may have a new key by the name of the old one', async () => {
    const next = rsaKey();
    const own = { iss: told.issuer('renewed'), email: 'renewed@told.example' };
    told.issue('renewed', [{ kid: 'one', key }]);
    assert.equal((await attempt(signed(own), { name: 'renewed', client: loose.client() })).location, 'tickets/');
    told.issue('renewed', [{ kid: 'one', key: next }]);
    assert.equal((await attempt(signed(own, {}, next), { name: 'renewed', client: loose.client() })).location, 'tickets/');
  });

  it('may write null for what it does not have', async () => {
    told.issue('sparing', [{ kid: 'one', key }], { userinfo_endpoint: null, end_session_endpoint: null });
    assert.equal((await attempt(signed({ iss: told.issuer('sparing'), email: 'sparing@told.example' }), { name: 'sparing', client: loose.client() })).location, 'tickets/');
  });

  it('T10: says of an address that it is verified only where it says the address', async () => {
    told.issue('talkative', [{ kid: 'one', key }], { userinfo_endpoint: `${told.issuer('talkative')}/userinfo` });
    const comes = async (inToken, besides) => {
      told.answer('talkative', 'userinfo', () => ({ sub: 'talker', ...besides }));
      return (await attempt(signed({ iss: told.issuer('talkative'), sub: 'talker', email: undefined, email_verified: undefined, ...inToken }), { name: 'talkative', client: loose.client() })).location;
    };
    const verified = { email: 'talker@told.example', email_verified: true };
    assert.equal(await comes({ email: 'victim@told.example' }, verified), 'sign-in/#e-single_no_email');
    assert.equal(await comes({ email_verified: true }, { email: 'victim@told.example' }), 'sign-in/#e-single_no_email');
    assert.equal(await comes({ email: verified.email }, verified), 'tickets/');
    assert.equal(await comes({}, verified), 'tickets/');
  });

  it('is not waited for, nor followed, nor read without end', async () => {
    const begins = async (name) => (await hostile.client().get(`/oidc/${name}/start?locale=en`)).headers.location;
    const unavailable = `${HOME}sign-in/#e-single_unavailable`;
    const where = '.well-known/openid-configuration';
    told.answer('large', where, () => ({ raw: JSON.stringify({ ...told.discovery('large'), filler: 'x'.repeat(200_000) }) }));
    told.answer('moved', where, () => ({ status: 302, headers: { Location: `${told.issuer('good')}/${where}` }, raw: '' }));
    told.answer('liar', where, () => told.discovery('good'));
    told.answer('broken', where, () => told.discovery('broken', { jwks_uri: 'file:///etc/passwd' }));
    told.answer('twisted', where, () => told.discovery('twisted', { token_endpoint: 'http://elsewhere.example/token' }));
    for (const name of ['large', 'moved', 'liar', 'broken', 'twisted']) assert.equal(await begins(name), unavailable, name);
    told.answer('slow', where, () => new Promise(() => {}));
    const started = Date.now();
    const waiting = Array.from({ length: 12 }, () => begins('slow'));
    const health = await hostile.client().get('/health');
    assert.equal(health.status, 200);
    assert.ok(Date.now() - started < 2000, 'others are served meanwhile');
    for (const location of await Promise.all(waiting)) assert.equal(location, unavailable);
    assert.equal(told.asked.filter(({ path }) => path === `/slow/${where}`).length, 1, 'it is called once for all, and left alone for a minute');
    assert.equal(await begins('slow'), unavailable);
    assert.equal(told.asked.filter(({ path }) => path === `/slow/${where}`).length, 1);
    assert.ok(Date.now() - started < 15_000);
  });

  it('goes without an answer when the secret is not set, which the log says at the start', async () => {
    told.issue('plain', [{ kid: 'one', key }]);
    assert.equal((await attempt(signed({}), { name: 'plain' })).location, 'sign-in/#e-single_unavailable');
    assert.match(hostile.program.said, /oidc_secret_missing provider=plain set=GUICHET_OIDC_PLAIN_SECRET/);
  });

  it('T54: no code, token or secret is in the log', () => {
    for (const { program } of [server, hostile]) {
      assert.match(program.said, /oidc_refused/);
      for (const word of [SECRET, 'code=', 'state=', 'eyJ', 'Bearer', 'Basic ']) assert.ok(!program.said.includes(word), word);
    }
  });
});

describe('pages', () => {
  it('have every message ready that one may be led to, in every language', async () => {
    for (const [tag, page, ids] of ['en', 'fr'].flatMap((tag) => [
      [tag, 'sign-in', ['refused', 'expired', 'unavailable', 'untrusted', 'no_email', 'unknown', 'taken'].map((word) => `e-single_${word}`)],
      [tag, 'sign-out', ['e-single_end', 'leaving-acme', 'done']]])) {
      const { text } = await server.client().page(`/support/${tag}/${page}/`);
      for (const id of ids) assert.match(text, new RegExp(`<(p|div)[^>]*\\sid="${id}"`), `${tag} ${page} ${id}`);
    }
  });
});

describe('access groups', () => {
  const named = { member: { email: 'member@new.example', email_verified: true, groups: ['customers-of-acme', 'others'] },
    outsider: { email: 'outsider@new.example', email_verified: true, groups: ['others'] } };

  it('follow the provider’s groups with each sign-in, and the denied page is for who is in none (T18)', async () => {
    const provider = await RealProvider.start(named);
    const closed = await serve({
      edit: (folder) => editJson(folder, 'content/portal.json', (portal) => {
        portal.access = { groups: { buyers: { name: 'Buyers' } } };
        portal.single_sign_on = { acme: single(provider, { client: 'public', create_contacts: true, groups: [{ value: 'customers-of-acme', group: 'buyers' }] }) };
      }),
    });
    await provider.register([{ origin: closed.origin, auth: 'none' }]);
    const come = (login) => signIn(login, { provider, client: closed.client(), at: closed });
    const outsider = await come('outsider');
    leads(outsider, 'denied/');
    assert.notEqual((await outsider.client.get('/tickets')).status, 200);
    const member = await come('member');
    leads(member, 'tickets/');
    assert.equal((await member.client.get('/tickets')).status, 200);
    named.member.groups = [];
    leads(await come('member'), 'denied/');
    assert.notEqual((await member.client.get('/tickets')).status, 200, 'the session from before, too');
  });

  it('S19: who comes from a provider is asked for consent, too, and is led on from there', async () => {
    const provider = await RealProvider.start({ new: { email: 'nadia@new.example', email_verified: true } });
    const asking = await serve({
      edit: (folder) => editJson(folder, 'content/portal.json', (portal) => {
        portal.consent = { text: 'Acme may keep my name.', label: 'I agree', renew: true };
        portal.single_sign_on = { acme: single(provider, { client: 'public', create_contacts: true }) };
      }),
    });
    await provider.register([{ origin: asking.origin, auth: 'none' }]);
    const came = await signIn('new', { provider, client: asking.client(), at: asking, query: `&return=${encodeURIComponent(`${HOME}tickets/?status=all`)}` });
    leads(came, `consent/?return=${encodeURIComponent(`${HOME}tickets/?status=all`)}`);
    assert.equal((await came.client.get('/tickets')).code, 'consent', 'nothing else answers');
    const [, version] = /name="consent" value="([0-9a-f]{32})"/.exec((await came.client.page(`${HOME}consent/`)).text);
    const agreed = await came.client.form('/consents', { consent: version, locale: 'en', return: `${HOME}tickets/?status=all` });
    assert.equal(agreed.headers.location, `${HOME}tickets/?status=all`);
    assert.equal((await came.client.get('/tickets')).status, 200);
    leads(await signIn('new', { provider, client: asking.client(), at: asking }), 'tickets/');
  });
});

describe('a provider with a certificate of one’s own authority', () => {
  it('is believed where GUICHET_OIDC_CA names it, and nowhere else', async () => {
    const { key: keyFile, cert } = certificate(['127.0.0.1']);
    const own = await ToldProvider.start({ key: readFileSync(keyFile), cert: readFileSync(cert) });
    const signer = rsaKey();
    own.issue('own', [{ kid: 'one', key: signer }]);
    const edit = (folder) => editJson(folder, 'content/portal.json', (portal) => {
      portal.single_sign_on = { own: single({ issuer: own.issuer('own') }, { client: 'public', create_contacts: true }) };
    });
    const believing = await serve({ edit, env: { GUICHET_OIDC_CA: cert } });
    const sent = async (env) => {
      const at = env ? await serve({ folder: believing.folder, env }) : believing;
      const client = at.client();
      return { client, location: (await client.get('/oidc/own/start?locale=en')).headers.location, said: () => at.program.said };
    };
    for (const env of [{}, { GUICHET_OIDC_CA: certificate(['127.0.0.1']).cert }]) {
      const { location, said } = await sent(env);
      assert.equal(location, `${HOME}sign-in/#e-single_unavailable`);
      assert.match(said(), /discovery_unreachable/);
    }
    assert.deepEqual(own.asked, [], 'not a word was said to it');
    const { client, location } = await sent();
    const asked = new URL(location).searchParams;
    const now = Math.floor(Date.now() / 1000);
    own.answer('own', 'token', () => token(jwt({ alg: 'RS256', kid: 'one' }, { iss: own.issuer('own'), aud: 'portal', sub: 'somebody', iat: now, exp: now + 300,
      nonce: asked.get('nonce'), email: 'somebody@own.example', email_verified: true }, signer.privateKey)));
    assert.equal((await client.get(`/oidc/own/return?code=code&state=${asked.get('state')}`)).headers.location, `${HOME}tickets/`);
    assert.equal((await who({ client })).email, 'somebody@own.example');
  });

  it('a file that cannot be read is told at the start', async () => {
    const { code, stderr } = await run('guichet-api', ['serve'], { env: { GUICHET_LISTEN: '127.0.0.1:0', GUICHET_ORIGIN: 'http://localhost:0',
      GUICHET_DATA: join(tempFolder('data'), 'data'), GUICHET_PORTAL: join(server.folder, 'out/portal'), GUICHET_SITE: '', GUICHET_OIDC_CA: '/nowhere/ca.pem' } });
    assert.notEqual(code, 0);
    assert.match(stderr, /GUICHET_OIDC_CA: "\/nowhere\/ca\.pem" cannot be read: No such file/);
  });
});

describe('the program', () => {
  it('tells where secrets are set', async () => {
    const { stdout } = await run('guichet-api', ['--help']);
    assert.match(stdout, /GUICHET_OIDC_<ID>_SECRET/);
  });

  it('keeps no token: the store knows issuer and subject alone', () => {
    for (const name of ['guichet.db', 'guichet.db-wal'])
      assert.doesNotMatch(readFileSync(join(server.data, name)).toString('latin1'), /eyJ[\w-]{8,}\.eyJ/, name);
  });
});
