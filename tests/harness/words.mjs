// The theme's own words, so that a test presses what a person reads.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './guichet.mjs';

/** A text from elsewhere is set apart in a language that is written from right to left. */
const apart = (locale, value) => (locale === 'ar' && typeof value === 'string' ? `\u2068${value}\u2069` : value);

/** words('fr')('reply.send') -> "Envoyer la réponse"; {placeholders} are filled from `values`. */
export function words(locale) {
  const strings = JSON.parse(readFileSync(join(root, `themes/default/locales/${locale}.json`), 'utf8'));
  return (key, values = {}) => {
    const leaf = key.split('.').reduce((node, name) => node?.[name], strings);
    if (typeof leaf !== 'string') throw new Error(`${locale}: no string "${key}"`);
    return leaf.replace(/\{(\w+)\}/g, (whole, name) => apart(locale, values[name]) ?? whole);
  };
}
