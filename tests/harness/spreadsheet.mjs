// What a spreadsheet makes of a CSV file: LibreOffice reads it, and says what stands in its cells.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './process.mjs';
import { tempFolder } from './temp.mjs';

const COMMA = 44, QUOTE = 34, UTF_8 = 76; // as LibreOffice's CSV filter numbers them

const plain = (xml) => xml.replace(/<[^>]*>/g, '')
  .replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name]);

/** Of a cell of its flat XML: {type, text, formula}; paragraphs are its lines. */
function cellOf(attributes, inside = '') {
  return {
    type: /office:value-type="([^"]*)"/.exec(attributes)?.[1] ?? 'empty',
    formula: /table:formula="([^"]*)"/.exec(attributes)?.[1] ?? null,
    text: [...inside.matchAll(/<text:p>(.*?)<\/text:p>|<text:p\/>/gs)].map(([, text]) => plain(text ?? '')).join('\n'),
  };
}

function rowOf(xml) {
  return [...xml.matchAll(/<table:table-cell([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs)].flatMap(([, attributes, inside]) => {
    const times = Number(/number-columns-repeated="(\d+)"/.exec(attributes)?.[1] ?? 1);
    return Array.from({ length: Math.min(times, 100) }, () => cellOf(attributes, inside));
  });
}

/** The rows of a CSV file as LibreOffice opens it, told that it is UTF-8 with commas. */
export async function opened(csv) {
  const folder = tempFolder('spreadsheet');
  writeFileSync(join(folder, 'tickets.csv'), csv);
  const convert = (profile) => run('soffice', [`-env:UserInstallation=file://${folder}/${profile}`, '--headless', '--norestore',
    `--infilter=CSV:${COMMA},${QUOTE},${UTF_8},1`, '--convert-to', 'fods', '--outdir', folder, join(folder, 'tickets.csv')],
  { env: { HOME: folder } });
  let program = await convert('profile');
  if (program.code >= 128) program = await convert('another'); // on a busy machine it now and then aborts as it starts
  assert.equal(program.code, 0, program.said);
  const xml = readFileSync(join(folder, 'tickets.fods'), 'utf8');
  return [...xml.matchAll(/<table:table-row[^>]*?(?<!\/)>(.*?)<\/table:table-row>/gs)].map(([, row]) => rowOf(row))
    .filter((row) => row.some((cell) => cell.type !== 'empty'));
}
