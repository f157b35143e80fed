// Temporary folders and started programs, all gone when the test file has ended.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach } from 'node:test';

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
function removeFolders() {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
process.on('exit', removeFolders);

// What throws before the first test, at the top of a file, ends the process without its 'exit'.
let begun = false;
beforeEach(() => {
  begun = true;
});
process.on('uncaughtExceptionMonitor', () => {
  if (!begun) removeFolders();
});

/** A new folder that is removed in the end. */
export function tempFolder(label = 'test') {
  const folder = mkdtempSync(join(tmpdir(), `guichet-${label}-`));
  folders.add(folder);
  return folder;
}
