/**
 * What a form asks for, and what is wrong with an answer: the same rules by which the API judges what is sent.
 * Nothing here looks at the page.
 */

/**
 * @typedef {"is" | "is_not" | "known" | "unknown"} Test
 * @typedef {{ id: string, showWhen?: { field: string, test: Test, values: string[] } }} Rule
 * @typedef {{ type: string, required: boolean, min?: number, max?: number, options?: string[] }} Wanted the limits of
 *   a number, or the most characters of a text; `options` of a choice, "true" of a checkbox
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

/** Answers without the empty ones. @param {string[]} answers @param {boolean} [lines] */
function given(answers, lines) {
  return answers.map((answer) => cleaned(answer, lines)).filter(Boolean);
}

/**
 * The fields that are not asked for, given the answers so far. What depends on one of these is one, too.
 * @param {Rule[]} rules in the form's order: a field comes after the one it depends on
 * @param {(id: string) => string[]} answersOf
 * @returns {Set<string>} their ids
 */
export function hidden(rules, answersOf) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const { id, showWhen } of rules) {
    if (!showWhen) continue;
    const { field, test, values } = showWhen;
    const answers = given(answersOf(field));
    const listed = answers.some((answer) => values.includes(answer));
    const holds = { is: listed, is_not: !listed, known: answers.length > 0, unknown: !answers.length }[test];
    if (found.has(field) || !holds) found.add(id);
  }
  return found;
}

const written = /^-?\d{1,15}(?:\.\d{1,6})?$/;

/** @param {string} text @param {Wanted} wanted */
function numberFault(text, { min, max }) {
  if (!written.test(text)) return "number";
  const number = Number(text);
  if (min !== undefined && number < min) return "too_small";
  return max !== undefined && number > max ? "too_great" : "";
}

/** Is it a day that there is, as 2026-11-22? @param {string} text */
function isDay(text) {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * What is wrong with the answers to a field, of which only some types have more than one: a code as the API has
 * them, or "".
 * @param {string[]} answers @param {Wanted} wanted
 */
export function fault(answers, wanted) {
  const { type, required, max, options } = wanted;
  const all = given(answers, type === "textarea");
  const text = all[0];
  if (text === undefined) return required ? "required" : "";
  if (type === "number") return numberFault(text, wanted);
  if (type === "date") return isDay(text) ? "" : "date";
  if (options) return all.every((each, i) => options.includes(each) && all.indexOf(each) === i) ? "" : "option";
  return max && [...text].length > max ? "too_long" : "";
}
