// Mail that comes in by a mail server's pipe: answers land on their tickets, and forgeries, loops and nasty mails do no harm.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, MIA, emptyFolder, run, serve } from '../harness/guichet.mjs';
import { awaitMails, mails, recipient } from '../harness/mail.mjs';
import { AUTHSERV, bounce, dmarc, letter, mailIn, pipe, receive as receiveBytes, receiveLetter, several } from '../harness/mailin.mjs';
import { PRINTER, allTickets, numberOf } from '../harness/tickets.mjs';

const server = await serve({ env: mailIn });
const anna = await server.signedIn(ANNA);
const mia = await server.signedIn(MIA);
const printer = await numberOf(anna, PRINTER);
const messages = async (client, number) => (await client.get(`/tickets/${number}`)).json.messages;
const last = async (client, number) => (await messages(client, number)).at(-1);
const bare = (address) => /<([^>]+)>/.exec(address)?.[1] ?? address;
const receive = (fields) => receiveLetter(server, fields);
const quarantine = (...args) => run('guichet-api', ['quarantine', ...args, '--data', server.data]);
const waiting = async () => JSON.parse((await quarantine('list', '--format', 'json')).stdout).mails;

/** The address that the mail about this text can be answered to, by whom it went to. */
async function replyTo(words, to) {
  const [mail] = await awaitMails(server.data, (one) => one.text.includes(words) && recipient(one) === to);
  return bare(mail.get('Reply-To'));
}

await mia.reply(printer, 'Is it out? 5e1d');
const toAnna = await replyTo('Is it out? 5e1d', ANNA);
await anna.reply(printer, 'Not quite. 77aa');
const toTeam = await replyTo('Not quite. 77aa', 'support@acme.example');

describe('an answer to a mail', () => {
  it('carries whose it is in its address, which fits every mail server (T40)', () => {
    assert.match(toAnna, /^support\+[0-9a-f]+-[0-9a-f]+-[0-9a-f]+-[a-z2-7]{26}@reply\.acme\.example$/);
    assert.ok(toAnna.split('@')[0].length <= 64);
    assert.notEqual(toAnna, toTeam);
  });

  it('lands on its ticket as a reply of the customer, with what it quotes, and reaches the team', async () => {
    assert.equal(await receive({ from: `Anna Berg <${ANNA}>`, to: toAnna, subject: 'Re: anything', text: 'Yes, at last. 3c3c\r\n\r\nOn Monday Mia wrote:\r\n> Is it out?\r\n' }), 'reply');
    const message = await last(anna, printer);
    assert.equal(message.body, 'Yes, at last. 3c3c\n\nOn Monday Mia wrote:\n> Is it out?');
    assert.deepEqual(message.author, { name: 'Anna Berg', me: true, team: false });
    const [mail] = await awaitMails(server.data, (one) => one.text.includes('Yes, at last. 3c3c'));
    assert.equal(recipient(mail), 'support@acme.example');
  });

  it('counts once, however often the same mail comes (T36)', async () => {
    const id = '<thrice@mail.example>';
    const before = (await messages(anna, printer)).length;
    const mail = { from: ANNA, to: toAnna, text: 'Once only', id };
    assert.equal(await receive(mail), 'reply');
    assert.equal(await receive(mail), 'refused seen');
    assert.equal(await receive(mail), 'refused seen');
    assert.equal((await messages(anna, printer)).length, before + 1);
  });

  it('brings its files and its pictures, under the types that we give them', async () => {
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const parts = several([
      ['text/plain; charset=iso-8859-1', Buffer.from('Voil\u00e0 4f4f', 'latin1').toString('latin1').replace('\u00e0', '=E0'), { 'Content-Transfer-Encoding': 'quoted-printable' }],
      ['image/png', png, { 'Content-Transfer-Encoding': 'base64', 'Content-ID': '<a@b>', 'Content-Disposition': 'inline' }],
      ['text/html; name="../../evil.html"', '<script>alert(1)</script>', { 'Content-Disposition': 'attachment; filename="../../evil.html"' }]]);
    assert.equal(await receive({ from: ANNA, to: toAnna, ...parts }), 'reply');
    const { body, files } = await last(anna, printer);
    assert.equal(body, 'Voilà 4f4f');
    assert.deepEqual(files.map(({ name, type }) => [name, type]), [['image.png', 'image/png'], ['evil.html', 'application/octet-stream']]);
    const back = await anna.get(`/tickets/${printer}/files/${files[1].id}`);
    assert.equal(back.body.toString(), '<script>alert(1)</script>');
  });

  it('of HTML alone becomes the text of it, without anything that runs or loads', async () => {
    const body = '<html><head><title>no</title><style>p{}</style></head><body><p>Hello &amp; <b>good</b>&nbsp;day &#8364;</p>'
      + '<script>alert(1)</script><img src="http://x.example/p.png" onerror="x()"><ul><li>one<li>two</ul><blockquote>said<br>before</blockquote></body></html>';
    assert.equal(await receive({ from: ANNA, to: toAnna, type: 'text/html; charset=utf-8', body }), 'reply');
    assert.equal((await last(anna, printer)).body, 'Hello & good day €\n\n- one\n- two\n\n> said\n> before');
  });

  it('takes the text of two alternatives', async () => {
    const parts = several([['text/plain', 'The plain one'], ['text/html', '<p>The other one</p>']], 'alternative');
    assert.equal(await receive({ from: ANNA, to: toAnna, ...parts }), 'reply');
    assert.equal((await last(anna, printer)).body, 'The plain one');
  });
});

