// The articles to measure with as a Hugo site, made as Hugo's documentation advises and with what our pages have: see
// hugo/config.toml, which lists what both do. Strings, styles and scripts are the default theme's.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCALES, SECTIONS, writeArticles } from './corpus.mjs';
import { LANGUAGES } from './vocabulary.mjs';

/** Pages that every portal has besides its articles. */
const SYSTEM_PAGES = ['closed', 'denied', 'new', 'not-found', 'reset', 'reset-form', 'sign-in', 'sign-out', 'sign-up', 'ticket', 'tickets',
  'unavailable', 'verify'];

/** A theme's strings as Hugo's flat i18n table; plurals keep their "other" form. */
function stringsTable(strings) {
  const lines = [];
  const walk = (value, path) => {
    const text = typeof value === 'string' ? value : value.other;
    if (typeof text === 'string') lines.push(`[${JSON.stringify(path)}]\nother = ${JSON.stringify(text.replaceAll('{{', ''))}\n`);
    else for (const [key, inner] of Object.entries(value)) walk(inner, path ? `${path}.${key}` : key);
  };
  walk(strings, '');
  return lines.join('\n');
}

/** What the configuration says of one language: its texts, and below them the English ones, where its own are missing. */
function languageTable(locale, weight) {
  const key = locale.toLowerCase(); // Hugo knows languages by small letters
  const mount = (from) => `[[module.mounts]]\nsource = "content/${from}"\ntarget = "content"\nlang = "${key}"\n`;
  return `[languages.${key}]
languageCode = "${locale}"
languageName = "${LANGUAGES[locale].name}"
languageDirection = "${LANGUAGES[locale].dir ?? 'ltr'}"
weight = ${weight}
${mount(locale)}${locale === 'en' ? '' : mount('en')}`;
}

/** The start of the help centre, its sections (listed there, without pages of their own), and the system pages. */
function writeOwnPages(dir, locale, strings) {
  const write = (path, front, body = '') => writeFileSync(join(dir, path), `---\n${front}\n---\n${body}`);
  write('_index.md', `title: ${JSON.stringify(strings.pages.home.title)}`);
  write('help/_index.md', `title: ${JSON.stringify(strings.pages.help.title)}\ncascade:\n  type: help`);
  for (let i = 0; i < SECTIONS; i++) {
    write(`help/section-${i}/_index.md`, `title: Section ${i} ${locale}\nweight: ${i + 1}\n_build:\n  render: never`);
  }
  for (const page of SYSTEM_PAGES) write(`${page}.md`, `title: ${JSON.stringify(strings.pages[page].title)}\nlayout: card`);
}

/** Write a site of `pages` articles to `dir`; `example` is the root of our sources. */
export function writeHugo(dir, example, pages) {
  cpSync(join(example, 'tests/bench/hugo'), dir, { recursive: true });
  for (const kind of ['css', 'js']) cpSync(join(example, 'themes/default', kind), join(dir, 'assets', kind), { recursive: true });
  mkdirSync(join(dir, 'i18n'), { recursive: true });
  writeArticles(dir, pages, 'lastmod', (locale) => join('content', locale, 'help'));
  let config = readFileSync(join(dir, 'config.toml'), 'utf8');
  LOCALES.forEach((locale, i) => {
    const strings = JSON.parse(readFileSync(join(example, `themes/default/locales/${locale}.json`), 'utf8'));
    writeFileSync(join(dir, 'i18n', `${locale.toLowerCase()}.toml`), stringsTable(strings));
    writeOwnPages(join(dir, 'content', locale), locale, strings);
    config += languageTable(locale, i + 1);
  });
  writeFileSync(join(dir, 'config.toml'), config);
}
