/**
 * What a form asks for, and what is wrong with an answer: the same rules by which the API judges what is sent.
 * Nothing here looks at the page.
 */

/**
 * @typedef {"is" | "is_not" | "known" | "unknown"} Test
 * @typedef {{ id: string, showWhen?: { field: string, test: Test, values: string[] } }} Rule
 */

const blanks = /^[\s\p{Cc}\u200b\u2060]+|[\s\p{Cc}\u200b\u2060]+$/gu;
const blankLines = /^(?:[^\S\n]|[\u200b\u2060])*\n/u;

/**
 * An answer without the blanks around it. Of several lines, the first keeps those that indent it.
 * @param {string} value @param {boolean} [lines]
 */
export function cleaned(value, lines) {
  const bare = value.replace(blanks, "");
  if (!lines || !bare) return bare;
  let whole = value.replace(/\r\n?/g, "\n");
  while (blankLines.test(whole)) whole = whole.replace(blankLines, "");
  return whole.slice(0, whole.lastIndexOf(bare.slice(-1)) + 1);
}

/**
 * The fields that are not asked for, given the answers so far. What depends on one of these is one, too.
 * @param {Rule[]} rules in the form's order: a field comes after the one it depends on
 * @param {(id: string) => string} answerOf
 * @returns {Set<string>} their ids
 */
export function hidden(rules, answerOf) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const { id, showWhen } of rules) {
    if (!showWhen) continue;
    const { field, test, values } = showWhen;
    const answer = cleaned(answerOf(field));
    const listed = values.includes(answer);
    const holds = { is: listed, is_not: !listed, known: answer !== "", unknown: answer === "" }[test];
    if (found.has(field) || !holds) found.add(id);
  }
  return found;
}

/**
 * What is wrong with an answer: a code as the API has them, or "".
 * @param {string} value @param {{ required: boolean, max: number, lines?: boolean }} wanted `max` 0: no limit
 */
export function fault(value, { required, max, lines }) {
  const text = cleaned(value, lines);
  if (!text) return required ? "required" : "";
  return max && [...text].length > max ? "too_long" : "";
}
