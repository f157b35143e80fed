/** What the ticket list shows, as it stands in the page's address and in the history entry. */

/**
 * @typedef {{ status: string, view: string, q: string, sort: string, filters: Record<string, string>,
 *   after: string, page: number }} State
 */

/** How a list is sorted unless it is said. */
export const newest = "-last_activity";

/** @param {string | null} value @param {string[]} allowed @returns {string} */
function oneOf(value, allowed) {
  return value !== null && allowed.includes(value) ? value : (allowed[0] ?? "");
}

/** @returns {State} */
export function stateOfAddress() {
  const query = new URLSearchParams(location.search);
  const filters = [...query].filter(([name, value]) => /^f\.[\w-]+$/.test(name) && value);
  return {
    status: oneOf(query.get("status"), ["open", "closed", "all"]),
    view: oneOf(query.get("view"), ["", "mine", "company", "shared", "nobody"]),
    q: (query.get("q") ?? "").trim().slice(0, 200),
    sort: /^-?[\w-]+$/.test(query.get("sort") ?? "") ? (query.get("sort") ?? "") : newest,
    filters: Object.fromEntries(filters.map(([name, value]) => [name.slice(2), value])),
    after: query.get("after") ?? "",
    page: Math.max(1, Math.trunc(Number(query.get("page"))) || 1),
  };
}

/**
 * The view, the words and the filters: what the list, its counts and its export have in common.
 * @param {State} state @param {Record<string, string>} [first] what stands before them
 */
export function chosen({ view, q, filters }, first = {}) {
  const query = new URLSearchParams(first);
  if (view) query.set("view", view);
  if (q) query.set("q", q);
  for (const [id, value] of Object.entries(filters)) query.set(`f.${id}`, value);
  return query;
}

/** The same with the order. @param {State} state */
export function ordered(state) {
  const query = chosen(state, { status: state.status });
  if (state.sort !== newest) query.set("sort", state.sort);
  return query;
}

/** @param {State} state */
export function addressOf(state) {
  const query = ordered(state);
  if (state.after) {
    query.set("after", state.after);
    query.set("page", String(state.page));
  }
  return `?${query}`;
}

/** The same list from its beginning. @param {State} state @returns {State} */
export function firstPage(state) {
  return { ...state, after: "", page: 1 };
}

/** Nothing searched for and nothing left out. @param {State} state @returns {State} */
export function unfiltered(state) {
  return { ...firstPage(state), q: "", filters: {} };
}

/** Cursors of the pages before this one, the first page being "". @returns {string[]} */
export function trail() {
  return Array.isArray(history.state?.trail) ? history.state.trail : [];
}
