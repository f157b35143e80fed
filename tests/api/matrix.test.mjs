import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, MIA, NOA, editJson, root, serve } from '../harness/guichet.mjs';
import { INVOICE, numberOf } from '../harness/tickets.mjs';

// T16: who gets what from every route of the OpenAPI document; a route without a row here fails.
// The ticket is Ben's, of Acme, and has a file. Persons, in the order of the columns:
const PERSONS = ['nobody', 'a colleague who sees only their own', 'a colleague with the company view', 'another company', 'an agent', 'an admin'];

const EXPECTED = {
  'GET /health': [200, 200, 200, 200, 200, 200],
  'GET /session': [401, 200, 200, 200, 200, 200],
  // An unknown field: the call got through to its own checks, and did nothing.
  'POST /session': [400, 400, 400, 400, 400, 400],
  'DELETE /session': [204, 204, 204, 204, 204, 204],
  // Who looks as nobody has nothing to end; viewing: desk_view.test.mjs.
  'DELETE /session/viewing': [401, 204, 204, 204, 204, 204],
  'POST /session/end': [303, 303, 303, 303, 303, 303],
  'POST /sign-ups': [400, 400, 400, 400, 400, 400],
  'POST /sign-ups/confirm': [400, 400, 400, 400, 400, 400],
  'POST /resets': [400, 400, 400, 400, 400, 400],
  'POST /resets/confirm': [400, 400, 400, 400, 400, 400],
  'POST /sign-in-links': [400, 400, 400, 400, 400, 400],
  'POST /links': [400, 400, 400, 400, 400, 400],
  'POST /session/code': [400, 400, 400, 400, 400, 400],
  'GET /account/two-step': [401, 200, 200, 200, 200, 200],
  'POST /account/two-step': [401, 400, 400, 400, 400, 400],
  'POST /account/two-step/confirm': [401, 400, 400, 400, 400, 400],
  'POST /account/two-step/codes': [401, 400, 400, 400, 400, 400],
  'POST /account/two-step/off': [401, 400, 400, 400, 400, 400],
  'GET /account': [401, 200, 200, 200, 200, 200],
  'POST /account/details': [401, 400, 400, 400, 400, 400],
  'POST /account/password': [401, 400, 400, 400, 400, 400],
  'POST /account/address': [401, 400, 400, 400, 400, 400],
  'POST /account/export': [401, 400, 400, 400, 400, 400],
  'POST /account/erasure': [401, 400, 400, 400, 400, 400],
  'POST /account/erasure/withdraw': [401, 204, 204, 204, 204, 204],
  // What others want erased is the administrators'; nobody asked here.
  'GET /erasures': [401, 403, 403, 403, 403, 200],
  'GET /erasures/{number}': [401, 403, 403, 403, 403, 404],
  'POST /erasures/{number}/approve': [401, 403, 403, 403, 403, 404],
  'POST /erasures/{number}/decline': [401, 403, 403, 403, 403, 400],
  'GET /account/consents': [401, 200, 200, 200, 200, 200],
  'POST /account/consents/withdraw': [401, 204, 204, 204, 204, 204],
  'POST /consents': [303, 303, 303, 303, 303, 303],
  'GET /account/mails': [401, 200, 200, 200, 200, 200],
  'PUT /account/mails': [401, 204, 204, 204, 204, 204],
  // The id is a file's, and proves nothing: mail_choices.test.mjs has those that do.
  'GET /unsubscribes/{id}': [404, 404, 404, 404, 404, 404],
  'POST /unsubscribes/{id}': [404, 404, 404, 404, 404, 404],
  'GET /account/sessions': [401, 200, 200, 200, 200, 200],
  'POST /account/sessions/end': [401, 204, 204, 204, 204, 204],
  // The id is a file's: nobody has such a session.
  'DELETE /account/sessions/{id}': [401, 404, 404, 404, 404, 404],
  // The audit log is the team's.
  'GET /audit': [401, 403, 403, 403, 200, 200],
  'GET /audit.jsonl': [401, 403, 403, 403, 200, 200],
  // So is mail that waits, of which there is none here.
  'GET /quarantine': [401, 403, 403, 403, 200, 200],
  'GET /quarantine/{number}': [401, 403, 403, 403, 404, 404],
  'POST /quarantine/{number}/accept': [401, 403, 403, 403, 404, 404],
  'POST /quarantine/{number}/discard': [401, 403, 403, 403, 404, 404],
  // No portal here has a provider.
  'GET /oidc/{id}/start': [404, 404, 404, 404, 404, 404],
  'GET /oidc/{id}/return': [404, 404, 404, 404, 404, 404],
  'GET /oidc/{id}/end': [404, 404, 404, 404, 404, 404],
  'GET /oidc/{id}/ended': [404, 404, 404, 404, 404, 404],
  // Programs that hold a token; who is signed in is nobody there: sync.test.mjs.
  'GET /sync/companies': [401, 401, 401, 401, 401, 401],
  'GET /sync/contacts': [401, 401, 401, 401, 401, 401],
  'GET /sync/tickets': [401, 401, 401, 401, 401, 401],
  'GET /sync/tickets/messages': [401, 401, 401, 401, 401, 401],
  'POST /sync/companies': [401, 401, 401, 401, 401, 401],
  'POST /sync/contacts': [401, 401, 401, 401, 401, 401],
  'POST /sync/tickets': [401, 401, 401, 401, 401, 401],
  'GET /tickets': [401, 200, 200, 200, 200, 200],
  'GET /tickets/counts': [401, 200, 200, 200, 200, 200],
  'GET /tickets.csv': [401, 200, 200, 200, 200, 200],
  'POST /tickets': [401, 201, 201, 201, 201, 201],
  'POST /tickets/form': [303, 303, 303, 303, 303, 303],
  // The desk is the team's; to customers it is not there.
  'GET /desk/queues': [401, 404, 404, 404, 200, 200],
  'GET /desk/tickets': [401, 404, 404, 404, 200, 200],
  'GET /desk/tickets/counts': [401, 404, 404, 404, 200, 200],
  'GET /desk/tickets.csv': [401, 404, 404, 404, 200, 200],
  // Nobody has the ticket's number.
  'GET /desk/people': [401, 404, 404, 404, 200, 200],
  'GET /desk/people/{number}': [401, 404, 404, 404, 404, 404],
  'POST /desk/people/{number}/viewing': [401, 404, 404, 404, 404, 404],
  'GET /desk/people/{number}/timeline': [401, 404, 404, 404, 200, 200],
  'GET /desk/companies': [401, 404, 404, 404, 200, 200],
  'GET /desk/companies/{number}': [401, 404, 404, 404, 404, 404],
  'GET /desk/companies/{number}/timeline': [401, 404, 404, 404, 200, 200],
  'GET /desk/mail': [401, 404, 404, 404, 200, 200],
  'GET /desk/outbox': [401, 404, 404, 404, 200, 200],
  // No mail of that number was given up.
  'POST /desk/outbox/{number}/resend': [401, 404, 404, 404, 404, 404],
  'GET /desk/replies': [401, 404, 404, 404, 200, 200],
  'POST /desk/replies': [401, 404, 404, 404, 400, 400],
  // None is saved.
  'GET /desk/replies/{number}': [401, 404, 404, 404, 404, 404],
  'PUT /desk/replies/{number}': [401, 404, 404, 404, 400, 400],
  'DELETE /desk/replies/{number}': [401, 404, 404, 404, 404, 404],
  'GET /desk/tickets/{number}': [401, 404, 404, 404, 200, 200],
  'GET /desk/tickets/{number}/messages': [401, 404, 404, 404, 200, 200],
  'GET /desk/tickets/{number}/beside': [401, 404, 404, 404, 200, 200],
  'POST /desk/tickets/{number}/replies': [401, 404, 404, 404, 201, 201],
  // An unknown field: the call got through to its own checks.
  'POST /desk/tickets/{number}/changes': [401, 404, 404, 404, 400, 400],
  'GET /tickets/{number}': [401, 404, 200, 404, 200, 200],
  'GET /tickets/{number}/messages': [401, 404, 200, 404, 200, 200],
  'POST /tickets/{number}/replies': [401, 404, 201, 404, 201, 201],
  // Customers do not close here; who does not see it does not learn that.
  'POST /tickets/{number}/close': [401, 404, 403, 404, 403, 403],
  'POST /tickets/{number}/close/undo': [401, 404, 204, 404, 204, 204],
  // It is open, and Ben asked; who does not see it does not learn that.
  'PUT /tickets/{number}/rating': [401, 404, 403, 404, 403, 403],
  // Nobody can be added under an empty address.
  'POST /tickets/{number}/participants': [401, 404, 422, 404, 422, 422],
  'DELETE /tickets/{number}/participants/{id}': [401, 404, 204, 404, 204, 204],
  'GET /tickets/{number}/files/{id}': [401, 404, 200, 404, 200, 200],
};

