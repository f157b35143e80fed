/**
 * A list of the desk, a page at a time, each behind those that are shown. Rows are walked through by keys; what
 * somebody does with one is said at it.
 */
import { Problem, home, words } from "./api.js";
import { announce, showOnly, slot } from "./dom.js";
import { keys } from "./desk-keys.js";
import { showFailure, wait } from "./pending.js";
import { text } from "./strings.js";

/** Where the team works on a ticket. @param {number | null} number */
export const ticketAt = (number) => `${home}ticket/?n=${number}`;

/**
 * @template Row, Next
 * @typedef {{ rows: Row[], next: Next | null }} Page
 */

/** The row after or before the one that has the focus, or holds what has it. @param {HTMLElement} rows @param {number} by */
function step(rows, by) {
  const all = /** @type {HTMLElement[]} */ ([...rows.children]);
  const at = all.findIndex((row) => row.contains(document.activeElement));
  all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
}

/**
 * @template Row, Next
 * @param {HTMLElement} root
 * @param {{ ask: (after: Next | null, signal: AbortSignal) => Promise<Page<Row, Next>>, item: (row: Row) => HTMLElement,
 *   none: () => HTMLElement, failed: string, more?: Record<string, () => unknown> }} list
 *   `none`: what says that there is nothing
 * @returns {{ load: () => Promise<void>, isEmpty: () => void }}
 */
export function listing(root, { ask, item, none, failed, more: others }) {
  const rows = slot(root, "rows");
  const body = slot(root, "body");
  const results = slot(root, "results");
  const more = slot(root, "more");
  const nothing = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(".panel-empty")]);
  const panels = [results, ...nothing, slot(root, "error")];
  /** @type {Next | null} */
  let next = null;
  /** @type {AbortController | undefined} */
  let running;

  const isEmpty = () => {
    if (rows.children.length) return;
    const says = none();
    showOnly(panels, says);
    announce(says.querySelector("h2")?.textContent ?? "");
  };

  /** @param {Page<Row, Next>} page @param {boolean} adds */
  const show = (page, adds) => {
    const made = page.rows.map(item);
    if (adds) rows.append(...made);
    else rows.replaceChildren(...made);
    next = page.next;
    more.hidden = next === null;
    showOnly(panels, results);
    if (adds) made[0]?.focus();
    isEmpty();
  };

  /** @param {boolean} [adds] */
  const load = async (adds = false) => {
    running?.abort();
    const mine = (running = new AbortController());
    body.setAttribute("aria-busy", "true");
    const done = wait(root, results.hidden, text("list.slow"));
    try {
      const page = await ask(adds ? next : null, mine.signal);
      if (!mine.signal.aborted) show(page, adds);
    } catch (problem) {
      if (mine.signal.aborted) return;
      showOnly(panels, adds ? results : null);
      showFailure(root, text(failed), problem, () => load(adds));
    } finally {
      done();
      if (running === mine) body.removeAttribute("aria-busy");
    }
  };

  slot(root, "more-button").addEventListener("click", () => load(true));
  keys({
    j: () => step(rows, 1),
    k: () => step(rows, -1),
    n: () => more.hidden || load(true),
    ...others,
  });
  return { load: () => load(), isEmpty };
}

/**
 * Do something with a row, once at a time; what fails is said at the row.
 * @param {HTMLElement} row @param {() => Promise<unknown>} act @param {Record<string, string>} [own] what codes mean here
 */
export async function acting(row, act, own = {}) {
  if (row.getAttribute("aria-busy")) return;
  const problem = slot(row, "problem");
  problem.hidden = true;
  row.setAttribute("aria-busy", "true");
  try {
    await act();
  } catch (error) {
    const said = error instanceof Problem ? own[error.code] : undefined;
    problem.textContent = said ? text(said) : words(error);
    problem.hidden = false;
    problem.focus();
  } finally {
    row.removeAttribute("aria-busy");
  }
}

/** Take a row away, and the focus to the next one, or to the heading. @param {HTMLElement} row @param {() => void} isEmpty */
export function leave(row, isEmpty) {
  const near = /** @type {HTMLElement | null} */ (row.nextElementSibling ?? row.previousElementSibling);
  row.remove();
  (near ?? /** @type {HTMLElement} */ (document.querySelector("h1"))).focus();
  isEmpty();
}
