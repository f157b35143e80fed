// Two thousand tickets of one person (T46): what is taken away is made while it is sent, and is never in memory whole.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
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

/** Ask, read the first bytes, and leave: the rest can only fail. */
function leave(client) {
  return new Promise((done, failed) => {
    const body = JSON.stringify({ password: PASSWORD });
    const asking = httpRequest({ host: '127.0.0.1', port: server.port, method: 'POST', path: '/api/v1/account/export', agent: false, setHost: false, headers: { Host: client.host,
      Origin: client.origin, 'X-Guichet': '1', Cookie: client.cookie, 'Content-Type': 'application/json', 'Content-Length': body.length } },
    (answer) => answer.once('data', () => { asking.destroy(); done(answer.statusCode); }));
    asking.on('error', failed);
    asking.end(body);
  });
}

describe('somebody with 2,000 tickets', () => {
  it('who leaves in the middle leaves nothing behind, and gets all of it the next time', async () => {
    assert.equal(await leave(await server.signedIn(CARL)), 200);
    await server.program.line(/path=\/api\/v1\/account\/export status=200/);
  });

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
