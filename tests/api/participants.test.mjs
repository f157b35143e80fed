// Colleagues in copy (X3): who adds them, what they see and get, and what nobody learns by trying.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, DORA, MIA, run } from '../harness/guichet.mjs';
import { awaitMails, mails, recipient } from '../harness/mail.mjs';
import { served } from '../harness/settings.mjs';
import { PRIVATE, numberOf } from '../harness/tickets.mjs';

const CLEO = 'cleo@acme.example';
const withCleo = (demo) => {
  demo.people.cleo = { ...demo.people.ben, first_name: 'Cleo', last_name: 'Ray', email: CLEO, locale: 'en' };
};
const server = await served({ permission: 'own', reply_to_closed: true, customers_close: true }, withCleo);
const [anna, ben, cleo, carl, mia] = await Promise.all([ANNA, BEN, CLEO, CARL, MIA].map((who) => server.signedIn(who)));

const filed = async (subject) => (await anna.file(subject, 'Please look at it')).json.number;
const add = (client, number, email) => client.post(`/tickets/${number}/participants`, { email });
const remove = (client, number, id) => client.delete(`/tickets/${number}/participants/${id}`);
const ticketOf = async (client, number) => (await client.get(`/tickets/${number}`)).json.ticket;
const listed = async (client, query) => (await client.get(`/tickets?status=all&${query}`)).json.tickets.map(({ number }) => number);
const mailsTo = (address, number) => mails(server.data).filter((mail) => recipient(mail) === address && mail.text.includes(`n=${number}`));

describe('a colleague is put in copy', () => {
  it('by the requester, and sees the ticket from then on, under "shared with me"', async () => {
    const number = await filed('With Ben');
    assert.equal((await ben.get(`/tickets/${number}`)).status, 404);
    assert.deepEqual((await ben.get('/session')).json.views, ['mine']);
    assert.equal((await ticketOf(anna, number)).may_share, true);
    const answer = await add(anna, number, ` ${BEN.toUpperCase()} `);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(answer.json.participants.map(({ name, me }) => [name, me]), [['Ben Ode', false]]);
    const seen = await ticketOf(ben, number);
    assert.deepEqual(seen.participants.map(({ name, me }) => [name, me]), [['Ben Ode', true]]);
    assert.deepEqual((await ben.get('/session')).json.views, ['mine', 'shared']);
    assert.ok((await listed(ben, 'view=shared')).includes(number));
    assert.ok(!(await listed(ben, 'view=mine')).includes(number));
    assert.ok((await listed(ben, 'view=shared&q=with')).includes(number));
    assert.ok((await listed(ben, 'view=shared&sort=subject')).includes(number));
    const counts = (await ben.get('/tickets/counts?view=shared')).json;
    assert.equal(counts.open + counts.closed, (await listed(ben, 'view=shared')).length);
    assert.match((await ben.get('/tickets.csv?status=all&view=shared')).text, /With Ben/);
    assert.equal((await ben.reply(number, 'I saw it, too')).status, 201);
  });

  it('and is told once, however often they are added', async () => {
    const number = await filed('Told once');
    for (let i = 0; i < 2; i++) await add(anna, number, CLEO);
    assert.equal((await ticketOf(anna, number)).participants.length, 1);
    const [mail] = await awaitMails(server.data, (m) => recipient(m) === CLEO && m.text.includes(`n=${number}`), 1);
    assert.match(mail.get('Subject'), /Anna Berg has put you in copy: Told once/);
    await remove(anna, number, (await ticketOf(anna, number)).participants[0].id);
    await add(anna, number, CLEO);
    await anna.reply(number, 'Something for everybody');
    await awaitMails(server.data, (m) => recipient(m) === CLEO && m.text.includes('Something for everybody'), 1);
    assert.equal(mailsTo(CLEO, number).length, 2);
  });

  it('and gets the mail of public replies, but not of one’s own; the requester gets theirs', async () => {
    const number = await filed('Mail for all');
    await add(anna, number, CLEO);
    await mia.reply(number, 'The team says so');
    await awaitMails(server.data, (m) => recipient(m) === CLEO && m.text.includes('The team says so'), 1);
    await cleo.reply(number, 'Cleo says so');
    const [mail] = await awaitMails(server.data, (m) => recipient(m) === ANNA && m.text.includes('Cleo says so'), 1);
    assert.match(mail.text, /a colleague put you in copy/);
    assert.equal(mails(server.data).filter((m) => recipient(m) === CLEO && m.text.includes('Cleo says so')).length, 0);
  });

  it('T18: and sees nothing any more with the request after they were removed', async () => {
    const number = await filed('Taken away');
    const { participants } = (await add(anna, number, BEN)).json;
    assert.equal((await ben.get(`/tickets/${number}`)).status, 200);
    assert.equal((await remove(anna, number, participants[0].id)).status, 204);
    assert.equal((await remove(anna, number, participants[0].id)).status, 204);
    assert.equal((await ben.get(`/tickets/${number}`)).status, 404);
    assert.ok(!(await listed(ben, 'view=shared')).includes(number));
  });

  it('and takes themselves out, and sees it no longer', async () => {
    const number = await filed('Leaving');
    await add(anna, number, BEN);
    await add(anna, number, CLEO);
    const { participants } = await ticketOf(cleo, number);
    assert.equal((await remove(cleo, number, participants.find(({ name }) => name.startsWith('Cleo')).id)).status, 204);
    assert.equal((await cleo.get(`/tickets/${number}`)).status, 404);
  });

  it('and stays in copy when a late reply starts a new ticket', async () => {
    const late = await served({ permission: 'own', reply_to_closed: true, follow_up_days: 1 }, (demo) => {
      withCleo(demo);
      const old = demo.tickets.find((ticket) => ticket.closed !== undefined && ticket.requester === 'anna');
      old.participants = ['cleo'];
    });
    const requester = await late.signedIn(ANNA), colleague = await late.signedIn(CLEO);
    const { tickets } = (await requester.get('/tickets?status=closed')).json;
    const made = await requester.reply(tickets[0].number, 'It is back');
    assert.equal(made.status, 201, made.text);
    const follow = made.json.follow_up;
    assert.ok(follow > tickets[0].number);
    assert.equal((await colleague.get(`/tickets/${follow}`)).status, 200);
  });
});

