/**
 * A form's fields. Those with a condition come and go as the ones they depend on are answered; what they hold
 * meanwhile stays, but is neither checked nor sent.
 *
 * Its errors: checked on submit, then as each field is mended; said beside the field, in a summary that takes
 * the focus and links to each, and in the page's title.
 */
import { announce, slot } from "./dom.js";
import { fault, hidden } from "./rules.js";
import { has, text } from "./strings.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */
/**
 * @typedef {{ check: () => boolean, forget: (el: HTMLElement) => void,
 *   refuse: (errors: { field: string, code: string }[]) => boolean }} Checker
 */

/** The controls of a field: boxes of which several may be ticked, or one. @param {HTMLElement} el */
function controlsOf(el) {
  return /** @type {Control[]} */ ([...el.querySelectorAll("input, textarea, select")]);
}

/** @param {HTMLElement} el [data-field] */
export function answersOf(el) {
  return controlsOf(el)
    .filter((control) => control.type !== "file" && (control.type !== "checkbox" || /** @type {HTMLInputElement} */ (control).checked))
    .map((control) => control.value);
}

/** @param {string | undefined} text */
function numberOf(text) {
  return text === undefined ? undefined : Number(text);
}

/** @param {HTMLElement} el [data-field] @returns {import("./rules.js").Wanted} */
function wantedOf(el) {
  const { type = "", min, max } = el.dataset;
  const controls = controlsOf(el);
  const boxes = controls.filter((control) => control.type === "checkbox");
  const required = controls.some((control) => control.hasAttribute("aria-required")) || "required" in el.dataset;
  const select = controls[0] instanceof HTMLSelectElement ? [...controls[0].options] : [];
  const options = [...boxes, ...select].map((each) => each.value);
  return { type, required, min: numberOf(min), max: numberOf(max), ...(options.length && { options }) };
}

/**
 * What is wrong with the answers to a field, these or those that stand there. What the browser cannot read as a
 * number or a date has no value.
 * @param {HTMLElement} el [data-field] @param {string[]} [answers]
 */
export function faultOf(el, answers) {
  const { type = "" } = el.dataset;
  if (!answers && controlsOf(el).some((control) => control.validity.badInput)) return type;
  return fault(answers ?? answersOf(el), wantedOf(el));
}

/** @param {HTMLElement} el [data-field] @returns {import("./rules.js").Rule} */
function ruleOf(el) {
  const { field = "", when, test, values = "" } = el.dataset;
  const showWhen = when && {
    field: when,
    test: /** @type {import("./rules.js").Test} */ (test),
    values: values.split(" ").filter(Boolean),
  };
  return { id: field, ...(showWhen && { showWhen }) };
}

/**
 * Show the fields that are asked for, and only those, from now on. A disabled control is not sent.
 * @param {HTMLFormElement} form whose fields stand in [data-field]
 * @param {(el: HTMLElement) => void} [onHide]
 * @returns {() => void} to call after answers were put in by other means than typing
 */
export function showFields(form, onHide) {
  const fields = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-field]")]);
  const rules = fields.map(ruleOf);
  /** @param {string} id */
  const answers = (id) => fields.filter((el) => el.dataset.field === id).flatMap(answersOf);

  const settle = (aloud = false) => {
    const off = hidden(rules, answers);
    /** @type {string[]} */
    const shown = [];
    for (const el of fields) {
      const hide = off.has(el.dataset.field ?? "");
      if (!el.dataset.when || (el.hidden === hide && "settled" in el.dataset)) continue;
      el.hidden = hide;
      for (const control of /** @type {NodeListOf<Control>} */ (el.querySelectorAll("input, textarea, select, button")))
        control.disabled = hide;
      if (hide) onHide?.(el);
      else if ("settled" in el.dataset) shown.push(el.dataset.label ?? el.dataset.name ?? "");
      el.dataset.settled = "";
    }
    if (aloud && shown.length) announce(text("new.shown", { label: shown.join(", ") }));
  };
  form.addEventListener("input", () => settle(true));
  addEventListener("pageshow", () => settle());
  settle();
  return settle;
}

