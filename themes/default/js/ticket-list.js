/**
 * The ticket list. Its state (status, view, search, filters, order, page) is the page's address, so reload, Back
 * and a shared link all show the same. Pages follow the API's cursors; the way back through them is kept in the
 * history entry.
 */
import { Problem, address, call } from "./api.js";
import { announce, isPlainClick, mount, showOnly, slot, slotMaybe } from "./dom.js";
import { rowOf } from "./list-rows.js";
import { addressOf, chosen, firstPage, newest, ordered, stateOfAddress, trail, unfiltered } from "./list-state.js";
import { showFailure, wait } from "./pending.js";
import { onSignedOutElsewhere, session, whose } from "./session.js";
import { readTab, writeTab } from "./store.js";
import { text } from "./strings.js";

/** @typedef {import("./list-state.js").State} State */
/** @typedef {{ tickets: import("./list-rows.js").Ticket[], next: string | null }} List */
/** @typedef {{ open: number, closed: number } | null} Counts */
/** @typedef {{ at: string, of: string, list: List, counts: Counts, staff: boolean }} Kept */

/** What the API says to a view that was withdrawn since, or to a cursor, column or filter of long ago. */
const stale = ["denied", "bad_input"];

/** @param {string} path of the list @param {State} state @param {AbortSignal} signal */
function ask(path, state, signal) {
  const query = ordered(state);
  const counted = String(chosen(state));
  if (state.after) query.set("after", state.after);
  return Promise.all([
    call("GET", `${path}?${query}`, { signal, own: state.view ? ["denied"] : [] }),
    call("GET", `${path}/counts${counted && `?${counted}`}`, { signal, own: ["denied"] }).catch(() => null),
    session().catch(() => null),
  ]);
}

/** The rows of this very list as they were last seen in this tab, by the same person. @returns {Kept | null} */
function kept() {
  try {
    const found = JSON.parse(readTab("rows") ?? "null");
    return found?.at === location.pathname + location.search && found.of === whose() ? found : null;
  } catch {
    return null;
  }
}

