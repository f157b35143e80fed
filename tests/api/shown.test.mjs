import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, MIA, editJson, serve } from '../harness/guichet.mjs';
import { awaitMails } from '../harness/mail.mjs';
import { PRINTER, numberOf } from '../harness/tickets.mjs';

const with_ = (tickets) => serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { Object.assign(p.tickets, tickets); }) });

/** Everything that the API tells somebody of a ticket that Mia owns and answered; and the mail about it. */
async function allThatIsSaid(server, email) {
  const [client, mia] = [await server.signedIn(email), await server.signedIn(MIA)];
  const { number } = (await client.file('Who answers?', 'Somebody of the team')).json;
  await mia.reply(number, 'It is me: 51c0');
  const [mail] = await awaitMails(server.data, (m) => m.text.includes('It is me: 51c0'));
  const printer = await numberOf(client, PRINTER);
  const answers = await Promise.all([`/tickets/${number}`, `/tickets/${printer}`, '/tickets?status=all', '/tickets.csv?status=all&locale=fr']
    .map(async (path) => (await client.get(path)).text));
  return { list: (await client.get('/tickets?status=all')).json, ticket: JSON.parse(answers[0]), csv: answers[3], mail, everything: [...answers, mail.source].join('\n') };
}

describe('the name of the team’s people (S12)', () => {
  const forms = [
    ['their first name', {}, 'Mia', /Laurent/],
    ['their last name', { owner_name: 'last' }, 'Laurent', /Mia/],
    ['one name for all', { owner_name: 'alias', owner_alias: { en: 'Acme people', fr: 'Les gens d’Acme' } }, 'Acme people', /Mia|Laurent/],
  ];
  for (const [what, tickets, name, never] of forms) {
    it(`is ${what}, in list, ticket, CSV and mail; the others never leave the API`, async () => {
      const said = await allThatIsSaid(await with_(tickets), ANNA);
      assert.equal(said.list.tickets.find((t) => t.subject === PRINTER).owner, name);
      assert.equal(said.ticket.messages.at(-1).author.name, name);
      assert.ok(said.mail.text.includes(name), said.mail.text);
      assert.ok(said.csv.includes(tickets.owner_alias?.fr ?? name), said.csv);
      assert.doesNotMatch(said.everything, never);
    });
  }

  it('may be the full one', async () => {
    const said = await allThatIsSaid(await with_({ owner_name: 'full' }), ANNA);
    assert.equal(said.ticket.messages.at(-1).author.name, 'Mia Laurent');
    assert.match(said.csv, /Mia Laurent/);
    assert.match(said.mail.text, /Mia Laurent/);
  });

  it('is said in the language of who reads', async () => {
    const said = await allThatIsSaid(await with_({ owner_name: 'alias', owner_alias: { en: 'Acme people', fr: 'Les gens d’Acme' } }), BEN);
    assert.equal(said.ticket.messages.at(-1).author.name, 'Les gens d’Acme');
    assert.match(said.mail.text, /Les gens d’Acme/);
  });
});

describe('one name for all of the team', () => {
  it('is one for the list, too: it is neither filtered nor sorted by who owns a ticket', async () => {
    const server = await with_({ owner_name: 'alias', owner_alias: { en: 'Acme people', fr: 'Les gens d’Acme' }, columns: [{ property: 'subject' }, { property: 'owner' }] });
    const anna = await server.signedIn(ANNA);
    for (const query of ['sort=owner', 'sort=-owner', 'owner=Mia'])
      assert.equal((await anna.get(`/tickets?${query}`)).status, 400, query);
    const { text } = await anna.page('/support/en/tickets/');
    assert.doesNotMatch(text, /sort=owner|value="-?owner"|data-filter="owner"/);
    assert.match(text, /data-column="owner"/);
  });
});

describe('the status (S24)', () => {
  it('is Open or Closed in a CSV', async () => {
    const anna = await (await serve()).signedIn(ANNA);
    const { text } = await anna.get('/tickets.csv?status=all');
    assert.match(text, /,Open\r\n/);
    assert.doesNotMatch(text, /Waiting for/);
  });

  it('is the stage’s name in the language of the CSV where the portal shows those', async () => {
    const anna = await (await with_({ status: 'stages' })).signedIn(ANNA);
    assert.match((await anna.get('/tickets.csv?status=all')).text, /,Waiting for your answer\r\n/);
    assert.match((await anna.get('/tickets.csv?status=all&locale=fr')).text, /,En attente de votre réponse\r\n/);
  });
});
