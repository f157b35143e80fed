// Two thousand tickets of one person (T46): what is taken away is made while it is sent, and is never in memory whole.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { CARL, DORA, PASSWORD, demo, serve } from '../harness/guichet.mjs';
import { tempFolder } from '../harness/temp.mjs';
import { unzipped } from '../harness/zip.mjs';

const TICKETS = 2000;
const TEXT = 5_000;

async function manyTickets() {
  const folder = tempFolder('many');
  const people = JSON.parse(readFileSync(new URL('../harness/people.json', import.meta.url), 'utf8'));
  people.tickets = Array.from({ length: TICKETS }, (_, i) => ({
    subject: `Ticket ${i}`, requester: 'carl', inbox: 'support', pipeline: 'support', stage: 'new',
    messages: [{ author: 'carl', days_ago: 1 + (i % 300), hours_ago: i % 24, text: [`${i} `.repeat(TEXT / 4)] }],
  }));
  writeFileSync(join(folder, 'people.json'), JSON.stringify(people));
  const { code, stderr } = await demo(join(folder, 'people.json'), join(folder, 'data'));
  assert.equal(code, 0, stderr);
  return join(folder, 'data');
}

const server = await serve({ data: await manyTickets(), env: { ASAN_OPTIONS: 'exitcode=99:quarantine_size_mb=0:thread_local_quarantine_size_kb=0' } });
const mostMb = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.program.pid}/status`, 'utf8'))[1]) / 1024;

async function taken(email) {
  const client = await server.signedIn(email);
  const answer = await client.post('/account/export', { password: PASSWORD }, { milliseconds: 120_000 });
  assert.equal(answer.status, 200, answer.text.slice(0, 300));
  return unzipped(answer.body);
}

describe('somebody with 2,000 tickets', () => {
  it('gets them all, and the server takes hardly more memory for them than for nobody’s', async () => {
    await taken(DORA);
    const before = mostMb();
    const files = await taken(CARL);
    assert.equal([...files.keys()].filter((path) => path.startsWith('tickets/')).length, TICKETS);
    const bytes = [...files.values()].reduce((sum, each) => sum + each.bytes.length, 0);
    assert.ok(bytes > 0.7 * TICKETS * TEXT, `${bytes}`);
    assert.ok(mostMb() - before < bytes / 1e6 / 2, `${before} MB, then ${mostMb()} MB, for ${bytes / 1e6} MB`);
  });
});
