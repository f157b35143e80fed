// X11: somebody of the team sees the portal as a contact does: exactly that, reading alone, written down, for a while.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, MIA, NOA, run } from '../harness/guichet.mjs';
import { openapi } from '../harness/schema.mjs';
import { served } from '../harness/settings.mjs';
import { sql } from '../harness/store.mjs';
import { INVOICE, NOTE, PRINTER, numberOf } from '../harness/tickets.mjs';

const server = await served({}, (demo) => {
  demo.people.anna.manager = true;
  demo.people.gone = { ...demo.people.carl, first_name: 'Gone', email: 'gone@birch.example' };
}, { locales: ['en', 'fr'] });
const anna = await server.signedIn(ANNA);
const ben = await server.signedIn(BEN);
const noa = await server.signedIn(NOA);
const idOf = async (email) => (await noa.get(`/desk/people?q=${encodeURIComponent(email)}`)).json.rows.find((row) => row.email === email).id;
const view = async (client, email) => client.act(`/desk/people/${await idOf(email)}/viewing`);
const end = (client) => client.delete('/session/viewing');

/** Somebody of the team who looks as this contact. */
async function viewer(email) {
  const mia = await server.signedIn(MIA);
  assert.equal((await view(mia, email)).status, 204);
  return mia;
}

const SEEN = new Set(['GET /session', 'GET /tickets', 'GET /tickets/counts', 'GET /tickets.csv', 'GET /tickets/{number}',
  'GET /tickets/{number}/messages', 'GET /tickets/{number}/files/{id}']);
const ENDS = new Set(['DELETE /session/viewing', 'DELETE /session', 'POST /session/end']);
const all = Object.entries(openapi.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, is]) => ({ route: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path, is })));
const bySession = (is) => is.security?.some((one) => 'session' in one);
const byToken = (is) => is.security?.some((one) => !('session' in one));

