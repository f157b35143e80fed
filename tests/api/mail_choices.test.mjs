// What people want to be told by mail: chosen in their account, or ended by one press in their mail program.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, MIA, editJson, serve } from '../harness/guichet.mjs';
import { awaitMails, mails, recipient } from '../harness/mail.mjs';
import { bounce, mailIn, receiveLetter } from '../harness/mailin.mjs';
import { sql } from '../harness/store.mjs';

const server = await serve({ env: mailIn });
const [anna, ben, mia] = await Promise.all([ANNA, BEN, MIA].map((who) => server.signedIn(who)));
const ALL = { replies: true, copies: true, shared: true, received: true, together: 'at_once' };
const choose = (client, change) => client.json('PUT', '/account/mails', { ...ALL, ...change });
const chosen = async (client) => (await client.get('/account/mails')).json;
const mailWith = async (words, to) => (await awaitMails(server.data, (mail) => mail.text.includes(words) && recipient(mail) === to))[0];
const gets = (words, to) => mails(server.data).some((mail) => mail.text.includes(words) && recipient(mail) === to);
const filed = async (subject) => (await anna.file(subject, `About ${subject}`)).json.number;
/** Where the mail's header leads, below the API. */
const pathOf = (mail) => new URL(/^<([^>]+)>$/.exec(mail.get('List-Unsubscribe'))[1]).pathname.replace('/api/v1', '');
const ONE_CLICK = 'List-Unsubscribe=One-Click';
const press = (path, { type = 'application/x-www-form-urlencoded', body = ONE_CLICK } = {}) =>
  server.client().request('POST', path, { body, headers: { 'Content-Type': type } });

describe('what one is told by mail', () => {
  it('is everything, until one chooses', async () => {
    assert.deepEqual(await chosen(anna), ALL);
    assert.equal((await choose(anna, { received: false })).status, 204);
    assert.deepEqual(await chosen(anna), { ...ALL, received: false });
    assert.deepEqual(await chosen(ben), ALL);
  });

  it('is no more than one chose, and the others are told as before', async () => {
    const number = await filed('Quiet c1');
    await mailWith('About Quiet c1', 'support@acme.example');
    await mia.reply(number, 'An answer. c2');
    await mailWith('An answer. c2', ANNA);
    assert.ok(!mails(server.data).some((mail) => recipient(mail) === ANNA && /^We have received/.test(mail.get('Subject')) && mail.text.includes(`n=${number}`)));
    await choose(anna, { replies: false });
    await mia.reply(number, 'Another. c3');
    await ben.reply(number, 'And mine. c4');
    await mailWith('And mine. c4', ANNA);
    assert.ok(!gets('Another. c3', ANNA));
    await choose(anna, {});
  });

  it('takes a whole choice and nothing else', async () => {
    assert.equal((await anna.json('PUT', '/account/mails', { replies: 'no' })).status, 400);
    assert.equal((await anna.json('PUT', '/account/mails', { ...ALL, security: false })).status, 400);
    assert.deepEqual(await chosen(anna), ALL);
  });
});

describe('the header that ends a kind of mail (RFC 2369, RFC 8058)', () => {
  const reply = filed('Headers c5').then(async (number) => (await mia.reply(number, 'To be stopped. c6'), { number, mail: await mailWith('To be stopped. c6', ANNA) }));

  it('stands in mails that one can choose, and says that one press is enough', async () => {
    const { mail } = await reply;
    assert.equal(mail.get('List-Unsubscribe-Post'), ONE_CLICK);
    assert.match(mail.get('List-Unsubscribe'), /^<http:\/\/localhost:\d+\/api\/v1\/unsubscribes\/[0-9a-f]+-replies-[a-z2-7]{26}>$/);
  });

  it('has its address as it is, in no encoded words, which no program looks for there (RFC 2047, 5)', async () => {
    const { mail } = await reply;
    const head = mail.source.split('\r\n\r\n')[0].split('\r\n');
    assert.ok(head.includes(`List-Unsubscribe: ${mail.get('List-Unsubscribe')}`), head.join('\n'));
    assert.equal(head.some((line) => line.includes('\n')), false);
  });

  it('does not stand in mails about the account, nor in those to the team', async () => {
    await server.client().post('/resets', { email: ANNA });
    const [reset] = await awaitMails(server.data, (mail) => recipient(mail) === ANNA && mail.text.includes('#token='));
    const toTeam = await mailWith('About Headers c5', 'support@acme.example');
    for (const mail of [reset, toTeam]) assert.equal(mail.get('List-Unsubscribe'), undefined);
  });

  it('does not stand in mails to those who have no other way to what they asked', async () => {
    const chosenFew = await serve({ env: mailIn, edit: (at) => editJson(at, 'content/portal.json', (portal) => { portal.access = { groups: { customers: { name: 'Customers' } } }; delete portal.consent; }) });
    assert.equal(await receiveLetter(chosenFew, { from: ANNA, subject: 'By mail', text: 'Hello' }), 'ticket');
    const [mail] = await awaitMails(chosenFew.data, (one) => recipient(one) === ANNA);
    assert.match(mail.get('Subject'), /By mail/);
    assert.equal(mail.get('List-Unsubscribe'), undefined);
  });

  it('leads who opens it to a page with a button, and changes nothing by that', async () => {
    const { mail } = await reply;
    const answer = await server.client().get(pathOf(mail));
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.location, `/support/en/link/#mails=${pathOf(mail).split('/').at(-1)}`);
    assert.deepEqual(await chosen(anna), ALL);
  });

  it('ends that kind for that person, without a sign-in, an origin or a cookie, however often', async () => {
    const { number, mail } = await reply;
    assert.equal((await press(pathOf(mail))).status, 204);
    const parts = `--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n`;
    assert.equal((await press(pathOf(mail), { type: 'multipart/form-data; boundary=b', body: parts })).status, 204);
    assert.deepEqual(await chosen(anna), { ...ALL, replies: false });
    assert.deepEqual(await chosen(ben), ALL);
    await mia.reply(number, 'Not by mail. c7');
    await anna.reply(number, 'Seen. c8');
    await mailWith('Seen. c8', 'support@acme.example');
    assert.ok(!gets('Not by mail. c7', ANNA));
  });

  it('ends nothing when a letter of it is changed, or another kind is put in', async () => {
    const { mail } = await reply;
    await choose(anna, {});
    const path = pathOf(mail);
    const flipped = `${path.slice(0, -1)}${path.endsWith('a') ? 'b' : 'a'}`;
    for (const forged of [flipped, path.replace('-replies-', '-copies-'), path.replace(/\/[0-9a-f]+-/, '/7e-'), '/unsubscribes/x', `/unsubscribes/${'f'.repeat(64)}`])
      assert.equal((await press(forged)).status, 404, forged);
    assert.deepEqual(await chosen(anna), ALL);
  });

  it('takes a script’s press only of our own pages, as every other', async () => {
    const { mail } = await reply;
    assert.equal((await press(pathOf(mail), { type: 'application/json', body: '{}' })).status, 403);
    assert.equal((await anna.post(pathOf(mail), {})).status, 204);
    await choose(anna, {});
  });
});

