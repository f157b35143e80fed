// Temporary folders and started programs, all gone when the test file has ended.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

const endings = [];

/** Do this when the file's tests are over; the latest first. A rejection fails the file. */
export function atEnd(work) {
  endings.push(work);
}

after(async () => {
  const failures = [];
  while (endings.length > 0) {
    try {
      await endings.pop()();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map((f) => f.message).join('\n'));
});

const folders = new Set();
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder that is removed in the end. */
export function tempFolder(label = 'test') {
  const folder = mkdtempSync(join(tmpdir(), `guichet-${label}-`));
  folders.add(folder);
  return folder;
}
