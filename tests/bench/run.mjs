// ./build.sh bench: speed and memory, side by side with a peer or the floor, in one run.
//
// The list is measured twice: asked the same again and again, as pages do that look whether anything is new (the API
// keeps an answer until something is written), and "fresh", asked for another place each time, which no kept answer serves.
//
// Prints a table and writes build/bench.json, one flat object. What could not be measured is null, with the reason
// in a member of the same name and "_why". Times of single runs vary with the machine; ratios of pairs hold.

import { execFileSync, spawn } from 'node:child_process';
import { cpus, tmpdir } from 'node:os';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchGenerator } from './generator.mjs';
import { has, median, miss, record, results } from './tools.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const BUILD = join(ROOT, 'build');
const PAGES = Number(process.env.BENCH_PAGES ?? 2500);
const PAIRS = Number(process.env.BENCH_PAIRS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const CONNECTIONS = 32;

Object.assign(results, { machine: `${cpus().length} x ${cpus()[0].model}`, pages: PAGES, connections: CONNECTIONS });

function rssMb(pid, field) {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`${field}:\\s+(\\d+)`));
  return Number(line[1]) / 1024;
}

// --- the ticket list --------------------------------------------------------------------------------------------

/** Start a program that prints a line holding its port; resolves to { port, child }. */
function start(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], ...options });
    let text = '';
    const timer = setTimeout(() => reject(new Error(`${program}: not ready after 20 s`)), 20000);
    child.on('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const port = text.match(/(\d+)\n/);
      if (port) {
        clearTimeout(timer);
        resolve({ port: Number(port[1]), child });
      }
    });
  });
}

