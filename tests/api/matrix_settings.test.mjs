// T16, T17, T18: who reaches one ticket by every route, under every kind of setting; a route without a row here fails.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, MIA, NOA, root } from '../harness/guichet.mjs';
import { served } from '../harness/settings.mjs';
import { INVOICE, allTickets, numberOf } from '../harness/tickets.mjs';

// The ticket is Ben's, of Acme. Its file came with the first conversation; a later one holds a message alone.
const SHARED = 'pia@acme.example';
const LEFT = 'pat@pine.example'; // was in copy, and is of another company now
const CALLERS = { nobody: null, 'its requester': BEN, 'a colleague': 'cleo@acme.example', 'a manager of the company': ANNA,
  'another company': CARL, 'a participant': SHARED, 'a participant who left': LEFT, 'an agent': MIA, 'an admin': NOA };
const HIDES = { property: 'category', is_none_of: ['billing'] };

// Who sees the ticket, in the order of the callers; and whether customers who do see its first conversation.
const SETTINGS = [
  { permission: 'own', threads: 'all', sees: 'no yes no no no yes no yes yes', first: true },
  { permission: 'own', visible: HIDES, threads: 'latest', sees: 'no no no no no no no yes yes', first: false },
  { permission: 'company', threads: 'original', sees: 'no yes yes yes no yes no yes yes', first: true },
  { permission: 'company', visible: HIDES, threads: 'all', sees: 'no no no no no no no yes yes', first: true },
  { permission: 'matching', threads: 'latest', sees: 'no yes no yes no yes no yes yes', first: false },
  { permission: 'matching', visible: HIDES, threads: 'original', sees: 'no no no no no no no yes yes', first: true },
];

