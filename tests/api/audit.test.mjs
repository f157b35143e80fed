// The audit log: what has a row, who reads it, and that it tells no secret (X16, T54).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, MIA, PASSWORD, editJson, generate, run, serve } from '../harness/guichet.mjs';

const server = await serve({ live: true, env: { GUICHET_PROXY: '127.0.0.1' } });
const env = { GUICHET_DATA: server.data, GUICHET_PORTAL: join(server.folder, 'out/portal'), GUICHET_ORIGIN: server.origin };
const mia = await server.signedIn(MIA);
const rowsOf = async (query = '') => (await mia.get(`/audit${query}`)).json.rows;
const newest = async (query) => (await rowsOf(query))[0];
const audit = (...args) => run('guichet-api', ['audit', ...args], { env });

describe('the audit log', () => {
  it('has a row for a sign-in, with the way and the network, never the whole address', async () => {
    await server.client().post('/session', { email: ANNA, password: PASSWORD }, { headers: { 'X-Forwarded-For': '203.0.113.77' } });
    const row = await newest(`?person=${encodeURIComponent(ANNA)}&action=session.begin`);
    assert.deepEqual([row.detail, row.place, row.person.email, row.person.role, row.actor], ['password', '203.0.113.0/24', ANNA, 'contact', null]);
  });

  it('T02: has one for a refused sign-in, of the unknown too and then without what was typed', async () => {
    await server.client().post('/session', { email: ANNA, password: 'a wrong guess here' });
    assert.equal((await newest('?action=session.refuse')).person.email, ANNA);
    await server.client().post('/session', { email: 'nobody@nowhere.example', password: 'a wrong guess here' });
    const row = await newest('?action=session.refuse');
    assert.deepEqual([row.person, row.detail], [null, 'password']);
  });

  it('has one for signing out', async () => {
    const carl = await server.signedIn(CARL);
    await carl.delete('/session');
    assert.equal((await newest('?action=session.end')).person.email, CARL);
  });

  it('has one for an export of tickets, and for its own', async () => {
    const ben = await server.signedIn(BEN);
    await ben.get('/tickets.csv');
    assert.equal((await newest('?action=export')).person.email, BEN);
    await mia.get('/audit.jsonl');
    const row = await newest('?action=export');
    assert.deepEqual([row.action, row.person.email], ['export.audit', MIA]);
  });

  it('has none for the head of an export, which takes nothing', async () => {
    const ben = await server.signedIn(BEN);
    const { id } = await newest('?action=export');
    for (const [who, path, name] of [[ben, '/tickets.csv', 'tickets'], [mia, '/audit.jsonl', 'audit'], [mia, '/desk/tickets.csv', 'tickets']]) {
      const answer = await who.request('HEAD', path);
      assert.equal(answer.status, 200);
      assert.equal(answer.text, '');
      assert.match(answer.headers['content-disposition'], new RegExp(`^attachment; filename="${name}-`));
    }
    assert.equal((await ben.request('HEAD', '/tickets.csv?colour=red')).status, 400);
    assert.equal((await ben.request('HEAD', '/audit.jsonl')).status, 403);
    assert.equal((await newest('?action=export')).id, id);
  });

  it('tells which user of the machine changed somebody, with which verb', async () => {
    await run('guichet-api', ['people', 'set', BEN, '--name', 'Ben Oda'], { env });
    const row = await newest('?action=person.change');
    assert.equal(row.actor, `uid ${process.getuid()}, people set`);
    assert.equal(row.place, null);
  });

  it('has one when the settings were loaded anew', async () => {
    editJson(server.folder, 'content/portal.json', (p) => { p.tickets.per_page = 7; });
    await generate(server.folder);
    for (let i = 0; i < 100 && !(await newest('?action=settings.reload')); i++) await new Promise((done) => setTimeout(done, 100));
    assert.equal((await newest('?action=settings.reload')).person, null);
  });

  it('is the team’s alone: others learn nothing, not even that their question is malformed', async () => {
    const anna = await server.signedIn(ANNA);
    for (const path of ['/audit', '/audit.jsonl', '/audit?from=never']) assert.equal((await anna.get(path)).code, 'denied');
    assert.equal((await server.client().get('/audit')).status, 401);
  });

  it('is read page by page, each row once, the newest first', async () => {
    for (let i = 0; i < 60; i++) await mia.post('/account/details', { name: 'Mia Laurent', locale: 'en' });
    const seen = [];
    let next = '';
    for (let pages = 0; pages < 50 && next !== null; pages++) {
      const page = (await mia.get(`/audit?action=account${next && `&after=${next}`}`)).json;
      seen.push(...page.rows.map((row) => row.id));
      ({ next } = page);
    }
    assert.equal(seen.length, 60);
    assert.deepEqual(seen, [...new Set(seen)].sort((a, b) => b - a));
  });

  it('is asked for by day and by person, also by number', async () => {
    const today = new Date().toISOString().slice(0, 10);
    assert.ok((await rowsOf(`?from=${today}&to=${today}`)).length > 0);
    assert.deepEqual(await rowsOf('?to=2020-01-01'), []);
    assert.deepEqual(await rowsOf('?person=nobody%40nowhere.example'), []);
    const { person } = await newest(`?person=${encodeURIComponent(ANNA)}`);
    assert.equal((await newest(`?person=${person.id}`)).person.email, ANNA);
  });

  for (const [query, field] of [['from=yesterday', 'from'], ['to=2026-02-30', 'to'], ['after=x', 'after'], ['after=1-2-3', 'after']]) {
    it(`refuses ${query}`, async () => {
      const answer = await mia.get(`/audit?${query}`);
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.json.errors.map((e) => e.field), [field]);
    });
  }
  it('refuses a parameter that it does not know', async () => {
    assert.equal((await mia.get('/audit?colour=red')).status, 400);
  });

  it('is taken as JSON lines, an attachment', async () => {
    const answer = await mia.get('/audit.jsonl?action=session');
    assert.match(answer.headers['content-disposition'], /^attachment; filename="audit-\d{4}-\d\d-\d\d\.jsonl"/);
    const lines = answer.text.trimEnd().split('\n').map((line) => JSON.parse(line));
    assert.ok(lines.length > 3 && lines.every((row) => row.action.startsWith('session')));
    assert.deepEqual(lines.slice(0, 50), await rowsOf('?action=session'));
  });

  it('T54: holds no password, no cookie and no whole address', async () => {
    const { text } = await mia.get('/audit.jsonl');
    for (const secret of [PASSWORD, 'a wrong guess here', 'nobody@nowhere.example', mia.cookie.split('=')[1], '203.0.113.77', '127.0.0.1']) {
      assert.ok(!text.includes(secret), `${secret} is in it`);
    }
  });
});