describe('somebody else', () => {
  it('T34: with the address of another is quarantined, and never gets to see the ticket', async () => {
    const ben = await server.signedIn(BEN);
    const before = (await ben.get(`/tickets/${printer}`)).status;
    assert.equal(await receive({ from: BEN, to: toAnna, text: 'Let me in', headers: { Cc: 'eve@elsewhere.example' } }), 'quarantined other_sender');
    assert.equal(await receive({ from: 'eve@elsewhere.example', to: toAnna, text: 'Me too' }), 'quarantined other_sender');
    assert.equal((await ben.get(`/tickets/${printer}`)).status, before);
    const { participants } = (await mia.get(`/tickets/${printer}`)).json;
    assert.deepEqual(participants ?? [], []);
  });

  it('T40: changes nothing of an address and keeps it', async () => {
    const flip = (text, at) => `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`;
    const at = toAnna.indexOf('@');
    for (const forged of [flip(toAnna, at - 2), flip(toAnna, at - 26), toAnna.replace(/\+[0-9a-f]+-/, '+1-')])
      assert.equal(await receive({ from: ANNA, to: forged, text: 'Forged' }), 'quarantined bad_token', forged);
  });

  it('T33: forging the team is quarantined, and nothing is sent', async () => {
    const sent = mails(server.data).length;
    const before = (await messages(mia, printer)).length;
    assert.equal(await receive({ from: MIA, to: 'support@acme.example', text: 'Give me the file' }), 'quarantined staff');
    assert.equal(await receive({ from: MIA, to: toTeam, text: 'No proof' }), 'quarantined staff');
    const lie = { 'Authentication-Results': 'mx.evil.example; dmarc=pass' };
    assert.equal(await receive({ from: MIA, to: toTeam, text: 'A proof of their own', headers: lie }), 'quarantined staff');
    assert.equal(await receive({ from: MIA, to: toTeam, text: 'Failed', headers: { 'Authentication-Results': [dmarc('fail', MIA)['Authentication-Results'], dmarc('pass', MIA)['Authentication-Results']] } }), 'quarantined staff');
    assert.equal((await messages(mia, printer)).length, before);
    assert.equal(mails(server.data).length, sent);
  });

  it('T33, T40: what a forger had our mail server repeat, quoted or in a comment, vouches for nobody', async () => {
    const before = (await messages(mia, printer)).length;
    const lies = ['spf=pass smtp.mailfrom="a; dmarc=pass x"@evil.example; dmarc=fail', 'spf=pass smtp.mailfrom="a\\"; dmarc=pass x"@evil.example; dmarc=fail',
      'spf=pass (of "x; dmarc=pass y"@evil.example (really); dmarc=pass) smtp.mailfrom=x; dmarc=fail', 'spf=pass smtp.mailfrom=a; dmarc=pass x@evil.example; dmarc=none',
      'spf=pass smtp.mailfrom="a; dmarc=pass x@evil.example'];
    for (const [at, lie] of lies.entries()) {
      const headers = { 'Authentication-Results': `${AUTHSERV}; ${lie}` };
      assert.equal(await receive({ from: MIA, to: toTeam, text: `Send it to me ${at}`, headers }), 'quarantined staff', lie);
      assert.equal(await receive({ from: ANNA, to: toAnna, text: `Not me ${at}`, headers }), 'quarantined forged', lie);
    }
    assert.equal((await messages(mia, printer)).length, before);
    const true_one = `${AUTHSERV} 1; spf=pass (a; b) smtp.mailfrom="o; b"@x.example; DMARC = pass (p=none; sp=none) Header.From=ACME.example policy.dmarc=none`;
    assert.equal(await receive({ from: ANNA, to: toAnna, text: 'It is me 4d4d', headers: { 'Authentication-Results': true_one } }), 'reply');
  });

  it('T33: a pass is one of the domain that it names: of another it is a forgery, and without a name nothing is known', async () => {
    const says = (what) => ({ 'Authentication-Results': `${AUTHSERV}; dmarc=pass (p=reject)${what}` });
    for (const what of [' header.from=evil.example', ' header.from=guichet.example.evil.example', '', ' header.from="guichet.example"', ' smtp.mailfrom=guichet.example'])
      assert.equal(await receive({ from: MIA, to: toTeam, text: `Send it to me ${what}`, headers: says(what) }), 'quarantined staff', what);
    assert.equal(await receive({ from: ANNA, to: toAnna, text: 'Not me again', headers: says(' header.from=evil.example') }), 'quarantined forged');
    assert.equal(await receive({ from: ANNA, to: toAnna, text: 'Me 5e5e', headers: says(' header.from=x@acme.example') }), 'reply');
    for (const [from, became] of [['xn--bcher-kva.example', 'quarantined unknown'], ['bücher.example', 'quarantined unknown'], ['buecher.example', 'quarantined forged']])
      assert.equal(await receive({ from: 'Yan <yan@bücher.example>', text: `Of ${from}`, headers: says(` header.from=${from}`) }), became, from);
  });

  it('the team answers by mail when our own mail server vouches for them', async () => {
    assert.equal(await receive({ from: MIA, to: toTeam, text: 'By mail: 9b9b', headers: dmarc('pass', MIA) }), 'reply');
    assert.equal((await last(anna, printer)).author.team, true);
    const [mail] = await awaitMails(server.data, (one) => one.text.includes('By mail: 9b9b'));
    assert.equal(recipient(mail), ANNA);
  });

  it('whose mail our server says is forged is quarantined', async () => {
    assert.equal(await receive({ from: ANNA, to: toAnna, text: 'Not me', headers: dmarc('fail', ANNA) }), 'quarantined forged');
  });
});

