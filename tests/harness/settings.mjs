// A server whose portal's "tickets" and whose people were changed first.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { editJson, generate, people, portalFolder, run, serve } from './guichet.mjs';
import { tempFolder } from './temp.mjs';

/** served({ permission: 'own' }, (demo) => { demo.people.anna.manager = true; }) */
export async function served(tickets, change = () => {}, { locales, ...options } = {}) {
  const folder = portalFolder((at) => editJson(at, 'content/portal.json', (portal) => {
    Object.assign(portal.tickets, tickets);
    if (locales) portal.locales = locales;
  }));
  await generate(folder);
  const source = tempFolder('people');
  cpSync(join(dirname(people), 'files'), join(source, 'files'), { recursive: true });
  const demo = JSON.parse(readFileSync(people, 'utf8'));
  change(demo);
  writeFileSync(join(source, 'people.json'), JSON.stringify(demo));
  const data = join(source, 'data');
  const made = await run('guichet-api', ['demo', join(source, 'people.json'), '--data', data], { env: { GUICHET_PORTAL: join(folder, 'out/portal') } });
  assert.equal(made.code, 0, made.stderr);
  return serve({ folder, data, ...options });
}
