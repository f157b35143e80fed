import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, MIA, editJson, serve } from '../harness/guichet.mjs';
import { awaitMails, mails, recipient } from '../harness/mail.mjs';

const server = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.tickets.customers_close = true; }) });
const anna = await server.signedIn(ANNA);
const rate = (client, number, rating) => client.json('PUT', `/tickets/${number}/rating`, rating);
const ticketOf = async (client, number) => (await client.get(`/tickets/${number}`)).json.ticket;
const GOOD = { score: 'good', comment: '' };

async function closed(subject) {
  const { number } = (await anna.file(subject, 'Please')).json;
  assert.equal((await anna.act(`/tickets/${number}/close`)).status, 200);
  return number;
}

describe('whoever asked rates a closed ticket (X15)', () => {
  it('good or bad, with a comment, and reads it again; so does the team', async () => {
    const number = await closed('Rated');
    const before = await ticketOf(anna, number);
    assert.deepEqual([before.may_rate, before.rating], [true, null]);
    const rating = { score: 'bad', comment: 'Too slow.\n\nAnd twice.' };
    assert.equal((await rate(anna, number, rating)).status, 204);
    for (const [client, may] of [[anna, true], [await server.signedIn(MIA), false]]) {
      const ticket = await ticketOf(client, number);
      assert.deepEqual([ticket.may_rate, ticket.rating], [may, rating]);
    }
  });

  it('and may change that while it is closed; the same again is the same', async () => {
    const number = await closed('Changed');
    for (const rating of [GOOD, GOOD, { score: 'bad', comment: 'After all' }]) {
      assert.equal((await rate(anna, number, rating)).status, 204);
      assert.deepEqual((await ticketOf(anna, number)).rating, rating);
    }
  });

  it('and the inbox gets one mail about it, in its language, that can be answered', async () => {
    const number = await closed('Told once');
    await rate(anna, number, GOOD);
    await rate(anna, number, { score: 'bad', comment: 'It came back.' });
    const about = (m) => m.get('Subject').includes('Told once') && /^Rated/.test(m.get('Subject'));
    const [mail] = await awaitMails(server.data, about, 1, 20_000);
    assert.equal(mail.get('Subject'), `Rated not good: Told once (#${number})`);
    assert.equal(recipient(mail), 'support@acme.example');
    assert.match(mail.get('Reply-To'), /anna/);
    assert.match(mail.text, /^Anna Berg has rated .*\n\nIt came back\.\n\nOpen the ticket:\nhttp/);
    assert.equal(mails(server.data).filter(about).length, 1);
  });

  it('not while it is open; what was said stays when it is opened again', async () => {
    const number = await closed('Opened again');
    await rate(anna, number, GOOD);
    await anna.reply(number, 'One more thing');
    const ticket = await ticketOf(anna, number);
    assert.deepEqual([ticket.status, ticket.may_rate, ticket.rating], ['open', false, GOOD]);
    const answer = await rate(anna, number, { score: 'bad', comment: '' });
    assert.deepEqual([answer.status, answer.code], [403, 'not_allowed']);
    assert.equal((await anna.act(`/tickets/${number}/close`)).status, 200);
    assert.equal((await rate(anna, number, { score: 'bad', comment: '' })).status, 204);
  });

  it('T17, T22: nobody else does, and colleagues do not read it', async () => {
    const number = await closed('Mine to rate');
    await rate(anna, number, GOOD);
    const ben = await server.signedIn(BEN);
    const seen = await ticketOf(ben, number);
    assert.deepEqual([seen.may_rate, seen.rating], [false, null]);
    for (const client of [ben, await server.signedIn(MIA)]) {
      const answer = await rate(client, number, { score: 'bad', comment: '' });
      assert.deepEqual([answer.status, answer.code], [403, 'not_allowed']);
    }
    const carl = await server.signedIn(CARL);
    assert.equal((await rate(carl, number, GOOD)).text, (await rate(carl, 999_999, GOOD)).text);
    assert.deepEqual((await ticketOf(anna, number)).rating, GOOD);
  });

  it('T28: with a comment as long as a reply and no longer, without control characters', async () => {
    const number = await closed('Bounded');
    assert.equal((await rate(anna, number, { score: 'good', comment: '\u{1F600}'.repeat(20_000) })).status, 204);
    const long = await rate(anna, number, { score: 'good', comment: 'x'.repeat(20_001) });
    assert.deepEqual([long.status, long.json.errors], [422, [{ field: 'comment', code: 'too_long' }]]);
    await rate(anna, number, { score: 'good', comment: 'a\u0007b\r\nc \n' });
    assert.equal((await ticketOf(anna, number)).rating.comment, 'ab\nc');
    for (const [score, code] of [['', 'required'], ['fine', 'option']]) {
      const answer = await rate(anna, number, { score, comment: '' });
      assert.deepEqual([answer.status, answer.json.errors], [422, [{ field: 'score', code }]]);
    }
    for (const rating of [{}, { score: 'good' }, { score: 1, comment: '' }, { score: 'good', comment: '', more: '' }])
      assert.equal((await rate(anna, number, rating)).code, 'bad_input', JSON.stringify(rating));
  });

  it('T32: as often as they may reply, counted by itself; the same again is not counted, nor what was refused', async () => {
    const strict = await serve({ env: { GUICHET_REPLIES_PER_HOUR: '2' },
      edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.tickets.customers_close = true; }) });
    const client = await strict.signedIn(ANNA);
    const { number } = (await client.file('Limited', 'Please')).json;
    await client.act(`/tickets/${number}/close`);
    for (let i = 0; i < 4; i++) assert.equal((await rate(client, number, GOOD)).status, 204);
    for (let i = 0; i < 4; i++) assert.equal((await rate(client, number, { score: '', comment: '' })).status, 422);
    assert.equal((await rate(client, number, { score: 'bad', comment: '' })).status, 204);
    const answer = await rate(client, number, GOOD);
    assert.deepEqual([answer.status, answer.code], [429, 'too_many_attempts']);
    assert.ok(Number(answer.headers['retry-after']) > 0);
    assert.equal((await client.reply(number, 'Still mine to say')).status, 201, 'ratings do not use up the replies');
  });

  it('not where the portal does not ask', async () => {
    const silent = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => {
      Object.assign(p.tickets, { customers_close: true, rating: false });
    }) });
    const client = await silent.signedIn(ANNA);
    const { number } = (await client.file('Not asked', 'Please')).json;
    await client.act(`/tickets/${number}/close`);
    const ticket = await ticketOf(client, number);
    assert.deepEqual([ticket.may_rate, ticket.rating], [false, null]);
    assert.equal((await rate(client, number, GOOD)).code, 'not_allowed');
    assert.doesNotMatch((await client.page('/support/en/ticket/')).text, /data-slot="rating"/);
  });
});
