// The tickets of a view as a file for a spreadsheet (S27).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, CARL, MIA, editJson, serve } from '../harness/guichet.mjs';
import { BIRCH, INVOICE, NOTE, OLD, PRINTER, PRIVATE, allTickets } from '../harness/tickets.mjs';

const MARK = '\uFEFF';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const server = await serve();
const plain = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => {
  p.tickets.csv_mark = false;
  p.tickets.columns = [{ property: 'status' }, { property: 'stage' }, { property: 'subject', label: { en: 'What', fr: 'Quoi' } },
    { property: 'number' }, { property: 'pipeline' }, { property: 'company' }, { property: 'category' }, { property: 'priority' },
    { property: 'source' }, { property: 'closed' }];
}) });
const anna = await server.signedIn(ANNA);

/** Rows of a CSV file, read as RFC 4180 has it. */
function rowsOf(text) {
  const rows = [];
  let row = [], field = '', quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') { field += '"'; i++; }
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ',') { row.push(field); field = ''; }
    else if (!quoted && c === '\r' && text[i + 1] === '\n') { rows.push([...row, field]); row = []; field = ''; i++; }
    else field += c;
  }
  assert.equal(field, '', 'the last line ends');
  assert.equal(quoted, false);
  return rows;
}

describe('an export', () => {
  it('has a row for each ticket of the view, in the list’s order, and begins with a byte order mark', async () => {
    const answer = await anna.get('/tickets.csv?status=all&view=company&locale=en');
    assert.equal(answer.status, 200, answer.text);
    assert.ok(answer.text.startsWith(MARK));
    const [head, ...rows] = rowsOf(answer.text.slice(1));
    assert.deepEqual(head, ['Number', 'Subject', 'Requested by', 'Created', 'Owner', 'Last activity', 'Status']);
    const list = await allTickets(anna, { view: 'company' });
    assert.deepEqual(rows.map((r) => Number(r[0])), list.map((t) => t.number));
    assert.deepEqual(rows.map((r) => r[1]).sort(), [INVOICE, OLD, PRINTER].sort());
    const printer = rows.find((r) => r[1] === PRINTER);
    assert.equal(printer[2], 'Anna Berg');
    assert.match(printer[3], TIME);
    assert.equal(printer[4], 'Mia'); // the first name alone (S12)
    assert.equal(printer[6], 'Open');
  });

  it('is an attachment that no cache keeps, called after what it holds', async () => {
    const { headers } = await anna.get('/tickets.csv?locale=fr');
    assert.match(headers['content-type'], /^text\/csv; charset=utf-8/);
    assert.match(headers['content-disposition'], /^attachment; filename="demandes-\d{4}-\d\d-\d\d\.csv"/);
    assert.match(headers['cache-control'], /no-store/);
  });

  it('speaks the language that is asked for', async () => {
    const [head, ...rows] = rowsOf((await anna.get('/tickets.csv?locale=fr')).text.slice(1));
    assert.deepEqual(head.slice(0, 2), ['Numéro', 'Objet']);
    assert.ok(rows.every((r) => r[6] === 'Ouverte'), JSON.stringify(rows));
  });

  it('has the columns, labels and stages of the portal', async () => {
    const client = await plain.signedIn(ANNA);
    const answer = await client.get('/tickets.csv?status=closed&locale=en');
    const [head, row, ...more] = rowsOf(answer.text);
    assert.deepEqual(head, ['Status', 'Stage', 'What', 'Number', 'Pipeline', 'Company', 'About', 'Urgency', 'Source', 'Closed']);
    assert.deepEqual(more, []);
    assert.deepEqual([row[0], row[2], row[5], row[8]], ['Closed', OLD, 'Acme', 'Portal']);
    const [, french] = rowsOf((await client.get('/tickets.csv?status=closed&locale=fr')).text);
    assert.equal(french[8], 'Portail', 'where it came from is said in the reader’s language, too');
    for (const [locale, portal] of [['en', 'Portal'], ['fr', 'Portail']])
      assert.ok((await client.page(`/support/${locale}/tickets/`)).text.includes(
        `<span data-scope="option.source."><span data-k="portal">${portal}</span><span data-k="email">E-mail</span></span>`), locale);
    assert.notEqual(row[1], 'closed', 'the label, not the id');
    assert.match(row[9], TIME);
  });

  it('holds nothing that the list does not show its reader', async () => {
    const mine = await anna.get('/tickets.csv?status=all&view=mine');
    for (const hidden of [INVOICE, BIRCH, PRIVATE, NOTE]) assert.ok(!mine.text.includes(hidden), hidden);
    const carl = await server.signedIn(CARL);
    const his = await carl.get('/tickets.csv?status=all');
    assert.ok(his.text.includes(BIRCH));
    for (const hidden of [INVOICE, PRINTER, PRIVATE]) assert.ok(!his.text.includes(hidden), hidden);
    const all = await (await server.signedIn(MIA)).get('/tickets.csv?status=all');
    for (const subject of [INVOICE, PRINTER, PRIVATE, BIRCH, OLD]) assert.ok(all.text.includes(subject), subject);
  });

  it('never hands a spreadsheet a formula, and keeps quotes and lines (T24)', async () => {
    const carl = await server.signedIn(CARL);
    for (const subject of ['=HYPERLINK("http://x.example","click")', '+1', '-1', '@SUM(A1)', 'a "b", c']) await carl.file(subject, 'x');
    const rows = rowsOf((await carl.get('/tickets.csv')).text.slice(1)).map((r) => r[1]);
    for (const subject of ['\'=HYPERLINK("http://x.example","click")', '\'+1', '\'-1', '\'@SUM(A1)', 'a "b", c']) assert.ok(rows.includes(subject), subject);
  });

  it('refuses what the list refuses, and an unknown language', async () => {
    assert.equal((await server.client().get('/tickets.csv')).code, 'signed_out');
    for (const query of ['status=odd', 'view=odd', 'locale=xx', 'after=x', 'status=open&status=all'])
      assert.equal((await anna.get(`/tickets.csv?${query}`)).code, 'bad_input', query);
  });
});
