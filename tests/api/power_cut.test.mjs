// T49: the power goes in the midst of replies with files. Whatever was not synced is lost then; power_cut.c keeps what was.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, dataFolder, serve } from '../harness/guichet.mjs';
import { file } from '../harness/multipart.mjs';
import { run } from '../harness/process.mjs';
import { tempFolder } from '../harness/temp.mjs';

const programs = resolve(process.env.GUICHET_PROGRAMS ?? 'build');
const PATIENT = { GUICHET_REPLIES_PER_HOUR: '1000000', GUICHET_FILES_PER_DAY: '1000000' };
const all = (count, make) => Promise.all(Array.from({ length: count }, (_, i) => make(i)));

/** Every file below a folder: [path, inode] */
function filesBelow(folder, at = folder) {
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    const path = join(at, entry.name);
    if (entry.isDirectory()) return filesBelow(folder, path);
    return entry.isFile() ? [[relative(folder, path), statSync(path).ino]] : [];
  });
}

/** A data folder as the disk has it after the power was cut. `before`: a copy from the start, with its inodes. */
function afterTheCut(data, before, inodes, synced) {
  const left = join(tempFolder('left'), 'data');
  cpSync(before, left, { recursive: true });
  const bytesOf = (ino) => {
    if (existsSync(join(synced, String(ino)))) return readFileSync(join(synced, String(ino)));
    return inodes.has(ino) ? readFileSync(join(before, inodes.get(ino))) : Buffer.alloc(0);
  };
  for (const [ino, path] of inodes) writeFileSync(join(left, path), bytesOf(ino));
  for (const name of readdirSync(synced).filter((each) => /^folder-\d+$/.test(each))) {
    const [path, ...entries] = readFileSync(join(synced, name), 'utf8').split('\n').filter(Boolean);
    const folder = join(left, relative(data, path));
    mkdirSync(folder, { recursive: true });
    for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isFile()) rmSync(join(folder, entry.name));
    for (const entry of entries) {
      const [, ino, called] = /^(\d+) (.*)$/.exec(entry);
      writeFileSync(join(folder, called), bytesOf(Number(ino)));
    }
  }
  return left;
}

/** Replies until the power goes; -> { server, number, answered, left }, `left` being what is on the disk then. */
async function cut(env = {}) {
  const data = await dataFolder();
  const before = join(tempFolder('before'), 'data');
  cpSync(data, before, { recursive: true });
  const inodes = new Map(filesBelow(data).map(([path, ino]) => [ino, path]));
  const synced = tempFolder('synced');
  const server = await serve({ data, env: { ...PATIENT, LD_PRELOAD: join(programs, 'power_cut.so'), POWER_CUT: synced, ...env } });
  const anna = await server.signedIn(ANNA);
  const { number } = (await anna.file('The lights flicker', 'It begins')).json;
  const answered = [];
  let killed;
  await all(4, async (writer) => {
    for (let i = 0; i < 12 && !killed; i++) {
      const words = `writer ${writer} number ${i}.`;
      const bytes = randomBytes(1 + i * 700);
      const answer = await anna.reply(number, words, [file('data.bin', bytes)]).catch(() => null);
      if (answer?.status === 201) answered.push({ words, bytes });
      if (answered.length >= 18) killed ??= server.kill();
    }
  });
  await killed;
  const left = afterTheCut(data, before, inodes, synced);
  delete server.env.LD_PRELOAD;
  await server.again(); // so that it ends well
  return { number, answered, left };
}

/** How many of the replies that were answered are on the disk, with their files. */
async function found({ number, answered, left }) {
  const server = await serve({ data: left, env: PATIENT });
  const anna = await server.signedIn(ANNA);
  const ticket = await anna.get(`/tickets/${number}`);
  let count = 0;
  for (const { words, bytes } of ticket.status === 200 ? answered : []) {
    const kept = ticket.json.messages.filter(({ body }) => body === words);
    if (kept.length === 1 && (await anna.get(`/tickets/${number}/files/${kept[0].files[0].id}`)).body.equals(bytes)) count++;
  }
  await server.stop();
  return count;
}

describe('T49: after a power cut', () => {
  for (let round = 1; round <= 3; round++) {
    it(`nothing that was answered is lost, and the store is sound (${round})`, async () => {
      const after = await cut();
      assert.ok(after.answered.length >= 18);
      assert.equal(await found(after), after.answered.length);
      const { code, stdout, stderr } = await run(join(programs, 'store_check'), [after.left]);
      assert.equal(code, 0, stderr);
      assert.deepEqual(stdout.split('\n').filter((line) => line && !line.startsWith('file ')), []);
    });
  }

  it('this test sees it when something is not synced', async () => {
    const after = await cut({ POWER_CUT_FORGETS: 'guichet.db-wal' });
    assert.ok((await found(after)) < after.answered.length);
  });
});