mount("ticket-list", (root) => {
  const body = slot(root, "body");
  const results = slot(root, "results");
  const none = slot(root, "none");
  const noMatch = slot(root, "no-match");
  const panels = [results, none, noMatch, slot(root, "error")];
  /* At the desk queues stand in place of views. */
  const { path = "/tickets", to = "ticket/" } = root.dataset;
  const select = /** @type {HTMLSelectElement | null} */ (slotMaybe(root, "view-select"));
  const order = /** @type {HTMLSelectElement} */ (slot(root, "order"));
  const field = /** @type {HTMLInputElement} */ (slot(root, "q"));
  const template = document.getElementById("ticket-row");
  const heads = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("th[data-column]:has(a)")]);
  const perPage = Number(root.dataset.perPage);
  let state = stateOfAddress();
  let staff = false;
  /** @type {AbortController | undefined} */
  let running;

  /** Show another list, as a step that Back undoes unless it only refines the last. @param {State} next @param {boolean} [refines] */
  function go(next, refines) {
    if (addressOf(next) === addressOf(state)) return;
    if (refines) history.replaceState({ trail: [] }, "", addressOf(next));
    else history.pushState({ trail: [] }, "", addressOf(next));
    load();
  }

  /** @param {Counts} counts */
  function showTabs(counts) {
    for (const tab of root.querySelectorAll("[data-status]")) {
      const link = /** @type {HTMLAnchorElement} */ (tab);
      const status = link.dataset.status ?? "";
      link.href = addressOf({ ...firstPage(state), status });
      if (status === state.status) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    for (const status of /** @type {const} */ (["open", "closed"]))
      slot(root, status).textContent = counts
        ? new Intl.NumberFormat(document.documentElement.lang).format(counts[status])
        : "";
  }

  /** The heads' links turn the order round; the first press begins with the newest, the largest or with "a". */
  function showOrder() {
    for (const head of heads) {
      const { column = "", type = "" } = head.dataset;
      const link = /** @type {HTMLAnchorElement} */ (head.querySelector("a"));
      const falls = state.sort === `-${column}`;
      const now = falls || state.sort === column;
      const falling = now ? !falls : ["date", "number"].includes(type);
      link.href = addressOf(firstPage({ ...state, sort: (falling ? "-" : "") + column }));
      if (now) head.setAttribute("aria-sort", falls ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    order.value = state.sort;
  }

  /** What is searched for and left out: the field, the chips and the button. */
  async function showChosen() {
    const count = Object.keys(state.filters).length;
    if (document.activeElement !== field) field.value = state.q;
    slot(root, "filter-count").textContent = count ? String(count) : "";
    slot(root, "chosen").hidden = !count;
    /** @type {HTMLAnchorElement} */ (slot(root, "clear")).href = addressOf({ ...firstPage(state), filters: {} });
    if (count) (await import("./list-filters.js")).showChips(root, state);
  }

  /** The link to all rows of this view as a file, which says how many. @param {string} said */
  function showExport(said) {
    const query = ordered(state);
    query.set("locale", document.documentElement.lang);
    /** @type {HTMLAnchorElement} */ (slot(root, "export")).href = address(`${path}.csv?${query}`);
    slot(root, "export-count").textContent = said;
  }

  /** @param {string | null} next @param {number | null} total */
  function showPages(next, total) {
    const before = trail();
    const nav = slot(root, "pages");
    nav.hidden = !next && !state.after;
    const back = /** @type {HTMLAnchorElement} */ (slot(nav, "previous"));
    const forth = /** @type {HTMLAnchorElement} */ (slot(nav, "next"));
    back.hidden = !state.after;
    back.textContent = text(before.length || state.page === 2 ? "list.previous" : "list.first");
    back.href = addressOf({ ...state, after: before.at(-1) ?? "", page: before.length ? state.page - 1 : 1 });
    forth.hidden = !next;
    if (next) forth.href = addressOf({ ...state, after: next, page: state.page + 1 });
    slot(nav, "page").textContent =
      total === null
        ? ""
        : text("list.page", { page: state.page, pages: Math.max(state.page, Math.ceil(total / perPage)) });
  }

  /** Nothing there: nothing yet, or nothing that was asked for. @param {Counts} counts */
  function showNothing(counts) {
    const searched = Boolean(state.q || Object.keys(state.filters).length);
    const empty = state.status === "all" || (counts?.open === 0 && counts.closed === 0);
    const elsewhere = searched && !empty;
    const link = /** @type {HTMLAnchorElement} */ (slot(noMatch, "show-all"));
    if (empty && !searched) {
      showOnly(panels, none);
      announce(none.querySelector("h2")?.textContent ?? "");
      return;
    }
    slot(noMatch, "no-match-text").textContent = text(searched ? "list.no_match_search" : `list.no_match_${state.status}`);
    const clears = !state.q ? "list.clear" : Object.keys(state.filters).length ? "list.clear_all" : "list.clear_search";
    link.textContent = text(searched && !elsewhere ? clears : "list.show_all");
    link.href = addressOf(searched && !elsewhere ? unfiltered(state) : { ...firstPage(state), status: "all" });
    showOnly(panels, noMatch);
    announce(slot(noMatch, "no-match-text").textContent ?? "");
  }

  /** @param {List} list @param {Counts} counts @param {boolean} [quietly] */
  function show(list, counts, quietly) {
    const total =
      counts && { open: counts.open, closed: counts.closed, all: counts.open + counts.closed }[state.status];
    const said = text("list.count", { count: total ?? list.tickets.length });
    showTabs(counts);
    if (!list.tickets.length) return showNothing(counts);
    const focused = document.activeElement?.getAttribute("href");
    slot(root, "rows").replaceChildren(...list.tickets.map((ticket) => rowOf(template, ticket, staff, to)));
    if (focused && document.activeElement === document.body) focus(focused);
    slot(root, "count").textContent = said;
    showPages(list.next, total ?? null);
    showExport(said);
    showOnly(panels, results);
    if (!quietly) announce(said);
  }

  async function load() {
    running?.abort();
    const mine = (running = new AbortController());
    state = stateOfAddress();
    writeTab("list", location.pathname + location.search);
    const before = kept();
    root.dispatchEvent(new CustomEvent("listing", { detail: state }));
    showTabs(null);
    showOrder();
    showChosen();
    if (before && slot(root, "error").hidden) {
      ({ staff } = before);
      show(before.list, before.counts, true);
      comeBack();
    }
    body.setAttribute("aria-busy", "true");
    const done = wait(root, Boolean(results.hidden), text("list.slow"));
    try {
      const [list, counts, who] = await ask(path, state, mine.signal);
      if (mine.signal.aborted) return;
      if (who) showViews(who);
      show(list, counts);
      /** @type {Kept} */
      const rows = { at: location.pathname + location.search, of: whose(), list, counts, staff };
      writeTab("rows", JSON.stringify(rows));
      comeBack();
    } catch (problem) {
      if (!mine.signal.aborted) fail(problem);
    } finally {
      done();
      if (running === mine) body.removeAttribute("aria-busy");
    }
  }

  /** @param {string} row the address of a row's ticket */
  function focus(row) {
    /** @type {HTMLElement | null} */ (root.querySelector(`[href="${CSS.escape(row)}"]`))?.focus({ preventScroll: true });
  }

  /** Back from a ticket: to the same height and the same row, which the browser cannot know of so early. */
  function comeBack() {
    const { row, top, ...rest } = history.state ?? {};
    if (!row) return;
    history.replaceState(rest, "");
    scrollTo({ top });
    focus(row);
  }

  /** @param {unknown} problem */
  function fail(problem) {
    const plain = addressOf({ ...unfiltered(state), view: "", sort: newest });
    if (problem instanceof Problem && stale.includes(problem.code) && addressOf(state) !== plain) {
      history.replaceState(null, "", plain);
      load();
      return;
    }
    showOnly(panels, null);
    return showFailure(root, text("list.failed"), problem, load);
  }

  /**
   * The view menu, for those who may look beyond their own tickets.
   * @param {import("./session.js").Session} who
   */
  function showViews({ views, person }) {
    staff = person.role !== "contact";
    if (!select) return;
    slot(root, "view").hidden = views.length < 2;
    if (views.length < 2) return;
    if (!select.options.length)
      for (const view of ["company", "mine", "shared"].filter((each) => views.includes(each)))
        select.append(new Option(text(`list.view_${view === "company" && staff ? "all" : view}`), view));
    select.value = state.view || (views.includes("company") ? "company" : "mine");
    select.disabled = false;
  }

  select?.addEventListener("change", () => go({ ...firstPage(state), view: select.value }));
  order.addEventListener("change", () => go({ ...firstPage(state), sort: order.value }));

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;
  const search = () => {
    clearTimeout(typing);
    const q = field.value.trim();
    go({ ...firstPage(state), q }, Boolean(state.q && q));
  };
  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(search, 350);
  });
  slot(root, "find").addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  addEventListener("keydown", (event) => {
    const busy = /** @type {Element} */ (event.target).closest("input, textarea, select, dialog, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || busy) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  slot(root, "filter").addEventListener("click", async () => {
    const { openFilters } = await import("./list-filters.js");
    openFilters(root, state, (filters) => go({ ...firstPage(state), filters }));
  });
  root.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    const href = link?.getAttribute("href");
    if (!link || !href || !isPlainClick(event)) return;
    if (link.dataset.slot === "link")
      history.replaceState({ ...history.state, row: href, top: scrollY }, "");
    if (!href.startsWith("?")) return;
    event.preventDefault();
    const before = trail();
    const paging =
      link.dataset.slot === "next"
        ? [...before, state.after]
        : link.dataset.slot === "previous"
          ? before.slice(0, -1)
          : null;
    if (link.closest("[data-slot=chosen]")) field.focus();
    history.pushState({ trail: paging ?? [] }, "", link.href);
    load();
    if (!paging) return;
    scrollTo({ top: 0 });
    slot(root, "title").focus();
  });
  addEventListener("popstate", load);
  onSignedOutElsewhere(() => writeTab("rows", ""));
  load();
});
