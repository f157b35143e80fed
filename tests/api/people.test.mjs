import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, MIA, PASSWORD, dataFolder, editJson, emptyFolder, run, serve } from '../harness/guichet.mjs';
import { run as runProgram } from '../harness/process.mjs';

// Administrators' verbs: with a server that runs, through its control socket, and without one.
const GROUPS = { customers: { name: 'Customers' }, partners: { name: 'Partners' } };
const grouped = (folder) => editJson(folder, 'content/portal.json', (p) => { p.access = { groups: GROUPS }; delete p.consent; });
const server = await serve();
const chosen = await serve({ edit: grouped });

const people = (where, ...args) => run('guichet-api', ['people', ...args], {
  env: { GUICHET_DATA: where.data, GUICHET_PORTAL: join(where.folder, 'out/portal'), GUICHET_ORIGIN: where.origin } });
const told = async (where, ...args) => {
  const { code, stdout, stderr } = await people(where, ...args, '--format', 'json');
  assert.equal(stderr, '');
  return { code, ...JSON.parse(stdout) };
};

/** The bytes of one message, as the socket wants them. */
const framed = (text) => Buffer.concat([Buffer.from([0, 0, text.length >> 8, text.length & 255]), Buffer.from(text)]);
/** Write bytes into the socket; -> all that comes back until the other end closes. */
const speak = (where, bytes) => new Promise((done, fail) => {
  const pieces = [];
  const socket = createConnection(join(where.data, 'control.sock'), () => socket.write(bytes));
  socket.on('data', (piece) => pieces.push(piece));
  socket.on('error', (error) => error.code !== 'ECONNRESET' && fail(error)); // closed before it was read
  socket.on('close', () => done(Buffer.concat(pieces)));
});

/** Begin a sign-in whose body does not come to its end. -> its socket, once the server waits for the rest */
const sendHalf = (where) => new Promise((begun) => {
  const socket = createConnection(where.port, '127.0.0.1', () => socket.write(`POST /api/v1/session HTTP/1.1\r\nHost: ${where.host}\r\nOrigin: ${where.origin}\r\n`
    + 'X-Guichet: 1\r\nContent-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n'));
  socket.on('error', () => {});
  socket.once('data', () => begun(socket)); // 100 Continue: its handler reads
});

