import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, MIA, editArticles, editJson, serve } from '../harness/guichet.mjs';
import { awaitMails, mails, recipient } from '../harness/mail.mjs';
import { file } from '../harness/multipart.mjs';
import { allTickets } from '../harness/tickets.mjs';

const server = await serve();
const off = await serve({
  edit: (folder) => {
    editJson(folder, 'content/portal.json', (p) => { p.forms = null; });
    editArticles(folder, (text) => text.replaceAll('/new/', '/tickets/')); // the generator refuses links to a page that is gone
  },
});
const anna = await server.signedIn(ANNA);

/** The per-field codes of a 422. */
const refusals = (answer) => Object.fromEntries((answer.json.errors ?? []).map((e) => [e.field, e.code]));

describe('a new ticket by a plain form (X17)', () => {
  const plain = (client, parts, options) => client.plainUpload('/tickets/form?locale=en', parts, options);
  const subjects = async (client) => (await allTickets(client)).map((ticket) => ticket.subject);

  it('is filed with its file, and the page says so', async () => {
    const answer = await plain(anna, { subject: 'No scripts here', message: 'Hello', category: '', priority: '',
      files: [file('plain.txt', 'abc', 'text/plain')] });
    assert.equal(answer.status, 303, answer.text);
    assert.equal(answer.headers.location, '/support/en/new/support/#sent');
    const found = (await allTickets(anna)).find((ticket) => ticket.subject === 'No scripts here');
    const { messages } = (await anna.get(`/tickets/${found.number}`)).json;
    assert.deepEqual(messages[0].files.map(({ name, size }) => ({ name, size })), [{ name: 'plain.txt', size: 3 }]);
  });

  it('is one ticket when the button is pressed twice, and two when they differ', async () => {
    const ben = await server.signedIn(BEN);
    const press = (client, message) => plain(client, { subject: 'Pressed twice', message });
    const answers = await Promise.all([press(anna, 'Once'), press(anna, 'Once'), press(anna, 'Once')]);
    for (const answer of answers) assert.match(answer.headers.location, /#sent$/);
    await press(anna, 'Another');
    await press(ben, 'Once');
    assert.equal((await subjects(anna)).filter((subject) => subject === 'Pressed twice').length, 3);
  });

  it('is refused from elsewhere (T13), whoever is signed in', async () => {
    for (const headers of [{ Origin: 'https://evil.example' }, { Origin: null }, { Origin: 'null' }, { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }]) {
      const answer = await plain(anna, { subject: 'Forged', message: 'x' }, { headers });
      assert.equal(answer.status, 403);
      assert.equal(answer.code, 'origin');
    }
    assert.equal((await subjects(anna)).includes('Forged'), false);
  });

  it('leaves nothing behind when it is too large or nobody is signed in', async () => {
    const large = Buffer.alloc(2 * 1024 * 1024, 'x'); // more than the whole form may weigh
    const strict = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.files.max_bytes = 1024; }) });
    const client = await strict.signedIn(ANNA);
    for (const size of [1025, large.length]) {
      const answer = await plain(client, { subject: 'Large', message: 'x', files: [file('l.bin', large.subarray(0, size))] });
      assert.match(answer.headers.location ?? answer.text, /new\/support\/#e-too_large$/);
    }
    const answer = await plain(strict.client(), { subject: 'Large', message: 'x', files: [file('s.bin', 'x')] });
    assert.match(answer.headers.location, /sign-in\/\?return=%2Fsupport%2Fen%2Fnew%2Fsupport%2F#expired$/);
    assert.equal((await subjects(client)).includes('Large'), false);
  });

  it('is not there when the portal has no form', async () => {
    assert.equal((await plain(await off.signedIn(ANNA), { subject: 'x', message: 'x' })).status, 404);
  });
});

