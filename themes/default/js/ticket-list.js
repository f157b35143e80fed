/**
 * The ticket list. Its state (status, view, page) is the page's address, so reload, Back and a shared link
 * all show the same. Pages follow the API's cursors; the way back through them is kept in the history entry.
 */
import { Problem, address, call, home } from "./api.js";
import { when } from "./dates.js";
import { announce, clone, isPlainClick, mount, showOnly, slot } from "./dom.js";
import { addressOf, firstPage, stateOfAddress, trail } from "./list-state.js";
import { showFailure, wait } from "./pending.js";
import { session } from "./session.js";
import { writeTab } from "./store.js";
import { statusOf, teamName, text } from "./strings.js";

/**
 * @typedef {{ number: number, subject: string,
 *   status: "open" | "closed", pipeline: string, stage: string, requester: { name: string, me: boolean },
 *   company: string | null, owner: string | null, created_at: string, last_activity_at: string }} Ticket
 */

/** @param {Element | null} template @param {Ticket} ticket @param {boolean} staff */
function rowOf(template, ticket, staff) {
  const row = clone(template);
  const link = /** @type {HTMLAnchorElement} */ (slot(row, "link"));
  link.href = `${home}ticket/?n=${ticket.number}`;
  slot(row, "subject").textContent = ticket.subject;
  slot(row, "number").textContent = `#${ticket.number}`;
  slot(row, "requester").textContent = ticket.requester.me ? text("list.me") : ticket.requester.name;
  slot(row, "company-line").hidden = !staff || !ticket.company;
  slot(row, "company").textContent = ticket.company ?? "";
  slot(row, "owner").textContent = ticket.owner ? teamName(ticket.owner) : text("list.no_owner");
  slot(row, "owner").classList.toggle("nobody", !ticket.owner);
  when(slot(row, "created"), ticket.created_at);
  when(slot(row, "activity"), ticket.last_activity_at);
  const status = slot(row, "status");
  status.textContent = statusOf(ticket);
  status.classList.add(`chip-${ticket.status}`);
  return row;
}

/** What the API says to a view that was withdrawn since, or to a cursor of long ago. */
const stale = ["denied", "bad_input"];

/** @param {import("./list-state.js").State} state @param {AbortSignal} signal */
function ask({ status, view, after }, signal) {
  const chosen = { ...(view && { view }) };
  const query = new URLSearchParams({ status, ...chosen, ...(after && { after }) });
  const counted = view ? `?${new URLSearchParams(chosen)}` : "";
  return Promise.all([
    call("GET", `/tickets?${query}`, { signal, own: view ? ["denied"] : [] }),
    call("GET", `/tickets/counts${counted}`, { signal, own: ["denied"] }).catch(
      () => null,
    ),
    session().catch(() => null),
  ]);
}

mount("ticket-list", (root) => {
  const body = slot(root, "body");
  const results = slot(root, "results");
  const none = slot(root, "none");
  const noMatch = slot(root, "no-match");
  const panels = [results, none, noMatch, slot(root, "error")];
  const select = /** @type {HTMLSelectElement} */ (slot(root, "view-select"));
  const template = document.getElementById("ticket-row");
  const perPage = Number(root.dataset.perPage);
  let state = stateOfAddress();
  let staff = false;
  /** @type {AbortController | undefined} */
  let running;

  /** @param {{ open: number, closed: number } | null} counts */
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

  /** The link to all rows of this view as a file, which says how many. @param {string} said */
  function showExport(said) {
    const link = /** @type {HTMLAnchorElement} */ (slot(root, "export"));
    const { status, view } = state;
    const query = new URLSearchParams({ status, ...(view && { view }), locale: document.documentElement.lang });
    link.href = address(`/tickets.csv?${query}`);
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

  /**
   * @param {{ tickets: Ticket[], next: string | null }} list
   * @param {{ open: number, closed: number } | null} counts
   */
  function show(list, counts) {
    const total =
      counts && { open: counts.open, closed: counts.closed, all: counts.open + counts.closed }[state.status];
    const said = text("list.count", { count: total ?? list.tickets.length });
    showTabs(counts);
    if (list.tickets.length) {
      slot(root, "rows").replaceChildren(...list.tickets.map((ticket) => rowOf(template, ticket, staff)));
      slot(root, "count").textContent = said;
      showPages(list.next, total ?? null);
      showExport(said);
      showOnly(panels, results);
      announce(said);
    } else if (state.status === "all" || (counts?.open === 0 && counts.closed === 0)) {
      showOnly(panels, none);
      announce(none.querySelector("h2")?.textContent ?? "");
    } else {
      slot(noMatch, "no-match-text").textContent = text(`list.no_match_${state.status}`);
      /** @type {HTMLAnchorElement} */ (slot(noMatch, "show-all")).href = addressOf({
        ...firstPage(state),
        status: "all",
      });
      showOnly(panels, noMatch);
      announce(slot(noMatch, "no-match-text").textContent ?? "");
    }
  }

  async function load() {
    running?.abort();
    const mine = (running = new AbortController());
    state = stateOfAddress();
    writeTab("list", location.pathname + location.search);
    showTabs(null);
    body.setAttribute("aria-busy", "true");
    const done = wait(root, Boolean(results.hidden), text("list.slow"));
    try {
      const [list, counts, who] = await ask(state, mine.signal);
      if (mine.signal.aborted) return;
      if (who) showViews(who);
      show(list, counts);
      comeBack();
    } catch (problem) {
      if (!mine.signal.aborted) fail(problem);
    } finally {
      done();
      if (running === mine) body.removeAttribute("aria-busy");
    }
  }

  /** Back from a ticket: to the same height and the same row, which the browser cannot know of so early. */
  function comeBack() {
    const { row, top, ...rest } = history.state ?? {};
    if (!row) return;
    history.replaceState(rest, "");
    scrollTo({ top });
    /** @type {HTMLElement | null} */ (root.querySelector(`[href="${CSS.escape(row)}"]`))?.focus({
      preventScroll: true,
    });
  }

  /** @param {unknown} problem */
  function fail(problem) {
    if (problem instanceof Problem && stale.includes(problem.code) && (state.view || state.after)) {
      history.replaceState(null, "", addressOf({ ...firstPage(state), view: "" }));
      load();
      return;
    }
    showOnly(panels, null);
    showFailure(root, text("list.failed"), problem, load);
  }

  /**
   * The view menu, for those who may look beyond their own tickets.
   * @param {import("./session.js").Session} who
   */
  function showViews({ views, person }) {
    staff = person.role !== "contact";
    if (views.length < 2) return;
    const names = {
      mine: text("list.view_mine"),
      company: text(staff ? "list.view_all" : "list.view_company"),
    };
    if (!select.options.length)
      for (const view of /** @type {const} */ (["company", "mine"]))
        select.append(new Option(names[view], view));
    select.value = state.view || "company";
    select.disabled = false;
  }

  select.addEventListener("change", () => {
    history.pushState(null, "", addressOf({ ...firstPage(state), view: select.value }));
    load();
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
    history.pushState({ trail: paging ?? [] }, "", link.href);
    load();
    if (!paging) return;
    scrollTo({ top: 0 });
    slot(root, "title").focus();
  });
  addEventListener("popstate", load);
  load();
});
