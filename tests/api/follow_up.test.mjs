import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { ANNA, BEN, MIA, editJson, serve } from '../harness/guichet.mjs';
import { awaitMails, recipient } from '../harness/mail.mjs';
import { file } from '../harness/multipart.mjs';
import { OLD, numberOf } from '../harness/tickets.mjs';

const portal = (tickets) => ({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { Object.assign(p.tickets, tickets); }) });
const late = await serve(portal({ follow_up_days: 7 }));
const anna = await late.signedIn(ANNA);
const old = await numberOf(anna, OLD);

describe('a reply so late that it starts a new ticket (S14)', () => {
  it('is announced by the ticket before anybody types', async () => {
    const { ticket } = (await anna.get(`/tickets/${old}`)).json;
    assert.deepEqual([ticket.may_reply, ticket.reply, ticket.followed_by], [true, 'follows', null]);
  });

  it('starts it with the words and files, linked both ways, once', async () => {
    const key = randomUUID();
    const first = await anna.reply(old, 'It is lost again: 90af', [file('a.txt', 'abc')], { key });
    assert.equal(first.status, 201, first.text);
    const number = first.json.follow_up;
    assert.ok(number > old);
    const again = await anna.reply(old, 'It is lost again: 90af', [file('a.txt', 'abc')], { key });
    assert.deepEqual(again.json, first.json);
    const { ticket, messages } = (await anna.get(`/tickets/${number}`)).json;
    assert.deepEqual([ticket.subject, ticket.status, ticket.stage, ticket.follows, ticket.requester.me], [OLD, 'open', 'new', old, true]);
    assert.deepEqual(messages.map((m) => [m.body, m.files.length]), [['It is lost again: 90af', 1]]);
    const before = (await anna.get(`/tickets/${old}`)).json;
    assert.deepEqual([before.ticket.status, before.ticket.followed_by], ['closed', number]);
    assert.equal(before.messages.some((m) => m.body.includes('90af')), false);
    const [mail] = await awaitMails(late.data, (m) => m.text.includes('90af') && recipient(m) === 'support@acme.example');
    assert.match(mail.get('Subject'), new RegExp(`${number}`));
  });

  it('is the author’s, and names no ticket that a reader does not see (T17)', async () => {
    const own = await serve(portal({ follow_up_days: 7, permission: 'own' }));
    const [client, ben] = [await own.signedIn(ANNA), await own.signedIn(BEN)];
    const number = await numberOf(client, OLD);
    const { follow_up } = (await client.reply(number, 'Mine')).json;
    assert.equal((await ben.get(`/tickets/${follow_up}`)).status, 404);
    const shared = await late.signedIn(BEN);
    const made = (await shared.reply(old, 'Ben asks')).json.follow_up;
    const { ticket } = (await shared.get(`/tickets/${made}`)).json;
    assert.deepEqual([ticket.requester.me, ticket.follows], [true, old]);
  });

  it('is none of the team’s: their answer stays where it is', async () => {
    const mia = await late.signedIn(MIA);
    const answer = await mia.reply(old, 'One more hint');
    assert.ok(answer.json.message, answer.text);
  });
});

describe('a reply to a closed ticket', () => {
  it('reopens to the stage that was chosen', async () => {
    const server = await serve(portal({ reopen_stages: { support: 'in-progress' } }));
    const client = await server.signedIn(ANNA);
    const number = await numberOf(client, OLD);
    assert.equal((await client.get(`/tickets/${number}`)).json.ticket.reply, 'reopens');
    await client.reply(number, 'Again');
    const { ticket } = (await client.get(`/tickets/${number}`)).json;
    assert.deepEqual([ticket.stage, ticket.status, ticket.reply], ['in-progress', 'open', 'adds']);
  });

  it('that was answered once gets that answer again, although the ticket was closed meanwhile', async () => {
    const server = await serve(portal({ reply_to_closed: false, customers_close: true }));
    const client = await server.signedIn(ANNA);
    const { number } = (await client.file('Soon closed', 'Hello')).json;
    const key = randomUUID();
    const first = await client.reply(number, 'Before it was closed', [], { key });
    await client.act(`/tickets/${number}/close`);
    const again = await client.reply(number, 'Before it was closed', [], { key });
    assert.equal(again.status, 201, again.text);
    assert.equal(again.json.message.id, first.json.message.id);
    assert.equal((await client.reply(number, 'Another', [], { key })).code, 'conflict');
    assert.equal((await client.reply(number, 'After it')).code, 'reply_closed');
  });
});
