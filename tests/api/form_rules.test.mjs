// The page's rules, held against the same cases as the API's (tests/forms/README.md).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const source = readFileSync(new URL('../../themes/default/js/rules.js', import.meta.url), 'utf8');
const { cleaned, fault, hidden } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
const { fields, cases } = JSON.parse(readFileSync(new URL('../forms/cases.json', import.meta.url), 'utf8'));
const rules = fields.map(({ id, show_when: showWhen }) => ({ id, ...(showWhen && { showWhen }) }));

/** The answers to a field: none, one, or several. */
const given = (answers, id) => [answers[id] ?? []].flat().map(String);

/** What is wrong with each field that is asked for, as the page finds it; files are its own component's business. */
function faults(answers, off) {
  const asked = fields.filter(({ id, type }) => !off.has(id) && type !== 'files');
  const codes = asked.map(({ id, type, required, min, max, options }) => {
    const choices = type === 'checkbox' ? ['true'] : options;
    return [id, fault(given(answers, id), { type, required, min: min ?? undefined, max: max ?? undefined, ...(choices.length && { options: choices }) })];
  });
  return Object.fromEntries(codes.filter(([, code]) => code));
}

describe('a form, as the page judges it', () => {
  for (const { why, answers, hidden: wanted, errors } of cases) {
    it(why, () => {
      const off = hidden(rules, (id) => given(answers, id));
      assert.deepEqual([...off], wanted);
      const { files, ...others } = errors;
      assert.deepEqual(faults(answers, off), others);
    });
  }

  it('keeps what was typed but for the blanks around it', () => {
    assert.equal(cleaned(' a  b\u00a0'), 'a  b');
    assert.equal(cleaned('\n \n  a\n\n b \n\n', true), '  a\n\n b');
    assert.equal(cleaned('aa\na', true), 'aa\na');
  });
});