describe('a new mail', () => {
  it('of a known customer becomes a ticket in the inbox that it went to, and is confirmed once in an hour (T35)', async () => {
    assert.equal(await receive({ from: ANNA, to: 'orders@acme.example', subject: '=?utf-8?q?Caf=C3=A9?= order', text: 'By mail' }), 'ticket');
    const number = await numberOf(anna, 'Café order');
    assert.equal((await anna.get(`/tickets/${number}`)).json.ticket.inbox ?? 'orders', 'orders');
    await awaitMails(server.data, (one) => recipient(one) === ANNA && one.get('Subject').includes('Café order'));
    assert.equal(await receive({ from: ANNA, subject: 'Automatic? Perhaps', text: 'Another' }), 'ticket');
    await awaitMails(server.data, (one) => recipient(one) === 'support@acme.example' && one.get('Subject').includes('Automatic? Perhaps'));
    assert.equal(mails(server.data).filter((one) => recipient(one) === ANNA && one.get('Subject').includes('Automatic? Perhaps')).length, 0);
  });

  it('of somebody unknown waits', async () => {
    assert.equal(await receive({ from: 'Zoe <zoe@new.example>', subject: 'May I?', text: 'Hello' }), 'quarantined unknown');
  });

  it('that no person wrote makes nothing (T39)', async () => {
    const count = (await allTickets(anna)).length;
    const marks = [{ 'Auto-Submitted': 'auto-replied' }, { Precedence: 'bulk' }, { 'List-Id': '<l.example>' }, { 'X-Auto-Response-Suppress': 'All' }, { 'Return-Path': '<>' }];
    for (const headers of marks) assert.equal(await receive({ from: ANNA, headers, text: 'Away' }), 'quarantined automatic', JSON.stringify(headers));
    for (const from of ['MAILER-DAEMON@x.example', 'support@acme.example']) assert.equal(await receive({ from, text: 'x' }), 'quarantined automatic', from);
    assert.equal((await allTickets(anna)).length, count);
  });

  it('of our own that comes round is dropped', async () => {
    const [mail] = mails(server.data);
    assert.equal(await receive({ from: ANNA, id: mail.get('Message-ID'), text: 'Round and round' }), 'refused own');
  });
});