describe('guichet-api people, beside a running server', () => {
  it('adds a customer, who is known at once', async () => {
    const { code, stdout, stderr } = await people(server, 'add', 'erik@acme.example', '--name', 'Erik del Mar', '--company', 'Acme', '--manager', 'yes', '--locale', 'fr');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^erik@acme\.example: added$/m);
    assert.match(stdout, /Erik del Mar, contact, fr, Acme \(manager\), no password yet/);
    const { people: [erik] } = { people: (await told(server, 'list')).people.filter((p) => p.email === 'erik@acme.example') };
    assert.deepEqual(erik, { email: 'erik@acme.example', first_name: 'Erik', last_name: 'del Mar', role: 'contact', locale: 'fr', company: 'Acme', manager: true, groups: [], disabled: false, password: false });
  });

  it('adds staff, and makes a company when there is none of that name', async () => {
    const added = await told(server, 'add', 'olga@guichet.example', '--name', 'Olga', '--role', 'agent', '--company', 'Cedar & Söhne');
    assert.deepEqual([added.people[0].role, added.people[0].company, added.people[0].locale], ['agent', 'Cedar & Söhne', 'en']);
    await told(server, 'add', 'pia@cedar.example', '--company', 'Cedar & Söhne');
    assert.equal((await told(server, 'list', '--role', 'agent')).people.length, 2);
  });

  it('says everything that is wrong at once, and changes nothing', async () => {
    const { code, stderr } = await people(server, 'add', 'nobody', '--role', 'agnet', '--locale', 'fe', '--group', 'gold', '--manager', 'maybe', '--name', ' ');
    assert.equal(code, 1);
    for (const line of [/"nobody": want an e-mail address/, /--role: want contact, agent or admin, got "agnet"; did you mean "agent"\?/, /--locale: the portal does not speak "fe"/,
      /--group: the portal has no access groups/, /--manager: want yes or no, got "maybe"/, /--name: want a name/]) assert.match(stderr, line);
    assert.equal((await told(server, 'list')).people.some((p) => p.email === 'nobody'), false);
  });

  it('wants something to change', async () => {
    const { code, stderr } = await people(server, 'set', ANNA);
    assert.equal(code, 1);
    assert.match(stderr, /want what to change: --name, --email/);
    const { code: audited, stdout } = await run('guichet-api', ['audit', '--action', 'person.change', '--data', server.data]);
    assert.deepEqual([audited, stdout], [0, '']);
  });

  it('lists who has no name by their address alone', async () => {
    const { stdout } = await people(server, 'add', 'quiet@acme.example');
    assert.match(stdout, /^quiet@acme\.example +contact, en, no password yet$/m);
  });

  it('refuses an address that somebody has', async () => {
    const { code, stderr } = await people(server, 'add', ANNA.toUpperCase());
    assert.equal(code, 1);
    assert.match(stderr, /ANNA@ACME\.EXAMPLE: somebody has this address already/);
  });

  it('changes company, name and address; what is not named stays', async () => {
    await told(server, 'add', 'frida@old.example', '--name', 'Frida Ek', '--company', 'Acme');
    const { people: [frida] } = await told(server, 'set', 'frida@old.example', '--email', 'frida@new.example', '--no-company');
    assert.deepEqual([frida.email, frida.first_name, frida.last_name, frida.company], ['frida@new.example', 'Frida', 'Ek', null]);
    const { code, stderr } = await people(server, 'set', 'frida@new.example', '--email', ANNA);
    assert.equal(code, 1);
    assert.match(stderr, /anna@acme\.example: somebody has this address already/);
  });

  it('T14: the disabled are out with the next request, and cannot come back until they are enabled', async () => {
    const ben = await server.signedIn(BEN);
    const { code, stdout } = await people(server, 'disable', BEN);
    assert.equal(code, 0);
    assert.match(stdout, /ben@acme\.example: disabled/);
    assert.equal((await ben.get('/tickets')).status, 401);
    assert.equal((await server.client().signIn(BEN, PASSWORD)).code, 'credentials');
    assert.deepEqual((await told(server, 'list', '--disabled')).people.map((p) => p.email), [BEN]);
    assert.match((await people(server, 'disable', BEN)).stdout, /was disabled/);
    await people(server, 'enable', BEN);
    assert.equal((await ben.get('/tickets')).status, 401, 'a session that ended stays ended');
    assert.equal((await server.client().signIn(BEN, PASSWORD)).status, 200);
  });

  it('disables all that are named, or nobody', async () => {
    const { code, stderr } = await people(server, 'disable', CARL, 'nobody@elsewhere.example', 'noone@elsewhere.example');
    assert.equal(code, 1);
    assert.match(stderr, /nobody@elsewhere\.example: nobody has this address/);
    assert.match(stderr, /noone@elsewhere\.example: nobody has this address/);
    assert.equal((await server.client().signIn(CARL, PASSWORD)).status, 200);
  });
});

describe('access groups', () => {
  it('T18: who is put into a group is in with the next request, and who is taken out is out', async () => {
    const anna = chosen.client();
    assert.equal((await anna.signIn(ANNA, PASSWORD)).code, 'not_let_in');
    const set = await told(chosen, 'set', ANNA, '--group', 'customers,partners');
    assert.deepEqual(set.people[0].groups, ['customers', 'partners']);
    assert.equal((await anna.get('/tickets')).status, 200);
    await told(chosen, 'set', ANNA, '--no-group', 'customers');
    assert.equal((await anna.get('/tickets')).status, 200, 'one group is enough');
    await told(chosen, 'set', ANNA, '--no-group', 'partners');
    assert.equal((await anna.get('/tickets')).code, 'not_let_in');
    assert.equal((await anna.file('Let me in', 'Please')).code, 'not_let_in');
  });

  it('are listed, and asked back when misspelt', async () => {
    await told(chosen, 'set', CARL, '--group', 'partners');
    assert.deepEqual((await told(chosen, 'list', '--group', 'partners')).people.map((p) => p.email), [CARL]);
    const { code, stderr } = await people(chosen, 'set', CARL, '--group', 'partner');
    assert.equal(code, 1);
    assert.match(stderr, /--group: no group "partner"; did you mean "partners"\?/);
    assert.match((await people(chosen, 'set', CARL, '--group', `partners ${'x '.repeat(200)}`)).stderr, /no group "x"/);
  });

  it('a role of the team needs none', async () => {
    const dora = chosen.client();
    assert.equal((await dora.signIn('dora@private.example', PASSWORD)).code, 'not_let_in');
    await told(chosen, 'set', 'dora@private.example', '--role', 'agent');
    assert.equal((await dora.get('/tickets')).status, 200);
    await told(chosen, 'set', 'dora@private.example', '--role', 'contact');
    assert.equal((await dora.get('/tickets')).code, 'not_let_in');
  });
});

