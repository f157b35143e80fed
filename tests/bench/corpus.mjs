// Articles to measure with: the same Markdown as a Guichet portal and as a Hugo site.
//
// The text is made from a small vocabulary by a fixed pseudo-random sequence, so every run measures the same bytes.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const WORDS = {
  en: 'ticket reply customer answer account delivery invoice please open window colleague button message before after every report team because portal search order device update address secure simple'.split(' '),
  fr: 'demande réponse client compte livraison facture ouvrir fenêtre collègue bouton message avant après chaque rapport équipe parce portail recherche commande appareil mise adresse simple sûr'.split(' '),
};

/** A small linear congruential generator: numbers from 0 to n-1. */
function sequence(seed) {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * n);
  };
}

function sentence(next, words) {
  const length = 8 + next(12);
  const picked = Array.from({ length }, () => words[next(words.length)]);
  picked[next(length)] = `**${picked[0]}**`;
  picked[next(length)] = `\`${picked[1]}\``;
  return `${picked[0][0].toUpperCase()}${picked.join(' ').slice(1)}.`;
}

function paragraph(next, words) {
  return Array.from({ length: 3 + next(4) }, () => sentence(next, words)).join(' ');
}

/** The Markdown of one article, about 500 words: headings, paragraphs, a list, code, a quotation. */
export function article(locale, number) {
  const next = sequence(number * 7919 + locale.charCodeAt(0));
  const words = WORDS[locale];
  const parts = [];
  for (let section = 0; section < 4; section++) {
    parts.push(`## ${sentence(next, words).replace(/[*`.]/g, '')} ${section}`);
    parts.push(paragraph(next, words));
    parts.push(Array.from({ length: 4 }, () => `- ${sentence(next, words)}`).join('\n'));
    parts.push(`> ${sentence(next, words)}`);
    parts.push(`\`\`\`\n${words[next(words.length)]} --${words[next(words.length)]}\n\`\`\``);
  }
  return parts.join('\n\n') + '\n';
}

const SECTIONS = 10;

function frontMatter(number, locale) {
  return `---\ntitle: Article ${number} ${locale}\nsummary: What article ${number} is about.\n---\n\n`;
}

/** Write `count` pages (half English, half French) as a portal folder that borrows the example's settings. */
export function writePortal(dir, example, count) {
  cpSync(join(example, 'content'), join(dir, 'content'), {
    recursive: true,
    filter: (path) => !/content\/(help|pages|demo)(\/|$)/.test(path),
  });
  const sections = {};
  for (let s = 0; s < SECTIONS; s++) {
    sections[`section-${s}`] = { title: { en: `Section ${s}`, fr: `Rubrique ${s}` }, order: s + 1 };
  }
  mkdirSync(join(dir, 'content/help'), { recursive: true });
  writeFileSync(join(dir, 'content/help/sections.json'), JSON.stringify(sections, null, 2));
  for (const locale of ['en', 'fr']) {
    for (let i = 0; i < count / 2; i++) {
      const folder = join(dir, 'content/help', locale, `section-${i % SECTIONS}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${String(i).padStart(5, '0')}-article-${i}.md`),
        frontMatter(i, locale) + article(locale, i));
    }
  }
}

/** Every string of a theme's locale file as Hugo's flat i18n table; plurals keep their "other" form. */
function hugoStrings(file) {
  const lines = [];
  const walk = (value, path) => {
    const text = typeof value === 'string' ? value : value.other;
    if (typeof text === 'string') lines.push(`[${JSON.stringify(path)}]\nother = ${JSON.stringify(text.replaceAll('{{', ''))}\n`);
    else for (const [key, inner] of Object.entries(value)) walk(inner, path ? `${path}.${key}` : key);
  };
  walk(JSON.parse(readFileSync(file, 'utf8')), '');
  return lines.join('\n');
}

/** The same articles as a Hugo site whose pages have the shape of the default theme's. */
export function writeHugo(dir, example, count) {
  cpSync(join(example, 'tests/bench/hugo'), dir, { recursive: true });
  for (const kind of ['css', 'js']) cpSync(join(example, 'themes/default', kind), join(dir, 'assets', kind), { recursive: true });
  mkdirSync(join(dir, 'i18n'), { recursive: true });
  for (const locale of ['en', 'fr']) {
    writeFileSync(join(dir, 'i18n', `${locale}.toml`), hugoStrings(join(example, `themes/default/locales/${locale}.json`)));
    for (let i = 0; i < count / 2; i++) {
      const folder = join(dir, 'content', locale, `section-${i % SECTIONS}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `article-${i}.md`), frontMatter(i, locale) + article(locale, i));
    }
  }
}

/** Every Markdown file of a portal folder written by writePortal(); they are read on the way. */
export function markdownFiles(dir, count) {
  const files = [];
  for (const locale of ['en', 'fr']) {
    for (let i = 0; i < count / 2; i++) {
      files.push(join(dir, 'content/help', locale, `section-${i % SECTIONS}`,
        `${String(i).padStart(5, '0')}-article-${i}.md`));
    }
  }
  files.forEach((path) => readFileSync(path)); // warm the page cache alike for everyone
  return files;
}