describe('nobody is put in copy', () => {
  it('who is unknown, of another company, of the team, without one, or the requester: all get one answer', async () => {
    const number = await filed('Not for them');
    const answers = [];
    for (const email of ['nobody@acme.example', CARL, MIA, DORA, ANNA, 'no address', '']) answers.push(await add(anna, number, email));
    for (const answer of answers) {
      assert.equal(answer.status, 422);
      assert.equal(answer.text, answers[0].text);
      assert.deepEqual(answer.json.errors, [{ field: 'email', code: 'not_colleague' }]);
    }
    assert.deepEqual((await ticketOf(anna, number)).participants, []);
    assert.equal((await carl.get(`/tickets/${number}`)).status, 404);
  });

  it('to a ticket of nobody’s company', async () => {
    const dora = await server.signedIn(DORA);
    const number = await numberOf(dora, PRIVATE);
    assert.equal((await add(dora, number, ANNA)).status, 422);
  });

  it('by somebody who does not see the ticket', async () => {
    const number = await filed('Not yours');
    for (const client of [ben, carl]) {
      assert.equal((await add(client, number, CLEO)).status, 404);
      assert.equal((await remove(client, number, 1)).status, 404);
    }
  });

  it('T32: without end', async () => {
    const few = await served({ permission: 'own' }, withCleo, { env: { GUICHET_SHARES_PER_HOUR: '3' } });
    const client = await few.signedIn(ANNA);
    const { number } = (await client.file('Many', 'Please')).json;
    for (let i = 0; i < 3; i++) assert.equal((await add(client, number, `guess${i}@acme.example`)).status, 422);
    const answer = await add(client, number, CLEO);
    assert.equal(answer.status, 429);
    assert.ok(Number(answer.headers['retry-after']) > 0);
  });
});

describe('a ticket takes no more than twenty', () => {
  it('and says so of the next', async () => {
    const crowd = await served({ permission: 'own' }, (demo) => {
      for (let i = 1; i <= 21; i++)
        demo.people[`one${i}`] = { ...demo.people.ben, first_name: 'One', last_name: `${i}`, email: `one${i}@acme.example` };
    });
    const client = await crowd.signedIn(ANNA);
    const { number } = (await client.file('Crowd', 'Please')).json;
    for (let i = 1; i <= 20; i++) assert.equal((await add(client, number, `one${i}@acme.example`)).status, 200);
    const answer = await add(client, number, 'one21@acme.example');
    assert.equal(answer.status, 422);
    assert.deepEqual(answer.json.errors, [{ field: 'email', code: 'too_many' }]);
  });
});

describe('who leaves the company', () => {
  it('leaves what was shared with them there: the ticket, the list, its mail (T18)', async () => {
    const number = await filed('Before Cleo left');
    for (const email of [CLEO, BEN]) assert.equal((await add(anna, number, email)).status, 200);
    assert.equal((await cleo.get(`/tickets/${number}`)).status, 200);
    const moved = await run('guichet-api', ['people', 'set', CLEO, '--company', 'Birch', '--data', server.data]);
    assert.equal(moved.code, 0, moved.stderr);
    assert.equal((await cleo.get(`/tickets/${number}`)).status, 404);
    assert.ok(!(await listed(cleo, 'view=mine')).includes(number));
    assert.deepEqual((await ticketOf(anna, number)).participants.map(({ name }) => name), ['Ben Ode']);
    const before = mailsTo(CLEO, number).length;
    assert.equal((await anna.reply(number, 'Not for Birch')).status, 201);
    await awaitMails(server.data, (m) => recipient(m) === BEN && m.text.includes('Not for Birch'));
    assert.equal(mailsTo(CLEO, number).length, before);
  });
});

describe('with "participants": false', async () => {
  const off = await served({ permission: 'own', participants: false }, (demo) => {
    demo.tickets.find((ticket) => ticket.requester === 'anna').participants = ['ben'];
  });

  it('nobody sees a ticket because they were added, and nobody is added', async () => {
    const requester = await off.signedIn(ANNA), colleague = await off.signedIn(BEN);
    const { tickets } = (await requester.get('/tickets?status=all')).json;
    for (const { number } of tickets) {
      assert.equal((await colleague.get(`/tickets/${number}`)).status, 404);
      const { participants, may_share } = await ticketOf(requester, number);
      assert.deepEqual([participants, may_share], [[], false]);
      assert.equal((await add(requester, number, BEN)).status, 403);
    }
    assert.equal((await colleague.get('/tickets?view=shared')).status, 403);
    assert.deepEqual((await colleague.get('/session')).json.views, ['mine']);
  });
});
