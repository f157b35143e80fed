/**
 * The desk's queues: whose tickets, which inbox, which stage, each with how many are open. They are links to lists;
 * what a list shows, list-state.js reads from its address.
 */
import { call, home } from "./api.js";
import { mount, slot } from "./dom.js";
import { addressOf, firstPage } from "./list-state.js";
import { session } from "./session.js";
import { keys } from "./desk-keys.js";

/** @typedef {{ inbox: string, pipeline: string, stage: string, open: number, mine: number, nobody: number }} Queue */
/** @typedef {import("./list-state.js").State} State */

const numbers = new Intl.NumberFormat(document.documentElement.lang);

/** How many of a queue's tickets a view has. @param {Queue} queue @param {string} view */
function countOf(queue, view) {
  return view === "mine" ? queue.mine : view === "nobody" ? queue.nobody : queue.open;
}

/** @param {Queue[]} queues @param {string} view @param {Partial<Queue>} of */
function total(queues, view, { inbox, pipeline, stage }) {
  return queues
    .filter((queue) => !inbox || queue.inbox === inbox)
    .filter((queue) => !stage || (queue.stage === stage && queue.pipeline === pipeline))
    .reduce((sum, queue) => sum + countOf(queue, view), 0);
}

/** The list behind a link of the queues. @param {State} state @param {DOMStringMap} data @returns {State} */
function listOf(state, { view, inbox, pipeline, stage }) {
  const plain = { ...firstPage(state), status: "open", q: "" };
  if (view !== undefined) return { ...plain, view, filters: {} };
  if (inbox) return { ...plain, view: "", filters: { inbox } };
  const { stage: before, pipeline: its, ...filters } = state.filters;
  if (before === stage && its === pipeline) return { ...plain, filters };
  return { ...plain, filters: { ...filters, stage: stage ?? "", pipeline: pipeline ?? "" } };
}

/** Is that what the list shows? @param {State} state @param {DOMStringMap} data */
function isShown({ view: now, filters }, { view, inbox, pipeline, stage }) {
  if (stage) return filters.stage === stage && filters.pipeline === pipeline;
  return inbox ? filters.inbox === inbox : !filters.inbox && (now === "company" ? "" : now) === view;
}

mount("ticket-list", (root) => {
  const links = /** @type {HTMLAnchorElement[]} */ ([...slot(root, "queues").querySelectorAll("a")]);
  /** @type {State | undefined} */
  let state;
  /** @type {Queue[] | undefined} */
  let queues;

  const show = () => {
    if (!state) return;
    const { view, filters } = state;
    for (const link of links) {
      const { view: its, inbox = its === undefined ? filters.inbox : undefined, pipeline, stage } = link.dataset;
      const count = queues && total(queues, its ?? (stage ? view : ""), { inbox, pipeline, stage });
      link.href = addressOf(listOf(state, link.dataset));
      if (isShown(state, link.dataset)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      slot(link, "tally").textContent = count === undefined ? "" : numbers.format(count);
      if (stage) /** @type {HTMLElement} */ (link.parentElement).hidden = !count && !link.hasAttribute("aria-current");
    }
    slot(root, "queue-name").textContent =
      links.filter((link) => link.hasAttribute("aria-current")).map((link) => slot(link, "words").textContent).join(" · ");
  };

  const count = async () => {
    queues = (await call("GET", "/desk/queues")).queues;
    show();
  };

  root.addEventListener("listing", (event) => {
    state = /** @type {CustomEvent<State>} */ (event).detail;
    show();
    count().catch(() => {}); // the list says what is wrong
  });
  const wide = matchMedia("(width >= 64rem)");
  const unfold = () => (/** @type {HTMLDetailsElement} */ (slot(root, "fold")).open = wide.matches);
  wide.addEventListener("change", unfold);
  unfold();
  session().then((who) => who?.person.role === "contact" && !who.viewing && location.replace(`${home}denied/`), () => {});

  /** The row after or before the one that has the focus. @param {number} by */
  const step = (by) => {
    const rows = /** @type {HTMLAnchorElement[]} */ ([...root.querySelectorAll(".row-link")]);
    const at = rows.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
    rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
  };
  keys({ j: () => step(1), k: () => step(-1), n: () => slot(root, "next").click(), p: () => slot(root, "previous").click() });
});
