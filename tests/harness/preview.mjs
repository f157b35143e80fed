// The preview of a portal's folder, until the file's tests are over; it must then end well.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { portalFolder, root, start } from './guichet.mjs';
import { atEnd, tempFolder } from './temp.mjs';

/** A copy of the example portal with a theme of its own, to be changed at will. */
export function ownPortal(edit) {
  return portalFolder((folder) => {
    rmSync(join(folder, 'themes'));
    cpSync(join(root, 'themes'), join(folder, 'themes'), { recursive: true });
    edit?.(folder);
  });
}

/** Change a file of a portal: edit(folder, 'content/..', (text) => text) */
export function edit(folder, path, change) {
  const file = join(folder, path);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

export async function preview({ folder = ownPortal(), temp = tempFolder('preview'), port = 0, args = [] } = {}) {
  // Only its own themes: what happens to the installed ones meanwhile is no news for a test.
  const where = ['--site', folder, '--themes', join(folder, 'themes'), '--port', String(port)];
  const program = start('guichet-gen', ['preview', ...where, ...args], { env: { TMPDIR: temp } });
  atEnd(async () => {
    if (program.code !== null) return;
    await program.stop('SIGINT');
    program.mustHaveEndedWell();
  });
  const ready = await program.line(/The portal +http:\/\/localhost:(\d+)\//);
  if (!ready) throw new Error(`the preview does not start\n${program.said}`);
  const origin = `http://localhost:${ready[1]}`;
  return {
    program, folder, temp, port: Number(ready[1]), origin, host: origin.split('//')[1],
    /** What is new, as the pages hear it; waits for more than `revision`. */
    news: async (revision = -1) => (await fetch(`${origin}/__preview/news?after=${revision}`, { signal: AbortSignal.timeout(20_000) })).json(),
  };
}