describe('without a server', () => {
  it('the verbs open the data folder themselves', async () => {
    const made = await serve({ data: join(emptyFolder(), 'data') });
    await made.stop();
    assert.equal((await told(made, 'add', 'first@acme.example', '--role', 'admin')).code, 0);
    assert.deepEqual((await told(made, 'list')).people.map((p) => [p.email, p.role]), [['first@acme.example', 'admin']]);
    assert.equal(existsSync(join(made.data, 'control.sock')), false);
  });

  it('a folder that holds no store is refused by every verb, and left as it is: its name may be a slip', async () => {
    const portal = await serve();
    const empty = emptyFolder();
    const env = { GUICHET_PORTAL: join(portal.folder, 'out/portal'), GUICHET_ORIGIN: portal.origin };
    for (const [data, why] of [[join(empty, 'dtaa'), /dtaa: error: no store here \(there is no such folder\)/], [empty, /: error: no store here \(it holds no guichet\.db\)/]]) {
      for (const args of [['people', 'list'], ['people', 'add', ANNA], ['people', 'set', ANNA, '--name', 'A'], ['people', 'disable', ANNA], ['people', 'enable', ANNA], ['invite', ANNA], ['explain', '--as', ANNA], ['audit']]) {
        const { code, stderr } = await run('guichet-api', [...args, '--data', data], { env });
        assert.equal(code, 1, args.join(' '));
        assert.match(stderr, why);
        assert.match(stderr, /want the data folder that the server uses: --data DIR, or GUICHET_DATA\. "guichet-api serve" makes a new one/);
      }
    }
    assert.deepEqual(readdirSync(empty), []);
  });

  it('a folder that somebody holds for a moment is waited for; for ever it is not', async () => {
    const own = await serve();
    await own.stop();
    const hold = (seconds) => new Promise((held) => {
      const holder = spawn('flock', ['--no-fork', join(own.data, 'lock'), 'sh', '-c', `echo held; exec sleep ${seconds}`], { stdio: ['ignore', 'pipe', 'inherit'] });
      holder.stdout.once('data', () => held(holder));
    });
    await hold(1);
    const { code, stderr } = await people(own, 'list');
    assert.equal(code, 0, stderr);
    const holder = await hold(60);
    const refused = await people(own, 'list');
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /held by another guichet-api/);
    assert.match(refused.stderr, /waited 5 seconds for whoever holds it to answer or to end; nothing was done/);
    holder.kill();
  });

  it('a socket that a killed server left behind is in nobody’s way', async () => {
    const own = await serve();
    await own.kill();
    assert.ok(existsSync(join(own.data, 'control.sock')));
    assert.equal((await told(own, 'set', ANNA, '--company', 'Birch')).people[0].company, 'Birch');
    await own.again();
    assert.equal((await told(own, 'list')).code, 0);
  });
});

