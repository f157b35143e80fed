// The store as its administrator could open it beside a running server: for what only time would bring about.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './process.mjs';

/** What the statement says, a row a line. */
export async function sql(data, statement) {
  const { code, stdout, stderr } = await run('sqlite3', ['-cmd', '.timeout 5000', join(data, 'guichet.db'), statement]);
  assert.equal(code, 0, stderr);
  return stdout.trim();
}

/** Everybody's sessions began so many minutes earlier than they did. */
export const ageSessions = (data, minutes) => sql(data, `UPDATE session SET created_at = created_at - ${minutes * 60_000}`);

/** Files of a folder and those below it that hold one of these words. */
export function holding(folder, words) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const what = statSync(path);
    if (what.isDirectory()) return holding(path, words);
    if (!what.isFile()) return [];
    const bytes = readFileSync(path).toString('latin1').toLowerCase();
    return words.filter((word) => bytes.includes(word)).map((word) => `${word} in ${path}`);
  });
}