// What a route answers to who sees the ticket. "elsewhere": it is about no ticket, and matrix.test.mjs asks it.
const ROUTES = {
  'GET /health': 'elsewhere',
  'GET /session': 'elsewhere',
  'POST /session': 'elsewhere',
  'DELETE /session': 'elsewhere',
  'DELETE /session/viewing': 'elsewhere',
  'POST /session/end': 'elsewhere',
  'POST /sign-ups': 'elsewhere',
  'POST /sign-ups/confirm': 'elsewhere',
  'POST /resets': 'elsewhere',
  'POST /resets/confirm': 'elsewhere',
  'GET /audit': 'elsewhere',
  'GET /audit.jsonl': 'elsewhere',
  'GET /quarantine': 'elsewhere',
  'GET /quarantine/{number}': 'elsewhere',
  'POST /quarantine/{number}/accept': 'elsewhere',
  'POST /quarantine/{number}/discard': 'elsewhere',
  'GET /oidc/{id}/start': 'elsewhere',
  'GET /oidc/{id}/return': 'elsewhere',
  'GET /oidc/{id}/end': 'elsewhere',
  'GET /oidc/{id}/ended': 'elsewhere',
  'POST /tickets': 'elsewhere',
  'POST /tickets/form': 'elsewhere',
  'POST /sign-in-links': 'elsewhere',
  'POST /links': 'elsewhere',
  'POST /session/code': 'elsewhere',
  'GET /account/two-step': 'elsewhere',
  'POST /account/two-step': 'elsewhere',
  'POST /account/two-step/confirm': 'elsewhere',
  'POST /account/two-step/codes': 'elsewhere',
  'POST /account/two-step/off': 'elsewhere',
  'GET /account': 'elsewhere',
  'POST /account/details': 'elsewhere',
  'POST /account/password': 'elsewhere',
  'POST /account/address': 'elsewhere',
  'POST /account/export': 'elsewhere',
  'POST /account/erasure': 'elsewhere',
  'POST /account/erasure/withdraw': 'elsewhere',
  'GET /erasures': 'elsewhere',
  'GET /erasures/{number}': 'elsewhere',
  'POST /erasures/{number}/approve': 'elsewhere',
  'POST /erasures/{number}/decline': 'elsewhere',
  'GET /account/consents': 'elsewhere',
  'POST /account/consents/withdraw': 'elsewhere',
  'POST /consents': 'elsewhere',
  'GET /account/mails': 'elsewhere',
  'PUT /account/mails': 'elsewhere',
  'GET /unsubscribes/{id}': 'elsewhere',
  'POST /unsubscribes/{id}': 'elsewhere',
  'GET /account/sessions': 'elsewhere',
  'POST /account/sessions/end': 'elsewhere',
  'DELETE /account/sessions/{id}': 'elsewhere',
  'GET /sync/companies': 'elsewhere',
  'GET /sync/contacts': 'elsewhere',
  'GET /sync/tickets': 'elsewhere',
  'GET /sync/tickets/messages': 'elsewhere',
  'POST /sync/companies': 'elsewhere',
  'POST /sync/contacts': 'elsewhere',
  'POST /sync/tickets': 'elsewhere',
  'GET /tickets': 'listed',
  'GET /tickets/counts': 'counted',
  'GET /tickets.csv': 'exported',
  'GET /desk/queues': 'elsewhere',
  'GET /desk/tickets': 'desk',
  'GET /desk/tickets/counts': 'elsewhere',
  'GET /desk/tickets.csv': 'elsewhere',
  'GET /desk/people': 'elsewhere',
  'GET /desk/people/{number}': 'elsewhere',
  'POST /desk/people/{number}/viewing': 'elsewhere', // desk_view.test.mjs
  'GET /desk/people/{number}/timeline': 'elsewhere',
  'GET /desk/companies': 'elsewhere',
  'GET /desk/companies/{number}': 'elsewhere',
  'GET /desk/companies/{number}/timeline': 'elsewhere',
  'GET /desk/mail': 'elsewhere',
  'GET /desk/outbox': 'elsewhere',
  'POST /desk/outbox/{number}/resend': 'elsewhere',
  'GET /desk/replies': 'elsewhere', // desk_replies.test.mjs
  'POST /desk/replies': 'elsewhere',
  'GET /desk/replies/{number}': 'elsewhere',
  'PUT /desk/replies/{number}': 'elsewhere',
  'DELETE /desk/replies/{number}': 'elsewhere',
  'GET /desk/tickets/{number}': 'desk',
  'GET /desk/tickets/{number}/messages': 'desk',
  'GET /desk/tickets/{number}/beside': 'desk',
  'POST /desk/tickets/{number}/replies': 'elsewhere', // desk_ticket.test.mjs
  'POST /desk/tickets/{number}/changes': 'elsewhere',
  'GET /tickets/{number}': 200,
  'GET /tickets/{number}/messages': 200,
  'POST /tickets/{number}/replies': 201,
  'POST /tickets/{number}/close': 403, // customers do not close here, and the team does so elsewhere
  'POST /tickets/{number}/close/undo': 204,
  'PUT /tickets/{number}/rating': 403, // they are open; rating.test.mjs rates closed ones
  'POST /tickets/{number}/participants': 'shared',
  'DELETE /tickets/{number}/participants/{id}': 'shared',
  'GET /tickets/{number}/files/{id}': 'file',
};

const { paths } = JSON.parse(readFileSync(join(root, 'api/openapi.json'), 'utf8'));
const routes = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods)
  .filter((method) => /^(get|post|put|patch|delete)$/.test(method))
  .map((method) => `${method.toUpperCase()} ${path.replace(/^\/api\/v1/, '')}`));

