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

/** @param {Control} control */
function faultOf(control) {
  return fault(control.value, {
    required: control.hasAttribute("aria-required"),
    max: Number(control.dataset.max ?? 0),
    lines: control.localName === "textarea",
  });
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
  const answerOf = (id) => /** @type {Control | null} */ (form.elements.namedItem(id))?.value ?? "";

  const settle = (aloud = false) => {
    const off = hidden(rules, answerOf);
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
  /** @type {Map<Control, string>} codes by field, in the form's order */
  const wrong = new Map();
  const controls = () =>
    /** @type {Control[]} */ ([...form.querySelectorAll("[data-label] :is(input, textarea, select):enabled")]);

  /** @param {Control} control @param {string} code */
  const words = (control, code) => {
    const name = control.closest("[data-label]")?.getAttribute("data-label") ?? "";
    const key = code === "required" && control.localName === "select" ? "new.required_choice" : `new.${code}`;
    return text(has(key) ? key : "new.invalid", { label: name, max: Number(control.dataset.max) });
  };

  /** @param {Control} control @param {string} code */
  const mark = (control, code) => {
    const message = /** @type {HTMLElement} */ (document.getElementById(`${control.id}-error`));
    message.hidden = !code;
    message.textContent = code && words(control, code);
    const described = [code && message.id, control.dataset.help].filter(Boolean).join(" ");
    if (code) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    if (described) control.setAttribute("aria-describedby", described);
    else control.removeAttribute("aria-describedby");
    if (code) wrong.set(control, code);
    else wrong.delete(control);
  };

  /** @param {Control} control @param {string} code */
  const linkTo = (control, code) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${control.id}`;
    link.textContent = words(control, code);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      control.focus();
    });
    item.append(link);
    return item;
  };

  const showSummary = () => {
    summary.hidden = !wrong.size;
    list.replaceChildren(...[...wrong].map(([control, code]) => linkTo(control, code)));
    document.title = wrong.size ? `${text("new.error_prefix")} ${title}` : title;
  };

  for (const control of /** @type {NodeListOf<Control>} */ (form.querySelectorAll("[data-label] :is(input, textarea, select)"))) {
    control.dataset.help = control.getAttribute("aria-describedby") ?? "";
    control.addEventListener("input", () => {
      if (!wrong.has(control)) return;
      mark(control, faultOf(control));
      showSummary();
    });
  }

  /** @param {(control: Control) => string} codeOf @returns {boolean} whether all is well */
  const judge = (codeOf) => {
    wrong.clear();
    for (const control of controls()) mark(control, codeOf(control));
    showSummary();
    if (wrong.size) summary.focus();
    return !wrong.size;
  };

  return {
    check: () => judge(faultOf),
    /** No error is left of a field that went. @param {HTMLElement} el */
    forget(el) {
      for (const control of wrong.keys()) if (el.contains(control)) mark(control, "");
      showSummary();
    },
    /* Errors that the API found. False: none of them belongs to a field of the form. */
    refuse: (errors) => !judge((control) => errors.find(({ field }) => field === control.name)?.code ?? ""),
  };
}
