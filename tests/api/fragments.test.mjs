import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, DORA, PASSWORD, root, serve } from '../harness/guichet.mjs';
import { awaitMails, recipient } from '../harness/mail.mjs';
import { file } from '../harness/multipart.mjs';

// A plain form is answered with a redirect to a message that stands ready in a page: it must be there.
const server = await serve({ env: { GUICHET_SIGN_IN_ATTEMPTS: '3' } });
const NEW = 'a quiet harbour in the fog';
const pages = new Map();

async function standsReady(location) {
  const [path, id] = location.split('#');
  if (!pages.has(path)) pages.set(path, (await server.client().page(path)).text);
  const html = pages.get(path);
  assert.ok(id, `${location} has no fragment`);
  const element = new RegExp(`<(p|div)[^>]*\\sid="${id}"[^>]*>`).exec(html)?.[0];
  assert.ok(element, `${location}: nothing has that id`);
  if (id.startsWith('e-')) assert.match(element, /on-target/, `${location}: it shows in any case`);
}

const form = (path, fields, locale = 'en') => server.client().form(path, { ...fields, locale });
const seen = new Set();
async function leadsTo(expected, answer) {
  assert.equal(answer.status, 303, answer.text);
  assert.match(answer.headers.location, new RegExp(`${expected}$`));
  seen.add(answer.headers.location.split('#')[1]);
  await standsReady(answer.headers.location);
}

async function token() {
  await form('/resets', { email: ANNA });
  const mail = (await awaitMails(server.data, (m) => recipient(m) === ANNA && m.text.includes('#token='))).at(-1);
  return /#token=(\S+)/.exec(mail.text)[1];
}

