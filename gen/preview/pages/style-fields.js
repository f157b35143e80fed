/**
 * The fields of a style control: what stands in them, and what one enters. A control is an element
 * [data-setting] with a [data-type]; its value is in the fields without [data-style], and a colour's picker or a
 * slider is the twin of one of them.
 */

/** What the overlay says of a setting when it says nothing. */
export const GONE = Symbol("gone");
const NONE = "";

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */
/** @typedef {Record<string, any>} Overlay */

/** @type {EventTarget | null} what is being typed into, or dragged */
let busy = null;

/** @param {HTMLElement} setting */
export const keyOf = (setting) => /** @type {string} */ (setting.dataset.setting);

/** Those that hold the value. @param {HTMLElement} setting */
export const fieldsOf = (setting) =>
  /** @type {Field[]} */ ([...setting.querySelectorAll("select, input:not([data-style])")]);

/** The other field of the same. @param {HTMLElement} setting @param {Field} field */
function twinOf(setting, { dataset: { style, member } }) {
  const of = member ? `[data-member="${member}"]` : "";
  const wanted = style ? "input:not([data-style])" : "input[data-style]";
  return /** @type {HTMLInputElement} */ (setting.querySelector(wanted + of));
}

/** @param {HTMLElement} setting */
const hasSlider = (setting) => setting.querySelector('[data-style="slider"]') !== null;

/** #rgb and what has no # yet, too. @param {string} text @returns {string | null} */
export function colorOf(text) {
  const digits = /^\s*#?([0-9a-f]{6}|[0-9a-f]{3})\s*$/i.exec(text)?.[1].toLowerCase();
  if (!digits) return null;
  return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits}`;
}

// --- what stands in them ---------------------------------------------------------------------------------

/** Put a text into a field, unless one is at it. @param {Field} field @param {string} text */
function put(field, text) {
  if (busy !== field && field.value !== text) field.value = text;
}

/** @param {HTMLElement} setting @param {any} shown */
function putColor(setting, shown) {
  for (const field of fieldsOf(setting)) {
    const text = String(shown?.[/** @type {string} */ (field.dataset.member)] ?? "");
    put(field, text);
    put(twinOf(setting, field), colorOf(text) ?? "#000000");
  }
}

/** @param {HTMLElement} setting @param {any} shown */
function putAmount(setting, shown) {
  const [field] = fieldsOf(setting);
  const unit = field.dataset.unit ?? "";
  const text = String(shown ?? "");
  const bare = unit && text.endsWith(unit) ? text.slice(0, -unit.length) : text;
  put(field, bare);
  put(twinOf(setting, field), bare);
}

/** @param {HTMLElement} setting @param {any} shown */
function putTexts(setting, shown) {
  for (const field of fieldsOf(setting)) {
    const tag = /** @type {string} */ (field.dataset.member);
    put(field, typeof shown === "string" ? shown : (shown?.[tag] ?? shown?.["*"] ?? ""));
  }
}

/** @param {HTMLElement} setting @param {any} shown @param {boolean} own @param {string[]} names */
function putFile(setting, shown, own, names) {
  const select = /** @type {HTMLSelectElement} */ (fieldsOf(setting)[0]);
  const current = typeof shown === "string" ? shown : NONE;
  const wanted = [...new Set([...(own || setting.dataset.type === "image" ? [NONE] : []), ...names, current])];
  if (wanted.join("\n") !== [...select.options].map(({ value }) => value).join("\n"))
    select.replaceChildren(...wanted.map((name) => new Option(name || (own ? "The theme’s" : "None"), name)));
  put(select, current);
}

/**
 * What stands in them; `own`: the theme has a file of its own for it.
 * @param {HTMLElement} setting @param {{ shown: any, own: boolean }} now @param {Record<string, string[]>} files
 */
export function putShown(setting, { shown, own }, files) {
  const [field] = fieldsOf(setting);
  const type = /** @type {string} */ (setting.dataset.type);
  if (type === "color") putColor(setting, shown);
  else if (type === "text") putTexts(setting, shown);
  else if (type === "boolean") /** @type {HTMLInputElement} */ (field).checked = shown === true;
  else if (type === "image" || type === "font") putFile(setting, shown, own, files[type]);
  else if (hasSlider(setting)) putAmount(setting, shown);
  else put(field, String(shown ?? ""));
}

// --- what one enters -------------------------------------------------------------------------------------

/** A colour on both grounds, so that one of them can be changed. @param {any} said @returns {Overlay} */
export function bothGrounds(said) {
  if (said === undefined) return {};
  return said === null || typeof said === "string" ? { light: said, dark: said } : said;
}

/** @param {HTMLElement} setting @param {Field} field @param {boolean} done @param {any} before */
function readColor(setting, field, done, before) {
  const member = /** @type {string} */ (field.dataset.member);
  const color = colorOf(field.value);
  if (!color && !done) return undefined;
  if (color) put(twinOf(setting, field), color);
  const { [member]: _, ...rest } = bothGrounds(before);
  const value = field.value.trim() ? { ...rest, [member]: color ?? field.value } : rest;
  return Object.keys(value).length > 0 ? value : GONE;
}

/** @param {HTMLElement} setting @param {Field} field @param {boolean} done */
function readAmount(setting, field, done) {
  const text = field.value.trim();
  const unit = fieldsOf(setting)[0].dataset.unit ?? "";
  const number = /^-?\d+(\.\d+)?$/.test(text);
  if (!number && !done) return undefined;
  if (number) put(twinOf(setting, field), text);
  if (!text) return GONE;
  if (!number) return text;
  return unit ? text + unit : Number(text);
}

/** Those that are empty are left out; all of them mean that there is no text. @param {HTMLElement} setting */
function readTexts(setting) {
  const given = fieldsOf(setting).filter(({ value }) => value);
  return given.length ? Object.fromEntries(given.map(({ dataset, value }) => [dataset.member, value])) : "";
}

/**
 * What the overlay says of the setting from now on, after `before`. GONE: nothing; null: that the theme's
 * default holds; undefined: as before, for one is in the middle of typing.
 * @param {HTMLElement} setting @param {Field} field @param {boolean} done @param {any} before
 */
export function read(setting, field, done, before) {
  const { type } = setting.dataset;
  busy = done ? null : field;
  if (type === "color") return readColor(setting, field, done, before);
  if (type === "text") return readTexts(setting);
  if (type === "boolean") return /** @type {HTMLInputElement} */ (field).checked;
  if (hasSlider(setting)) return readAmount(setting, field, done);
  return field.value.trim() || null;
}
