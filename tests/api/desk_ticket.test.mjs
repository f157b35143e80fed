// X11, T20, T21, T22: one ticket at the desk: all of it for the team, of which notes reach no customer, and nobody's
// change is written over another's.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, MIA, NOA } from '../harness/guichet.mjs';
import { awaitMails, mails } from '../harness/mail.mjs';
import { served } from '../harness/settings.mjs';
import { INVOICE, PRINTER, PRIVATE, numberOf } from '../harness/tickets.mjs';

const NOTE = 'Quartzite: third head of that batch, keep the old one';
const server = await served({ owner_name: 'alias', owner_alias: { en: 'The team', fr: 'L’équipe' }, columns: [{ property: 'subject' }, { property: 'last_activity' }] }, undefined, { locales: ['en', 'fr'] });
const anna = await server.signedIn(ANNA);
const mia = await server.signedIn(MIA);
const noa = await server.signedIn(NOA);
const number = await numberOf(mia, PRINTER);
const at = `/desk/tickets/${number}`;
const read = async (client = mia, path = at) => (await client.get(path)).json;
const write = (client, message, more = {}) => client.multipart(`${at}/replies`, { message, ...more });
const change = (client, version, property, value, path = at) =>
  client.post(`${path}/changes`, { version: String(version), property, value });

describe('a ticket at the desk', () => {
  it('is there for the team alone, whatever a customer tries of it (T22)', async () => {
    const missing = await anna.get('/no-such-thing');
    for (const path of [at, `${at}/messages?before=9`, `${at}/beside?writing=0`]) {
      const answer = await anna.get(path);
      assert.deepEqual([answer.status, answer.text], [404, missing.text], path);
    }
    assert.equal((await write(anna, 'Mine')).status, 404);
    assert.equal((await change(anna, (await read()).ticket.version, 'stage', 'closed')).status, 404);
  });

  it('names people in full, says whom it may be given to, and whether its requester sees it', async () => {
    const { ticket, messages } = await read();
    assert.deepEqual([ticket.owner, ticket.requester.name, ticket.shown], ['Mia Laurent', 'Anna Berg', true]);
    assert.ok(ticket.team.some(({ name }) => name === 'Noa Stern') || ticket.team.length >= 2, JSON.stringify(ticket.team));
    assert.ok(!ticket.team.some(({ name }) => name === 'Anna Berg'));
    assert.ok(messages.filter(({ author }) => author.team).every(({ author }) => author.name !== 'The team'));
    assert.ok(messages.every(({ internal, shown }) => shown === !internal));
    assert.equal((await mia.get('/desk/tickets/999999')).status, 404);
  });
});

describe('an internal note', () => {
  it('T21: changes nothing that a customer sees: page, tag, list, count, search, export', async () => {
    const asked = ['/tickets?q=quartzite', '/tickets', '/tickets/counts', `/tickets/${number}`, '/tickets.csv'];
    const seen = async () => Promise.all(asked.map(async (path) => {
      const { status, text, headers } = await anna.get(path);
      return [path, status, text, headers.etag];
    }));
    const before = await seen();
    const tag = (await mia.get(at)).headers.etag;
    const made = await write(mia, NOTE, { note: 'yes' });
    assert.equal(made.status, 201, made.text);
    assert.deepEqual([made.json.message.internal, made.json.message.shown], [true, false]);
    assert.deepEqual(await seen(), before);
    assert.notEqual((await mia.get(at)).headers.etag, tag, 'the team’s page is another');
    assert.equal((await read(noa)).messages.at(-1).body, NOTE);
    assert.equal((await anna.get(`/tickets/${number}/messages?before=${made.json.message.id + 1}`)).text.includes('Quartzite'), false);
  });

  it('T20: is nothing that a customer could write, nor "seen"', async () => {
    for (const more of [{ note: 'yes' }, { seen: '1' }]) {
      const answer = await anna.multipart(`/tickets/${number}/replies`, { message: 'Hello', ...more });
      assert.equal(answer.status, 400, answer.text);
    }
  });

  it('goes out in no mail, which a reply does', async () => {
    await write(mia, `${NOTE} again`, { note: 'yes' });
    const reply = await write(mia, 'A new head leaves today.', { note: '' });
    assert.deepEqual([reply.status, reply.json.message.internal, reply.json.message.shown], [201, false, true]);
    await awaitMails(server.data, (mail) => mail.text.includes('A new head'));
    assert.ok(!mails(server.data).some((mail) => JSON.stringify(mail).includes('Quartzite')));
    assert.ok((await read(anna, `/tickets/${number}`)).messages.at(-1).body.includes('new head'));
  });
});

