// Mails about a ticket stand together in everybody's own program, answers find it without our address, and programs that answer
// whatever they get come to an end.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, MIA, editJson, serve } from '../harness/guichet.mjs';
import { awaitMails, mails, parseMail, recipient } from '../harness/mail.mjs';
import { dmarc, letter, mailIn, pipe, receive, receiveLetter, received } from '../harness/mailin.mjs';
import { numberOf } from '../harness/tickets.mjs';

const HELP = 'help@birch.example';
const server = await serve({ env: { ...mailIn, GUICHET_MAIL_UNKNOWN: 'create' } });
const [anna, mia] = [await server.signedIn(ANNA), await server.signedIn(MIA)];
const messages = async (number) => (await mia.get(`/tickets/${number}`)).json.messages;
const bare = (address) => /<([^>]+)>/.exec(address)?.[1] ?? address;
const ids = (mail, name) => (mail.get(name) ?? '').split(/\s+/);
/** Each portal's desk, which tells what waits. */
const desks = new Map([[server, mia]]);
const quiet = async (at) => (await desks.get(at).get('/desk/mail')).json.waiting === 0;

async function settled(...servers) {
  for (let i = 0; i < 100; i++) {
    if ((await Promise.all(servers.map(quiet))).every(Boolean)) return;
    await new Promise((later) => setTimeout(later, 100));
  }
  assert.fail('mail waits for ever');
}

const mailWith = async (words, to) => (await awaitMails(server.data, (mail) => mail.text.includes(words) && recipient(mail) === to))[0];

describe('mails about a ticket', () => {
  it('answer the mail that it began with, and each other, in the program of each reader', async () => {
    const id = '<CAF+first.1=x@mail.example>';
    assert.equal(await receiveLetter(server, { from: ANNA, subject: 'Threads', text: 'It began by mail. t1', id }), 'ticket');
    const number = await numberOf(anna, 'Threads');
    const received = await mailWith(`n=${number}`, ANNA);
    assert.equal(received.get('In-Reply-To'), id);
    const toTeam = await mailWith('It began by mail. t1', 'support@acme.example');
    assert.equal(toTeam.get('In-Reply-To'), id);
    await mia.reply(number, 'We look at it. t2');
    const reply = await mailWith('We look at it. t2', ANNA);
    assert.deepEqual(ids(reply, 'References').slice(1), [id, received.get('Message-ID')]);
    assert.equal(reply.get('In-Reply-To'), received.get('Message-ID'));
    assert.equal(await receiveLetter(server, { from: ANNA, to: bare(reply.get('Reply-To')), text: 'Thank you. t3', id: '<second@mail.example>', headers: { 'In-Reply-To': reply.get('Message-ID') } }), 'reply');
    assert.equal((await mailWith('Thank you. t3', 'support@acme.example')).get('In-Reply-To'), '<second@mail.example>');
    await mia.reply(number, 'You are welcome. t4');
    const last = await mailWith('You are welcome. t4', ANNA);
    assert.deepEqual(ids(last, 'References').slice(1), [id, received.get('Message-ID'), reply.get('Message-ID'), '<second@mail.example>']);
    assert.equal(ids(last, 'References')[0], ids(reply, 'References')[0]);
  });

  it('T28: take no name of a mail along that is none', async () => {
    assert.equal(await receiveLetter(server, { from: ANNA, subject: 'Odd name', text: 'odd', id: '<a b"c@mail.example>' }), 'ticket');
    const [mail] = await awaitMails(server.data, (one) => one.get('Subject')?.includes('Odd name'));
    assert.ok(!mail.source.includes('a b"c'));
  });
});

describe('an answer to the inbox itself, without our address', () => {
  const number = anna.file('References', 'Filed here').then(({ json }) => json.number);
  const asked = number.then(async (at) => (await mia.reply(at, 'What colour? r1'), mailWith('What colour? r1', ANNA)));
  const answer = async (from, text, headers = {}) => {
    const mail = await asked;
    return receiveLetter(server, { from, subject: `Re: ${text}`, text, headers: { References: `<x@elsewhere.example> ${mail.get('Message-ID')}`, ...headers } });
  };

  it('is a reply on the ticket of the mail that it names', async () => {
    assert.equal(await answer(ANNA, 'Green. r2'), 'reply');
    assert.equal((await messages(await number)).at(-1).body, 'Green. r2');
  });

  it('or of a mail that the same sender wrote, and nobody else', async () => {
    assert.equal(await receiveLetter(server, { from: ANNA, subject: 'Own', text: 'One', id: '<own@mail.example>' }), 'ticket');
    const own = await numberOf(anna, 'Own');
    const headers = { 'In-Reply-To': '<own@mail.example>', References: '' };
    assert.equal(await answer(ANNA, 'Two', headers), 'reply');
    assert.equal((await messages(own)).at(-1).body, 'Two');
    assert.equal(await answer(CARL, 'Three', headers), 'ticket');
  });

  it('is a ticket of its own of whom does not see that one (T17, T34)', async () => {
    const before = (await messages(await number)).length;
    assert.equal(await answer(CARL, 'Forwarded to me. r3'), 'ticket');
    assert.equal((await messages(await number)).length, before);
  });

  it('is held back when it is forged, or of the team, of whom only our address counts (T33)', async () => {
    assert.equal(await answer(ANNA, 'Not me', dmarc('fail', ANNA)), 'quarantined forged');
    assert.equal(await answer(MIA, 'Me', dmarc('pass', MIA)), 'quarantined staff');
  });

  it('names nothing that was made up', async () => {
    const forged = (await asked).get('Message-ID').replace(/\.(.)/, (_, c) => `.${c === 'a' ? 'b' : 'a'}`);
    assert.equal(await answer(ANNA, 'Made up', { References: `<${'x'.repeat(3000)}@y> <<>> ${forged} <ticket-${await number}@localhost>` }), 'ticket');
  });
});