describe('several replies as one mail', () => {
  const number = filed('Together c9');
  /** An hour has passed. */
  const due = () => sql(server.data, `UPDATE outbox SET due_at = 1 WHERE sent_at IS NULL`);

  it('wait for each other as long as one chose, and come as one that can be answered', async () => {
    const at = await number;
    assert.equal((await choose(anna, { together: 'hour' })).status, 204);
    await mia.reply(at, 'First. d1');
    await mia.reply(at, 'Second. d2');
    await ben.reply(at, 'Third, of Ben. d3');
    await mailWith('Third, of Ben. d3', 'support@acme.example');
    const waits = (await mia.get('/desk/outbox')).json.rows.filter(({ to }) => to === ANNA);
    assert.deepEqual(waits.map(({ kind, waits: what }) => [kind, what]), [['reply', 'time'], ['reply', 'time'], ['copy', 'time']]);
    assert.equal(new Set(waits.map((mail) => mail.due_at)).size, 1, 'all are due with the first');
    await due();
    const mail = await mailWith('Third, of Ben. d3', ANNA);
    assert.match(mail.text, /There are several new replies on #\d+:\n\nMia:\nFirst\. d1\n\nMia:\nSecond\. d2\n\nBen Ode:\nThird, of Ben\. d3\n/);
    assert.ok(mail.html.includes('Second. d2'));
    assert.match(mail.get('Reply-To'), /support\+/);
    assert.match(mail.get('List-Unsubscribe'), /-replies-/);
    assert.equal(mails(server.data).filter((one) => recipient(one) === ANNA && one.text.includes('First. d1')).length, 1);
    assert.deepEqual((await mia.get('/desk/outbox')).json.rows, []);
  });

  it('go again with all of them when their mail came back and is sent once more', async () => {
    const [mail] = mails(server.data).filter((one) => one.text.includes('Third, of Ben. d3') && recipient(one) === ANNA);
    await receiveLetter(server, bounce(mail.get('Message-ID'), ANNA));
    const { rows } = (await mia.get('/desk/outbox?state=failed')).json;
    assert.deepEqual(rows.map(({ to, kind }) => [to, kind]), [[ANNA, 'reply']]);
    rmSync(join(server.data, 'mail', mail.name)); // it goes under the same name again
    assert.equal((await mia.act(`/desk/outbox/${rows[0].id}/resend`)).status, 204);
    const again = await mailWith('Third, of Ben. d3', ANNA);
    for (const words of ['First. d1', 'Second. d2']) assert.ok(again.text.includes(words), again.text);
    assert.deepEqual((await mia.get('/desk/outbox')).json.rows, []);
  });

  it('one alone is as it always was, and others are told at once', async () => {
    await mia.reply(await number, 'Alone. d4');
    await due();
    assert.match((await mailWith('Alone. d4', ANNA)).text, /Mia has answered your ticket/);
    await mia.reply((await ben.file('Ben’s own', 'Mine')).json.number, 'At once. d5');
    await mailWith('At once. d5', BEN);
  });

  it('leave out what one chose not to be told, or may not see any more', async () => {
    const at = await number;
    await choose(anna, { together: 'day', copies: false });
    await mia.reply(at, 'Told. d6');
    await ben.reply(at, 'Not told. d7');
    await mia.reply(at, 'Told, too. d8');
    await due();
    const mail = await mailWith('Told, too. d8', ANNA);
    assert.ok(mail.text.includes('Told. d6'));
    assert.ok(!mail.text.includes('Not told. d7'));
  });

  it('come at once when one thinks otherwise', async () => {
    await choose(anna, { together: 'day' });
    await mia.reply(await number, 'Waits. d9');
    assert.equal((await mia.get('/desk/outbox')).json.rows.length, 1);
    assert.equal((await choose(anna, {})).status, 204);
    await mailWith('Waits. d9', ANNA);
  });

  it('take no other time than those that there are', async () => {
    assert.equal((await anna.json('PUT', '/account/mails', { ...ALL, together: 'never' })).status, 422);
    assert.deepEqual(await chosen(anna), ALL);
  });
});
