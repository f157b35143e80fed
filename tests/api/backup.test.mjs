// Backups: a copy of the data folder from beside the server that writes into it.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
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
    const done = await run('guichet-api', ['backup', copy, '--data', data], {});
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
