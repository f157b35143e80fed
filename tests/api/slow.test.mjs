// T45: clients that send a byte now and then, heads and bodies, twice as many as the API has threads. The server in front takes
// requests in whole before it passes them on, so that none of them holds a thread.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { Client } from '../harness/client.mjs';
import { ANNA, PASSWORD, freePort, portalFolder, generate, serve } from '../harness/guichet.mjs';
import { nginx } from '../harness/nginx.mjs';
import { atEnd } from '../harness/temp.mjs';

const THREADS = 16;
const SECONDS = 5;
const folder = portalFolder();
await generate(folder);
const port = await freePort();
const origin = `http://localhost:${port}`;
const server = await serve({ folder, env: { GUICHET_ORIGIN: origin, GUICHET_THREADS: String(THREADS) } });
await nginx({ folder, port, api: `127.0.0.1:${server.port}` });
const host = `localhost:${port}`;

const HEAD = `GET /api/v1/health HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `;
const BODY = `POST /api/v1/session HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nX-Guichet: 1\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n{"email":"`;
const UPLOAD = `POST /api/v1/resets HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nX-Guichet: 1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`;

/** One that says `begin` and then a byte every quarter of a second. */
function drip(begin, more) {
  const socket = connect({ host: '127.0.0.1', port }, () => socket.write(begin));
  const timer = setInterval(() => socket.write(more), 250);
  const gone = new Promise((done) => socket.on('close', done));
  socket.on('error', () => {});
  return { socket, end: () => { clearInterval(timer); socket.destroy(); return gone; } };
}

describe('T45: behind the server that passes requests on', () => {
  it(`${6 * THREADS} clients that drip slow nobody down`, async () => {
    const drippers = Array.from({ length: 2 * THREADS }, () => [drip(HEAD, 'x'), drip(BODY, 'x'), drip(UPLOAD, '1\r\nx\r\n')]).flat();
    atEnd(() => Promise.all(drippers.map(({ end }) => end())));
    await Promise.all(drippers.map(({ socket }) => new Promise((done) => (socket.connecting ? socket.once('connect', done) : done()))));
    const client = new Client({ port, origin, host });
    assert.equal((await client.signIn(ANNA, PASSWORD)).status, 200);
    const times = [];
    for (const until = Date.now() + SECONDS * 1000; Date.now() < until;) {
      const began = performance.now();
      assert.equal((await client.get(times.length % 2 ? '/tickets' : '/health')).status, 200);
      times.push(performance.now() - began);
      await new Promise((done) => setTimeout(done, 20));
    }
    times.sort((a, b) => a - b);
    const p99 = times[Math.floor(times.length * 0.99)];
    assert.ok(drippers.filter(({ socket }) => !socket.destroyed).length >= 2 * THREADS, 'they are still at it');
    assert.ok(p99 < 500, `p99 of ${times.length}: ${p99.toFixed(1)} ms`);
  });
});
