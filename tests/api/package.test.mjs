// The Debian package: what lies in it works from where it lies, with the settings that come with it.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Client } from '../harness/client.mjs';
import { freePort, root } from '../harness/guichet.mjs';
import { Program, run } from '../harness/process.mjs';
import { atEnd, tempFolder } from '../harness/temp.mjs';

const made = await run(join(root, 'build.sh'), ['package'], { cwd: root, env: { HOME: process.env.HOME } });
assert.equal(made.code, 0, made.stdout + made.stderr);
const [name] = readdirSync(join(root, 'build')).filter((file) => file.endsWith('.deb'));
const deb = join(root, 'build', name);
const folder = tempFolder('package');
const installed = join(folder, 'installed');
assert.equal((await run('/usr/bin/dpkg-deb', ['-x', deb, installed])).code, 0);
atEnd(() => rmSync(deb));

const program = (name) => join(installed, 'usr/bin', name);
const field = async (name) => (await run('/usr/bin/dpkg-deb', ['-f', deb, name])).stdout.trim();

/** The settings that come with it, as on a machine whose / is another folder; Debian has srv/, and postinst makes the other. */
function settings(port) {
  for (const there of ['srv', 'var/lib/guichet']) mkdirSync(join(folder, there), { recursive: true });
  const text = readFileSync(join(installed, 'etc/guichet/guichet.conf'), 'utf8')
    .replaceAll('=/srv/', `=${folder}/srv/`).replaceAll('=/var/', `=${folder}/var/`).replace('127.0.0.1:8080', `127.0.0.1:${port}`)
    .replace('#GUICHET_ORIGIN=https://support.example.com', `GUICHET_ORIGIN=http://localhost:${port}`);
  assert.match(text, new RegExp(`^GUICHET_LISTEN=127.0.0.1:${port}$`, 'm'));
  assert.match(text, /^GUICHET_ORIGIN=http/m);
  writeFileSync(join(folder, 'guichet.conf'), text);
  return { GUICHET_CONFIG: join(folder, 'guichet.conf') };
}

describe('the Debian package', () => {
  it('names the libraries that it needs, and the settings that upgrades leave alone', async () => {
    const depends = await field('Depends');
    for (const library of ['libsqlite3-0', 'libcivetweb1', 'libjansson4', 'libcmark0']) assert.ok(depends.includes(library), depends);
    assert.equal((await run('/usr/bin/dpkg-deb', ['-I', deb, 'conffiles'])).stdout, '/etc/guichet/guichet.conf\n');
    assert.equal(`guichet_${await field('Version')}_${await field('Architecture')}.deb`, name);
  });

  it('holds programs, themes, an example, manual pages, a service and its settings, and nothing of the tests', () => {
    for (const path of ['usr/bin/guichet-gen', 'usr/bin/guichet-api', 'usr/share/guichet/themes/default/theme.json', 'usr/share/man/man1/guichet-gen.1',
      'usr/share/guichet/example/content/portal.json', 'usr/share/man/man8/guichet-api.8', 'lib/systemd/system/guichet.service',
      'usr/share/doc/guichet/copyright', 'usr/share/guichet/openapi.json']) {
      assert.ok(existsSync(join(installed, path)), path);
    }
    assert.deepEqual(readdirSync(join(installed, 'usr/bin')).sort(), ['guichet-api', 'guichet-gen']);
    assert.equal(statSync(program('guichet-api')).mode & 0o777, 0o755);
  });

  it('makes a portal with its own themes, serves it, and lets the first person in', async () => {
    const site = join(folder, 'srv/guichet'), port = await freePort();
    const env = settings(port);
    for (const args of [['init', site, '--name', 'Acme Support', '--domain', 'support.example.com', '--locales', 'en,fr'], ['build', '--site', site]]) {
      const { code, stdout, stderr } = await run(program('guichet-gen'), args, { cwd: folder });
      assert.equal(code, 0, stdout + stderr);
    }
    const missing = await run(program('guichet-gen'), ['init', join(folder, 'other'), '--locales', 'ga'], { cwd: folder });
    assert.ok(missing.stderr.includes(join(installed, 'usr/share/guichet/themes')), missing.stderr);
    const server = new Program(program('guichet-api'), ['serve'], { cwd: folder, env });
    atEnd(() => server.stop());
    assert.ok(await server.line(/^listening on/m), server.said);
    const added = await run(program('guichet-api'), ['people', 'add', 'anna@acme.example', '--name', 'Anna Berg'], { cwd: folder, env });
    assert.equal(added.code, 0, added.stderr);
    const link = await run(program('guichet-api'), ['people', 'link', 'anna@acme.example'], { cwd: folder, env });
    assert.match(link.stdout, new RegExp(`http://localhost:${port}/\\S+`));
    const client = new Client({ port, origin: `http://localhost:${port}`, host: `localhost:${port}` });
    assert.match((await client.page('/support/en/')).text, /Acme Support/);
    assert.equal(await server.stop(), 0, server.said);
  });

  it('has a service that systemd takes without a word', async () => {
    const unit = join(folder, 'guichet.service');
    writeFileSync(unit, readFileSync(join(installed, 'lib/systemd/system/guichet.service'), 'utf8').replace('=/usr/bin/', `=${installed}/usr/bin/`));
    const { code, stdout, stderr } = await run('/usr/bin/systemd-analyze', ['verify', '--man=no', unit]);
    assert.deepEqual([code, stdout + stderr], [0, '']);
  });

  it('gives the settings to its user the first time, and leaves them as the admin has them ever after', async () => {
    const { uid, gid, username } = userInfo();
    const etc = join(folder, 'etc'), file = join(etc, 'guichet.conf'), script = join(folder, 'postinst');
    const text = (await run('/usr/bin/dpkg-deb', ['-I', deb, 'postinst'])).stdout
      .replaceAll('/etc/guichet', etc).replaceAll('/var/lib/', `${folder}/var/lib/`).replaceAll('/run/systemd', join(folder, 'run'))
      .replace('passwd guichet', `passwd ${username}`).replace('root:guichet', `${uid}:${gid}`).replace('-o guichet -g guichet', `-o ${uid} -g ${gid}`);
    writeFileSync(script, text);
    const configure = async (...before) => (await run('/bin/sh', [script, 'configure', ...before], { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } })).code;
    mkdirSync(etc);
    mkdirSync(join(folder, 'var/lib'), { recursive: true });
    assert.equal(await configure(), 0, 'an admin had deleted the file');
    writeFileSync(file, '', { mode: 0o644 });
    assert.equal(await configure(), 0);
    assert.equal(statSync(file).mode & 0o777, 0o640);
    chmodSync(file, 0o600);
    assert.equal(await configure('1.0'), 0);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder, 'var/lib/guichet')).mode & 0o777, 0o700);
  });

  it('runs as a user of its own, and leaves what customers wrote even when it is purged', async () => {
    const script = async (which) => (await run('/usr/bin/dpkg-deb', ['-I', deb, which])).stdout;
    assert.match(readFileSync(join(installed, 'lib/systemd/system/guichet.service'), 'utf8'), /^User=guichet$/m);
    assert.match(await script('postinst'), /adduser .*--system --group .*guichet/);
    for (const which of ['prerm', 'postrm']) assert.doesNotMatch(await script(which), /\brm\b/);
  });
});
