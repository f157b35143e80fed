// S19: consent that is asked for again, withdrawn, and never altered (T55).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, DORA, MIA, PASSWORD, editJson, generate, run, serve } from '../harness/guichet.mjs';
import { awaitMails, recipient } from '../harness/mail.mjs';

const CONSENT = { text: { en: 'Acme may keep my name.', fr: 'Acme peut garder mon nom.' }, label: { en: 'I agree', fr: 'D’accord' } };
const asks = (consent) => (folder) => editJson(folder, 'content/portal.json', (p) => { p.consent = consent; });
const server = await serve({ live: true, edit: asks({ ...CONSENT, renew: true }) });
const quiet = await serve({ edit: asks(CONSENT) });
const home = '/support/en/';

/** The versions that the page asks for, as somebody finds them there. */
const versionOf = async (tag = 'en') => /name="consent" value="([0-9a-f]{32})"/.exec((await server.client().page(`/support/${tag}/consent/`)).text)[1];
const agree = async (client, more = {}) => client.form('/consents', { consent: await versionOf(), locale: 'en', return: '', ...more });
async function held(email) {
  const client = server.client();
  assert.equal((await client.signIn(email, PASSWORD)).code, 'consent');
  return client;
}

describe('S19: where consent is asked for again', () => {
  it('a contact who never agreed is signed in and asked; nothing else answers', async () => {
    const client = await held(ANNA);
    for (const path of ['/tickets', '/account', '/account/consents', '/tickets.csv']) assert.equal((await client.get(path)).code, 'consent', path);
    assert.equal((await client.file('Let me on', 'Please')).code, 'consent');
    assert.equal((await client.get('/session')).json.person.email, ANNA);
  });

  it('goes on after agreeing to words of today, in any language, to where they were going', async () => {
    const client = await held(ANNA);
    const answer = await agree(client, { consent: await versionOf('fr'), return: '/support/en/ticket/?n=1' });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.location, '/support/en/ticket/?n=1');
    const { consents } = (await client.get('/account/consents')).json;
    assert.deepEqual(consents.map((c) => [c.text, c.withdrawn_at]), [['Acme peut garder mon nom.\n\nD’accord', null]]);
    assert.equal((await server.client().signIn(ANNA, PASSWORD)).status, 200, 'and is not asked the next time');
  });

  it('T27: leads nowhere else', async () => {
    const client = await held(BEN);
    assert.equal((await agree(client, { return: 'https://evil.example/' })).headers.location, `${home}tickets/`);
  });

  it('says that the box was not ticked, or that the words have changed, and keeps the way back', async () => {
    const client = await held(CARL);
    const back = encodeURIComponent(`${home}new/support/`);
    for (const [consent, fragment] of [['', 'e-consent'], ['0'.repeat(32), 'e-consent_old']]) {
      const answer = await agree(client, { consent, return: `${home}new/support/` });
      assert.equal(answer.headers.location, `${home}consent/?return=${back}#${fragment}`);
    }
    assert.equal((await client.get('/tickets')).code, 'consent');
  });

  it('plain forms lead to the page that asks', async () => {
    const client = server.client();
    const answer = await client.form('/session', { email: DORA, password: PASSWORD, locale: 'fr', return: '/support/fr/tickets/' });
    assert.equal(answer.headers.location, `/support/fr/consent/?return=${encodeURIComponent('/support/fr/tickets/')}`);
    const filed = await client.plainUpload('/tickets/form?locale=fr', { subject: 'Bonjour', message: 'Salut' });
    assert.equal(filed.headers.location, '/support/fr/consent/');
  });

  it('who is signed out agrees to nothing', async () => {
    assert.equal((await agree(server.client())).headers.location, `${home}sign-in/#expired`);
  });

  it('the team is not asked', async () => {
    assert.equal((await server.signedIn(MIA)).cookie !== null, true);
  });

  it('withdrawn, it holds them up with the next request; the row stays, and the log has one for each step', async () => {
    const client = await server.signedIn(ANNA);
    assert.equal((await client.act('/account/consents/withdraw')).status, 204);
    assert.equal((await client.get('/tickets')).code, 'consent');
    await agree(client);
    const { consents } = (await client.get('/account/consents')).json;
    assert.deepEqual(consents.map((c) => c.withdrawn_at === null), [true, false]);
    const mia = await server.signedIn(MIA);
    const { rows } = (await mia.get(`/audit?action=consent&person=${encodeURIComponent(ANNA)}`)).json;
    assert.deepEqual(rows.map((row) => row.action), ['consent.give', 'consent.withdraw', 'consent.give']);
    const [mail] = await awaitMails(server.data, (each) => recipient(each) === ANNA && /consent .* withdrawn/.test(each.get('Subject')));
    assert.match(mail.text, /We have noted it; your account stays as it is\./);
  });

  it('new words are asked for at once; the old ones can still be read', async () => {
    const client = await server.signedIn(ANNA);
    const old = await versionOf();
    editJson(server.folder, 'content/portal.json', (p) => { p.consent.text.en = 'Acme may keep my name and my address.'; p.consent.text.fr = 'Acme peut tout garder.'; });
    await generate(server.folder);
    for (let i = 0; i < 100 && (await client.get('/tickets')).status === 200; i++) await new Promise((done) => setTimeout(done, 100));
    assert.equal((await client.get('/tickets')).code, 'consent');
    assert.match((await agree(client, { consent: old })).headers.location, /#e-consent_old$/);
    await agree(client);
    const { consents } = (await client.get('/account/consents')).json;
    assert.match(consents[0].text, /and my address/);
    assert.match(consents[1].text, /^Acme may keep my name\.\n/);
  });

  it('who was invited is asked the first time', async () => {
    const env = { GUICHET_DATA: server.data, GUICHET_PORTAL: join(server.folder, 'out/portal'), GUICHET_ORIGIN: server.origin };
    await run('guichet-api', ['people', 'set', CARL, '--name', 'Carl'], { env });
    assert.equal((await server.client().signIn(CARL, PASSWORD)).code, 'consent');
  });
});

describe('S19: where it is not asked for again', () => {
  it('nobody is held up, and withdrawing what one never gave is nothing', async () => {
    const anna = await quiet.signedIn(ANNA);
    assert.equal((await anna.act('/account/consents/withdraw')).status, 204);
    assert.deepEqual((await anna.get('/account/consents')).json, { consents: [] });
    assert.equal((await anna.get('/tickets')).status, 200);
    assert.equal((await quiet.client().page('/support/en/consent/')).status, 404);
  });
});
