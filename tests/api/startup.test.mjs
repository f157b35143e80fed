import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Client } from '../harness/client.mjs';
import { ANNA, PASSWORD, dataFolder, demo, freePort, people, run, serve, start } from '../harness/guichet.mjs';
import { tempFolder } from '../harness/temp.mjs';

const server = await serve();

/** Try to serve; must end by itself. */
async function attempt(env, args = []) {
  const port = await freePort();
  return await run('guichet-api', ['serve', ...args], {
    milliseconds: 20_000,
    env: {
      GUICHET_LISTEN: `127.0.0.1:${port}`,
      GUICHET_ORIGIN: `http://localhost:${port}`,
      GUICHET_DATA: server.data,
      GUICHET_PORTAL: join(server.folder, 'out/portal'),
      GUICHET_SITE: join(server.folder, 'out/site'),
      ...env,
    },
  });
}

describe('guichet-api serve does not start, and says why,', () => {
  it('when there is no compiled portal', async () => {
    const { code, stderr } = await attempt({ GUICHET_DATA: await dataFolder(), GUICHET_PORTAL: join(tempFolder(), 'out/portal') });
    assert.equal(code, 1);
    assert.match(stderr, /portal\.json: error: not found/);
    assert.match(stderr, /gen/, 'it says what to run');
  });

  it('when the compiled portal has another format', async () => {
    const folder = tempFolder();
    const portal = JSON.parse(readFileSync(join(server.folder, 'out/portal/portal.json'), 'utf8'));
    writeFileSync(join(folder, 'portal.json'), JSON.stringify({ ...portal, format: 99 }));
    const { code, stderr } = await attempt({ GUICHET_DATA: await dataFolder(), GUICHET_PORTAL: folder });
    assert.equal(code, 1);
    assert.match(stderr, /portal\.json:1:\d+: error: .*format.*does not read/);
  });

  it('when another guichet-api holds the data folder', async () => {
    const { code, stderr } = await attempt({});
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`held by another guichet-api \\(process ${server.program.pid}\\)`));
    assert.equal((await server.client().get('/health')).status, 200, 'the other one goes on');
  });

  it('when the data folder was made by a newer version', async () => {
    const data = await dataFolder();
    const database = readFileSync(join(data, 'guichet.db'));
    database.writeUInt32BE(99, 60); // PRAGMA user_version (SQLite's file format, section 1.3)
    writeFileSync(join(data, 'guichet.db'), database);
    const before = readFileSync(join(data, 'guichet.db'));
    const { code, stderr } = await attempt({ GUICHET_DATA: data });
    assert.equal(code, 1);
    assert.match(stderr, /made by a newer version \(99; this program knows up to \d+\); start that one, or put back a backup from before/);
    assert.ok(before.equals(readFileSync(join(data, 'guichet.db'))), 'the folder was touched');
  });

  it('when mail.key is damaged, and what to do about it', async () => {
    const data = await dataFolder();
    writeFileSync(join(data, 'mail.key'), 'x');
    const { code, stderr } = await attempt({ GUICHET_DATA: data });
    assert.equal(code, 1);
    assert.match(stderr, /mail\.key cannot be read or made; put the one of a backup in its place/);
  });

  it('when the port is taken', async () => {
    const holder = createServer();
    await new Promise((done) => holder.listen(0, '127.0.0.1', done));
    const { port } = holder.address();
    const { code, stderr } = await attempt({ GUICHET_DATA: await dataFolder(), GUICHET_LISTEN: `127.0.0.1:${port}` });
    holder.close();
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`${port}.*(taken|in use)`));
  });

  it('when the data folder’s database is none', async () => {
    const data = tempFolder();
    writeFileSync(join(data, 'guichet.db'), 'This is not a database, but long enough to look like a file. '.repeat(100));
    const { code, stderr } = await attempt({ GUICHET_DATA: data });
    assert.equal(code, 1);
    assert.match(stderr, /guichet\.db|database/);
  });

  for (const [name, value, expected] of [
    ['GUICHET_LISTEN', 'nonsense', /nonsense/],
    ['GUICHET_LISTEN', '127.0.0.1:99999', /99999/],
    ['GUICHET_THREADS', 'many', /GUICHET_THREADS.*many/],
    ['GUICHET_ORIGIN', 'support.acme.example', /support\.acme\.example/],
    ['GUICHET_ORIGIN', 'http://support.acme.example', /http:\/\/support\.acme\.example/],
    ['GUICHET_LOG', 'loud', /GUICHET_LOG.*loud/],
  ]) {
    it(`when ${name} is "${value}"`, async () => {
      const { code, stderr } = await attempt({ GUICHET_DATA: await dataFolder(), [name]: value });
      assert.equal(code, 1);
      assert.match(stderr, expected);
    });
  }

  it('when several settings are wrong, and says all of it at once', async () => {
    const empty = join(tempFolder(), 'password');
    writeFileSync(empty, '\n');
    const { code, stderr } = await attempt({
      GUICHET_LISTEN: 'nonsense', GUICHET_ORIGIN: 'acme.example', GUICHET_SMTP: 'smtp://mail.acme.example:99999', GUICHET_IMAP: 'imaps://mail.acme.example:0',
      GUICHET_SMTP_CA: '/nowhere/smtp.pem', GUICHET_IMAP_CA: '/nowhere/imap.pem', GUICHET_WEBHOOK_CA: tempFolder(), GUICHET_OIDC_CA: '/nowhere/oidc.pem',
      GUICHET_SMTP_PASSWORD_FILE: '/nowhere/password', GUICHET_IMAP_PASSWORD_FILE: empty, GUICHET_OIDC_ACME_SECRET_FILE: '/nowhere/secret',
    });
    assert.equal(code, 1);
    for (const said of [
      /GUICHET_LISTEN: want an IPv4 address with a port such as 127\.0\.0\.1:8080, got "nonsense"/,
      /GUICHET_ORIGIN: want https:\/\/HOST, or http:\/\/localhost:PORT in development, got "acme\.example"/,
      /GUICHET_SMTP: want .*99999"/, /GUICHET_IMAP: want .*:0"/,
      /GUICHET_SMTP_CA: "\/nowhere\/smtp\.pem" cannot be read: No such file or directory; want a file of certificates \(PEM\)/,
      /GUICHET_IMAP_CA: "\/nowhere\/imap\.pem" cannot be read/, /GUICHET_OIDC_CA: "\/nowhere\/oidc\.pem" cannot be read/,
      /GUICHET_WEBHOOK_CA: ".*" cannot be read: Is a directory/,
      /GUICHET_SMTP_PASSWORD_FILE: "\/nowhere\/password" cannot be read: No such file or directory; want a file that holds the secret/,
      /GUICHET_IMAP_PASSWORD_FILE: ".*\/password" is empty; want a file that holds the secret/,
      /GUICHET_OIDC_ACME_SECRET_FILE: "\/nowhere\/secret" cannot be read/,
    ]) assert.match(stderr, said);
  });

  it('when its settings file names a secret’s file that is not there', async () => {
    const file = join(tempFolder(), 'guichet.conf');
    writeFileSync(file, 'GUICHET_IMAP_PASSWORD_FILE=/nowhere/password\n');
    const { code, stderr } = await attempt({ GUICHET_CONFIG: file });
    assert.equal(code, 1);
    assert.match(stderr, /GUICHET_IMAP_PASSWORD_FILE: "\/nowhere\/password" cannot be read/);
  });

  it('when its settings file has a name it does not know, with the place and the nearest', async () => {
    const file = join(tempFolder(), 'guichet.conf');
    writeFileSync(file, '# comment\nGUICHET_THREADS=64\nGUICHET_LISTN=127.0.0.1:1\n');
    const { code, stderr } = await attempt({ GUICHET_CONFIG: file });
    assert.equal(code, 1);
    assert.match(stderr, /guichet\.conf:3:1: error: .*GUICHET_LISTN.*did you mean "GUICHET_LISTEN"/);
  });

  it('when the command line is not understood', async () => {
    assert.equal((await attempt({}, ['--dta', 'x'])).code, 2);
    assert.equal((await run('guichet-api', ['srve'])).code, 2);
    assert.equal((await run('guichet-gen', ['biuld'])).code, 2);
    assert.equal((await run('guichet-gen', ['build', '--sight', 'x'])).code, 2);
  });
});