async function stop(child) {
  child.removeAllListeners('exit');
  const ended = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** Requests a second and the 99th percentile in milliseconds, by wrk with one thread. */
function load(url, headers = {}, script = null) {
  const args = ['-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`, '--latency'];
  if (script) args.push('-s', script);
  for (const [name, value] of Object.entries(headers)) args.push('-H', `${name}: ${value}`);
  const text = execFileSync('wrk', [...args, url], { encoding: 'utf8' });
  if (/Non-2xx|Socket errors/.test(text)) throw new Error(`${url}: not every answer was good:\n${text}`);
  const p99 = text.match(/99%\s+([\d.]+)(us|ms|s)/);
  return {
    rate: Number(text.match(/Requests\/sec:\s+([\d.]+)/)[1]),
    p99: Number(p99[1]) * { us: 0.001, ms: 1, s: 1000 }[p99[2]],
  };
}

/**
 * A wrk script that asks for another place of the list each time, so that no answer is one that was kept. Places lie
 * where at least a page of the company's open tickets follows (see fill.sql for the range of times).
 */
function freshScript(work, path) {
  const places = [];
  for (let i = 0; i < 20000; i++) {
    const cursor = Buffer.alloc(16);
    cursor.writeBigInt64BE(1700000000000n + BigInt(100000 + ((i * 7919) % 900000)) * 60000n);
    cursor.writeBigInt64BE(BigInt(1 + i), 8);
    places.push(cursor.toString('base64url'));
  }
  const file = join(work, 'fresh.lua');
  writeFileSync(file, `local places = {"${places.join('","')}"}
local i = 0
request = function()
  i = i % #places + 1
  return wrk.format(nil, "${path}&after=" .. places[i])
end
`);
  return file;
}

async function signIn(origin) {
  const answer = await fetch(`${origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, 'x-guichet': '1' },
    body: JSON.stringify({ email: 'anna.berg@acme.example', password: 'guichet-demo-2026' }),
  });
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
  return answer.headers.getSetCookie()[0].split(';')[0];
}

const LIST_FIGURES = ['list_vs_empty_handler', 'list_fresh_vs_empty_handler', 'list_fresh_vs_sql', 'list_p99_ms',
  'list_fresh_p99_ms', 'api_rss_mb'];

async function benchList(work) {
  console.log('\nThe ticket list: 25 rows of a company with 1,000, in a store of 1,000,000');
  if (!has('wrk') || !has('sqlite3')) {
    LIST_FIGURES.forEach((name) => miss(name, 'wrk or sqlite3 is not installed (Debian packages wrk, sqlite3)'));
    return;
  }
  const data = join(work, 'data');
  const portal = join(ROOT, 'out/portal');
  execFileSync(join(BUILD, 'guichet-api'), ['demo', join(ROOT, 'content/demo/demo.json'), '--data', data,
    '--portal', portal], { stdio: 'ignore' });
  execFileSync('sqlite3', ['-bail', join(data, 'guichet.db'), '.read tests/bench/fill.sql'], { cwd: ROOT, stdio: 'ignore' });

  const sql = Number(execFileSync(join(BUILD, 'bench-list-sql'), [data, 'anna.berg@acme.example', String(SECONDS)],
    { encoding: 'utf8' }));
  const empty = await start(join(BUILD, 'bench-empty-handler'), []);
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const api = await start(join(BUILD, 'guichet-api'), ['serve', '--data', data, '--portal', portal,
    '--site', join(ROOT, 'out/site'), '--listen', `127.0.0.1:${port}`, '--origin', origin],
    { env: { ...process.env, GUICHET_LOG: 'warning' } });
  try {
    const cookie = await signIn(origin);
    const path = '/api/v1/tickets?status=open&view=company';
    const list = `http://127.0.0.1:${port}${path}`;
    const script = freshScript(work, path);
    const headers = { Cookie: cookie, Host: `localhost:${port}` };
    const rounds = [];
    for (let pair = -1; pair < 3; pair++) {
      const ours = load(list, headers);
      const floor = load(`http://127.0.0.1:${empty.port}/`);
      const fresh = load(list, headers, script);
      if (pair >= 0) rounds.push({ ours, floor, fresh });
    }
    record('empty_handler_per_second', median(rounds.map((r) => r.floor.rate)), 0);
    record('sql_per_second', sql, 0);
    record('list_per_second', median(rounds.map((r) => r.ours.rate)), 0);
    record('list_fresh_per_second', median(rounds.map((r) => r.fresh.rate)), 0);
    record('list_vs_empty_handler', median(rounds.map((r) => r.ours.rate / r.floor.rate)), 3);
    record('list_fresh_vs_empty_handler', median(rounds.map((r) => r.fresh.rate / r.floor.rate)), 3);
    record('list_fresh_vs_sql', median(rounds.map((r) => r.fresh.rate / sql)), 3);
    record('list_p99_ms', median(rounds.map((r) => r.ours.p99)));
    record('list_fresh_p99_ms', median(rounds.map((r) => r.fresh.p99)));
    record('api_rss_mb', rssMb(api.child.pid, 'VmHWM'), 1);
  } finally {
    await stop(api.child);
    empty.child.stdin.end();
  }
}

async function freePort() {
  const { createServer } = await import('node:net');
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// ----------------------------------------------------------------------------------------------------------------

for (const program of ['guichet-gen', 'guichet-api', 'bench-empty-handler', 'bench-list-sql', 'bench-bare']) {
  if (!existsSync(join(BUILD, program))) {
    console.error(`build/${program} is missing: run ./build.sh bench, which builds it`);
    process.exit(1);
  }
}
// Pages are written to memory where there is such a place, so that the disk's mood is nobody's merit; the store is on disk.
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const pages = mkdtempSync(join(memory, 'guichet-bench-'));
const store = mkdtempSync(join(tmpdir(), 'guichet-bench-'));
try {
  benchGenerator(ROOT, pages, PAGES, PAIRS);
  rmSync(pages, { recursive: true, force: true });
  await benchList(store);
} finally {
  for (const dir of [pages, store]) rmSync(dir, { recursive: true, force: true });
  writeFileSync(join(BUILD, 'bench.json'), `${JSON.stringify(results, null, 2)}\n`);
}
console.log('\nWritten to build/bench.json.');
