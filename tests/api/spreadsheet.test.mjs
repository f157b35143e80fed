// The exported file as LibreOffice opens it (S27): every cell is what was written, and none of it is run (T24).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CARL, editJson, serve } from '../harness/guichet.mjs';
import { opened } from '../harness/spreadsheet.mjs';

const HARMLESS = ['Müller, “Größe” & Söhne', '打印机坏了，请帮忙', '請求書を再送してください', 'نحتاج إلى مساعدة', 'a "quoted" word; and; semicolons', 'Emoji 🙂'];
const FORMULAS = ['=1+1', '=HYPERLINK("http://x.example","click")', '+1', '-1+2', '@SUM(1)', '\t=2'];
const LABEL = 'Où en est-elle, "maintenant" ?';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const columns = (mark) => (folder) => editJson(folder, 'content/portal.json', (p) => {
  p.tickets.csv_mark = mark;
  p.tickets.columns = [...['number', 'subject', 'requester', 'created'].map((property) => ({ property })),
    { property: 'status', label: { en: 'Now', fr: LABEL } }];
});
const marked = await serve({ edit: columns(true) });
const unmarked = await serve({ edit: columns(false) });

for (const [name, server] of [['with a byte order mark', marked], ['without one', unmarked]]) {
  describe(`an export ${name}, opened in LibreOffice`, async () => {
    const carl = await server.signedIn(CARL);
    const numbers = new Map();
    for (const subject of [...HARMLESS, ...FORMULAS]) {
      const answer = await carl.file(subject, 'x');
      assert.equal(answer.status, 201, answer.text);
      numbers.set(answer.json.ticket?.number ?? answer.json.number, subject.trim());
    }
    const csv = (await carl.get('/tickets.csv?status=all&locale=fr')).body;
    const [head, ...rows] = await opened(csv);

    it('has the labels in its first row', () => {
      assert.deepEqual(head.map((cell) => cell.text), ['Numéro', 'Objet', 'Demandée par', 'Créée', LABEL]);
    });

    it('has every text as it was written, with umlauts, Chinese, Arabic, commas, semicolons and quotes', () => {
      for (const [number, subject] of numbers) {
        const row = rows.find((r) => r[0].text === String(number));
        assert.ok(row, subject);
        assert.equal(row[0].type, 'float', 'a number is a number');
        if (HARMLESS.includes(subject)) assert.deepEqual(row[1], { type: 'string', formula: null, text: subject });
        assert.equal(row.length, 5, subject);
      }
    });

    it('runs nothing: what looks like a formula is a text, behind an apostrophe', () => {
      for (const row of rows) for (const cell of row) assert.equal(cell.formula, null, cell.text);
      for (const formula of FORMULAS) {
        const cell = rows.map((row) => row[1]).find(({ text }) => text.endsWith(formula.trim()));
        assert.equal(cell?.type, 'string', formula);
        assert.match(cell.text, /^'/, formula);
      }
    });

    it('has moments as ISO 8601 has them', () => {
      for (const row of rows) assert.match(row[3].text, TIME);
    });
  });
}
