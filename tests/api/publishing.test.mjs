import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { editJson, generate, portalFolder, root, run, start } from '../harness/guichet.mjs';
import { run as runProgram } from '../harness/process.mjs';
import { tempFolder } from '../harness/temp.mjs';

/** Every file of out/site and out/portal with its bytes, mode included. */
function outcome(out) {
  const all = new Map();
  for (const part of ['site', 'portal']) {
    for (const entry of readdirSync(join(out, part), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath ?? entry.path, entry.name);
      all.set(path.slice(out.length + 1), `${lstatSync(path).mode.toString(8)} ${readFileSync(path, 'latin1')}`);
    }
  }
  return all;
}

function mustBeTheSame(one, other) {
  assert.deepEqual([...one.keys()].sort(), [...other.keys()].sort());
  for (const [path, bytes] of one) assert.ok(other.get(path) === bytes, `${path} differs`);
}

const build = (folder, options, ...args) => run('guichet-gen', ['build', '--site', folder, ...args], options);

async function built(folder, options, ...args) {
  const { code, stderr } = await build(folder, options, ...args);
  assert.equal(code, 0, stderr);
  return outcome(join(folder, 'out'));
}

describe('identical input gives identical bytes', () => {
  const compressed = (folder, options) => built(folder, options, '--compress');
  const first = portalFolder();
  const wanted = compressed(first);

  it('in another folder, under another name, from another place', async () => {
    const other = portalFolder();
    mustBeTheSame(await wanted, await compressed(other, { cwd: '/' }));
    const relative = portalFolder();
    const { code } = await run('guichet-gen', ['build', '--compress'], { cwd: relative });
    assert.equal(code, 0);
    mustBeTheSame(await wanted, outcome(join(relative, 'out')));
  });

  it('in another locale, time zone and time', async () => {
    const env = { LANG: 'tr_TR.UTF-8', LC_ALL: 'C', TZ: 'Pacific/Kiritimati', SOURCE_DATE_EPOCH: '1', HOME: '/nowhere' };
    mustBeTheSame(await wanted, await compressed(portalFolder(), { env }));
  });

  it('under another umask, as far as bytes go; and what is published can be read as the umask has it', async () => {
    const folder = portalFolder();
    const program = resolve(root, process.env.GUICHET_PROGRAMS ?? 'build', 'guichet-gen');
    const { code } = await runProgram('/bin/sh', ['-c', 'umask 077; exec "$0" build --compress --site "$1"', program, folder]);
    assert.equal(code, 0);
    const strip = (map) => new Map([...map].map(([path, bytes]) => [path, bytes.replace(/^\d+ /, '')]));
    mustBeTheSame(strip(await wanted), strip(outcome(join(folder, 'out'))));
  });

  it('with files that were written in another order', async () => {
    const folder = portalFolder((place) => {
      const source = join(root, 'content');
      rmSync(join(place, 'content'), { recursive: true });
      const files = readdirSync(source, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort().reverse();
      for (const file of files) {
        const target = join(place, 'content', file.slice(source.length + 1));
        mkdirSync(dirname(target), { recursive: true });
        cpSync(file, target);
      }
    });
    mustBeTheSame(await wanted, await compressed(folder));
  });

  it('after other builds, as after none', async () => {
    const folder = portalFolder();
    const settings = readFileSync(join(folder, 'content/portal.json'));
    await compressed(folder);
    editJson(folder, 'content/portal.json', (portal) => { portal.slug = '/help-desk/'; portal.theme_settings = { radius: '1px' }; });
    await compressed(folder);
    writeFileSync(join(folder, 'content/portal.json'), settings);
    mustBeTheSame(await wanted, await compressed(folder));
  });
});

/** Two portals by turns in one folder: what each build is, whole, so that a mixture would be seen. */
async function twoPortals() {
  const folder = portalFolder();
  const versions = [];
  const write = (version) => editJson(folder, 'content/portal.json', (portal) => {
    portal.name = { en: `Version ${version}`, fr: `Version ${version}` };
    portal.theme_settings = { radius: `${version}px` };
  });
  for (const version of [1, 2]) {
    write(version);
    versions[version] = await built(folder);
  }
  return { folder, versions, write };
}

function which(versions, found) {
  return [1, 2].find((version) => versions[version].size === found.size && [...versions[version]].every(([path, bytes]) => found.get(path) === bytes));
}

describe('a build that stops half way', () => {
  it('leaves a whole portal served wherever it is killed, and the next build is fine', async () => {
    const { folder, versions, write } = await twoPortals();
    const times = [];
    for (let round = 0; round < 3; round++) {
      write(round % 2 ? 2 : 1);
      const begun = performance.now();
      await built(folder);
      times.push(performance.now() - begun);
    }
    const whole = Math.max(...times);
    let killed = 0;
    for (let round = 0; round < 24; round++) {
      const version = round % 2 ? 1 : 2;
      write(version);
      const program = start('guichet-gen', ['build', '--site', folder]);
      await new Promise((done) => setTimeout(done, Math.random() * whole * 1.1));
      await program.stop('SIGKILL');
      killed += program.code === 'SIGKILL';
      const found = outcome(join(folder, 'out'));
      assert.ok(which(versions, found), `round ${round}: what is served is neither the old nor the new portal`);
      if (round % 8 === 7) assert.equal(which(versions, await built(folder)), version);
    }
    assert.ok(killed > 5, `only ${killed} were killed while they ran`);
    write(1);
    assert.equal(which(versions, await built(folder)), 1);
    const { code } = await run('guichet-gen', ['rollback', '--site', folder]);
    assert.equal(code, 0);
    assert.ok(which(versions, outcome(join(folder, 'out'))));
  });

  it('leaves the old one when a file cannot be written, says so once, and the next build is fine', async () => {
    const { folder, versions, write } = await twoPortals();
    const program = resolve(root, process.env.GUICHET_PROGRAMS ?? 'build', 'guichet-gen');
    write(1);
    appendFileSync(join(folder, 'content/help/en/tickets/20-files.md'), '\nMore, so that it must be written.\n'.repeat(200));
    // As a full disk, but for one user: no file may grow over four blocks of 512 bytes.
    const { code, stdout, stderr } = await runProgram('/bin/sh', ['-c', 'trap "" XFSZ; ulimit -f 4; exec "$0" build --site "$1"', program, folder]);
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /cannot be written: File too large\nnothing was written\n$/);
    assert.equal(stderr.match(/error:/g).length, 1);
    assert.equal(which(versions, outcome(join(folder, 'out'))), 2);
    assert.equal((await build(folder)).code, 0);
    assert.equal(which(versions, outcome(join(folder, 'out'))), undefined);
  });

  it('leaves the old one when the disk is full', async (t) => {
    const place = tempFolder('disk');
    const mounted = await runProgram('/bin/mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', place]);
    if (mounted.code !== 0) return t.skip('a small file system wants root');
    try {
      const folder = portalFolder();
      const out = join(place, 'out');
      let last;
      let refused = 0;
      for (let round = 0; round < 30 && refused < 2; round++) {
        editJson(folder, 'content/portal.json', (portal) => { portal.theme_settings = { radius: `${round}px` }; });
        const { code, stderr } = await build(folder, {}, '--out', out);
        if (code === 0) {
          last = outcome(out);
          try {
            writeFileSync(join(place, `filler-${round}`), Buffer.alloc(1024 * 1024));
          } catch (error) {
            assert.equal(error.code, 'ENOSPC'); // fuller it cannot be
          }
        } else {
          refused++;
          assert.match(stderr, /No space left on device/);
          if (last) mustBeTheSame(last, outcome(out));
        }
      }
      assert.equal(refused, 2);
      assert.ok(last, 'one went through');
      for (const name of readdirSync(place).filter((file) => file.startsWith('filler-'))) rmSync(join(place, name));
      assert.equal((await build(folder, {}, '--out', out)).code, 0);
    } finally {
      await runProgram('/bin/umount', [place]);
    }
  });

  it('two builds at once do not mix: one waits for nothing and says so', async () => {
    const { folder, versions, write } = await twoPortals();
    write(1);
    const both = await Promise.all(Array.from({ length: 4 }, () => build(folder)));
    assert.ok(both.some(({ code }) => code === 0));
    for (const { code, stderr } of both.filter((one) => one.code !== 0)) {
      assert.equal(code, 1);
      assert.match(stderr, /another run is writing here; try again/);
    }
    assert.equal(which(versions, outcome(join(folder, 'out'))), 1);
  });

  it('a rollback while it builds says so and moves nothing; out/ that cannot be written is told', async () => {
    const { folder, versions } = await twoPortals();
    rmSync(join(folder, 'out/previous/portal'), { recursive: true });
    const { code, stderr } = await run('guichet-gen', ['rollback', '--site', folder]);
    assert.equal(code, 1);
    assert.match(stderr, /nothing to go back to/);
    assert.equal(which(versions, outcome(join(folder, 'out'))), 2);
    if (process.getuid() !== 0) {
      chmodSync(join(folder, 'out'), 0o555);
      assert.equal((await build(folder)).code, 1);
      chmodSync(join(folder, 'out'), 0o755);
    }
    assert.ok(existsSync(join(folder, 'out/site/index.html')));
  });
});
