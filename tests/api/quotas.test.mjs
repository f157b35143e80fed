// T32: quotas raced by 20 requests are never exceeded.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, DORA, MIA, editJson, serve } from '../harness/guichet.mjs';
import { file } from '../harness/multipart.mjs';
import { BIRCH, INVOICE, PRINTER, PRIVATE, allTickets, numberOf } from '../harness/tickets.mjs';

const server = await serve({ env: { GUICHET_TICKETS_PER_HOUR: '3', GUICHET_REPLIES_PER_HOUR: '5', GUICHET_FILES_PER_DAY: '8' },
  edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.tickets.customers_close = true; }) });
const MIB = 1024 * 1024;
const twenty = (what) => Promise.all(Array.from({ length: 20 }, (_, i) => what(i)));

/** Of these answers `count` made something; the others say how long to wait. */
function madeExactly(answers, count) {
  assert.equal(answers.filter(({ status }) => status === 201).length, count);
  for (const answer of answers.filter(({ status }) => status !== 201)) {
    assert.equal(answer.status, 429, answer.text);
    assert.equal(answer.code, 'too_many_attempts');
    assert.ok(Number(answer.headers['retry-after']) > 0);
  }
}

describe('T32: what one customer may send', () => {
  it('is so many tickets an hour, raced by 20 requests', async () => {
    const anna = await server.signedIn(ANNA);
    madeExactly(await twenty((i) => anna.file(`Raced ${i}`, 'Quickly')), 3);
    assert.equal((await allTickets(anna)).filter(({ subject }) => /^Raced/.test(subject)).length, 3);
  });

  it('says so to a plain form by a message that stands in the page', async () => {
    const anna = await server.signedIn(ANNA);
    const answer = await anna.plainUpload('/tickets/form?locale=en', { subject: 'Raced by form', message: 'Quickly' });
    assert.equal(answer.status, 303, answer.text);
    assert.match(answer.headers.location, /\/new\/support\/#e-limited$/);
    assert.match((await anna.page(new URL(answer.headers.location, server.origin).pathname)).text, /id="e-limited"/);
  });

  it('is so many replies an hour, however many tickets and sessions there are', async () => {
    const [one, other] = [await server.signedIn(BEN), await server.signedIn(BEN)];
    const [invoice, printer] = [await numberOf(one, INVOICE), await numberOf(one, PRINTER)];
    madeExactly(await twenty((i) => (i % 2 ? one : other).reply(i % 3 ? invoice : printer, `Raced ${i}`)), 5);
  });

  it('is so many closings an hour, taking them back included, however they go out', async () => {
    const anna = await server.signedIn(ANNA);
    const printer = await numberOf(anna, PRINTER);
    const answers = [];
    for (let i = 0; i < 8; i++) answers.push(await anna.act(`/tickets/${printer}/close${i % 2 ? '/undo' : ''}`));
    assert.deepEqual(answers.map(({ status }) => status), [200, 204, 200, 204, 200, 429, 429, 429]);
    assert.ok(Number(answers.at(-1).headers['retry-after']) > 0);
  });

  it('is so many bytes of files a day', async () => {
    const carl = await server.signedIn(CARL);
    const birch = await numberOf(carl, BIRCH);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) =>
      carl.reply(birch, `Raced ${i}`, [file('large.bin', Buffer.alloc(3 * MIB, i))])));
    madeExactly(answers, 2);
    assert.equal((await carl.reply(birch, 'Text still goes')).status, 201);
  });

  it('counts what comes without a length, too: the most that may come must be free, what did not come is given back', async () => {
    const anna = await server.signedIn(ANNA);
    const printer = await numberOf(anna, PRINTER);
    const send = (bytes, headers) => anna.reply(printer, 'In chunks', [file('large.bin', Buffer.alloc(bytes))], { headers });
    const chunked = { 'Transfer-Encoding': 'chunked', 'Content-Length': null };
    assert.equal((await send(6 * MIB, chunked)).status, 201);
    assert.equal((await send(1000, chunked)).status, 429);
    assert.equal((await send(MIB / 2)).status, 201, 'of eight seven were used');
    assert.equal((await send(MIB / 2)).status, 429);
  });

  it('counts what is sent again under its key once, and nothing that was refused', async () => {
    const dora = await server.signedIn(DORA);
    const number = await numberOf(dora, PRIVATE);
    const key = randomUUID();
    for (let i = 0; i < 4; i++) assert.equal((await dora.reply(number, 'Once', [], { key })).status, 201);
    for (let i = 0; i < 4; i++) assert.equal((await dora.reply(number, '')).code, 'invalid');
    for (let i = 0; i < 4; i++) assert.equal((await dora.reply(number, `Also ${i}`)).status, 201);
    assert.equal((await dora.reply(number, 'Too many')).status, 429);
    assert.equal((await dora.get(`/tickets/${number}`)).json.messages.filter(({ body }) => /^(Once|Also)/.test(body)).length, 5);
  });

  it('is no limit for staff', async () => {
    const mia = await server.signedIn(MIA);
    const printer = await numberOf(mia, PRINTER);
    madeExactly(await twenty((i) => mia.reply(printer, `Answer ${i}`)), 20);
  });
});