/**
 * @param {HTMLElement} root with the slots "summary" and "summary-list"
 * @param {HTMLFormElement} form whose fields stand in [data-field][data-label]
 * @returns {Checker}
 */
export function fieldChecker(root, form) {
  const summary = slot(root, "summary");
  const list = slot(summary, "summary-list");
  const title = document.title;
  /** @type {Map<HTMLElement, string>} codes by field, in the form's order */
  const wrong = new Map();
  const fields = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-label]")]);
  const described = new Map(fields.map((el) => [el, describedBy(el).getAttribute("aria-describedby")]));

  /** @param {HTMLElement} el @param {string} code */
  const words = (el, code) => {
    const { label = "", type = "", min, max } = el.dataset;
    const own = `new.${code}_${type}`;
    const key = has(own) ? own : `new.${code}`;
    return text(has(key) ? key : "new.invalid", { label, min: Number(min), max: Number(max) });
  };

  /** @param {HTMLElement} el @param {string} code */
  const mark = (el, code) => {
    const message = /** @type {HTMLElement} */ (document.getElementById(`f-${el.dataset.field}-error`));
    message.hidden = !code;
    message.textContent = code && words(el, code);
    for (const control of controlsOf(el))
      if (code) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    const by = [code && message.id, described.get(el)].filter(Boolean).join(" ");
    if (by) describedBy(el).setAttribute("aria-describedby", by);
    else describedBy(el).removeAttribute("aria-describedby");
    if (code) wrong.set(el, code);
    else wrong.delete(el);
  };

  /** @param {HTMLElement} el @param {string} code */
  const linkTo = (el, code) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const control = /** @type {Control} */ (controlsOf(el)[0]);
    link.href = `#${control.id}`;
    link.textContent = words(el, code);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      control.focus();
    });
    item.append(link);
    return item;
  };

  const showSummary = () => {
    summary.hidden = !wrong.size;
    list.replaceChildren(...[...wrong].map(([el, code]) => linkTo(el, code)));
    document.title = wrong.size ? `${text("new.error_prefix")} ${title}` : title;
  };

  for (const el of fields)
    el.addEventListener("input", () => {
      if (!wrong.has(el)) return;
      mark(el, faultOf(el));
      showSummary();
    });

  /** @param {(el: HTMLElement) => string} codeOf @returns {boolean} whether all is well */
  const judge = (codeOf) => {
    wrong.clear();
    for (const el of fields) if (controlsOf(el).some((control) => !control.disabled)) mark(el, codeOf(el));
    showSummary();
    if (wrong.size) summary.focus();
    return !wrong.size;
  };

  return {
    check: () => judge((el) => faultOf(el)),
    /** No error is left of a field that went. @param {HTMLElement} el */
    forget(el) {
      if (wrong.has(el)) mark(el, "");
      showSummary();
    },
    /* Errors that the API found. False: none of them belongs to a field of the form. */
    refuse: (errors) => !judge((el) => errors.find(({ field }) => field === el.dataset.field)?.code ?? ""),
  };
}

/** What says more of a field than its label: its control, or what holds its boxes. @param {HTMLElement} el */
function describedBy(el) {
  return el.dataset.type === "multi_select" ? el : /** @type {HTMLElement} */ (controlsOf(el)[0]);
}

/**
 * Put answers into a field that has none yet, when they fit it.
 * @param {HTMLElement} el [data-field] @param {string[]} answers @returns {boolean} whether they stand there now
 */
export function answer(el, answers) {
  if (!answers.length || answersOf(el).some(Boolean) || faultOf(el, answers)) return false;
  for (const control of controlsOf(el))
    if (control.type === "checkbox") /** @type {HTMLInputElement} */ (control).checked = answers.includes(control.value);
    else control.value = answers[0] ?? "";
  return true;
}
