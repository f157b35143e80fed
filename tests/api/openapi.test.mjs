// Every answer that the tests' client gets is held against api/openapi.json (harness/client.mjs); this is the check of that check.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, serve } from '../harness/guichet.mjs';
import { answerFaults, openapi, pathOf } from '../harness/schema.mjs';

const server = await serve();
const anna = await server.signedIn(ANNA);
const session = await anna.get('/session');
const as = (answer, change) => ({ status: answer.status, headers: answer.headers, body: Buffer.from(JSON.stringify(change(answer.json))) });

/** Every schema below, with its place. */
function schemas(value, at = '') {
  if (!value || typeof value !== 'object') return [];
  return [[at, value], ...Object.entries(value).flatMap(([key, each]) => schemas(each, `${at}/${key}`))];
}

describe('the description of the API', () => {
  it('knows each path of a request', () => {
    assert.equal(pathOf('/tickets/17?x=1'), '/tickets/{number}');
    assert.equal(pathOf('/tickets/counts'), '/tickets/counts');
    assert.equal(pathOf('/tickets.csv?status=open'), '/tickets.csv');
    assert.equal(pathOf('/ticketsXcsv'), undefined);
  });
  it('leaves no object open to members that it does not name', () => {
    const open = schemas(openapi).filter(([, schema]) => schema.type === 'object' && schema.properties && schema.additionalProperties === undefined);
    assert.deepEqual(open.map(([at]) => at), []);
  });
  it('fits what the API answers', () => {
    assert.deepEqual(answerFaults('GET', '/session', session), []);
  });
  for (const [what, answer, said] of [
    ['a member that it does not name', as(session, (body) => ({ ...body, secret: 1 })), /unknown "secret"/],
    ['a member that is missing', as(session, ({ views, ...body }) => body), /lacks "views"/],
    ['a member of another type', as(session, (body) => ({ ...body, idle_minutes: 'many' })), /want integer/],
    ['a status that it does not list', { ...session, status: 418 }, /418 is not described/],
    ['another media type', { ...session, body: session.body, headers: { 'content-type': 'text/html' } }, /application\/json is described/],
  ]) {
    it(`refuses ${what}`, () => {
      assert.match(answerFaults('GET', '/session', { status: answer.status, headers: answer.headers, body: answer.body }).join(), said);
    });
  }
  it('refuses a body where it describes none', () => {
    assert.match(answerFaults('DELETE', '/session', { status: 204, headers: {}, body: Buffer.from('{}') }).join(), /has a body/);
  });
  it('makes the client of the tests fail', async () => {
    const { responses } = openapi.paths['/session'].get;
    const { 200: described } = responses;
    delete responses[200];
    await assert.rejects(anna.get('/session'), /openapi\.json says: 200 is not described/);
    responses[200] = described;
  });
});