describe('T35: programs that answer whatever they get', () => {
  const names = () => new Set(mails(server.data).map(({ name }) => name));

  /** Answers every mail to these addresses but those that were seen, as programs do that know of no marks; counts what each said. */
  async function respond(words, seen) {
    const said = Object.fromEntries(Object.keys(words).map((who) => [who, 0]));
    for (let round = 0; round < 60; round++) {
      await settled(server);
      const fresh = mails(server.data).filter((mail) => !seen.has(mail.name) && words[recipient(mail)]);
      if (fresh.length === 0) return said;
      for (const mail of fresh) {
        seen.add(mail.name);
        const [from, quoted] = [recipient(mail), mail.text.replace(/^/gm, '> ')];
        await receiveLetter(server, { from, to: bare(mail.get('Reply-To')), subject: `Re: ${mail.get('Subject')}`, headers: { 'In-Reply-To': mail.get('Message-ID') },
          text: `${words[from](said[from]++)}\r\n\r\nOn Monday, ${round} o'clock,\r\nSupport wrote:\r\n${quoted}` });
      }
    }
    return assert.fail(`they never end: ${JSON.stringify(said)}`);
  }

  const shared = async (subject) => {
    const { number } = (await anna.file(subject, 'For both')).json;
    assert.equal((await anna.post(`/tickets/${number}/participants`, { email: BEN })).status, 200);
    await settled(server);
    return number;
  };

  it('two that say the same again are heard once each', async () => {
    const number = await shared('Both away');
    const before = (await messages(number)).length;
    const seen = names();
    await mia.reply(number, 'Are you there?');
    const said = await respond({ [ANNA]: () => 'I am away until Monday.', [BEN]: () => 'I have left.' }, seen);
    assert.deepEqual(said, { [ANNA]: 2, [BEN]: 2 }, 'the second time nobody heard them');
    assert.equal((await messages(number)).length, before + 3);
  });

  it('one that says something new each time is heard twenty times in an hour', async () => {
    const number = await shared('A machine');
    await mia.reply(number, 'Are you there, too?');
    const to = bare((await mailWith('Are you there, too?', ANNA)).get('Reply-To'));
    const before = received(server).length;
    await Promise.all(Array.from({ length: 23 }, (_, i) => pipe(server.data, letter({ from: ANNA, to, text: `Your message has the number ${i}.` }))));
    for (let i = 0; i < 200 && received(server).length < before + 23; i++) await new Promise((later) => setTimeout(later, 100));
    const became = received(server).slice(before).map(({ became: what, why }) => `${what} ${why}`.trim());
    assert.deepEqual(became.slice(-3), Array(3).fill('quarantined too_many'), became.join(', '));
    assert.equal((await messages(number)).length, 22);
  });

  it('two portals send each other one automatic mail each at most, though somebody takes their marks away', async () => {
    const birch = await serve({
      edit: (at) => editJson(at, 'content/portal.json', (portal) => { portal.inboxes = { support: { ...portal.inboxes.support, address: HELP }, orders: { ...portal.inboxes.orders, address: 'shop@birch.example' } }; }),
      env: { ...mailIn, GUICHET_REPLY_ADDRESS: 'help@reply.birch.example', GUICHET_MAIL_UNKNOWN: 'create' },
    });
    desks.set(birch, await birch.signedIn(MIA));
    const addresses = new Map([[HELP, birch], ['support@acme.example', server], ['orders@acme.example', server]]);
    const seen = new Set(mails(server.data).map(({ name }) => `${server.data}${name}`));
    const stripped = (mail) => Buffer.from(mail.source.replace(/^(Auto-Submitted|X-Auto-Response-Suppress|List-[\w-]+):.*\r\n([ \t].*\r\n)*/gm, ''), 'latin1');
    const proven = (bytes) => Buffer.concat([Buffer.from(`Authentication-Results: ${dmarc('pass', parseMail(bytes).get('From').replace(/>$/, ''))['Authentication-Results']}\r\n`), bytes]);
    const carry = async (marked) => {
      const carried = [];
      for (let round = 0; round < 20; round++) {
        await settled(server, birch);
        const fresh = [server, birch].flatMap((from) => mails(from.data).map((mail) => ({ from, mail, name: `${from.data}${mail.name}` })))
          .filter(({ name, mail, from }) => !seen.has(name) && addresses.has(recipient(mail)) && addresses.get(recipient(mail)) !== from);
        if (fresh.length === 0) return carried;
        for (const { name, mail } of fresh) {
          seen.add(name);
          carried.push(await receive(addresses.get(recipient(mail)), proven(marked ? Buffer.from(mail.source, 'latin1') : stripped(mail))));
        }
      }
      return assert.fail(`they never end: ${carried.join(', ')}`);
    };
    const begin = async (from, marked) => {
      assert.equal(await receive(birch, letter({ from, to: HELP, subject: `From ${from}`, text: 'Hello', headers: dmarc('pass', from) })), 'ticket');
      return carry(marked);
    };
    assert.deepEqual(await begin('orders@acme.example', true), ['quarantined automatic']);
    assert.deepEqual(await begin('support@acme.example', false), ['ticket', 'reply']);
  });
});
