import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { ANNA, BEN, MIA, editJson, serve } from '../harness/guichet.mjs';
import { awaitMails, mails, recipient } from '../harness/mail.mjs';
import { file } from '../harness/multipart.mjs';
import { OLD, PRINTER, numberOf } from '../harness/tickets.mjs';

const server = await serve();
const strict = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.tickets.reply_to_closed = false; }) });
const anna = await server.signedIn(ANNA);
const mia = await server.signedIn(MIA);
const printer = await numberOf(anna, PRINTER);

describe('a reply', () => {
  it('comes back as the page shows it, with its files', async () => {
    const answer = await anna.reply(printer, 'It is out now.', [file('ash.log', 'grey\n', 'text/plain'), file('b.bin', '\0\x01')]);
    assert.equal(answer.status, 201, answer.text);
    const { message } = answer.json;
    assert.equal(message.body, 'It is out now.');
    assert.deepEqual(message.author, { name: 'Anna Berg', me: true, team: false });
    assert.deepEqual(message.files.map((f) => [f.name, f.size]), [['ash.log', 5], ['b.bin', 2]]);
    const { messages } = (await anna.get(`/tickets/${printer}`)).json;
    assert.deepEqual(messages.at(-1), message);
  });

  it('gives every file back byte for byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7) % 256));
    const { message } = (await anna.reply(printer, 'Bytes', [file('bytes.bin', bytes)])).json;
    const back = await anna.get(`/tickets/${printer}/files/${message.files[0].id}`);
    assert.equal(back.status, 200);
    assert.ok(back.body.equals(bytes));
  });

  it('moves the ticket to the top', async () => {
    await anna.reply(printer, 'Up');
    assert.equal((await anna.get('/tickets')).json.tickets[0].number, printer);
  });

  it('of a customer goes to the ticket’s inbox by mail', async () => {
    const { number } = (await anna.file('Mail thread', 'First')).json;
    await anna.reply(number, 'Second thought: 4d2e');
    const [mail] = await awaitMails(server.data, (m) => m.text.includes('Second thought: 4d2e'));
    assert.equal(recipient(mail), 'support@acme.example');
    assert.match(mail.get('Subject'), new RegExp(`${number}`));
    assert.match(mail.text, /Anna Berg/);
  });

  it('of the team goes to the customer by mail, in their language, with a link to the ticket and no full name (S12)', async () => {
    const { number } = (await anna.file('Please answer', 'First')).json;
    const sent = await mia.reply(number, 'We are on it: 9a3f');
    assert.equal(sent.status, 201, sent.text);
    const [mail] = await awaitMails(server.data, (m) => m.text.includes('We are on it: 9a3f'));
    assert.equal(recipient(mail), ANNA);
    assert.ok(mail.text.includes(`${server.origin}/support/en/ticket/?n=${number}`), mail.text);
    assert.match(mail.text, /Mia/);
    assert.doesNotMatch(mail.source, /Laurent/);
    assert.equal(mails(server.data).filter((m) => m.text.includes('We are on it: 9a3f')).length, 1);
  });

  it('is mailed in French to who reads French', async () => {
    const ben = await server.signedIn(BEN);
    const { number } = (await ben.file('En français', 'Bonjour')).json;
    await mia.reply(number, 'Voilà: 77aa');
    const [mail] = await awaitMails(server.data, (m) => m.text.includes('Voilà: 77aa'));
    assert.equal(recipient(mail), BEN);
    assert.ok(mail.text.includes(`/support/fr/ticket/?n=${number}`), mail.text);
    assert.match(mail.text, /réponse|répondu|demande/i);
  });

  for (const [what, fields, code] of [['no text', { message: '' }, 'required'], ['blank text', { message: ' \n\t ' }, 'required'],
    ['too long a text', { message: 'x'.repeat(100_001) }, 'too_long']]) {
    it(`with ${what} is refused`, async () => {
      const answer = await anna.multipart(`/tickets/${printer}/replies`, fields);
      assert.equal(answer.status, 422, answer.text.slice(0, 200));
      assert.deepEqual(answer.json.errors, [{ field: 'message', code }]);
    });
  }

  it('is made once of two submissions with one key', async () => {
    const key = randomUUID();
    const first = await anna.reply(printer, 'Twice sent', [file('x.txt', 'x')], { key });
    const again = await anna.reply(printer, 'Twice sent', [file('x.txt', 'x')], { key });
    assert.equal(again.json.message.id, first.json.message.id);
    const { messages } = (await anna.get(`/tickets/${printer}`)).json;
    assert.equal(messages.filter((m) => m.body === 'Twice sent').length, 1);
    const other = await anna.reply(printer, 'Another text', [], { key });
    assert.equal(other.code, 'conflict');
  });

  it('with other bytes in the file is another content under the same key', async () => {
    const key = randomUUID();
    await anna.reply(printer, 'Same words', [file('x.txt', 'one')], { key });
    assert.equal((await anna.reply(printer, 'Same words', [file('x.txt', 'two')], { key })).code, 'conflict');
  });
});

describe('a reply to a closed ticket (S14)', () => {
  it('reopens it', async () => {
    const old = await numberOf(anna, OLD);
    const answer = await anna.reply(old, 'It happened again');
    assert.equal(answer.status, 201, answer.text);
    const { ticket } = (await anna.get(`/tickets/${old}`)).json;
    assert.equal(ticket.status, 'open');
    assert.equal(ticket.closed_at, null);
    assert.notEqual(ticket.stage, 'closed');
  });

  it('is refused where the portal says so, and the ticket says that it would be', async () => {
    const client = await strict.signedIn(ANNA);
    const old = await numberOf(client, OLD);
    assert.equal((await client.get(`/tickets/${old}`)).json.ticket.may_reply, false);
    const answer = await client.reply(old, 'It happened again', [file('a.txt', 'a')]);
    assert.equal(answer.status, 409);
    assert.equal(answer.code, 'reply_closed');
    assert.equal((await client.get(`/tickets/${old}`)).json.ticket.status, 'closed');
  });
});
