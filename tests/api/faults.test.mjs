// What must hold when the machine fails: killed in the midst of writing (T48), and a disk that is full (T50, T51).
import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { cpSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { Client } from '../harness/client.mjs';
import { ANNA, PASSWORD, dataFolder, freePort, serve } from '../harness/guichet.mjs';
import { file } from '../harness/multipart.mjs';
import { Program, run as runProgram } from '../harness/process.mjs';
import { atEnd, tempFolder } from '../harness/temp.mjs';

const programs = process.env.GUICHET_PROGRAMS ?? 'build';
const PATIENT = { GUICHET_REPLIES_PER_HOUR: '1000000', GUICHET_FILES_PER_DAY: '1000000' };
const all = (count, make) => Promise.all(Array.from({ length: count }, (_, i) => make(i)));

/** Every kept file, by its id, and what lies in files/tmp. */
function keptFiles(data) {
  const kept = new Map();
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else kept.set(entry.name, statSync(path).size);
    }
  };
  walk(join(data, 'files'));
  return kept;
}

/** Integrity, foreign keys, and files and their rows one to one. */
async function mustBeSound(data) {
  const { code, stdout, stderr } = await runProgram(join(programs, 'store_check'), [data]);
  assert.equal(code, 0, stderr);
  const lines = stdout.split('\n').filter(Boolean);
  assert.deepEqual(lines.filter((line) => !line.startsWith('file ')), []);
  const rows = new Map(lines.map((line) => line.split(' ')).map(([, id, size]) => [id, Number(size)]));
  assert.deepEqual([...keptFiles(data)].sort(), [...rows].sort(), 'each row has its file, each file its row');
}

describe('T48: killed in the midst of replies with files', () => {
  const ROUNDS = 8;
  const WRITERS = 6;

  it(`keeps all that was answered and nothing half, ${ROUNDS} times`, async () => {
    const server = await serve({ env: PATIENT });
    let anna = await server.signedIn(ANNA);
    const { number } = (await anna.file('To be killed', 'It begins')).json;
    const sent = new Map(); // by its words: { bytes, key, answered }
    for (let round = 0; round < ROUNDS; round++) {
      const enough = randomInt(1, 14);
      let killed;
      let answered = 0;
      await all(WRITERS, async (writer) => {
        for (let i = 0; i < 20 && !killed; i++) {
          const words = `round ${round} writer ${writer} number ${i}.`;
          const reply = { bytes: randomBytes(randomInt(1, 40_000)), key: `key-${round}-${writer}-${i}` };
          sent.set(words, reply);
          const answer = await anna.reply(number, words, [file('data.bin', reply.bytes)], { key: reply.key }).catch(() => null);
          reply.answered = answer?.status === 201;
          if (reply.answered && ++answered >= enough) killed ??= server.kill();
        }
      });
      await killed;
      assert.ok(killed, 'it was killed while they wrote');
      await server.again();
      anna = await server.signedIn(ANNA);
    }
    assert.ok([...sent.values()].some(({ answered }) => !answered), 'some were in the midst of it');

    // Who was not answered asks again with the same key: it is there once then, whatever had become of it.
    for (const [words, reply] of sent)
      if (!reply.answered) assert.equal((await anna.reply(number, words, [file('data.bin', reply.bytes)], { key: reply.key })).status, 201);
    const found = new Map();
    let page = (await anna.get(`/tickets/${number}`)).json;
    for (let pages = 0; pages < 100; pages++) {
      for (const message of page.messages) found.set(message.body, [...(found.get(message.body) ?? []), message]);
      if (!page.earlier) break;
      page = (await anna.get(`/tickets/${number}/messages?before=${page.messages[0].id}`)).json;
    }
    for (const [words, { bytes }] of sent) {
      assert.equal(found.get(words)?.length, 1, words);
      const [kept] = found.get(words)[0].files;
      assert.ok((await anna.get(`/tickets/${number}/files/${kept.id}`)).body.equals(bytes), `${words} has its file`);
    }
    await server.stop();
    await mustBeSound(server.data);
  });
});

describe('T51: a disk that is full', () => {
  it('refuses writes with 507, lets reads go on, keeps nothing half, and takes writes as soon as there is room', async (t) => {
    const { folder, data } = await serve();
    const place = tempFolder('disk');
    const apart = ['--user', '--map-root-user', '--mount'];
    const script = 'mount -t tmpfs -o size=16m tmpfs "$1" && cp -r "$2" "$1/data" && exec "$3" serve --data "$1/data"';
    if ((await runProgram('unshare', [...apart, 'mount', '-t', 'tmpfs', 'tmpfs', place])).code !== 0) return t.skip('a small file system wants a namespace of one’s own');
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const fresh = await dataFolder();
    const program = new Program('unshare', [...apart, 'sh', '-c', script, 'sh', place, fresh, resolve(programs, 'guichet-api')], { cwd: process.cwd(),
      env: { GUICHET_LISTEN: `127.0.0.1:${port}`, GUICHET_PORTAL: join(folder, 'out/portal'), GUICHET_SITE: '', GUICHET_ORIGIN: origin, ...PATIENT } });
    atEnd(() => program.stop());
    assert.ok(await program.line(/^listening on/m), program.said);
    const client = new Client({ port, origin, host: origin.split('//')[1] });
    assert.equal((await client.signIn(ANNA, PASSWORD)).status, 200);
    const { number } = (await client.file('Before the flood', 'There is room')).json;
    // The server's own view of its small disk.
    const inside = join(`/proc/${program.pid}/root`, place);
    const filler = join(inside, 'filler');
    const fill = () => {
      for (let size = 1 << 20; size >= 1; size >>= 1)
        for (let tries = 0; tries < 32; tries++)
          try {
            writeFileSync(filler, Buffer.alloc(size), { flag: 'a' });
          } catch (error) {
            assert.equal(error.code, 'ENOSPC');
            break;
          }
    };
    const messages = async () => (await client.get(`/tickets/${number}`)).json.messages.map(({ body }) => body);
    const kept = ['There is room'];
    for (let round = 0; round < 3; round++) {
      fill();
      let refused = 0;
      for (let i = 0; i < 6; i++) {
        const words = `Round ${round}, ${i}`;
        const answer = await client.reply(number, words, [file('much.bin', Buffer.alloc(300_000, i))]);
        if (answer.status === 201) kept.push(words);
        else {
          assert.deepEqual([answer.status, answer.code], [507, 'disk_full']);
          refused++;
        }
      }
      assert.ok(refused >= 5, `${refused} of 6 were refused`);
      assert.equal((await client.get('/tickets')).status, 200);
      assert.deepEqual(await messages(), kept);
      rmSync(filler);
      const began = Date.now();
      const words = `Round ${round}, with room`;
      assert.equal((await client.reply(number, words, [file('some.bin', Buffer.alloc(1000, round))])).status, 201);
      assert.ok(Date.now() - began < 1000, `${Date.now() - began} ms`);
      kept.push(words);
      assert.deepEqual(await messages(), kept);
    }
    cpSync(join(inside, 'data/files'), join(place, 'copy'), { recursive: true });
    assert.deepEqual(readdirSync(join(inside, 'data/files/tmp')), [], 'nothing half is left');
    assert.equal(await program.stop(), 0, program.said);
  });
});
