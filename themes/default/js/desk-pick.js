/**
 * A saved reply put into what one writes at the desk: chosen from a list that narrows as one types, as it will read on
 * this ticket, and inserted at the cursor.
 */
import { call, words } from "./api.js";
import { announce, clone, slot } from "./dom.js";
import { insert } from "./insert.js";
import { folded } from "./search-words.js";
import { label, text } from "./strings.js";

/** @typedef {import("./desk-replies.js").Row} Row */

/** @param {Row} row */
function optionOf({ id, title, locale, start }) {
  const option = clone(document.getElementById("reply-option"));
  option.id = `reply-${id}`;
  slot(option, "option-title").textContent = title;
  slot(option, "option-locale").hidden = !locale;
  if (locale) slot(option, "option-locale").textContent = label("locale.", locale);
  slot(option, "option-start").textContent = start;
  return option;
}

/**
 * The combobox in the dialog: the focus stays in the field, and one option at a time is the active one.
 * @param {HTMLInputElement} field @param {HTMLElement} list @param {(option: HTMLElement) => void} choose
 */
function combobox(field, list, choose) {
  const options = () => /** @type {HTMLElement[]} */ ([...list.children]);
  const active = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");
  /** @param {number} at */
  const activate = (at) => {
    const all = options();
    const one = all[at];
    for (const option of all) option.setAttribute("aria-selected", String(option === one));
    field.setAttribute("aria-expanded", String(all.length > 0));
    if (one) field.setAttribute("aria-activedescendant", one.id);
    else field.removeAttribute("aria-activedescendant");
    one?.scrollIntoView({ block: "nearest" });
  };

  field.onkeydown = (event) => {
    const last = options().length - 1;
    const at = active();
    const next = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last, PageDown: last, PageUp: 0 }[event.key];
    if (next !== undefined) activate(next);
    else if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const one = options()[at];
    if (next === undefined && one) choose(one);
  };
  list.onmousedown = (event) => event.preventDefault(); // the focus stays where one types
  list.onclick = ({ target }) => {
    const one = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("[role=option]"));
    if (one) choose(one);
  };
  return activate;
}

/** @param {HTMLTextAreaElement} area @param {number} number of the ticket */
export async function pickReply(area, number) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("replies"));
  const field = /** @type {HTMLInputElement} */ (slot(dialog, "replies-q"));
  const list = slot(dialog, "replies-list");
  const says = slot(dialog, "replies-says");
  if (dialog.open) return;
  const gone = new AbortController();
  const { signal } = gone;
  /** @type {Row[]} */
  let rows = [];
  let busy = false;

  /** @param {string} what "" when the list speaks for itself */
  const say = (what) => {
    says.textContent = what;
    says.hidden = !what;
  };

  /** @param {HTMLElement} option */
  const choose = async (option) => {
    const row = rows.find(({ id }) => option.id === `reply-${id}`);
    if (!row || busy) return;
    busy = true;
    try {
      const { reply } = await call("GET", `/desk/replies/${row.id}?ticket=${number}`, { signal });
      dialog.close();
      insert(area, reply.body);
      announce(text("desk_replies.put_in", { title: row.title }));
    } catch (problem) {
      if (!signal.aborted) say(words(problem));
    } finally {
      busy = false;
    }
  };

  const activate = combobox(field, list, choose);
  const show = () => {
    const sought = folded(field.value.trim());
    const found = rows.filter(({ title, start }) => folded(`${title} ${start}`).includes(sought));
    list.replaceChildren(...found.map(optionOf));
    list.hidden = !found.length;
    say(found.length ? "" : text(rows.length ? "desk_replies.none_found" : "desk_replies.none"));
    activate(0);
  };

  field.value = "";
  field.oninput = show;
  slot(dialog, "replies-close").onclick = () => dialog.close();
  dialog.addEventListener("close", () => gone.abort(), { once: true });
  list.replaceChildren();
  list.hidden = true;
  say(text("desk_replies.loading"));
  dialog.showModal();
  field.focus();
  try {
    ({ rows } = await call("GET", `/desk/replies?ticket=${number}`, { signal }));
    show();
  } catch (problem) {
    if (!signal.aborted) say(`${text("desk_replies.load_failed")}. ${words(problem)}`);
  }
}