describe('a new ticket', () => {
  it('gets a number and shows at once, whole', async () => {
    const answer = await anna.file('My chair squeaks', 'Since Monday.\r\nIt is blue.', { category: 'bug', priority: 'low',
      files: [file('squeak.txt', 'eek', 'text/plain')] });
    assert.equal(answer.status, 201, answer.text);
    const { number } = answer.json;
    assert.ok(Number.isInteger(number));
    assert.equal(answer.headers.location, `/api/v1/tickets/${number}`);

    const { ticket, messages } = (await anna.get(`/tickets/${number}`)).json;
    assert.equal(ticket.subject, 'My chair squeaks');
    assert.equal(ticket.status, 'open');
    assert.equal(ticket.stage, 'new');
    assert.equal(ticket.pipeline, 'support');
    assert.equal(ticket.category, 'bug');
    assert.equal(ticket.priority, 'low');
    assert.equal(ticket.company, 'Acme');
    assert.deepEqual(ticket.requester, { name: 'Anna Berg', me: true });
    assert.equal(messages.length, 1);
    assert.equal(messages[0].body, 'Since Monday.\nIt is blue.');
    assert.deepEqual(messages[0].files.map(({ name, type, size }) => ({ name, type, size })), [{ name: 'squeak.txt', type: 'text/plain', size: 3 }]);

    const [newest] = (await anna.get('/tickets')).json.tickets;
    assert.equal(newest.number, number);
  });

  it('may be as long in Chinese as in English', async () => {
    const roomy = await serve({
      edit: (folder) => editJson(folder, 'content/forms/support.json', (form) => {
        form.fields.find((field) => field.id === 'message').max = 100_000;
      }),
    });
    const text = '字'.repeat(100_000);
    const answer = await (await roomy.signedIn(ANNA)).file('Long', text);
    assert.equal(answer.status, 201, answer.text.slice(0, 200));
  });

  it('is seen by colleagues and by the team, not by others', async () => {
    const { number } = (await anna.file('Seen by ours', 'Hello')).json;
    assert.equal((await (await server.signedIn(BEN)).get(`/tickets/${number}`)).status, 200);
    assert.equal((await (await server.signedIn(MIA)).get(`/tickets/${number}`)).status, 200);
    assert.equal((await (await server.signedIn(CARL)).get(`/tickets/${number}`)).status, 404);
  });

  it('reaches the inbox by mail (S30), and the customer gets a copy', async () => {
    const { number } = (await anna.file('Mail me: café', 'First line\n.\nFrom here on')).json;
    const ours = (mail) => mail.get('Subject').includes('Mail me: café');
    const found = await awaitMails(server.data, ours, 2);
    const toInbox = found.find((mail) => recipient(mail) === 'support@acme.example');
    assert.ok(toInbox, found.map(recipient).join());
    assert.match(toInbox.get('Subject'), new RegExp(`${number}`));
    assert.match(toInbox.text, /First line\n\.\n>?From here on/);
    assert.match(toInbox.text, /Anna Berg/);
    assert.ok(toInbox.get('Message-ID'));
    assert.ok(toInbox.get('Date'));
    assert.match(toInbox.get('Auto-Submitted') ?? '', /^auto-(generated|replied)/);
    const copy = found.find((mail) => recipient(mail) === ANNA);
    assert.ok(copy, found.map(recipient).join());
    assert.match(copy.text, /First line/);
    assert.ok(copy.text.includes(`${server.origin}/support/en/ticket/?n=${number}`), copy.text);
    assert.match(copy.get('Auto-Submitted') ?? '', /^auto-(generated|replied)/);
  });

  it('may do without the optional fields, sent empty as a form sends them', async () => {
    const answer = await anna.file('Bare', 'Hello', { category: '', priority: '', files: file('', '') });
    assert.equal(answer.status, 201, answer.text);
    const { ticket, messages } = (await anna.get(`/tickets/${answer.json.number}`)).json;
    assert.equal(ticket.category, null);
    assert.equal(ticket.priority, null);
    assert.deepEqual(messages[0].files, []);
  });

  for (const [what, fields, expected] of [
    ['no subject', { subject: '', message: 'x' }, { subject: 'required' }],
    ['a blank subject', { subject: ' \t\u00a0 ', message: 'x' }, { subject: 'required' }],
    ['neither', {}, { subject: 'required', message: 'required' }],
    ['a subject of 201 characters', { subject: 'é'.repeat(201), message: 'x' }, { subject: 'too_long' }],
    ['a message of 20001 characters', { subject: 'x', message: 'é'.repeat(20_001) }, { message: 'too_long' }],
    ['a category we do not offer', { subject: 'x', message: 'x', category: 'sabotage' }, { category: 'option' }],
    ['several mistakes', { subject: '', message: '', category: 'bug', priority: 'now!' }, { subject: 'required', message: 'required', priority: 'option' }],
  ]) {
    it(`with ${what} is refused, field by field`, async () => {
      const before = (await allTickets(anna)).length;
      const answer = await anna.multipart('/tickets', fields);
      assert.equal(answer.status, 422, answer.text);
      assert.equal(answer.code, 'invalid');
      assert.deepEqual(refusals(answer), expected);
      assert.equal((await allTickets(anna)).length, before);
    });
  }

  it('takes the longest subject and message there may be, in any script', async () => {
    const subject = '𝄞'.repeat(200);
    const message = '語'.repeat(20_000);
    const answer = await anna.file(subject, message);
    assert.equal(answer.status, 201, answer.text.slice(0, 300));
    const { ticket, messages } = (await anna.get(`/tickets/${answer.json.number}`)).json;
    assert.equal(ticket.subject, subject);
    assert.equal(messages[0].body, message);
  });

  it('T28: a line break in the subject makes no mail header', async () => {
    const answer = await anna.file('Hello\r\nBcc: victim@evil.example\r\n\r\nBody', 'Unmistakable 7c1f');
    if (answer.status === 201) {
      const [mail] = await awaitMails(server.data, (m) => m.text.includes('Unmistakable 7c1f'));
      assert.equal(mail.get('Bcc'), undefined);
      assert.doesNotMatch(mail.source.split('\r\n\r\n')[0], /^Bcc:/m);
      const { ticket } = (await anna.get(`/tickets/${answer.json.number}`)).json;
      assert.doesNotMatch(ticket.subject, /[\r\n]/);
    } else {
      assert.equal(answer.status, 422);
    }
  });

  for (const [what, body] of [['a NUL', 'a\0b'], ['invalid UTF-8', Buffer.from([0x61, 0xff, 0xfe, 0x62])], ['an overlong sequence', Buffer.from([0xc0, 0xaf])],
    ['half of a surrogate pair', Buffer.from([0xed, 0xa0, 0x80])]]) {
    it(`T26: with ${what} in the message is refused`, async () => {
      const answer = await anna.multipart('/tickets', { subject: 'x', message: { bytes: Buffer.from(body) } });
      assert.ok([400, 422].includes(answer.status), `${answer.status} ${answer.text}`);
    });
  }

  it('needs every part to be well formed', async () => {
    const headers = { Origin: server.origin, 'X-Guichet': '1', 'Idempotency-Key': randomUUID() };
    for (const [type, body] of [
      ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="subject"\r\n\r\nx'],
      ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n'],
      ['multipart/form-data; boundary=b', 'nothing at all'],
      ['multipart/form-data; boundary=b', ''],
    ]) {
      const answer = await anna.request('POST', '/tickets', { body, headers: { ...headers, 'Content-Type': type } });
      assert.ok([400, 422].includes(answer.status), `${JSON.stringify(body)}: ${answer.status}`);
    }
  });

  it('T43: needs the content type of a form with files', async () => {
    for (const type of ['multipart/form-data', 'multipart/mixed; boundary=b', 'application/x-www-form-urlencoded', 'application/json', 'text/plain', null]) {
      const answer = await anna.multipart('/tickets', { subject: 'x', message: 'x' }, { headers: { 'Content-Type': type } });
      assert.ok([415, 400].includes(answer.status), `${type}: ${answer.status}`);
    }
  });

  it('with the same field twice is refused', async () => {
    const answer = await anna.multipart('/tickets', { subject: ['one', 'two'], message: 'x' });
    assert.equal(answer.code, 'bad_input');
  });

  it('is not for who is signed out, and nothing is read of what they send', async () => {
    const answer = await server.client().file('x', 'x');
    assert.equal(answer.code, 'signed_out');
  });
});