describe('the control socket', () => {
  it('is its owner’s alone, and gone when the server stops', async () => {
    const mode = statSync(join(server.data, 'control.sock')).mode;
    assert.equal(mode & 0o777, 0o600);
    const own = await serve();
    await own.stop();
    assert.equal(existsSync(join(own.data, 'control.sock')), false);
  });

  it('is open until a server that ends has let go of the store', async () => {
    const own = await serve();
    const open = await sendHalf(own); // a request that runs holds the server's end up for a moment
    own.program.child.kill('SIGTERM');
    await own.program.line(/ info +stopping$/m);
    const { code, stderr } = await people(own, 'set', BEN, '--name', 'Benedict Ode');
    assert.equal(own.program.code, null, 'it was answered while the server was still ending');
    open.destroy();
    assert.equal(code, 0, stderr);
    assert.equal(await own.program.stop(), 0, own.program.said);
    assert.match((await people(own, 'list')).stdout, /Benedict Ode/);
  });

  it('sends another user away, who got as far as to it', { skip: process.getuid() !== 0 && 'only root can become somebody else' }, async () => {
    const own = await serve();
    for (let folder = own.data; folder !== '/tmp' && folder !== '/'; folder = dirname(folder)) chmodSync(folder, 0o755);
    chmodSync(join(own.data, 'control.sock'), 0o666); // the first fence is down: the kernel says who calls
    const script = `const s = require('node:net').createConnection(${JSON.stringify(join(own.data, 'control.sock'))}, () => {
      const text = '{"verb":"people list"}'; s.write(Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(text)])); });
      let got = 0; s.on('data', (d) => { got += d.length; }); s.on('error', () => {}); s.on('close', () => console.log('got ' + got));`;
    const { stdout, stderr } = await runProgram('setpriv', ['--reuid', '65534', '--regid', '65534', '--clear-groups', process.execPath, '-e', script], { cwd: '/' });
    assert.equal(stdout, 'got 0\n', stderr);
    assert.match(own.program.stderr, /control_refused/);
    assert.equal((await told(own, 'list')).code, 0, 'the server’s own user is answered');
  });

  it('survives whoever speaks nonsense, too much, or nothing', async () => {
    const nonsense = [Buffer.from([0xff, 0xff, 0xff, 0xff, 1]), Buffer.from([0, 0, 0, 0]), framed('[]'), framed('not json'), framed('{"a":1,"a":2}')];
    for (const bytes of nonsense) assert.equal((await speak(server, bytes)).length, 0);
    for (const text of ['{}', '{"verb":"no such"}', '{"verb":1}', '{"verb":"people add"}', '{"verb":"people add","addresses":7,"options":[]}', '{"verb":"people disable","addresses":[1,null]}']) {
      const answer = JSON.parse((await speak(server, framed(text))).subarray(4).toString());
      assert.equal(answer.errors.length > 0, true, text);
    }
    const silent = createConnection(join(server.data, 'control.sock'));
    silent.on('error', () => {});
    await new Promise((done) => silent.on('connect', done));
    silent.destroy();
    assert.equal((await told(server, 'list')).code, 0);
  });

  it('answers others while some are silent', async () => {
    const silent = await Promise.all(Array.from({ length: 4 }, () => new Promise((done) => {
      const socket = createConnection(join(server.data, 'control.sock'), () => socket.write(Buffer.from([0, 0]), () => done(socket)));
      socket.on('error', () => {});
    })));
    const begun = Date.now();
    assert.equal((await told(server, 'list')).code, 0);
    assert.ok(Date.now() - begun < 8000, 'a silent caller has ten seconds'); // four of them had forty
    for (const socket of silent) socket.destroy();
  });

  it('works in a folder whose path is longer than a socket’s may be', async () => {
    const deep = join(emptyFolder('a'.repeat(60)), 'b'.repeat(60));
    mkdirSync(deep);
    chmodSync(deep, 0o700);
    const long = await serve({ data: join(deep, 'data') });
    assert.equal((await told(long, 'add', 'deep@acme.example')).code, 0);
    assert.deepEqual((await told(long, 'list')).people.map((p) => p.email), ['deep@acme.example']);
  });
});

