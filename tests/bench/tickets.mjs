// What customers wait for, in a store of 1,000,000 tickets and 5,000,000 messages, with 32 connections that ask as fast
// as they are answered: the list, a ticket, a search, a reply, a file of all tickets. A member of the team searches, too,
// for whom all tickets are looked through: the API's memory must stay what it is then.
//
// The list is measured twice: asked the same again and again, as pages do that look whether anything is new (the API
// keeps an answer until something is written), and "fresh", asked for another place each time, which no kept answer
// serves. Tickets and searches differ from one request to the next, too. A reply is durable when it is answered: the
// store is on a disk, and every commit is written through.

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { load, memoryMb, pathsScript, repliesScript, serve, signIn, start, stop } from './server.mjs';
import { makeStore, sql } from './store.mjs';
import { has, median, miss, record } from './tools.mjs';

const TICKETS = Number(process.env.BENCH_TICKETS ?? 1000000);
const MANY = Number(process.env.BENCH_MANY ?? 10000000);
const MESSAGES = 5;
const CHECKS = 200000;
const TEAM = 4; // connections of the team's members
const ROUNDS = 3;
const ANNA = 'anna.berg@acme.example';
const LARGE = 'person10@company3.example'; // of the company with a tenth of all tickets
const LIST = '/tickets?status=open&view=company';

const all = (count, make) => Array.from({ length: count }, (_, i) => make(i));

/** Places of the list behind which at least a page of the company's open tickets follows (see fill.sql for the times). */
function freshPaths(tickets) {
  return all(20000, (i) => {
    const cursor = Buffer.alloc(16);
    const minutes = Math.floor(tickets / 10) + ((i * 7919) % Math.floor(tickets * 0.9));
    cursor.writeBigInt64BE(BigInt(1 + i));
    cursor.writeBigInt64BE(1700000000000n + BigInt(minutes) * 60000n, 8);
    return `/api/v1${LIST}&after=${cursor.toString('base64url')}`;
  });
}

/** Two or three words as people type them, the last one often cut; some find much, some little, some nothing. */
function searchPaths() {
  const words = ['invoice', 'delivery', 'printer', 'screenshot', 'order', 'password', 'restart', 'Rechnung', 'commande', '打印机',
    '請求書', 'discount', 'neighbour', 'report', 'cable', 'noon', 'contract', 'zebra'];
  const pairs = words.flatMap((one) => words.filter((other) => other !== one).map((other) => [one, other]));
  return all(4000, (i) => {
    const [one, other] = pairs[(i * 7) % pairs.length];
    const typed = i % 3 ? `${one} ${other.slice(0, 3 + (i % 5))}` : `${one} ${other} ${i}`;
    return `/api/v1/tickets?status=all&view=company&q=${encodeURIComponent(i % 4 ? typed : one.slice(0, 4 + (i % 4)))}`;
  });
}

const rounds = (measure) => {
  measure(); // warms up
  return all(ROUNDS, measure);
};
const middle = (all, value) => median(all.map(value));

function benchList(work, server, headers, empty, sqlRate) {
  const script = pathsScript(work, 'fresh', freshPaths(TICKETS));
  const all = rounds(() => ({
    ours: load(server.base + LIST, headers),
    floor: load(`http://127.0.0.1:${empty.port}/`),
    fresh: load(server.base + LIST, headers, script),
  }));
  record('empty_handler_per_second', middle(all, (r) => r.floor.rate), 0);
  record('sql_per_second', sqlRate, 0);
  record('list_per_second', middle(all, (r) => r.ours.rate), 0);
  record('list_fresh_per_second', middle(all, (r) => r.fresh.rate), 0);
  record('list_vs_empty_handler', middle(all, (r) => r.ours.rate / r.floor.rate), 3);
  record('list_fresh_vs_empty_handler', middle(all, (r) => r.fresh.rate / r.floor.rate), 3);
  record('list_fresh_vs_sql', middle(all, (r) => r.fresh.rate / sqlRate), 3);
  record('list_p99_ms', middle(all, (r) => r.ours.p99));
  record('list_fresh_p99_ms', middle(all, (r) => r.fresh.p99));
}

function benchPaths(work, server, headers, name, paths, connections) {
  const script = pathsScript(work, name, paths);
  const all = rounds(() => load(server.base, headers, script, connections));
  record(`${name}_per_second`, middle(all, (r) => r.rate), 0);
  record(`${name}_p50_ms`, middle(all, (r) => r.p50));
  record(`${name}_p99_ms`, middle(all, (r) => r.p99));
}

/** Somebody of the team, among all tickets of the store. */
async function benchTeamSearch(work, server, data) {
  const email = sql(data, "SELECT email FROM person WHERE role = 'agent' ORDER BY id LIMIT 1;").trim();
  benchPaths(work, server, await signIn(server, email), 'search_team', searchPaths(), TEAM);
  record('search_team_rss_mb', memoryMb(server.child.pid, 'VmHWM'), 1);
}

