// Mail that is fetched from a mailbox, of a real IMAP server.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, serve } from '../harness/guichet.mjs';
import { ImapServer } from '../harness/imapserver.mjs';
import { letter, mailIn } from '../harness/mailin.mjs';
import { allTickets } from '../harness/tickets.mjs';

const mailbox = await ImapServer.start();
const env = { ...mailIn, GUICHET_IMAP: `imap://localhost:${mailbox.port}`, GUICHET_IMAP_USER: mailbox.user, GUICHET_IMAP_PASSWORD: mailbox.password,
  GUICHET_IMAP_CA: mailbox.tls.file, GUICHET_IMAP_INTERVAL: '1', GUICHET_LOG: 'debug' };

const mail = (subject, id) => letter({ from: ANNA, subject, text: 'By the mailbox', ...id && { id } });

/** Waits until Anna has filed these, and answers with how often each. */
async function filed(server, subjects) {
  const anna = await server.signedIn(ANNA);
  const deadline = Date.now() + 30_000;
  for (;;) {
    const all = (await allTickets(anna)).map(({ subject }) => subject);
    if (subjects.every((subject) => all.includes(subject))) return subjects.map((subject) => all.filter((one) => one === subject).length);
    if (Date.now() > deadline) throw new Error(`want ${subjects}, found ${all}\n${server.program.said}\n${readFileSync(join(mailbox.folder, 'log'), 'utf8')}`);
    await new Promise((later) => setTimeout(later, 200));
  }
}

async function until(holds, milliseconds = 20_000) {
  const deadline = Date.now() + milliseconds;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`not within ${milliseconds} ms: ${holds}`);
    await new Promise((later) => setTimeout(later, 100));
  }
}

describe('a mailbox', async () => {
  mailbox.deliver(mail('Here before the server'));
  const server = await serve({ env });

  it('is emptied of what nobody has seen, which then counts as seen', async () => {
    assert.deepEqual(await filed(server, ['Here before the server']), [1]);
    mailbox.deliver(mail('Arrived later 1'));
    mailbox.deliver(mail('Arrived later 2'));
    assert.deepEqual(await filed(server, ['Arrived later 1', 'Arrived later 2']), [1, 1]);
    assert.deepEqual(mailbox.seen, [3, 0]);
  });

  it('that is away is told in the log once, and what comes meanwhile is fetched when it is back', async () => {
    await mailbox.close();
    await server.program.line(/imap_held/);
    mailbox.deliver(mail('While it was away'));
    await new Promise((later) => setTimeout(later, 2500)); // it looks every second
    assert.equal(server.program.stderr.match(/imap_held/g).length, 1);
    await mailbox.open();
    assert.deepEqual(await filed(server, ['While it was away']), [1]);
  });

  it('from which a mail was asked for, but not kept before a crash, is asked for it again', async () => {
    await until(() => readFileSync(join(server.data, 'imap.uid'), 'utf8') === '0\n');
    await server.kill();
    mailbox.deliver(mail('Asked for before the crash'), { seen: true }); // as it stood then: seen there, and not kept here
    writeFileSync(join(server.data, 'imap.uid'), '5\n');
    await server.again();
    assert.deepEqual(await filed(server, ['Asked for before the crash', 'While it was away']), [1, 1]);
    await until(() => mailbox.seen[1] === 0);
  });

  it('T54: its password is in no log', () => {
    assert.ok(!server.program.said.includes(mailbox.password));
  });
});

it('a mailbox that cannot be believed gets no password', async () => {
  const other = await ImapServer.start();
  const server = await serve({ env: { ...env, GUICHET_IMAP: `imap://localhost:${other.port}` } });
  await server.program.line(/imap_held.*(certificate|SSL)/i);
  assert.doesNotMatch(readFileSync(join(other.folder, 'log'), 'utf8'), /Login: user=/);
});
