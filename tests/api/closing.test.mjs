import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, MIA, editJson, serve } from '../harness/guichet.mjs';
import { awaitMails, mails, recipient } from '../harness/mail.mjs';

const server = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.tickets.customers_close = true; }) });
const anna = await server.signedIn(ANNA);
const close = (client, number) => client.act(`/tickets/${number}/close`);
const undo = (client, number) => client.act(`/tickets/${number}/close/undo`);
const ticketOf = async (client, number) => (await client.get(`/tickets/${number}`)).json.ticket;
const filed = async (client, subject) => (await client.file(subject, 'Please')).json.number;

describe('a customer closes a ticket (S15)', () => {
  it('at once, into the closed stage of its pipeline, and may then not close it again', async () => {
    const number = await filed(anna, 'Settled');
    assert.equal((await ticketOf(anna, number)).may_close, true);
    const answer = await close(anna, number);
    assert.equal(answer.status, 200, answer.text);
    const left = Date.parse(answer.json.undo_until) - Date.now();
    assert.ok(left > 5_000 && left <= 10_000, `${left} ms`);
    const ticket = await ticketOf(anna, number);
    assert.deepEqual([ticket.status, ticket.stage, ticket.may_close], ['closed', 'closed', false]);
    assert.notEqual(ticket.closed_at, null);
  });

  it('and the inbox gets a mail, a little after it could be undone', async () => {
    const number = await filed(anna, 'Closed for good');
    await close(anna, number);
    assert.equal(mails(server.data).filter((m) => m.text.includes(`#${number}`)).length, 0);
    const [mail] = await awaitMails(server.data, (m) => m.text.includes(`#${number}`), 1, 20_000);
    assert.equal(recipient(mail), 'support@acme.example');
    assert.match(mail.text, /Anna Berg has closed/);
  });

  it('twice, and it is as once', async () => {
    const number = await filed(anna, 'Twice');
    const first = await close(anna, number);
    const second = await close(anna, number);
    assert.equal(second.status, 200);
    assert.equal(second.json.undo_until, first.json.undo_until);
  });

  it('and takes it back: stage and mail are as before', async () => {
    const number = await filed(anna, 'Not settled after all');
    const before = await ticketOf(anna, number);
    await close(anna, number);
    assert.equal((await undo(anna, number)).status, 204);
    assert.equal((await undo(anna, number)).status, 204);
    assert.deepEqual(await ticketOf(anna, number), before);
    const later = await filed(anna, 'Closed after it');
    await close(anna, later);
    await awaitMails(server.data, (m) => m.text.includes(`#${later}`), 1, 20_000);
    assert.equal(mails(server.data).filter((m) => m.text.includes(`#${number}`)).length, 0);
  });

  it('but nobody takes back what somebody else closed', async () => {
    const ben = await server.signedIn(BEN);
    const number = await filed(anna, 'Closed by a colleague');
    assert.equal((await close(ben, number)).status, 200);
    const answer = await undo(anna, number);
    assert.deepEqual([answer.status, answer.code], [409, 'too_late']);
    assert.equal((await close(anna, number)).json.undo_until, null);
  });

  it('and a reply opens it again without a mail that it is closed', async () => {
    const number = await filed(anna, 'One more thing');
    await close(anna, number);
    assert.equal((await anna.reply(number, 'Wait')).status, 201);
    assert.equal((await ticketOf(anna, number)).status, 'open');
    assert.equal((await close(anna, number)).status, 200);
  });

  it('T17, T22: never one that they do not see, which is the same 404 as one that is not there', async () => {
    const number = await filed(anna, 'Of Acme');
    const carl = await server.signedIn(CARL);
    const [foreign, missing] = [await close(carl, number), await close(carl, 999_999)];
    assert.equal(foreign.status, 404);
    assert.equal(foreign.text, missing.text);
    assert.equal((await undo(carl, number)).text, missing.text);
    assert.equal((await ticketOf(anna, number)).status, 'open');
  });

  it('not where only the team does', async () => {
    const strict = await serve();
    const client = await strict.signedIn(ANNA);
    const number = await filed(client, 'Open');
    assert.equal((await ticketOf(client, number)).may_close, false);
    const answer = await close(client, number);
    assert.deepEqual([answer.status, answer.code], [403, 'not_allowed']);
    assert.equal((await ticketOf(client, number)).status, 'open');
  });

  it('and one of the team closes without a mail to itself', async () => {
    const mia = await server.signedIn(MIA);
    const number = await filed(anna, 'The team closes');
    assert.equal((await close(mia, number)).status, 200);
    assert.equal((await ticketOf(anna, number)).status, 'closed');
  });
});