describe('two people at one ticket', () => {
  it('see each other, and who writes', async () => {
    const others = async (client, writing) => (await client.get(`${at}/beside?writing=${writing}`)).json.others;
    await others(noa, 1);
    const [one] = await others(mia, 0);
    assert.deepEqual([one.name.length > 0, one.writing], [true, true]);
    assert.deepEqual((await others(noa, 0)).map(({ name, writing }) => [name, writing]), [['Mia Laurent', false]]);
    assert.deepEqual((await mia.get(`/desk/tickets/${await numberOf(mia, INVOICE)}/beside?writing=0`)).json.others, []);
    assert.equal((await mia.get('/desk/tickets/999999/beside?writing=0')).status, 404);
  });

  it('never write past what the other wrote meanwhile: nothing is kept, and a second try with it read is', async () => {
    const seen = String((await read()).messages.at(-1).id);
    assert.equal((await write(noa, 'First', { seen })).status, 201);
    const count = (await read()).messages.length;
    const late = await write(mia, 'Second', { seen });
    assert.deepEqual([late.status, late.code], [409, 'changed']);
    assert.equal((await read()).messages.length, count);
    const again = String((await read()).messages.at(-1).id);
    assert.equal((await write(mia, 'Second', { seen: again })).status, 201);
    assert.equal((await write(mia, 'Third', { seen: again })).status, 201, 'one’s own is no surprise');
  });

  it('never set over what the other set: of 10 at once with one version, one is taken', async () => {
    const { version } = (await read()).ticket;
    const all = await Promise.all(Array.from({ length: 10 }, (_, i) => change(i % 2 ? mia : noa, version, 'priority', i % 2 ? 'low' : 'high')));
    const taken = all.filter(({ status }) => status === 200);
    assert.ok(taken.length >= 1);
    assert.ok(all.every(({ status, code }) => status === 200 || code === 'changed'));
    const { ticket } = await read();
    assert.equal(ticket.version, version + taken.length);
    assert.equal(taken.length, 1);
    assert.equal(ticket.priority, taken[0].json.ticket.priority);
  });
});

describe('what the team sets of a ticket', () => {
  const set = async (property, value) => change(mia, (await read()).ticket.version, property, value);

  it('is its owner, stage, inbox and properties, and empty takes it away', async () => {
    const noas = (await read(noa)).ticket.me;
    assert.equal((await set('owner', String(noas))).json.ticket.owner_id, noas);
    assert.equal((await set('owner', '')).json.ticket.owner, null);
    assert.equal((await set('inbox', 'orders')).json.ticket.inbox, 'orders');
    assert.equal((await set('inbox', 'support')).json.ticket.inbox, 'support');
    assert.equal((await set('escalation', 'board')).json.ticket.properties.escalation, 'board');
    assert.ok(!(await set('escalation', '')).json.ticket.properties.escalation);
    assert.equal((await set('category', '')).json.ticket.category, null);
    const closed = (await set('stage', 'closed')).json.ticket;
    assert.deepEqual([closed.status, closed.closed_at !== null], ['closed', true]);
    assert.equal((await read(anna, `/tickets/${number}`)).ticket.status, 'closed');
    const open = (await set('stage', 'waiting')).json.ticket;
    assert.deepEqual([open.status, open.closed_at], ['open', null]);
  });

  it('must be something that the portal knows, and is written down', async () => {
    const anna_id = (await read()).ticket.requester.id;
    const before = (await read()).ticket;
    for (const [property, value] of [['owner', String(anna_id)], ['owner', 'x'], ['stage', 'nowhere'], ['stage', ''], ['inbox', 'nowhere'], ['priority', 'nowhere'], ['subject', 'x'], ['requester', '1'], ['nonsense', 'x']]) {
      const answer = await set(property, value);
      assert.equal(answer.status, 422, `${property}=${value}: ${answer.text}`);
    }
    assert.deepEqual((await read()).ticket, before);
    const rows = (await noa.get('/audit')).json;
    assert.ok(JSON.stringify(rows).includes('ticket.change') && JSON.stringify(rows).includes('ticket.note'));
  });

  it('T55: what was typed into a property is not in the audit log, which outlives an erasure', async () => {
    assert.equal((await set('serial', 'ZX-ANNA-1')).json.ticket.properties.serial, 'ZX-ANNA-1');
    const { text } = await noa.get('/audit');
    assert.ok(!text.includes('ZX-ANNA-1'), text);
    assert.ok(text.includes('"detail":"serial"'), text);
  });
});

describe('a ticket that its requester no longer sees', async () => {
  const hidden = await served({ visible: { property: 'category', is_none_of: ['bug'] } }, undefined, { locales: ['en', 'fr'] });
  it('says so, of the ticket and of each message', async () => {
    const staff = await hidden.signedIn(MIA);
    const page = (await staff.get(`/desk/tickets/${await numberOf(staff, PRINTER)}`)).json;
    assert.equal(page.ticket.shown, false);
    assert.ok(page.messages.length && page.messages.every(({ shown }) => shown === false));
    assert.equal((await staff.get(`/desk/tickets/${await numberOf(staff, PRIVATE)}`)).json.ticket.shown, true);
  });
});