function call(client, route, { number, file, last }) {
  const [method, pattern] = route.split(' ');
  const path = pattern.replace('{number}', number).replace('{id}', file);
  if (route === 'POST /tickets/{number}/replies') return client.multipart(path, { message: 'Hello' });
  if (path.endsWith('/messages')) return client.get(`${path}?before=${last}`);
  if (path.endsWith('/beside')) return client.get(`${path}?writing=0`);
  if (path.includes('/participants/')) return client.delete(pattern.replace('{number}', number).replace('{id}', '999999'));
  if (path.includes('/participants')) return client.post(path, { email: '' });
  if (path.includes('/close')) return client.act(path);
  if (method === 'POST' || method === 'PUT') return client.json(method, path, { no_such_field: 1 });
  return method === 'DELETE' ? client.delete(path) : client.get(path);
}

const ASKS = {
  listed: async (client, sees, view) => assert.equal((await allTickets(client, { view })).some((ticket) => ticket.subject === INVOICE), sees),
  exported: async (client, sees, view) => assert.equal((await client.get(`/tickets.csv?status=all${view ? `&view=${view}` : ''}`)).text.includes(INVOICE), sees),
  counted: async (client, _, view) => {
    const { open, closed } = (await client.get(`/tickets/counts${view ? `?view=${view}` : ''}`)).json;
    assert.equal(open + closed, (await allTickets(client, { view })).length, 'as many as the list has');
  },
};

const NOTE = 'For the team alone.';

function addPeople(demo) {
  demo.people.anna.manager = true;
  demo.people.cleo = { ...demo.people.ben, first_name: 'Cleo', email: 'cleo@acme.example' };
  demo.companies.pine = 'Pine';
  demo.people.pia = { ...demo.people.ben, first_name: 'Pia', email: SHARED };
  demo.people.pat = { ...demo.people.ben, first_name: 'Pat', email: LEFT, company: 'pine' };
  const invoice = demo.tickets.find((ticket) => ticket.subject === INVOICE);
  invoice.participants = ['pia', 'pat'];
  invoice.messages.push({ author: 'mia', days_ago: 4, hours_ago: 1, internal: true, text: [NOTE] });
  invoice.messages.push({ author: 'mia', days_ago: 4, channel: 'email', text: ['We look at it.'] });
}

it('T16: every route has a written expectation, and every expectation a route', () => {
  assert.deepEqual([...routes].sort(), Object.keys(ROUTES).sort());
});

for (const { sees, first, ...tickets } of SETTINGS) {
  const name = `${tickets.permission}, ${tickets.visible ? 'hidden by the filter' : 'no filter'}, ${tickets.threads} conversations`;
  describe(`T16: ${name}`, async () => {
    const server = await served(tickets, addPeople);
    const mia = await server.signedIn(MIA);
    const number = await numberOf(mia, INVOICE);
    const { messages } = (await mia.get(`/tickets/${number}`)).json;
    const target = { number, file: messages[0].files[0].id, last: messages.at(-1).id };
    for (const [i, [caller, address]] of Object.entries(CALLERS).entries()) {
      const may = sees.split(' ')[i] === 'yes';
      it(`${caller} ${may ? 'sees it' : 'sees it nowhere'}`, async () => {
        const client = address ? await server.signedIn(address) : server.client();
        const staff = [MIA, NOA].includes(address);
        for (const [route, expected] of Object.entries(ROUTES)) {
          if (expected === 'elsewhere') continue;
          if (ASKS[expected] && address) {
            await ASKS[expected](client, may, address === SHARED ? 'shared' : undefined);
            continue;
          }
          const shows = may && (expected !== 'file' || first || staff);
          const shares = route.startsWith('POST') ? 422 : 204;
          const wanted = !address ? 401 : expected === 'desk' ? (staff ? 200 : 404) : !shows ? 404 : typeof expected === 'number' ? expected : expected === 'shared' ? shares : 200;
          const answer = await call(client, route, target);
          assert.equal(answer.status, wanted, `${route}: ${answer.text.slice(0, 200)}`);
          if (route.startsWith('GET')) assert.equal(answer.text.includes(NOTE), staff && /messages$|\{number\}$/.test(route), `T21: ${route}`);
        }
      });
    }
  });
}
