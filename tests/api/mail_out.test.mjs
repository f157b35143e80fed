// Mail that goes to a mail server: what is sent, what is tried again, what is given up, and what happens while it is away.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, DORA, MIA, NOA, run, serve } from '../harness/guichet.mjs';
import { mails as files } from '../harness/mail.mjs';
import { MailServer, certificate } from '../harness/mailserver.mjs';
import { tempFolder } from '../harness/temp.mjs';

/** What is written down a moment after it happened, once there is any. */
async function until(look) {
  for (let i = 0; i < 200; i++) {
    const found = await look();
    if (found.length > 0) return found;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error('never');
}
const ask = (server, email) => server.client().post('/resets', { email });
const to = (email) => (mail) => mail.to[0] === email;
const smtp = (mail, scheme = 'smtp', host = 'localhost') => ({ GUICHET_SMTP: `${scheme}://${host}:${mail.port}`, GUICHET_MAIL_RETRY: '1' });

describe('with a mail server', async () => {
  const mail = await MailServer.start();
  const server = await serve({ env: smtp(mail) });

  it('a mail goes to whom it is for, from the portal’s address, and leaves no file', async () => {
    await ask(server, ANNA);
    const [one] = await mail.await(to(ANNA));
    assert.deepEqual(one.to, [ANNA]);
    assert.match(one.get('From'), new RegExp(one.from.replaceAll('.', '\\.')));
    assert.match(one.text, /reset-form\/#token=/);
    assert.match(one.get('Message-ID'), /^<.+@.+>$/);
    assert.equal(files(server.data).length, 0);
  });

  it('what it does not take now is sent later, once', async () => {
    let busy = 2;
    mail.refuse = (address) => (address === BEN && busy-- > 0 ? [451, 'Come back later'] : null);
    await ask(server, BEN);
    await mail.await(to(BEN));
    assert.equal(mail.tries.filter((address) => address === BEN).length, 3);
    await ask(server, ANNA); // and nothing of Ben's comes before or after this
    await mail.await(to(ANNA), 2);
    assert.equal(mail.mails.filter(to(BEN)).length, 1);
    assert.match(server.program.stderr, /mail_failed.*naming the recipient.*451 Come back later/);
  });

  it('what it refuses for good is given up and told in the log, and the others go on', async () => {
    mail.refuse = (address) => (address === CARL ? [550, 'Nobody of that name'] : null);
    await ask(server, CARL);
    await ask(server, DORA);
    await mail.await(to(DORA));
    await server.program.line(/mail_failed.*550 Nobody of that name/);
    mail.refuse = () => null;
    await ask(server, ANNA);
    await mail.await(to(ANNA), 3);
    assert.deepEqual(mail.tries.filter((address) => address === CARL), [CARL]);
  });

  it('what was given up is listed with its reason and sent after all', async () => {
    const outbox = (...args) => run('guichet-api', ['outbox', ...args, '--data', server.data]);
    const { stdout } = await outbox('list', '--failed');
    assert.match(stdout, /^\d+ +reset +carl@birch\.example, given up \S+Z: naming the recipient.*550 Nobody of that name\n$/);
    const [id] = stdout.split(' ');
    const wrong = await outbox('resend', '999999', 'x');
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /"999999": want the number of a mail that was given up[^]*"x": want/);
    const again = await outbox('resend', id);
    assert.deepEqual([again.code, again.stdout], [0, `${id}: will be sent\n`]);
    await mail.await(to(CARL));
    await server.program.line(new RegExp(`mail_sent id=${id}\\b`));
    assert.deepEqual(JSON.parse((await outbox('list', '--format', 'json')).stdout).mails, []);
  });

  it('the team sees it at the desk, why, and sends it after all; the audit log says who did', async () => {
    const mia = await server.signedIn(MIA);
    const rows = async (state) => (await mia.get(`/desk/outbox?state=${state}`)).json.rows;
    const before = await rows('failed');
    mail.refuse = (address) => (address === NOA ? [550, 'Not here'] : null);
    await ask(server, NOA);
    const [one, ...others] = await until(async () => (await rows('failed')).slice(before.length));
    assert.deepEqual([one.kind, one.to, one.ticket, one.inbox, one.waits, one.attempts, others.length], ['reset', NOA, null, null, null, 1, 0]);
    assert.match(one.why, /550 Not here/);
    assert.ok(one.failed_at >= one.created_at);
    assert.deepEqual((await mia.get('/desk/mail')).json, { waiting: 0, failed: before.length + 1, held_back: 0, down_since: null, down_why: null });
    mail.refuse = () => null;
    assert.equal((await mia.act(`/desk/outbox/${one.id}/resend`)).status, 204);
    assert.equal((await mia.act(`/desk/outbox/${one.id}/resend`)).status, 404, 'it is owed already');
    await mail.await(to(NOA));
    const [row] = (await mia.get('/audit?action=mail.resend')).json.rows;
    assert.deepEqual([row.person.email, row.detail], [MIA, `mail ${one.id}`]);
    assert.equal((await mia.get('/desk/outbox?state=sent')).code, 'bad_input');
    assert.equal((await mia.get('/desk/outbox?after=-1')).code, 'bad_input');
  });

  it('what waits says for what: for another try, and until when', async () => {
    const mia = await server.signedIn(MIA);
    mail.refuse = (address) => (address === NOA ? [451, 'Come back later'] : null);
    await ask(server, NOA);
    const [one] = await until(async () => (await mia.get('/desk/outbox')).json.rows.filter((row) => row.attempts > 0));
    assert.match(one.why, /451 Come back later/);
    assert.ok(['retry', 'turn'].includes(one.waits) && one.attempts > 0 && one.failed_at === null);
    const told = await run('guichet-api', ['outbox', 'list', '--data', server.data]);
    assert.match(told.stdout, /noa\S+, due \S+Z, (to be tried again|for its turn): .*451 Come back later\n/);
    mail.refuse = () => null;
    await mail.await(to(NOA), 2);
  });

  it('who asks anew is not shut out by what was given up', async () => {
    mail.refuse = (address) => (address === DORA ? [550, 'No'] : null);
    await ask(server, DORA);
    await server.program.line(/mail_failed.*550 No"/);
    mail.refuse = () => null;
    await ask(server, DORA);
    await mail.await(to(DORA), 2);
  });

  it('what it took without being able to say so comes again under the same Message-ID, by which it is known', async () => {
    const before = mail.mails.filter(to(NOA)).length;
    const annas = mail.mails.filter(to(ANNA)).length;
    let deaths = 1;
    mail.die = (address) => address === NOA && deaths-- > 0;
    await ask(server, NOA);
    const [first, second] = (await mail.await(to(NOA), before + 2)).slice(before);
    assert.equal(second.get('Message-ID'), first.get('Message-ID'));
    await ask(server, ANNA); // and nothing of Noa's comes besides
    await mail.await(to(ANNA), annas + 1);
    assert.equal(mail.mails.filter(to(NOA)).length, before + 2);
  });

  it('a mail whose content it refuses does not hold up others', async () => {
    mail.refuseContent = (address) => (address === BEN ? [554, 'Looks like spam'] : null);
    await ask(server, BEN);
    await ask(server, MIA);
    await mail.await(to(MIA));
    await server.program.line(/mail_failed.*handing over the mail.*554 Looks like spam/);
  });
});

describe('while the mail server is away', async () => {
  const mail = await MailServer.start();
  const { port } = mail;
  await mail.close();
  const server = await serve({ env: { GUICHET_SMTP: `smtp://localhost:${port}`, GUICHET_MAIL_RETRY: '1' } });
  const asked = [ANNA, BEN, CARL, DORA, MIA];

  it('people go on working, all mail waits, and the log says so once', async () => {
    for (const email of asked) assert.equal((await ask(server, email)).status, 202);
    await server.program.line(/mail_held.*connecting to the mail server/);
    await new Promise((later) => setTimeout(later, 3000)); // it tries every second
    assert.equal(server.program.stderr.match(/mail_held/g).length, 1);
    assert.doesNotMatch(server.program.stderr, /mail_failed/);
    const mia = await server.signedIn(MIA);
    const { waiting, failed, down_since, down_why } = (await mia.get('/desk/mail')).json;
    assert.deepEqual([waiting, failed], [asked.length, 0]);
    assert.ok(down_since < new Date().toISOString());
    const { rows } = (await mia.get('/desk/outbox?state=waiting')).json;
    assert.deepEqual(rows.map(({ to: address, waits, why, attempts }) => [address, waits, why, attempts]), asked.map((email) => [email, 'server', down_why, 0]));
    const told = await run('guichet-api', ['outbox', 'list', '--data', server.data]);
    assert.match(told.stdout, /due \S+Z, for the mail server: connecting to the mail server/);
  });

  it('not even the end of the API loses any of it; back again, everything comes, once', async () => {
    await server.kill();
    await server.again();
    await mail.open();
    await mail.await(() => true, asked.length);
    await new Promise((later) => setTimeout(later, 1500));
    assert.deepEqual(mail.mails.map((one) => one.to[0]).sort(), [...asked].sort());
  });
});

describe('with TLS', async () => {
  const tls = certificate();
  const [user, password] = ['portal@acme.example', 'a secret: %&+="'];
  const file = join(tempFolder('password'), 'password');
  writeFileSync(file, `${password}\n`);

  it('T54: it signs in after STARTTLS only, and the password is in no log', async () => {
    const mail = await MailServer.start({ tls, user, password });
    const server = await serve({ env: { ...smtp(mail), GUICHET_SMTP_CA: tls.file, GUICHET_SMTP_USER: user, GUICHET_SMTP_PASSWORD_FILE: file, GUICHET_LOG: 'debug' } });
    await ask(server, ANNA);
    const [one] = await mail.await(to(ANNA));
    assert.equal(one.secure, true);
    assert.equal(one.user, user);
    assert.ok(!server.program.said.includes(password) && !server.program.said.includes(Buffer.from(`\0${user}\0${password}`).toString('base64')));
  });

  it('smtps:// speaks TLS from the first byte', async () => {
    const mail = await MailServer.start({ tls, implicit: true });
    const server = await serve({ env: { ...smtp(mail, 'smtps'), GUICHET_SMTP_CA: tls.file } });
    await ask(server, ANNA);
    assert.equal((await mail.await(to(ANNA)))[0].secure, true);
  });

  it('a certificate that nobody vouches for gets no mail and no password', async () => {
    const mail = await MailServer.start({ tls, user, password });
    const server = await serve({ env: { ...smtp(mail), GUICHET_SMTP_USER: user, GUICHET_SMTP_PASSWORD: password } });
    await ask(server, ANNA);
    await server.program.line(/mail_held.*certificate/i);
    assert.deepEqual([mail.mails.length, mail.tries.length], [0, 0]);
  });

  it('a server elsewhere that offers no TLS gets nothing', async () => {
    const mail = await MailServer.start({ host: '127.0.0.2' });
    const server = await serve({ env: smtp(mail, 'smtp', '127.0.0.2') });
    await ask(server, ANNA);
    await server.program.line(/mail_held.*SSL/);
    assert.deepEqual([mail.mails.length, mail.tries.length], [0, 0]);
  });

  it('a wrong password holds all mail, whoever it is for', async () => {
    const mail = await MailServer.start({ tls, user, password });
    const server = await serve({ env: { ...smtp(mail), GUICHET_SMTP_CA: tls.file, GUICHET_SMTP_USER: user, GUICHET_SMTP_PASSWORD: 'wrong' } });
    await ask(server, ANNA);
    await server.program.line(/mail_held.*535 Who are you/);
  });

  it('a name without its password is told at the start', async () => {
    const mail = await MailServer.start({ tls, user, password });
    const server = await serve({ env: { ...smtp(mail), GUICHET_SMTP_USER: user } });
    await server.program.line(/smtp_password_missing.*GUICHET_SMTP_PASSWORD/);
  });
});

describe('what is no mail server', () => {
  for (const url of ['mail.acme.example', 'http://mail.acme.example', 'smtp://', 'smtp://user:secret@mail.acme.example', 'smtp://mail.acme.example/x']) {
    it(`is refused at the start: ${url}`, async () => {
      const { code, stderr } = await run('guichet-api', ['serve'], { env: { GUICHET_SMTP: url } });
      assert.notEqual(code, 0);
      assert.match(stderr, /GUICHET_SMTP: want smtp:\/\/HOST:PORT or smtps:\/\/HOST:PORT, got/);
    });
  }
});