describe('guichet-api serve', () => {
  it('says which setting of the environment it does not know, when it nearly has the name of one', async () => {
    const { stderr } = await attempt({ GUICHET_LISTENN: 'x', GUICHET_SMTP_PASWORD: 'secret', GUICHET_ZEBRA: 'x', GUICHET_DATA: await dataFolder(), GUICHET_PORTAL: '/nowhere' });
    assert.match(stderr, /setting_unknown name=GUICHET_LISTENN meaning="did you mean GUICHET_LISTEN\?"/);
    assert.match(stderr, /setting_unknown name=GUICHET_SMTP_PASWORD meaning="did you mean GUICHET_SMTP_PASSWORD\?"/);
    assert.doesNotMatch(stderr, /ZEBRA|secret|name=GUICHET_(LISTEN|CONFIG|DATA|PROGRAMS|ORIGIN) /);
  });

  it('says aloud that it makes a new mail.key for a data folder that was there, and nothing when it is there', async () => {
    const data = await dataFolder();
    const env = { GUICHET_REPLY_ADDRESS: 'support@reply.acme.example' };
    const first = await serve({ folder: server.folder, data, env });
    assert.match(first.program.said, /mail_key_made file=mail\.key meaning=".*cannot be answered any more; a backup may hold the old one"/);
    await first.stop();
    const second = await serve({ folder: server.folder, data, env });
    assert.doesNotMatch(second.program.said, /mail_key_made/);
  });
});

