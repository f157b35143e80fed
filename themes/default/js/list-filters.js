/**
 * The filters of the list: a panel beside it, on a phone a sheet over it, and a chip for each that is set.
 * The fields are the page's own; this module is loaded when they are wanted or something is set.
 */
import { slot } from "./dom.js";
import { addressOf, firstPage } from "./list-state.js";
import { text } from "./strings.js";

/** @typedef {import("./list-state.js").State} State */

const language = document.documentElement.lang;
const days = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
const lists = new Intl.ListFormat(language, { type: "disjunction" });

/** @param {HTMLElement} field */
function inputsOf(field) {
  return /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([...field.querySelectorAll("input, select")]);
}

/** What is set in a field, as the address has it. @param {HTMLElement} field */
function valueOf(field) {
  const inputs = inputsOf(field);
  const [first, second] = inputs;
  if (field.dataset.kind === "range") return first?.value || second?.value ? `${first?.value}..${second?.value}` : "";
  if (field.dataset.kind !== "choice") return first?.value.trim() ?? "";
  return inputs.filter((input) => input instanceof HTMLInputElement && input.checked).map(({ value }) => value).join(",");
}

/** Whether a box stands for some of what is chosen: one may be several, when they are called the same. @param {string} box @param {string} value */
function isChosen(box, value) {
  const values = value.split(",");
  return box.split(",").every((each) => values.includes(each));
}

/** @param {HTMLElement} field @param {string} value */
function fill(field, value) {
  const range = value.split("..");
  inputsOf(field).forEach((input, i) => {
    if (field.dataset.kind === "choice") /** @type {HTMLInputElement} */ (input).checked = isChosen(input.value, value);
    else input.value = (field.dataset.kind === "range" ? range[range.length > 1 ? i : 0] : value) ?? "";
  });
}

/** One end of a range as people read it. @param {HTMLElement} field @param {string} value */
function bound(field, value) {
  if (field.dataset.type === "number") return numbers.format(Number(value));
  const day = new Date(value);
  return Number.isNaN(day.getTime()) ? value : days.format(day);
}

/** @param {HTMLElement} field @param {string} value */
function wordsOf(field, value) {
  const [from = "", to = from] = value.split("..");
  if (field.dataset.kind === "choice")
    return lists.format(
      inputsOf(field)
        .filter((input) => isChosen(input.value, value))
        .map((input) => input.labels?.[0]?.textContent?.trim() ?? ""),
    );
  if (field.dataset.kind === "flag") return text(value === "yes" ? "words.yes" : "words.no");
  if (field.dataset.kind !== "range") return value;
  if (from && to) return from === to ? bound(field, from) : `${bound(field, from)} – ${bound(field, to)}`;
  return from ? text("list.since", { value: bound(field, from) }) : text("list.until", { value: bound(field, to) });
}

/** @param {HTMLElement} root */
function fieldsOf(root) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-filter]")]);
}

/** A chip for each filter: a link to the list without it. @param {HTMLElement} root @param {State} state */
export function showChips(root, state) {
  const chips = slot(root, "chips");
  const set = fieldsOf(root).filter((field) => state.filters[field.dataset.filter ?? ""]);
  chips.replaceChildren(
    ...set.map((field) => {
      const id = field.dataset.filter ?? "";
      const { [id]: value = "", ...filters } = state.filters;
      const said = `${field.dataset.label}: ${wordsOf(field, value)}`;
      const link = document.createElement("a");
      link.className = "chip-set";
      link.href = addressOf(firstPage({ ...state, filters }));
      link.setAttribute("aria-label", text("list.remove", { filter: said }));
      const words = document.createElement("bdi");
      words.textContent = said;
      link.append(words);
      const item = document.createElement("li");
      item.append(link);
      return item;
    }),
  );
}

/**
 * Open the panel with what is set now; `apply` gets what was chosen.
 * @param {HTMLElement} root @param {State} state @param {(filters: Record<string, string>) => void} apply
 */
export function openFilters(root, state, apply) {
  const panel = /** @type {HTMLDialogElement} */ (slot(root, "panel"));
  const form = /** @type {HTMLFormElement} */ (slot(panel, "filter-form"));
  const button = slot(root, "filter");
  if (panel.open) return panel.close();
  for (const field of fieldsOf(panel)) fill(field, state.filters[field.dataset.filter ?? ""] ?? "");
  form.onsubmit = (event) => {
    event.preventDefault();
    const set = fieldsOf(panel).map((field) => [field.dataset.filter, valueOf(field)]);
    panel.close();
    apply(Object.fromEntries(set.filter(([, value]) => value)));
  };
  slot(panel, "filter-close").onclick = () => panel.close();
  panel.onclose = () => {
    button.setAttribute("aria-expanded", "false");
    if (!root.contains(document.activeElement) || panel.contains(document.activeElement)) button.focus();
  };
  panel.onkeydown = (event) => {
    if (event.key === "Escape") panel.close();
  };
  button.setAttribute("aria-expanded", "true");
  if (matchMedia("(width < 48rem)").matches) panel.showModal();
  else panel.show();
}