describe('an idempotency key', () => {
  it('makes one ticket of two submissions', async () => {
    const key = randomUUID();
    const first = await anna.file('Only once', 'Hello', {}, { key });
    const again = await anna.file('Only once', 'Hello', {}, { key });
    assert.equal(first.status, 201);
    assert.ok([200, 201].includes(again.status));
    assert.equal(again.json.number, first.json.number);
    assert.equal((await allTickets(anna)).filter((t) => t.subject === 'Only once').length, 1);
    await awaitMails(server.data, (m) => m.get('Subject').includes('Only once') && recipient(m) === 'support@acme.example');
    await new Promise((done) => setTimeout(done, 1500));
    const toInbox = mails(server.data).filter((m) => m.get('Subject').includes('Only once') && recipient(m) === 'support@acme.example');
    assert.equal(toInbox.length, 1);
  });

  it('makes one ticket of twenty that race', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => anna.file('Raced', 'Hello', { files: [file('a.txt', 'a')] }, { key })));
    const numbers = new Set(answers.filter((a) => a.status < 300).map((a) => a.json.number));
    assert.equal(numbers.size, 1, answers.map((a) => a.status).join());
    assert.equal((await allTickets(anna)).filter((t) => t.subject === 'Raced').length, 1);
  });

  it('is refused for another content', async () => {
    const key = randomUUID();
    await anna.file('This', 'Hello', {}, { key });
    const answer = await anna.file('That', 'Hello', {}, { key });
    assert.equal(answer.status, 409);
    assert.equal(answer.code, 'conflict');
  });

  it('belongs to the person: another’s is another’s', async () => {
    const key = randomUUID();
    const mine = await anna.file('Mine', 'Hello', {}, { key });
    const theirs = await (await server.signedIn(CARL)).file('Theirs', 'Hello', {}, { key });
    assert.equal(theirs.status, 201, theirs.text);
    assert.notEqual(theirs.json.number, mine.json.number);
  });

  for (const key of [null, '', 'short', 'x'.repeat(65), 'with blank inside', 'ümläute-und-so']) {
    it(`is needed, of 8 to 64 visible characters: not ${JSON.stringify(key)?.slice(0, 20)}`, async () => {
      const answer = await anna.multipart('/tickets', { subject: 'x', message: 'x' }, {
        key: null, headers: { 'Idempotency-Key': key === null ? null : Buffer.from(key).toString('latin1') } });
      assert.equal(answer.status, 400);
      assert.equal(answer.code, 'bad_input');
    });
  }
});

