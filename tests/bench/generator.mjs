// The generator beside Hugo, which makes pages of the same shape with the same features (hugo/config.toml lists them),
// beside a bare program that only reads the articles, runs them through cmark, and writes what comes out, and beside the
// program cmark, which is given the same files, many at a time, and whose output goes nowhere.
//
// All run in turn, pair by pair; each round writes to new folders, since where files were just deleted some file
// systems make new ones slowly. The first round of a size warms up and is not counted.

import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeHugo } from './hugo.mjs';
import { writePortal } from './portal.mjs';
import { has, median, miss, record, seconds } from './tools.mjs';

const LIMIT = { timeout: 600000 };
const BATCH = 500; // files that cmark is given at a time

/** What one size is measured with. */
function setUp(root, work, pages) {
  const dir = join(work, String(pages));
  const portal = join(dir, 'portal');
  writePortal(portal, root, pages);
  return {
    dir,
    portal,
    batches: batches(join(portal, 'content/help')),
    hugo: join(dir, 'hugo'),
    bare: join(root, 'build/bench-bare'),
    generator: join(root, 'build/guichet-gen'),
    build: ['build', '--site', portal, '--themes', join(root, 'themes')],
  };
}

/** The articles as cmark is given them: batches of files. */
function batches(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
  return Array.from({ length: Math.ceil(files.length / BATCH) }, (_, i) => files.slice(i * BATCH, (i + 1) * BATCH));
}

const cmarkSeconds = (all) => all.reduce((sum, files) => sum + seconds('cmark', files, LIMIT), 0);

/** One round: seconds of each; what is not there takes NaN. */
function round(size, number, { withHugo, withCmark }) {
  const out = (name) => join(size.dir, `${name}-${number}`);
  const times = {
    gen: seconds(size.generator, [...size.build, '--out', out('gen')], LIMIT),
    unchanged: seconds(size.generator, [...size.build, '--out', out('gen')], LIMIT),
    bare: seconds(size.bare, [join(size.portal, 'content/help'), out('bare')], LIMIT),
    cmark: withCmark ? cmarkSeconds(size.batches) : NaN,
    hugo: withHugo ? seconds('hugo', ['--quiet', '--source', size.hugo, '--destination', out('hugo')], LIMIT) : NaN,
  };
  for (const name of ['gen', 'bare', 'hugo']) rmSync(out(name), { recursive: true, force: true });
  return times;
}

function rounds(size, pairs, peers) {
  const all = [];
  for (let number = 0; number <= pairs; number++) all.push(round(size, number, peers));
  return all.slice(1);
}

const ratio = (all, one, other) => median(all.map((times) => times[one] / times[other]));

function peakMb(size, name) {
  const run = spawnSync('/usr/bin/time', ['-f', '%M', size.generator, ...size.build, '--out', join(size.dir, 'peak')],
    { encoding: 'utf8', ...LIMIT });
  if (run.status === 0) record(name, Number(run.stderr.trim().split('\n').pop()) / 1024, 1);
  else miss(name, 'the time program is not installed (Debian package time)');
}

/** A size beside its peers; its figures are named `gen_<middle>vs_hugo` and so on. Returns the generator's seconds. */
function compare(root, work, pages, pairs, middle) {
  console.log(`\nThe generator: ${pages} articles in twelve languages`);
  const size = setUp(root, work, pages);
  const withHugo = has('hugo'), withCmark = has('cmark');
  if (withHugo) writeHugo(size.hugo, root, pages);
  const all = rounds(size, pairs, { withHugo, withCmark });
  record(`gen_${middle}seconds`, median(all.map((times) => times.gen)), 3);
  record(`bare_${middle}seconds`, median(all.map((times) => times.bare)), 3);
  record(`gen_${middle}vs_bare`, ratio(all, 'gen', 'bare'));
  if (withCmark) record(`gen_${middle}vs_cmark`, ratio(all, 'gen', 'cmark'));
  else miss(`gen_${middle}vs_cmark`, 'cmark is not installed (Debian package cmark)');
  record(`gen_${middle}unchanged_ratio`, ratio(all, 'unchanged', 'gen'), 3);
  if (withHugo) {
    record(`hugo_${middle}seconds`, median(all.map((times) => times.hugo)), 3);
    record(`gen_${middle}vs_hugo`, ratio(all, 'hugo', 'gen'));
  } else {
    miss(`gen_${middle}vs_hugo`, 'hugo is not installed (Debian package hugo)');
  }
  peakMb(size, `gen_${middle}peak_mb`);
  rmSync(size.dir, { recursive: true, force: true });
  return median(all.map((times) => times.gen));
}

/** What a page costs when there are many, against what it costs when there are fewer: about 1 is linear. */
function compareSizes(root, work, many, fewer, secondsOfFewer) {
  console.log(`\nThe generator: ${many} articles in twelve languages`);
  const size = setUp(root, work, many);
  const times = [1, 2].map((number) => {
    const out = join(size.dir, `gen-${number}`);
    const taken = seconds(size.generator, [...size.build, '--out', out], LIMIT);
    rmSync(out, { recursive: true, force: true });
    return taken;
  });
  record(`gen_${many}_seconds`, Math.min(...times), 3);
  record(`gen_${many}_vs_${fewer}_per_page`, Math.min(...times) / many / (secondsOfFewer / fewer));
  peakMb(size, `gen_${many}_peak_mb`);
  rmSync(size.dir, { recursive: true, force: true });
}

/** `pages` and `pairs` of the small size; the large ones have fewer rounds. */
export function benchGenerator(root, work, pages, pairs) {
  compare(root, work, pages, pairs, '');
  const taken = compare(root, work, 10000, Math.min(pairs, 3), '10000_');
  compareSizes(root, work, 50000, 10000, taken);
}
