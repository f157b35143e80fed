// The articles to measure with as a portal: the example's settings, in twelve languages.

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCALES, readInAllLanguages, SECTIONS, writeArticles } from './corpus.mjs';

const json = (value) => JSON.stringify(value, null, 2);

function settingsFiles(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.path, entry.name));
}

/** Write a portal of `pages` articles to `dir`, with the settings of the one at `example`. */
export function writePortal(dir, example, pages) {
  const content = join(dir, 'content'), help = join(content, 'help');
  cpSync(join(example, 'content'), content, {
    recursive: true,
    filter: (path) => !/content\/(help|pages|demo|schemas)(\/|$)/.test(path),
  });
  for (const file of settingsFiles(content)) writeFileSync(file, json(readInAllLanguages(file)));
  const settings = JSON.parse(readFileSync(join(content, 'portal.json'), 'utf8'));
  writeFileSync(join(content, 'portal.json'), json({ ...settings, locales: LOCALES }));
  mkdirSync(help, { recursive: true });
  writeFileSync(join(help, 'sections.json'), json(Object.fromEntries(Array.from({ length: SECTIONS }, (_, i) => [
    `section-${i}`, { title: Object.fromEntries(LOCALES.map((locale) => [locale, `Section ${i} ${locale}`])), order: i + 1 },
  ]))));
  writeArticles(help, pages, 'changed');
}