describe('viewing as a contact', () => {
  it('shows to the byte what they see themselves: lists, counts, searches, tickets, files and CSV', async () => {
    for (const [email, client] of [[ANNA, anna], [BEN, ben]]) {
      const mia = await viewer(email);
      const number = await numberOf(client, email === BEN ? INVOICE : PRINTER);
      const ticket = await client.get(`/tickets/${number}`);
      const files = ticket.json.messages.flatMap((message) => message.files.map(({ id }) => `/tickets/${number}/files/${id}`));
      assert.ok(email !== BEN || files.length > 0);
      for (const path of ['/tickets', '/tickets?status=all&view=company', '/tickets?q=printer&status=all', '/tickets?q=legal&status=all',
        '/tickets/counts', '/tickets.csv?status=all', `/tickets/${number}`, `/tickets/${number}/messages?before=999999`, ...files])
        assert.equal((await mia.get(path)).bytes, (await client.get(path)).bytes, `${email} ${path}`);
    }
  });

  it('T17, T21: shows no internal note and no ticket of others, which the team sees again at its end', async () => {
    const mia = await viewer(CARL);
    const printer = await numberOf(noa, PRINTER);
    const missing = await mia.get('/tickets/999999');
    assert.deepEqual([missing.status, (await mia.get(`/tickets/${printer}`)).text], [404, missing.text]);
    assert.equal((await mia.get('/desk/tickets')).code, 'viewing');
    const looking = await viewer(ANNA);
    const shown = await looking.get(`/tickets/${printer}`);
    assert.equal(shown.status, 200);
    assert.ok(!shown.text.includes(NOTE));
    // A tag that they had before tells of nothing, here and afterwards.
    const tag = shown.headers.etag;
    await end(looking);
    const after = await looking.get(`/desk/tickets/${printer}`, { headers: { 'If-None-Match': tag } });
    assert.deepEqual([after.status, after.text.includes(NOTE)], [200, true]);
    assert.equal((await looking.get(`/tickets/${printer}`, { headers: { 'If-None-Match': tag } })).status, 200);
  });

  it('says who is looked at and until when, and to the contact nothing', async () => {
    const mia = await server.signedIn(MIA);
    assert.equal((await mia.get('/session')).json.viewing, null);
    await view(mia, ANNA);
    const { person, viewing, views } = (await mia.get('/session')).json;
    const theirs = (await anna.get('/session')).json;
    assert.deepEqual([person, views], [theirs.person, theirs.views]);
    assert.deepEqual([viewing.id, viewing.name], [await idOf(ANNA), 'Anna Berg']);
    const minutes = (Date.parse(viewing.until) - Date.now()) / 60_000;
    assert.ok(minutes > 29 && minutes <= 30, `${minutes}`);
    assert.equal(theirs.viewing, null);
    assert.equal((await end(mia)).status, 204);
    const again = (await mia.get('/session')).json;
    assert.deepEqual([again.viewing, again.person.email], [null, MIA]);
    assert.equal((await end(mia)).status, 204, 'twice is no harm');
  });

  it('reads alone: every route that the description has is refused, before its body is read, but those for looking', async () => {
    const mia = await viewer(ANNA);
    const before = await sql(server.data, 'SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM ticket), (SELECT count(*) FROM person), (SELECT count(*) FROM session)');
    let refused = 0;
    for (const { route, method, path, is } of all) {
      if (SEEN.has(route) || ENDS.has(route) || byToken(is) || (method === 'GET' && !bySession(is))) continue;
      for (const type of Object.keys(is.requestBody?.content ?? { '': 0 })) {
        const answer = await mia.request(method, path.replace('{number}', '1').replace('{id}', 'x'), { body: type ? '!' : undefined,
          headers: { Origin: mia.origin, 'X-Guichet': '1', 'Content-Type': type || null } });
        assert.deepEqual([answer.status, answer.code], [403, 'viewing'], `${route} ${type}`);
        refused++;
      }
    }
    assert.ok(refused > 50, `${refused}`);
    for (const route of [...SEEN, ...ENDS]) assert.ok(all.some((one) => one.route === route), route);
    assert.equal(await sql(server.data, 'SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM ticket), (SELECT count(*) FROM person), (SELECT count(*) FROM session)'), before);
    assert.equal((await mia.get('/session')).json.person.email, ANNA, 'and it goes on');
  });

  it('is the team\'s alone, of contacts alone who may still come in', async () => {
    const missing = await anna.get('/no-such-thing');
    const asked = await view(anna, BEN);
    assert.deepEqual([asked.status, asked.text], [404, missing.text]);
    const mia = await server.signedIn(MIA);
    for (const email of [MIA, NOA]) assert.equal((await view(mia, email)).status, 404, email);
    assert.equal((await mia.act('/desk/people/999999/viewing')).status, 404);
    await view(mia, 'gone@birch.example');
    const disable = (email, at) => sql(server.data, `UPDATE person SET disabled_at = ${at} WHERE email = '${email}'`);
    await disable('gone@birch.example', 1);
    assert.equal((await mia.get('/session')).json.person.email, MIA, 'it ends with them');
    assert.equal((await view(mia, 'gone@birch.example')).status, 404);
    await view(mia, CARL);
    await sql(server.data, `UPDATE person SET role = 'agent' WHERE email = '${CARL}'`);
    assert.equal((await mia.get('/session')).json.person.email, MIA, 'nobody looks as the team');
    await sql(server.data, `UPDATE person SET role = 'contact' WHERE email = '${CARL}'`);
  });

  it('ends after half an hour, and by signing out', async () => {
    const mia = await viewer(ANNA);
    const others = await viewer(BEN);
    const looking = () => sql(server.data, 'SELECT count(*) FROM session WHERE viewing_id IS NOT NULL');
    await sql(server.data, `UPDATE session SET viewing_until = ${Date.now() - 1} WHERE viewing_id = ${await idOf(ANNA)}`);
    assert.equal((await mia.get('/session')).json.person.email, MIA);
    assert.equal((await mia.get('/desk/tickets')).status, 200);
    assert.equal((await others.get('/session')).json.person.email, BEN, 'each session for itself');
    const before = await looking();
    assert.equal((await others.delete('/session')).status, 204);
    assert.equal((await others.get('/tickets')).status, 401);
    assert.equal(await looking(), `${before - 1}`);
  });

  it('is written down with its contact, its end and what was taken away, and nothing of it to the contact', async () => {
    const [since, id] = [new Date().toISOString(), await idOf(ANNA)];
    const whole = async () => JSON.stringify([(await anna.get('/account')).json, (await anna.get('/account/sessions')).json.sessions.map(({ last_used_at, ...one }) => one)]);
    const before = await whole();
    const mia = await viewer(ANNA);
    await mia.get('/tickets.csv');
    await end(mia);
    const other = await viewer(ANNA);
    await other.delete('/session');
    const rows = (await noa.get('/audit')).json.rows.filter(({ at }) => at >= since);
    const told = rows.map(({ person, action, detail }) => `${person?.email} ${action} ${detail ?? ''}`.trim()).filter((row) => !row.includes('session.begin')).reverse();
    assert.deepEqual(told, [`${MIA} view.begin person ${id}`, `${MIA} export.tickets view`, `${MIA} view.end person ${id}`,
      `${MIA} view.begin person ${id}`, `${MIA} view.end person ${id}`, `${MIA} session.end`]);
    assert.equal(await whole(), before);
  });

  it('is written down at its end however the session ends: as one of several, with all others, with the person', async () => {
    const endings = {
      'as one of several': async () => {
        const other = await server.signedIn(MIA);
        const [looking, ...more] = (await other.get('/account/sessions')).json.sessions.filter(({ current }) => !current);
        assert.deepEqual(more, []);
        assert.equal((await other.delete(`/account/sessions/${looking.id}`)).status, 204);
      },
      'with all others': async () => assert.equal((await (await server.signedIn(MIA)).act('/account/sessions/end')).status, 204),
      'with the person': async () => {
        for (const verb of ['disable', 'enable']) assert.equal((await run('guichet-api', ['people', verb, MIA, '--data', server.data])).code, 0);
      },
    };
    for (const [how, ending] of Object.entries(endings)) {
      await (await server.signedIn(MIA)).act('/account/sessions/end');
      const [since, id] = [new Date().toISOString(), await idOf(ANNA)];
      await viewer(ANNA);
      await ending();
      const told = (await noa.get('/audit?action=view.end')).json.rows.filter(({ at }) => at >= since).map(({ person, detail }) => `${person.email} ${detail}`);
      assert.deepEqual(told, [`${MIA} person ${id}`], how);
    }
  });
});