describe('several forms (S7)', async () => {
  const send = (client, form, parts, options) => client.multipart(`/tickets?form=${form}`, parts, options);
  const back = { subject: 'A scanner comes back', message: 'It does not start', product: 'other' };
  const one = await serve({
    edit: (folder) => editJson(folder, 'content/portal.json', (p) => { delete p.forms; p.form = 'return'; }),
  });

  it('each make tickets of their own inbox and pipeline', async () => {
    const answer = await send(anna, 'return', back);
    assert.equal(answer.status, 201, answer.text);
    const { ticket } = (await anna.get(`/tickets/${answer.json.number}`)).json;
    assert.deepEqual([ticket.pipeline, ticket.stage], ['orders', 'received']);
    const mail = (await awaitMails(server.data, (m) => m.get('Subject').includes(back.subject) && recipient(m).startsWith('orders@'))).at(-1);
    assert.ok(mail, 'the inbox of the form is told');
  });

  it('are each judged by their own description', async () => {
    assert.deepEqual(refusals(await send(anna, 'return', { ...back, product: '' })), { product: 'required' });
    assert.equal((await send(anna, 'support', { subject: 'The same', message: 'Hello' })).status, 201);
    const foreign = await send(anna, 'return', { ...back, category: 'bug' });
    assert.deepEqual([foreign.status, foreign.code], [400, 'bad_input'], 'a field of the other form');
  });

  it('are told apart by their id, the first where none is named', async () => {
    const { json: { number } } = await anna.file('No form named', 'Hello', { category: 'other' });
    assert.equal((await anna.get(`/tickets/${number}`)).json.ticket.pipeline, 'support');
    for (const form of ['retrun', 'RETURN', '..%2Freturn', '']) {
      const answer = await send(anna, form, back);
      assert.deepEqual([answer.status, answer.code, refusals(answer)], [422, 'invalid', { form: 'option' }], form);
    }
    assert.equal((await send(anna, 'return&form=support', back)).status, 400);
    assert.equal((await send(await one.signedIn(ANNA), 'return', back)).status, 201, 'the only one may be named, too');
    assert.deepEqual(refusals(await send(await one.signedIn(ANNA), 'support', back)), { form: 'option' }, 'a form that is off');
  });

  it('do not answer to the key of another one', async () => {
    const key = randomUUID();
    const parts = { subject: 'One key', message: 'Hello', product: 'other' };
    const given = (form) => send(anna, form, parts, { key });
    assert.equal((await given('support')).status, 201);
    assert.equal((await given('support')).status, 201);
    assert.deepEqual([(await given('return')).status, (await given('return')).code], [409, 'conflict']);
  });

  it('lead a plain form back to its own page (X17)', async () => {
    const press = (client, form, parts) => client.plainUpload(`/tickets/form?locale=fr&form=${form}`, parts);
    const plain = { ...back, subject: 'Plainly back' };
    assert.equal((await press(anna, 'return', plain)).headers.location, '/support/fr/new/return/#sent');
    assert.equal((await press(anna, 'return', { ...plain, product: '' })).headers.location, '/support/fr/new/return/#e-invalid');
    assert.equal((await press(anna, 'gone', plain)).headers.location, '/support/fr/new/#e-invalid');
    assert.equal((await press(server.client(), 'return', plain)).headers.location, '/support/fr/sign-in/?return=%2Fsupport%2Ffr%2Fnew%2Freturn%2F#expired');
    assert.equal((await press(await one.signedIn(ANNA), 'return', plain)).headers.location, '/support/fr/new/#sent');
  });

  it('have a page each, and one to choose between them, none of which is for search engines', async () => {
    const get = (path, of = server) => of.client().page(`/support/en/${path}`);
    for (const path of ['new/', 'new/support/', 'new/return/']) {
      const { status, text } = await get(path);
      assert.equal(status, 200, path);
      assert.match(text, /<meta name="robots" content="noindex"/);
    }
    assert.match((await get('new/')).text, /href="\/support\/en\/new\/return\/"/);
    assert.equal((await get('new/', one)).status, 200);
    assert.equal((await get('new/return/', one)).status, 404, 'the only one is at new/');
    assert.doesNotMatch((await server.client().page('/sitemap.xml')).text, /\/new\//);
  });
});

describe('a portal without its support form (S7)', () => {
  it('takes no new tickets', async () => {
    const answer = await (await off.signedIn(ANNA)).file('x', 'x');
    assert.ok([403, 404].includes(answer.status), String(answer.status));
  });
  it('has no page for it', async () => {
    assert.equal((await off.client().page('/support/en/new/')).status, 404);
  });
});

describe('a form with conditions', async () => {
  const conditional = await serve({
    edit: (folder) => editJson(folder, 'content/forms/support.json', (form) => {
      const field = (id) => form.fields.find((each) => each.id === id);
      Object.assign(field('priority'), { required: true, show_when: { field: 'category', is: ['bug', 'order'] } });
      Object.assign(field('files'), { show_when: { field: 'priority', is_not: ['low'] } });
    }),
  });
  const visitor = await conditional.signedIn(ANNA);
  const made = async (fields) => {
    const answer = await visitor.file('Conditions', 'Hello', fields);
    assert.equal(answer.status, 201, answer.text);
    return (await visitor.get(`/tickets/${answer.json.number}`)).json;
  };

  /** How many files lie in the data folder, at any depth. */
  const stored = () => readdirSync(join(conditional.data, 'files'), { recursive: true }).filter((path) => statSync(join(conditional.data, 'files', path)).isFile()).length;

  it('does not require what it does not ask for', async () => {
    assert.equal((await made({ category: 'billing' })).ticket.priority, null);
    assert.equal((await made({})).ticket.category, null);
  });

  it('requires what it asks for', async () => {
    const answer = await visitor.file('Conditions', 'Hello', { category: 'order' });
    assert.equal(answer.status, 422);
    assert.deepEqual(refusals(answer), { priority: 'required' });
  });

  it('keeps what it asks for', async () => {
    const { ticket, messages } = await made({ category: 'bug', priority: 'high', files: file('a.txt', 'a', 'text/plain') });
    assert.equal(ticket.priority, 'high');
    assert.equal(messages[0].files.length, 1);
  });

  it('drops what it does not ask for: texts, wrong ones, and files', async () => {
    const before = stored();
    const { ticket, messages } = await made({ files: file('a.txt', 'a', 'text/plain'), priority: 'nonsense', category: 'billing' });
    assert.equal(ticket.priority, null);
    assert.deepEqual(messages[0].files, []);
    const low = await made({ category: 'bug', priority: 'low', files: [file('a.txt', 'a'), file('b.txt', 'b')] });
    assert.deepEqual(low.messages[0].files, []);
    assert.equal(stored(), before, 'and leaves none of them behind');
  });
});
