// What an import takes: tickets with two messages each, of 5,000 contacts, as JSON lines into a store without a server;
// and the same again, when nothing has changed.

import { closeSync, openSync, writeSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { record, seconds } from './tools.mjs';

const TICKETS = Number(process.env.BENCH_IMPORT ?? 100000);
const CONTACTS = 5000;
const COMPANIES = 500;
const WORDS = 'crane harbour ledger invoice printer toner network delay parcel order bollard lantern signal rope anchor paper cable'.split(' ');

/** So many words, of which about a thousand are different. */
const text = (i, count) => Array.from({ length: count }, (_, j) => WORDS[(i * 7 + j * 13) % WORDS.length] + ((i * j) % 61)).join(' ');
const day = (i, later = 0) => new Date(1.6e12 + i * 6e4 + later).toISOString();

function ticket(i) {
  const author = `p${i % CONTACTS}`;
  return { type: 'ticket', id: `t${i}`, subject: text(i, 6), requester: author, created_at: day(i), status: i % 5 ? 'closed' : 'open', text: text(i, 60),
    messages: [{ id: `m${i}`, author, text: text(i + 3, 40), created_at: day(i, 5e5) }] };
}

function writeLines(path) {
  const file = openSync(path, 'w');
  const put = (one) => writeSync(file, `${JSON.stringify(one)}\n`);
  for (let i = 0; i < COMPANIES; i++) put({ type: 'company', id: `c${i}`, name: `Company ${i}` });
  for (let i = 0; i < CONTACTS; i++) put({ type: 'contact', id: `p${i}`, email: `p${i}@company${i % COMPANIES}.example`, name: `Person ${i}`, company: `c${i % COMPANIES}` });
  for (let i = 0; i < TICKETS; i++) put(ticket(i));
  closeSync(file);
}

/** `folder` is on the disk: every batch is written through. */
export function benchImport({ root, api, portal }, folder) {
  const [file, data] = [join(folder, 'import.jsonl'), join(folder, 'imported')];
  console.log(`\nAn import of ${TICKETS} tickets with two messages each`);
  writeLines(file);
  execFileSync(api, ['demo', join(root, 'content/demo/demo.json'), '--data', data, '--portal', portal], { stdio: ['ignore', 'ignore', 'inherit'] });
  const run = () => seconds(api, ['import', file, '--from', 'lines', '--data', data, '--portal', portal]);
  const first = run();
  record('import_seconds', first);
  record('import_tickets_per_minute', (TICKETS / first) * 60, 0);
  record('import_again_seconds', run());
}
