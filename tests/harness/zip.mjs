// Zip files, opened by the unzip of the system: it also checks every sum in them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { tempFolder } from './temp.mjs';

/** What is in a zip: a Map of path -> { bytes, at } with the date that it was given. */
export function unzipped(bytes) {
  const folder = tempFolder('zip');
  const out = join(folder, 'out');
  writeFileSync(join(folder, 'all.zip'), bytes);
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  const said = execFileSync('unzip', ['-q', '-d', out, join(folder, 'all.zip')], { env, encoding: 'utf8' });
  assert.equal(said, '');
  return new Map(readdirSync(out, { recursive: true })
    .map((path) => join(out, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => [relative(out, path), { bytes: readFileSync(path), at: statSync(path).mtimeMs }]));
}