describe('the programs', () => {
  for (const program of ['guichet-api', 'guichet-gen']) {
    it(`${program} tells its version and what it can do`, async () => {
      const version = await run(program, ['--version']);
      assert.equal(version.code, 0);
      assert.match(version.stdout, /^guichet-(api|gen) \d+\.\d+\.\d+$/m);
      const help = await run(program, ['--help']);
      assert.equal(help.code, 0);
      assert.match(help.stdout, program === 'guichet-api' ? /serve[\s\S]*GUICHET_LISTEN/ : /build[\s\S]*--out/);
    });
  }

  it('tell of one verb alone when it is named', async () => {
    for (const [verb, head, own, others] of [
      ['explain', /^usage: guichet-api explain --as ADDRESS/, /--ticket N\n[\s\S]*GUICHET_DATA/, /guichet-api (serve|demo)|--threads|--listen/],
      ['demo', /^usage: guichet-api demo \[FILE\]/, /FILE\n[\s\S]*GUICHET_DATA/, /guichet-api (serve|explain)|--threads|--listen/],
      ['audit', /^usage: guichet-api audit \[--since DAY\]/, /--person ADDRESS\n[\s\S]*GUICHET_DATA/, /guichet-api (serve|demo)|--threads|--listen/],
      ['serve', /^usage: guichet-api serve \[OPTION/, /--threads NUMBER/, /guichet-api (demo|explain)/],
    ]) {
      const { code, stdout } = await run('guichet-api', [verb, '--help']);
      assert.equal(code, 0);
      assert.match(stdout, head);
      assert.match(stdout, own);
      assert.doesNotMatch(stdout, others);
    }
  });

  for (const signal of ['SIGTERM', 'SIGINT']) {
    it(`stop cleanly on ${signal}, with 0, and start again where they were`, async () => {
      const data = await dataFolder();
      const first = await serve({ data });
      const anna = await first.signedIn(ANNA);
      const { number } = (await anna.file('Before the stop', 'Hello')).json;
      assert.equal(await first.program.stop(signal), 0, first.program.said);
      const second = await serve({ data });
      const again = await second.signedIn(ANNA);
      assert.equal((await again.get(`/tickets/${number}`)).json.ticket.subject, 'Before the stop');
    });
  }

  it('lose nothing that was answered when killed', async () => {
    const data = await dataFolder();
    const options = { env: { GUICHET_DATA: data, GUICHET_PORTAL: join(server.folder, 'out/portal'), GUICHET_SITE: '' } };
    const port = await freePort();
    Object.assign(options.env, { GUICHET_LISTEN: `127.0.0.1:${port}`, GUICHET_ORIGIN: `http://localhost:${port}` });
    const doomed = start('guichet-api', ['serve'], options);
    assert.ok(await doomed.line(/^listening on/m));
    const client = new Client({ port, origin: `http://localhost:${port}`, host: `localhost:${port}` });
    await client.signIn(ANNA, PASSWORD);
    const { number } = (await client.file('Before the kill', 'Hello')).json;
    await doomed.stop('SIGKILL');
    const second = await serve({ data });
    const anna = await second.signedIn(ANNA);
    assert.equal((await anna.get(`/tickets/${number}`)).status, 200);
  });

  it('answer the API alone when they have no site', async () => {
    const bare = await serve({ env: { GUICHET_SITE: '' } });
    assert.equal((await bare.client().get('/health')).status, 200);
    assert.equal((await bare.client().page('/support/en/')).status, 404);
  });
});

describe('guichet-api demo', () => {
  it('refuses a folder that holds a store already, and leaves it alone', async () => {
    const data = await dataFolder();
    const before = readFileSync(join(data, 'guichet.db'));
    const { code, stderr } = await demo(people, data);
    assert.equal(code, 1);
    assert.ok(stderr.length > 0);
    assert.ok(before.equals(readFileSync(join(data, 'guichet.db'))));
  });

  it('reports what is wrong in its file with the place, and makes no data', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'in'));
    const file = join(folder, 'in/demo.json');
    writeFileSync(file, readFileSync(people, 'utf8').replace('"anna@acme.example"', '17'));
    const { code, stderr } = await demo(file, join(folder, 'data'));
    assert.equal(code, 1);
    assert.match(stderr, /demo\.json:\d+:\d+: error: /);
    assert.ok(!existsSync(join(folder, 'data/guichet.db')) || (await serve({ data: join(folder, 'data') })), 'half a store');
  });

  it('fills the shipped example, whose people can sign in', async () => {
    const data = join(tempFolder('example'), 'data');
    const { code, stdout, stderr } = await demo('content/demo/demo.json', data);
    assert.equal(code, 0, stdout + stderr);
    const example = await serve({ data });
    const anna = await example.signedIn('anna.berg@acme.example', 'guichet-demo-2026');
    assert.ok((await anna.get('/tickets')).json.tickets.length >= 5);
    const mia = await example.signedIn('mia.laurent@guichet.example', 'guichet-demo-2026');
    assert.equal((await mia.get('/tickets')).json.tickets.length, 25);
  });
});
