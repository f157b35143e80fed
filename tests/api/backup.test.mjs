// Backups: a copy of the data folder from beside the server that writes into it.
import assert from 'node:assert/strict';
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, run, serve } from '../harness/guichet.mjs';
import { file } from '../harness/multipart.mjs';
import { tempFolder } from '../harness/temp.mjs';
import { PRINTER, numberOf } from '../harness/tickets.mjs';

const server = await serve();
const anna = await server.signedIn(ANNA);
const printer = await numberOf(anna, PRINTER);
const folder = tempFolder('backups');
const env = { GUICHET_DATA: server.data };
const backup = (...args) => run('guichet-api', ['backup', ...args], { env });

/** Every file below a folder, by path. */
const below = (at, prefix = '') => readdirSync(at, { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? below(join(at, entry.name), `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`]));
const textsOf = async (who) => (await who.get(`/tickets/${printer}`)).json.messages.map((message) => message.body);

describe('guichet-api backup', () => {
  it('copies what is there, files included, while the server goes on; a server on the copy has all of it and nothing later', async () => {
    const bytes = Buffer.from('The log of the printer.\n'.repeat(5000));
    const [kept] = (await anna.reply(printer, 'Written before the backup', [file('printer.txt', bytes, 'text/plain')])).json.message.files;
    writeFileSync(join(server.data, 'mail', 'kept.eml'), 'Subject: kept\n');
    const copy = join(folder, 'first');
    const done = await backup(copy);
    assert.equal(done.code, 0, done.stderr);
    assert.match(done.stdout, /first: \d+ files, \d+\.\d MB/);
    assert.equal((await anna.reply(printer, 'Written after the backup')).status, 201);

    assert.ok(readFileSync(join(copy, 'mail.key')).equals(readFileSync(join(server.data, 'mail.key'))));
    assert.ok(existsSync(join(copy, 'mail', 'kept.eml')));
    assert.deepEqual(below(copy).filter((name) => /^lock$|sock|-wal|-shm|\/tmp\//.test(name)), []);
    for (const name of ['', ...below(copy)]) assert.equal(statSync(join(copy, name)).mode & 0o077, 0, `others can open ${name}`);

    const restored = await serve({ folder: server.folder, data: copy });
    const again = await restored.signedIn(ANNA);
    const texts = await textsOf(again);
    assert.ok(texts.includes('Written before the backup') && !texts.includes('Written after the backup'));
    const got = await again.get(`/tickets/${printer}/files/${kept.id}`);
    assert.equal(got.text, bytes.toString());
    assert.ok((await textsOf(anna)).includes('Written after the backup'), 'the first one goes on');
  });

  it('is as good without a server', async () => {
    const data = join(folder, 'second');
    assert.equal((await backup(data)).code, 0);
    const copy = join(folder, 'third');
    const done = await run('guichet-api', ['backup', '--data', data, copy], {});
    assert.equal(done.code, 0, done.stderr);
    assert.deepEqual(below(copy).filter((name) => name.startsWith('files/')), below(data).filter((name) => name.startsWith('files/')));
  });

  it('says what it refuses, and leaves nothing of it', async () => {
    const there = join(folder, 'there');
    mkdirSync(there);
    for (const [args, code, said] of [
      [[there], 1, /there: error: is there already; want the name of a new folder/],
      [[join(server.data, 'backup')], 1, /backup: error: lies in the data folder; want one outside of it/],
      [[join(folder, 'nowhere/backup')], 1, /backup\.part: error: cannot be made: No such file or directory/],
      [[join(folder, 'none'), '--data', join(folder, 'no-store')], 1, /no store here \(there is no such folder\)/],
      [[], 2, /backup: want the folder to make; guichet-api backup --help/],
      [['--data', 'x'], 2, /backup: want the folder to make/],
    ]) {
      const refused = await backup(...args);
      assert.equal(refused.code, code, refused.stderr);
      assert.match(refused.stderr, said);
    }
    assert.deepEqual(readdirSync(there), []);
    assert.deepEqual(readdirSync(folder).filter((name) => /part|none/.test(name)), []);
  });
});

describe('guichet-api restore', () => {
  const data = join(folder, 'restored/data');
  const restore = (from, into = data) => run('guichet-api', ['restore', from, '--data', into], {});
  const kept = join(folder, 'kept');

  it('puts a backup in the place of the data folder, and what was there aside', async () => {
    assert.equal((await backup(kept)).code, 0);
    mkdirSync(join(folder, 'restored'));
    const first = await restore(kept);
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stdout, /data: \d+ files, \d+\.\d MB, \d+ of them attached to messages, and all of it whole\n$/);
    assert.deepEqual(below(data).sort(), below(kept).sort());
    for (const name of ['', ...below(data)]) assert.equal(statSync(join(data, name)).mode & 0o077, 0, `others can open ${name}`);

    const one = await serve({ folder: server.folder, data });
    assert.equal((await (await one.signedIn(ANNA)).reply(printer, 'Written on the restored folder')).status, 201);
    const held = await restore(kept);
    assert.equal(held.code, 1);
    assert.match(held.stderr, /held by another guichet-api \(process \d+\)/);
    await one.stop();
    const second = await restore(kept);
    assert.equal(second.code, 0, second.stderr);
    const before = /^(\S+\.before-\d{8}T\d{6}Z): what was there$/m.exec(second.stdout)[1];
    const then = await serve({ folder: server.folder, data: before }), now = await serve({ folder: server.folder, data });
    assert.ok((await textsOf(await then.signedIn(ANNA))).includes('Written on the restored folder'));
    assert.ok(!(await textsOf(await now.signedIn(ANNA))).includes('Written on the restored folder'));
  });

  it('says all that is wrong with a backup, and leaves everything as it was', async () => {
    const damaged = join(folder, 'damaged'), into = join(folder, 'untouched');
    const files = readdirSync(join(kept, 'files')).filter((name) => name !== 'tmp').sort();
    assert.ok(files.length >= 2, 'two files to spoil');
    cpSync(kept, damaged, { recursive: true });
    cpSync(kept, into, { recursive: true });
    appendFileSync(join(damaged, 'files', files[0]), '!');
    rmSync(join(damaged, 'files', files[1]));
    const unlike = await restore(damaged, into);
    assert.equal(unlike.code, 1);
    assert.match(unlike.stderr, new RegExp(`damaged/files/${files[0]}: error: is not what the message was sent with: \\d+ bytes, want \\d+ `));
    assert.match(unlike.stderr, new RegExp(`damaged/files/${files[1]}: error: a message has this file; it cannot be read: No such file`));

    const torn = readFileSync(join(damaged, 'guichet.db'));
    torn.fill(0xa5, 8 * 4096, 12 * 4096);
    writeFileSync(join(damaged, 'guichet.db'), torn);
    const broken = await restore(damaged, into);
    assert.equal(broken.code, 1);
    assert.match(broken.stderr, /damaged: error: guichet\.db (is damaged|cannot be read): /);
    assert.deepEqual(below(into).sort().filter((name) => name !== 'lock'), below(kept).sort());
    assert.deepEqual(readdirSync(folder).filter((name) => /^untouched./.test(name)), []);
  });

  it('wants a backup, and not the data folder itself', async () => {
    for (const [args, code, said] of [
      [[folder, '--data', data], 1, /is no backup: guichet\.db is not in it/],
      [[join(folder, 'nowhere'), '--data', data], 1, /nowhere: error: there is no such folder/],
      [[data, '--data', data], 1, /is the data folder itself; want a backup of it/],
      [[], 2, /restore: want the folder of the backup; guichet-api restore --help/],
    ]) {
      const refused = await run('guichet-api', ['restore', ...args], {});
      assert.equal(refused.code, code, refused.stderr);
      assert.match(refused.stderr, said);
    }
  });
});