const server = await serve();
const own = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.tickets.permission = 'own'; }) });

async function targetOf(where) {
  const ben = await where.signedIn(BEN);
  const number = await numberOf(ben, INVOICE);
  return { number, id: (await ben.get(`/tickets/${number}`)).json.messages[0].files[0].id };
}
const targets = new Map([[server, await targetOf(server)], [own, await targetOf(own)]]);

/** Each asks with a session of their own, since some calls end it. */
const columns = [
  [server, async () => server.client()],
  [own, () => own.signedIn(ANNA)],
  [server, () => server.signedIn(ANNA)],
  [server, () => server.signedIn(CARL)],
  [server, () => server.signedIn(MIA)],
  [server, () => server.signedIn(NOA)],
];

function call(client, method, path) {
  switch (`${method} ${path.replace(/\d+/, '{number}').replace(/\/files\/.*/, '/files/{id}')}`) {
    case 'POST /session/end': return client.form(path, { locale: 'en' });
    case 'POST /tickets/form': return client.plainUpload(path, { subject: 'Matrix', message: 'Hello' });
    case 'POST /tickets': return client.file('Matrix', 'Hello');
    case 'POST /consents': return client.form(path, { locale: 'en', return: '' });
    case 'POST /account/consents/withdraw':
    case 'POST /quarantine/{number}/accept':
    case 'POST /quarantine/{number}/discard':
    case 'POST /account/erasure/withdraw':
    case 'POST /erasures/{number}/approve':
    case 'POST /desk/outbox/{number}/resend':
    case 'POST /desk/people/{number}/viewing':
    case 'POST /account/sessions/end':
    case 'POST /tickets/{number}/close':
    case 'POST /tickets/{number}/close/undo': return client.act(path);
    case 'PUT /account/mails': return client.json(method, path, { replies: true, copies: true, shared: true, received: true });
    case 'PUT /tickets/{number}/rating': return client.json(method, path, { score: 'good', comment: '' });
    case 'GET /desk/tickets/{number}/messages':
    case 'GET /tickets/{number}/messages': return client.get(`${path}?before=1`);
    case 'POST /tickets/{number}/participants': return client.post(path, { email: '' });
    case 'GET /desk/tickets/{number}/beside': return client.get(`${path}?writing=0`);
    case 'PUT /desk/replies/{number}': return client.json(method, path, { no_such_field: 1 });
    case 'DELETE /desk/replies/{number}': return client.delete(`${path}?version=1`);
    case 'POST /desk/tickets/{number}/replies':
    case 'POST /tickets/{number}/replies': return client.multipart(path, { message: 'Hello' });
  }
  if (method === 'POST') return client.post(path, { no_such_field: 1 });
  return method === 'DELETE' ? client.delete(path) : client.get(path);
}

const { paths } = JSON.parse(readFileSync(join(root, 'api/openapi.json'), 'utf8'));
const routes = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods)
  .filter((method) => /^(get|post|put|patch|delete)$/.test(method))
  .map((method) => `${method.toUpperCase()} ${path.replace(/^\/api\/v1/, '')}`));

describe('T16: every route', () => {
  it('has a written expectation, and every expectation a route', () => {
    assert.deepEqual([...routes].sort(), Object.keys(EXPECTED).sort());
  });

  for (const [route, statuses] of Object.entries(EXPECTED)) {
    for (const [i, person] of PERSONS.entries()) {
      it(`${route} answers ${person} with ${statuses[i]}`, async () => {
        const [where, person_] = columns[i];
        const { number, id } = targets.get(where);
        const [method, path] = route.split(' ');
        const answer = await call(await person_(), method, path.replace('{number}', number).replace('{id}', path.includes('participants') ? 1 : id));
        assert.equal(answer.status, statuses[i], answer.text.slice(0, 300));
      });
    }
  }
});
