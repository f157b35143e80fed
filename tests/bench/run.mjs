// ./build.sh bench: speed and memory, side by side with a peer or the floor, in one run.
//
// Prints a table and writes build/bench.json, one flat object. What could not be measured is null, with the reason
// in a member of the same name and "_why". Times of single runs vary with the machine; ratios of pairs hold.
// docs/speed.md shows one such run.
//
//     node tests/bench/run.mjs [generator|tickets|import]      one part only

import { execFileSync } from 'node:child_process';
import { cpus, tmpdir } from 'node:os';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchGenerator } from './generator.mjs';
import { benchImport } from './import.mjs';
import { CONNECTIONS } from './server.mjs';
import { benchTickets } from './tickets.mjs';
import { results } from './tools.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const BUILD = join(ROOT, 'build');
const PAGES = Number(process.env.BENCH_PAGES ?? 2500);
const PAIRS = Number(process.env.BENCH_PAIRS ?? 5);
const parts = process.argv.slice(2);
const wanted = (part) => parts.length === 0 || parts.includes(part);

Object.assign(results, { machine: `${cpus().length} x ${cpus()[0].model}`, pages: PAGES, connections: CONNECTIONS });

for (const program of ['guichet-gen', 'guichet-api', 'bench-empty-handler', 'bench-list-sql', 'bench-session-check', 'bench-bare']) {
  if (!existsSync(join(BUILD, program))) {
    console.error(`build/${program} is missing: run ./build.sh bench, which builds it`);
    process.exit(1);
  }
}
// Pages are written to memory where there is such a place, so that the disk's mood is nobody's merit; the store is on disk.
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const pages = mkdtempSync(join(memory, 'guichet-bench-'));
const store = mkdtempSync(join(tmpdir(), 'guichet-bench-'));
const context = {
  root: ROOT,
  out: join(store, 'out'),
  portal: join(store, 'out/portal'),
  api: join(BUILD, 'guichet-api'),
  empty: join(BUILD, 'bench-empty-handler'),
  listSql: join(BUILD, 'bench-list-sql'),
  sessionCheck: join(BUILD, 'bench-session-check'),
};
try {
  if (wanted('generator')) benchGenerator(ROOT, pages, PAGES, PAIRS);
  if (wanted('tickets') || wanted('import')) {
    execFileSync(join(BUILD, 'guichet-gen'), ['build', '--site', ROOT, '--out', context.out], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  if (wanted('import')) benchImport(context, store);
  if (wanted('tickets')) await benchTickets(context, store);
} finally {
  for (const dir of [pages, store]) rmSync(dir, { recursive: true, force: true });
  writeFileSync(join(BUILD, 'bench.json'), `${JSON.stringify(results, null, 2)}\n`);
}
console.log('\nWritten to build/bench.json.');
