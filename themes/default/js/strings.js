/**
 * The page's strings, from <template id="strings">, in the page's language.
 *
 *     <span data-k="reply.sent">Your reply was sent</span>
 *     <span data-k="list.count"><span data-p="one">{count} ticket</span><span data-p="other">..</span></span>
 *     <span data-scope="stage.support."><span data-k="new">Received</span></span>
 */

/** What a text from elsewhere is set apart for: a letter that is written from right to left, or a page that is. */
const turns = document.documentElement.dir === "rtl" ? /^/ : /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** @type {Map<string, string | Map<string, string>>} */
const table = new Map();
const language = document.documentElement.lang;
const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("strings"));
for (const el of template?.content.querySelectorAll("[data-k]") ?? []) {
  const scope = el.closest("[data-scope]")?.getAttribute("data-scope") ?? "";
  const forms = [...el.querySelectorAll("[data-p]")];
  const key = scope + el.getAttribute("data-k");
  table.set(
    key,
    forms.length
      ? new Map(forms.map((form) => [form.getAttribute("data-p") ?? "", form.textContent ?? ""]))
      : (el.textContent ?? ""),
  );
}

/** Whether the page carries a string. @param {string} key */
export function has(key) {
  return table.has(key);
}

/**
 * A string with its {placeholders} filled; with forms, the one for `values.count`. Numbers are written the
 * language's way; texts of another direction are set apart, so that neither turns the other's punctuation round.
 * @param {string} key @param {Record<string, string | number>} [values]
 */
export function text(key, values = {}) {
  const entry = table.get(key);
  if (entry === undefined) throw new Error(`The page has no string "${key}"`);
  const pattern =
    typeof entry === "string"
      ? entry
      : (entry.get(plurals.select(Number(values.count))) ?? entry.get("other") ?? "");
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (typeof value === "number") return numbers.format(value);
    return turns.test(value) ? `\u2068${value}\u2069` : value;
  });
}

/**
 * The label of something the API names by id; the id itself when the portal no longer knows it.
 * @param {string} key
 * @param {string} id
 */
export function label(key, id) {
  return has(key + id) ? text(key + id) : id;
}

/**
 * The status of a ticket in words: its stage's name where the portal shows those.
 * @param {{ pipeline: string, stage: string, status: string }} ticket
 */
export function statusOf({ pipeline, stage, status }) {
  const key = `state.${pipeline}.${stage}`;
  return text(has(key) ? key : `status.${status}`);
}

/** The name of somebody of the team: all have the portal's one for them where there is one. @param {string} name */
export function teamName(name) {
  return has("team.alias") ? text("team.alias") : name;
}

/** A share of 1 as a percentage. @param {number} share */
export function percent(share) {
  return new Intl.NumberFormat(language, { style: "percent" }).format(share);
}

/** A size in bytes as people read it. @param {number} bytes */
export function size(bytes) {
  const [unit, one] = bytes >= 1048576 ? ["megabyte", 1048576] : bytes >= 1024 ? ["kilobyte", 1024] : ["byte", 1];
  const n = bytes / one;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    unitDisplay: one > 1 ? "short" : "long",
    maximumFractionDigits: n < 10 ? 1 : 0,
  }).format(n);
}

/** The first letters of the first and the last name, kept from joining in Arabic. @param {string} name */
export function initials(name) {
  const parts = name.trim().split(/\s+/);
  const letters = parts.length > 1 ? [parts[0], parts[parts.length - 1]] : parts;
  return letters
    .map((part) => [...(part ?? "")][0] ?? "")
    .join("\u200c")
    .toLocaleUpperCase(language);
}
