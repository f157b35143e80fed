/**
 * A form's errors: checked on submit, then as each field is mended; said beside the field, in a summary that
 * takes the focus and links to each, and in the page's title.
 */
import { slot } from "./dom.js";
import { has, text } from "./strings.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */
/**
 * @typedef {{ check: () => boolean, refuse: (errors: { field: string, code: string }[]) => boolean }} Checker
 */

/** What is wrong with a field as it stands: a code as the API has them, or "". @param {Control} control */
function fault(control) {
  const value = control.value.trim();
  if (!value) return control.getAttribute("aria-required") ? "required" : "";
  const max = Number(control.dataset.max);
  return max && [...value].length > max ? "too_long" : "";
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
    /** @type {Control[]} */ ([...form.querySelectorAll("[data-label] :is(input, textarea, select)")]);

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

  for (const control of controls()) {
    control.dataset.help = control.getAttribute("aria-describedby") ?? "";
    control.addEventListener("input", () => {
      if (!wrong.has(control)) return;
      mark(control, fault(control));
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
    check: () => judge(fault),
    /* Errors that the API found. False: none of them belongs to a field of the form. */
    refuse: (errors) => !judge((control) => errors.find(({ field }) => field === control.name)?.code ?? ""),
  };
}