describe('what waits', () => {
  it('is listed with its reason, shown, accepted as what it is, and discarded', async () => {
    const all = await waiting();
    const zoe = all.find(({ sender }) => sender === 'zoe@new.example');
    assert.equal(zoe.reason, 'unknown');
    const shown = await quarantine('show', String(zoe.id));
    assert.match(shown.stdout, /zoe@new\.example: May I\?\n\nHello\n$/);
    const accepted = await quarantine('accept', String(zoe.id));
    assert.match(accepted.stdout, /: now on ticket \d+\n$/, accepted.stderr);
    const number = Number(/ticket (\d+)/.exec(accepted.stdout)[1]);
    const { body, author } = (await messages(mia, number))[0];
    assert.deepEqual([body, author.name], ['Hello', 'Zoe']);
    const again = await quarantine('accept', String(zoe.id), 'x');
    assert.equal(again.code, 1);
    assert.match(again.stderr, /want the number of a mail that waits/);
    const eve = all.find(({ sender }) => sender === 'eve@elsewhere.example');
    assert.equal((await quarantine('discard', String(eve.id))).stdout, `${eve.id}: discarded\n`);
    const staff = all.find(({ reason, sender }) => reason === 'staff' && sender === MIA);
    const refused = await quarantine('accept', String(staff.id));
    assert.match(refused.stderr, /cannot be accepted \(staff\)/);
    assert.ok(!(await waiting()).some(({ id }) => id === zoe.id || id === eve.id));
  });
});

describe('what waits, for the team in the API', () => {
  it('is listed, read, accepted and discarded there, and customers learn nothing of it', async () => {
    assert.equal(await receive({ from: 'Yan <yan@new.example>', subject: 'By the API', ...several([['text/plain', 'Hi'], ['text/plain; name=a.txt', 'x', { 'Content-Disposition': 'attachment' }]]) }), 'quarantined unknown');
    const of = async (subject) => (await mia.get('/quarantine')).json.mails.find((one) => one.subject === subject);
    const { number } = await of('By the API');
    const { sender_name: name, text, files } = (await mia.get(`/quarantine/${number}`)).json;
    assert.deepEqual([name, text, files], ['Yan', 'Hi', [{ name: 'a.txt', size: 1 }]]);
    for (const path of ['accept', 'discard']) assert.equal((await anna.act(`/quarantine/${number}/${path}`)).status, 403);
    const accepted = await mia.act(`/quarantine/${number}/accept`);
    assert.equal((await messages(mia, accepted.json.ticket))[0].body, 'Hi');
    assert.equal((await mia.act(`/quarantine/${number}/accept`)).status, 404);
    assert.equal(await receive({ from: MIA, subject: 'Forged', text: 'x' }), 'quarantined staff');
    const forged = await of('Forged');
    assert.equal((await mia.act(`/quarantine/${forged.number}/accept`)).status, 403);
    assert.equal((await mia.act(`/quarantine/${forged.number}/discard`)).status, 204);
    assert.equal(await of('Forged'), undefined);
  });
});