describe('the command line', () => {
  const usage = async (args, pattern) => {
    const { code, stderr } = await people(server, ...args);
    assert.equal(code, 2, stderr);
    assert.match(stderr, pattern);
  };

  it('asks back', async () => {
    await usage([], /people: want what to do; guichet-api people --help lists it/);
    await usage(['frobnicate'], /people: unknown verb "frobnicate"; guichet-api people --help lists them/);
    await usage(['--json'], /people: want what to do/);
    await usage(['ad', MIA], /people: unknown verb "ad"; did you mean "add"\?/);
    await usage(['add'], /people add: want one e-mail address, got 0/);
    await usage(['add', 'a@b.example', '--nmae', 'x'], /unknown option "--nmae"; did you mean "--name"\?/);
    await usage(['set', MIA, '--disabled'], /unknown option "--disabled"/);
    await usage(['add', 'a@b.example', '--name'], /--name: want a value after it/);
    await usage(['list', '--format', 'xml'], /--format: want text or json, got "xml"/);
    await usage(['list', '--role=agent', '--role=admin'], /--role: given twice/);
  });

  it('tells of each verb', async () => {
    const all = await people(server, '--help');
    assert.equal(all.code, 0);
    for (const verb of ['list', 'add', 'set', 'disable', 'enable', 'link']) assert.match(all.stdout, new RegExp(`guichet-api people ${verb}`));
    const one = await people(server, 'add', '--help');
    assert.match(one.stdout, /--company NAME/);
    assert.doesNotMatch(one.stdout, /--no-group/);
    assert.match(one.stdout, /--data DIR[\s\S]*--portal DIR/);
    assert.doesNotMatch(one.stdout, /--threads/);
    const program = (await run('guichet-api', ['--help'])).stdout;
    assert.match(program, /guichet-api people add ADDRESS \[OPTION/);
    assert.doesNotMatch(program, /guichet-api .* {2}/);
  });
});

describe('guichet-api people link', () => {
  const NEW = 'a quiet harbour in the fog';
  const linkIn = (stdout) => /https?:\/\/\S+/.exec(stdout)[0];
  const choose = (url, password = NEW) => server.client().post('/resets/confirm', { token: new URL(url).hash.split('=')[1], password });

  it('prints what a mail would bring, for whom no mail reaches; its life is told, and it is in the audit log', async () => {
    await people(server, 'add', 'link@acme.example', '--name', 'Lin K', '--locale', 'fr');
    const { code, stdout, stderr } = await people(server, 'link', 'LINK@acme.example');
    assert.equal(code, 0, stderr);
    const url = linkIn(stdout);
    assert.ok(url.startsWith(`${server.origin}/support/fr/reset-form/#invitation=`), url);
    const until = new Date(/until (\d{4}-\d\d-\d\d \d\d:\d\d) UTC/.exec(stdout)[1].replace(' ', 'T') + 'Z');
    assert.ok(Math.abs(until - Date.now() - 14 * 86_400_000) < 120_000, String(until));
    const log = await run('guichet-api', ['audit', '--action', 'link.print'], { env: { GUICHET_DATA: server.data, GUICHET_PORTAL: join(server.folder, 'out/portal'), GUICHET_ORIGIN: server.origin } });
    assert.match(log.stdout, /link\.print/);
    assert.match(log.stdout, /link@acme\.example/);
    assert.doesNotMatch(log.stdout, new RegExp(url.split('=')[1]), 'the link itself is nowhere');
    assert.equal((await choose(url)).status, 204);
    assert.equal((await server.client().signIn('link@acme.example', NEW)).status, 200);
    assert.equal((await choose(url)).code, 'token_used', 'T09: once');
  });

  it('of somebody with a password is a reset, for an hour; the last one printed counts', async () => {
    const first = linkIn((await people(server, 'link', CARL)).stdout);
    const { stdout } = await people(server, 'link', CARL);
    const second = linkIn(stdout);
    assert.match(second, /\/reset-form\/#token=/);
    assert.equal((await choose(first)).code, 'token_expired');
    assert.equal((await server.client().signIn(CARL, PASSWORD)).status, 200, 'nothing changes before it is used');
    assert.equal((await choose(second)).status, 204);
  });

  for (const [what, where, args, wanted] of [
    ['nobody', server, ['nobody@acme.example'], /nobody has this address; guichet-api people add nobody@acme\.example adds them/],
    ['who is in no access group', chosen, [ANNA], /would not be let in, being in no access group; guichet-api people set .* --group ID/],
    ['two at once', server, [ANNA, BEN], /want one e-mail address, got 2/],
  ]) {
    it(`prints none for ${what}, and says what to do`, async () => {
      const { code, stdout, stderr } = await people(where, 'link', ...args);
      assert.notEqual(code, 0);
      assert.match(stderr, wanted);
      assert.doesNotMatch(stdout, /https?:/);
    });
  }

  it('prints none for the disabled', async () => {
    await people(server, 'disable', 'link@acme.example');
    const { code, stderr } = await people(server, 'link', 'link@acme.example');
    assert.notEqual(code, 0);
    assert.match(stderr, /is disabled; guichet-api people enable/);
  });
});
