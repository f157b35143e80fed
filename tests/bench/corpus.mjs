// Articles to measure with: the same Markdown as a Guichet portal (portal.mjs) and as a Hugo site (hugo.mjs).
//
// It is what the product stands for: a help centre in all twelve languages. Articles have headings, paragraphs, lists,
// code, quotations, links to other articles, to a heading and to elsewhere, and the day of their last change. The last
// tenth of them stands in English only so far; readers of other languages get that text, with a notice.
//
// The text is made by a fixed pseudo-random sequence, so that every run measures the same bytes.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from './vocabulary.mjs';

export const LOCALES = Object.keys(LANGUAGES);
export const SECTIONS = 10;

/** A small linear congruential generator: numbers from 0 to n-1. */
function sequence(seed) {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * n);
  };
}

/** What writes in one language: `words(count)`, and sentences with emphasis and code. */
function writer(next, { words: list, join: between = ' ', end = '.' }) {
  const vocabulary = list.split(' ');
  const word = () => vocabulary[next(vocabulary.length)];
  const words = (count) => Array.from({ length: count }, word).join(between);
  const sentence = () => {
    const text = [words(2 + next(4)), `**${word()}**`, words(2 + next(4)), `\`${word()}\``, words(2 + next(4))].join(between);
    return `${text[0].toUpperCase()}${text.slice(1)}${end}`;
  };
  return { word, words, sentence, paragraph: () => Array.from({ length: 3 + next(4) }, sentence).join(between) };
}

const fileName = (number) => `${String(number).padStart(5, '0')}-article-${number}.md`;
const sectionOf = (number) => `section-${number % SECTIONS}`;

/** The parts of one of the four sections of an article; `link` leads somewhere, as such links do. */
function section(write, heading, link) {
  return [
    `## ${heading}`,
    `${write.paragraph()} [${write.words(2)}](${link})`,
    Array.from({ length: 4 }, () => `- ${write.sentence()}`).join('\n'),
    `> ${write.sentence()}`,
    `\`\`\`\n${write.word()} --${write.word()}\n\`\`\``,
  ];
}

/** The Markdown of one article of `count`, about 500 words. */
function article(locale, number, count) {
  const next = sequence(number * 7919 + LOCALES.indexOf(locale));
  const write = writer(next, LANGUAGES[locale]);
  const headings = Array.from({ length: 4 }, (_, i) => `${i + 1} ${write.words(4)}`);
  const other = () => {
    const to = next(count);
    return `../${sectionOf(to)}/${fileName(to)}`;
  };
  const links = [other(), `#${headings[3].toLowerCase().replaceAll(' ', '-')}`, other(), 'https://www.example.com/'];
  return headings.flatMap((heading, i) => section(write, heading, links[i])).join('\n\n') + '\n';
}

/** How many articles there are in each language when there are `pages` in all. */
const perLanguage = (pages) => Math.round(pages / LOCALES.length);

const isTranslated = (number, count) => number < count - Math.floor(count / 10);

/**
 * Write `pages` articles to `dir`, those of a language to the folder that `folderOf` names; `dated` is the key under
 * which front matter holds the last change.
 */
export function writeArticles(dir, pages, dated, folderOf = (locale) => locale) {
  const count = perLanguage(pages);
  for (const locale of LOCALES) {
    for (let i = 0; i < SECTIONS; i++) mkdirSync(join(dir, folderOf(locale), sectionOf(i)), { recursive: true });
    for (let i = 0; i < count; i++) {
      if (locale !== 'en' && !isTranslated(i, count)) continue;
      const day = `2026-${String(1 + (i % 10)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`;
      writeFileSync(join(dir, folderOf(locale), sectionOf(i), fileName(i)),
        `---\ntitle: Article ${i} ${locale}\nsummary: What article ${i} is about.\n${dated}: ${day}\n---\n\n${article(locale, i, count)}`);
    }
  }
}

/** Read the settings file `path`, and give every text of it that is there in two languages in all twelve. */
export function readInAllLanguages(path) {
  return JSON.parse(readFileSync(path, 'utf8'), (key, value) => {
    if (typeof value?.en !== 'string' || typeof value.fr !== 'string') return value;
    return Object.fromEntries(LOCALES.map((locale) => [locale, value[locale] ?? value.en]));
  });
}
