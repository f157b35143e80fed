// Ten files of everything at once (T46): the API's memory does not grow with their rows, nor with their number.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { CARL, demo, serve } from '../harness/guichet.mjs';
import { tempFolder } from '../harness/temp.mjs';

const TICKETS = 6000;
const FILE_MB = TICKETS * 600 / 1e6; // at least: subjects are 200 characters of three bytes

/** A data folder in which Carl has so many tickets with long subjects. */
async function manyTickets() {
  const folder = tempFolder('many');
  const people = JSON.parse(readFileSync(new URL('../harness/people.json', import.meta.url), 'utf8'));
  people.tickets = Array.from({ length: TICKETS }, (_, i) => ({
    subject: `${i} ${'荷'.repeat(190)}`, requester: 'carl', inbox: 'support', pipeline: 'support', stage: 'new',
    messages: [{ author: 'carl', days_ago: 1 + (i % 300), hours_ago: i % 24, text: ['x'] }],
  }));
  writeFileSync(join(folder, 'people.json'), JSON.stringify(people));
  const { code, stderr } = await demo(join(folder, 'people.json'), join(folder, 'data'));
  assert.equal(code, 0, stderr);
  return join(folder, 'data');
}

// What is freed is used again at once, also when addresses are watched.
const server = await serve({ data: await manyTickets(), env: { ASAN_OPTIONS: 'exitcode=99:quarantine_size_mb=0:thread_local_quarantine_size_kb=0' } });
const carl = await server.signedIn(CARL);

const mostMb = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.program.pid}/status`, 'utf8'))[1]) / 1024;

async function rowsOfExport() {
  const answer = await carl.get('/tickets.csv?status=all', { milliseconds: 120_000 });
  assert.equal(answer.status, 200, answer.text);
  assert.ok(answer.body.length > FILE_MB * 1e6);
  return answer.text.split('\r\n').length - 2; // less the head, and what is behind the last line's end
}

describe('ten exports at once', () => {
  it('have every row each, and take hardly more memory than one', async () => {
    assert.equal(await rowsOfExport(), TICKETS);
    const before = mostMb();
    const all = await Promise.all(Array.from({ length: 10 }, rowsOfExport));
    assert.deepEqual(all, Array(10).fill(TICKETS));
    assert.ok(mostMb() - before < 3 * FILE_MB, `${before} MB, then ${mostMb()} MB`);
  });
});