describe('every fragment that a plain form is answered with stands ready in the page', () => {
  it('of a sign-in', async () => {
    await leadsTo('sign-in/#e-credentials', await form('/session', { email: 'x@y.example', password: 'wrong wrong wrong' }));
    for (let i = 0; i < 3; i++) await form('/session', { email: 'x@y.example', password: 'wrong wrong wrong' });
    await leadsTo('sign-in/#e-limited', await form('/session', { email: 'x@y.example', password: 'wrong wrong wrong' }));
    await leadsTo('sign-out/#done', await form('/session/end', {}));
  });

  it('of a reset', async () => {
    await leadsTo('reset/#sent', await form('/resets', { email: ANNA }));
    await leadsTo('reset/#e-email', await form('/resets', { email: 'nobody' }));
    const good = await token();
    for (const [password, code] of [['', 'required'], ['short', 'password_short'], ['password1234', 'password_common'], [ANNA, 'password_personal'], ['x '.repeat(600), 'too_long']])
      await leadsTo(`reset-form/#e-${code}`, await form('/resets/confirm', { token: good, password }));
    await leadsTo('reset-form/#e-token_unknown', await form('/resets/confirm', { token: 'x', password: NEW }));
    await leadsTo('sign-in/#reset-done', await form('/resets/confirm', { token: good, password: PASSWORD }));
    await leadsTo('reset-form/#e-token_used', await form('/resets/confirm', { token: good, password: NEW }));
  });

  it('of a mailed link', async () => {
    await leadsTo('sign-in/#link-sent', await form('/sign-in-links', { email: BEN, password: '', return: '' }));
    await leadsTo('sign-in/#e-email', await form('/sign-in-links', { email: 'nobody' }));
    await leadsTo('link/#e-token_unknown', await form('/links', { token: 'x' }));
    const [mail] = await awaitMails(server.data, (m) => recipient(m) === BEN && m.text.includes('#sign-in='));
    const [link] = /https?:\/\/\S+/.exec(mail.text);
    assert.equal((await form('/links', { token: ` ${link}\n` })).headers.location, '/support/en/tickets/');
    await leadsTo('link/#e-token_used', await form('/links', { token: link }));
  });

  it('of a new address', async () => {
    const dora = await server.signedIn(DORA);
    for (const email of ['dora@new.example', 'dora@newer.example']) {
      assert.equal((await dora.post('/account/address', { email, password: PASSWORD })).status, 202);
      await awaitMails(server.data, (m) => recipient(m) === email);
    }
    const linkTo = async (email) => /#address=(\S+)/.exec((await awaitMails(server.data, (m) => recipient(m) === email))[0].text)[1];
    await leadsTo('link/#e-token_expired', await form('/links', { token: await linkTo('dora@new.example') }));
    await leadsTo('link/#address-done', await form('/links', { token: await linkTo('dora@newer.example') }));
  });

  it('of a sign-up', async () => {
    const wish = { name: 'Pat', email: 'pat@elsewhere.example', password: NEW, consent: '' };
    const { consent: known } = JSON.parse(readFileSync(join(server.folder, 'out/portal/portal.json'), 'utf8'));
    const [consent] = Object.keys(known);
    await leadsTo('sign-up/#e-consent', await form('/sign-ups', wish));
    await leadsTo('sign-up/#e-consent_old', await form('/sign-ups', { ...wish, consent: 'old' }));
    await leadsTo('sign-up/#e-name', await form('/sign-ups', { ...wish, consent, name: '' }));
    await leadsTo('sign-up/#e-email', await form('/sign-ups', { ...wish, consent, email: 'pat' }));
    for (const [password, code] of [['', 'required'], ['short', 'password_short'], ['password1234', 'password_common'], ['pat@elsewhere.example', 'password_personal'], ['x '.repeat(600), 'too_long']])
      await leadsTo(`sign-up/#e-${code}`, await form('/sign-ups', { ...wish, consent, password }));
    await leadsTo('sign-up/#sent', await form('/sign-ups', { ...wish, consent }));
    await leadsTo('verify/#e-token_unknown', await form('/sign-ups/confirm', { code: 'x', password: NEW }));
    const [mail] = await awaitMails(server.data, (m) => recipient(m) === wish.email);
    const [code] = /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/m.exec(mail.text);
    await leadsTo('verify/#e-credentials', await form('/sign-ups/confirm', { code, password: 'not this one' }));
    assert.equal((await form('/sign-ups/confirm', { code, password: NEW })).headers.location, '/support/en/tickets/');
    await leadsTo('verify/#e-token_used', await form('/sign-ups/confirm', { code, password: NEW }));
    for (let i = 0; i < 20; i++) await form('/sign-ups', { ...wish, consent });
    await leadsTo('sign-up/#e-limited', await form('/sign-ups', { ...wish, consent }));
  });

  it('of a new ticket', async () => {
    const path = '/tickets/form?locale=fr';
    const ticket = { subject: 'Fragment', message: 'Bonjour' };
    await leadsTo('fr/sign-in/\\?return=%2Fsupport%2Ffr%2Fnew%2Fsupport%2F#expired', await server.client().plainUpload(path, ticket));
    const anna = await server.signedIn(ANNA);
    await leadsTo('fr/new/support/#sent', await anna.plainUpload(path, ticket));
    await leadsTo('fr/new/support/#e-invalid', await anna.plainUpload(path, { ...ticket, subject: ' ' }));
    const { files_max: most } = JSON.parse(readFileSync(join(server.folder, 'out/portal/portal.json'), 'utf8'));
    const files = Array.from({ length: most + 1 }, (_, i) => file(`${i}.txt`, 'x'));
    await leadsTo('fr/new/support/#e-too_large', await anna.plainUpload(path, { ...ticket, files }));
  });

  it('of what a clock decides, too', async () => {
    for (const place of ['reset/#e-limited', 'reset-form/#e-limited', 'reset-form/#e-token_expired', 'verify/#e-limited', 'verify/#e-token_expired', 'sign-in/#expired', 'code/#e-code_wrong', 'code/#e-limited', 'sign-in/#e-code_over'])
      await standsReady(`/support/fr/${place}`);
  });

  it('and no fragment in the handlers is left out here', () => {
    const folder = join(root, 'api/account');
    const source = readdirSync(folder).filter((name) => name.endsWith('.c')).map((name) => readFileSync(join(folder, name), 'utf8')).join('');
    const named = [...source.matchAll(/answer_page\(request, [^,]+, "[^"]+", "([^"]+)"\)/g)].map((m) => m[1]);
    assert.ok(named.length >= 3);
    for (const id of named) assert.ok(seen.has(id), id);
  });
});