/** Seconds that one export takes, and its rows. */
async function download(server, headers) {
  const begun = process.hrtime.bigint();
  const answer = await fetch(`${server.origin}/api/v1/tickets.csv?status=all&view=company&locale=en`, { headers: { Cookie: headers.Cookie } });
  if (answer.status !== 200) throw new Error(`the export answered ${answer.status}`);
  let rows = -1; // without the head
  for await (const piece of answer.body) for (const byte of piece) rows += byte === 10;
  return { rows, seconds: Number(process.hrtime.bigint() - begun) / 1e9 };
}

async function benchExport(server) {
  const headers = await signIn(server, LARGE);
  await download(server, headers);
  const rates = [];
  for (let i = 0; i < ROUNDS; i++) {
    const { rows, seconds } = await download(server, headers);
    rates.push(rows / seconds);
  }
  record('csv_rows_per_second', median(rates), 0);
  const before = memoryMb(server.child.pid, 'VmHWM');
  const ten = await Promise.all(all(10, () => download(server, headers)));
  record('csv_rows', ten[0].rows, 0);
  record('csv_ten_at_once_seconds', Math.max(...ten.map(({ seconds }) => seconds)));
  record('csv_ten_at_once_more_mb', memoryMb(server.child.pid, 'VmHWM') - before, 1);
}

const numbersOf = (data, rule, count) => sql(data,
  `SELECT number FROM ticket WHERE company_id = (SELECT company_id FROM person WHERE email = '${ANNA}') AND ${rule} LIMIT ${count};`)
  .trim().split('\n');

async function benchServer(context, data, work) {
  const numbers = numbersOf(data, 'number >= 10000', 1000), open = numbersOf(data, 'number >= 10000 AND open', 500);
  const sqlRate = Number(execFileSync(context.listSql, [data, ANNA, '4'], { encoding: 'utf8' }));
  record('session_check_us', Number(execFileSync(context.sessionCheck, [data, context.portal, String(CHECKS)], { encoding: 'utf8' })));
  const empty = await start(context.empty, []);
  const server = await serve(context.api, context.out, data);
  try {
    const headers = await signIn(server, ANNA);
    benchList(work, server, headers, empty, sqlRate);
    record('list_rss_mb', memoryMb(server.child.pid, 'VmHWM'), 1);
    benchPaths(work, server, headers, 'ticket', numbers.map((number) => `/api/v1/tickets/${number}`));
    benchPaths(work, server, headers, 'search', searchPaths());
    await benchTeamSearch(work, server, data);
    await benchExport(server);
    const replies = repliesScript(work, server.origin, open);
    const all = rounds(() => load(server.base, headers, replies));
    record('replies_per_second', middle(all, (r) => r.rate), 0);
    record('reply_p50_ms', middle(all, (r) => r.p50));
    record('reply_p99_ms', middle(all, (r) => r.p99));
    record('api_rss_mb', memoryMb(server.child.pid, 'VmHWM'), 1);
  } finally {
    await stop(server.child);
    empty.child.stdin.end();
  }
}

/** The median time of a list, in a store of so many tickets. */
async function listTime(context, work, tickets) {
  const data = join(work, 'data');
  makeStore({ ...context, data, tickets, messages: 0 });
  const server = await serve(context.api, context.out, data);
  try {
    const headers = await signIn(server, ANNA);
    const script = pathsScript(work, 'places', freshPaths(tickets));
    return middle(rounds(() => load(server.base, headers, script)), (r) => r.p50);
  } finally {
    await stop(server.child);
    rmSync(data, { recursive: true, force: true });
  }
}

async function benchSizes(context, work) {
  console.log(`\nThe ticket list: a store of ${MANY} tickets beside one of 10000`);
  const small = await listTime(context, work, 10000), large = await listTime(context, work, MANY);
  record('list_10k_p50_ms', small, 3);
  record('list_10m_p50_ms', large, 3);
  record('list_10m_vs_10k', large / small, 3);
}

/** `context`: root, api, portal, out and the programs to compare with. The store is made in the folder `work`. */
export async function benchTickets(context, work) {
  console.log(`\nTickets: a company with 1000 in a store of ${TICKETS}, ${MESSAGES} messages each`);
  if (!has('wrk') || !has('sqlite3')) {
    for (const name of ['list_p99_ms', 'ticket_p99_ms', 'search_p99_ms', 'reply_p99_ms', 'csv_rows_per_second', 'api_rss_mb'])
      miss(name, 'wrk or sqlite3 is not installed (Debian packages wrk, sqlite3)');
    return;
  }
  const data = join(work, 'data');
  makeStore({ ...context, data, tickets: TICKETS, messages: MESSAGES });
  await benchServer(context, data, work);
  rmSync(data, { recursive: true, force: true });
  await benchSizes(context, work);
}