describe('guichet-api audit', () => {
  it('prints the same beside a running server: lines to read, or JSON lines', async () => {
    const { code, stdout, stderr } = await audit('--action', 'session.refuse');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^\d{4}-\d\d-\d\dT\S+Z {2}session\.refuse +password {2}from 127\.0\.0\.0\/24$/m);
    const { stdout: lines } = await audit('--action', 'session.refuse', '--json');
    assert.deepEqual(lines.trimEnd().split('\n').map((line) => JSON.parse(line)), await rowsOf('?action=session.refuse'));
  });

  it('takes days and a person', async () => {
    const { stdout } = await audit('--since', '2020-01-01', '--until', '2100-01-01', '--person', CARL);
    assert.ok(stdout.trimEnd().split('\n').every((line) => line.includes(CARL)));
    assert.equal((await audit('--until', '2020-01-01')).stdout, '');
    const mistyped = await audit('--action', 'sesion');
    assert.deepEqual([mistyped.code, mistyped.stdout], [0, '']);
    assert.match(mistyped.stderr, /nothing of that kind was done; the action is a word or its beginning: "session"/);
  });

  it('says all that is wrong at once', async () => {
    const { code, stderr } = await audit('--since', 'yesterday', '--until', '2026-02-30', '--person', 'nobody@nowhere.example');
    assert.equal(code, 1);
    for (const line of [/--since: want a day or a moment in UTC.*got "yesterday"/, /--until: want/, /--person: nobody has the address/]) assert.match(stderr, line);
    assert.equal((await audit('--since')).code, 2);
    const turned = await audit('--since', '2026-11-23', '--until', '2026-11-01');
    assert.equal(turned.code, 1);
    assert.match(turned.stderr, /--since: "2026-11-23" is later than --until, "2026-11-01"; want it to be earlier/);
    assert.equal((await audit('--since', '2026-11-23', '--until', '2026-11-23')).code, 0, 'one day is a time, too');
  });
});
