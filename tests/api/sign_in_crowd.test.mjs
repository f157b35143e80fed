import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { it } from 'node:test';
import { ANNA, PASSWORD, serve } from '../harness/guichet.mjs';

const MIB = 1024 * 1024;
const server = await serve({ env: { GUICHET_SIGN_IN_ATTEMPTS: '1000' } });

/** VmRSS or VmHWM of the server, in bytes. */
function memory(name) {
  const status = readFileSync(`/proc/${server.program.pid}/status`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)[1]) * 1024;
}

it('T06: a hundred sign-ins at once are all served within 256 MB more, while the health page answers', async () => {
  await server.signedIn(ANNA);
  const before = memory('VmRSS');
  writeFileSync(`/proc/${server.program.pid}/clear_refs`, '5'); // the peak is counted anew
  let left = true;
  const waits = [];
  const watching = (async () => {
    while (left) {
      const start = performance.now();
      assert.equal((await server.client().get('/health')).status, 200);
      waits.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const answers = await Promise.all(Array.from({ length: 100 }, () => server.client().signIn(ANNA, PASSWORD)));
  left = false;
  await watching;
  assert.ok(answers.every((answer) => answer.status === 200), answers.map((answer) => answer.status).join());
  assert.ok(memory('VmHWM') - before < 256 * MIB, `${Math.round((memory('VmHWM') - before) / MIB)} MiB more`);
  waits.sort((a, b) => a - b);
  const median = waits[Math.floor(waits.length / 2)];
  assert.ok(median < 100, `health: ${Math.round(median)} ms in the middle of ${waits.length}`);
});