describe('a mail that came back', () => {
  it('is told among what was given up, and reopens no ticket (T39)', async () => {
    const [mail] = mails(server.data).filter((one) => recipient(one) === ANNA);
    const before = (await messages(mia, printer)).length;
    assert.equal(await receive(bounce(mail.get('Message-ID'), ANNA)), 'bounce');
    const { stdout } = await run('guichet-api', ['outbox', 'list', '--failed', '--data', server.data]);
    assert.match(stdout, new RegExp(`${ANNA}.*550 No such user`));
    assert.equal((await messages(mia, printer)).length, before);
  });

  it('of which we did not send the mail, or that is only late, changes nothing', async () => {
    const [, mail] = mails(server.data).filter((one) => recipient(one) === ANNA);
    const list = async () => (await run('guichet-api', ['outbox', 'list', '--failed', '--data', server.data])).stdout;
    const before = await list();
    assert.equal(await receive(bounce('<2.aaaaaaaaaaaaaaaaaaaaaaaaaa@localhost>', ANNA)), 'bounce');
    assert.equal(await receive(bounce(mail.get('Message-ID'), ANNA, 'delayed')), 'bounce');
    assert.equal(await list(), before);
  });
});

describe('a nasty mail', () => {
  const nested = () => {
    let body = 'deep';
    for (let i = 0; i < 1000; i++) body = `Content-Type: multipart/mixed; boundary="b${i}"\r\n\r\n--b${i}\r\n${body}\r\n--b${i}--`;
    return { type: 'multipart/mixed; boundary=top', body: `--top\r\n${body}\r\n--top--\r\n` };
  };
  const nasty = {
    'ten thousand parts': () => several(Array.from({ length: 10_000 }, () => ['text/plain', 'x'])),
    'a nesting a thousand deep': nested,
    'a header of a megabyte': () => ({ text: 'x', headers: { 'X-Long': 'x'.repeat(1024 * 1024) } }),
    'five hundred parts too many': () => several(Array.from({ length: 600 }, () => ['text/plain', 'x'])),
  };
  for (const [name, make] of Object.entries(nasty)) {
    it(`T37: ${name}: refused within a second, and the next one is dealt with`, async () => {
      const started = Date.now();
      assert.equal(await receive({ from: ANNA, to: toAnna, ...make() }), 'refused too_large');
      assert.ok(Date.now() - started < 5000, `${Date.now() - started} ms, with the start of the program and sanitizers`);
      assert.equal(await receive({ from: ANNA, to: toAnna, text: `After ${name}` }), 'reply');
    });
  }

  it('of any bytes at all does no harm', async () => {
    const bytes = [Buffer.alloc(0), Buffer.alloc(70_000, 0), Buffer.from('\r\n\r\n'), Buffer.from(`From: ${ANNA}\r\nTo: ${toAnna}\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe\0x`, 'latin1'),
      Buffer.from(`From: ${ANNA}, ${BEN}\r\nTo: ${toAnna}\r\n\r\ntwo senders`), letter({ from: ANNA, to: toAnna, type: 'multipart/mixed', body: 'no boundary' }),
      letter({ from: ANNA, to: toAnna, type: 'multipart/mixed; boundary=x', body: '--x\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!\r\n' })];
    for (const one of bytes) assert.match(await receiveBytes(server, one), /^(refused no_mail|quarantined \w+|reply)$/);
    assert.equal(await receive({ from: ANNA, to: toAnna, text: 'Still there' }), 'reply');
    assert.equal((await last(anna, printer)).body, 'Still there');
  });
});

describe('guichet-api mail', () => {
  it('keeps what comes while no server runs, and nothing is lost or doubled by a crash', async () => {
    await server.kill();
    for (const text of ['While away 1', 'While away 2']) assert.equal((await pipe(server.data, letter({ from: ANNA, to: toAnna, text }))).code, 0);
    const folder = join(server.data, 'mail-in');
    assert.equal(readdirSync(folder).length, 2);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    await server.again();
    await awaitMails(server.data, (one) => one.text.includes('While away 2'));
    const bodies = (await messages(await server.signedIn(ANNA), printer)).map(({ body }) => body).filter((body) => body.startsWith('While away'));
    assert.deepEqual(bodies, ['While away 1', 'While away 2']);
  });

  it('has the mail server try again where no store is', async () => {
    const folder = emptyFolder();
    const { code, stderr } = await pipe(folder, letter({ from: ANNA }));
    assert.equal(code, 75);
    assert.match(stderr, /no store here/);
    assert.ok(!existsSync(join(folder, 'mail-in')));
  });
});
