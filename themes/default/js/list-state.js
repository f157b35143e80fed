/** What the ticket list shows, as it stands in the page's address and in the history entry. */

/** @typedef {{ status: string, view: string, after: string, page: number }} State */

/** @param {string | null} value @param {string[]} allowed @returns {string} */
function oneOf(value, allowed) {
  return value !== null && allowed.includes(value) ? value : (allowed[0] ?? "");
}

/** @returns {State} */
export function stateOfAddress() {
  const query = new URLSearchParams(location.search);
  return {
    status: oneOf(query.get("status"), ["open", "closed", "all"]),
    view: oneOf(query.get("view"), ["", "mine", "company"]),
    after: query.get("after") ?? "",
    page: Math.max(1, Math.trunc(Number(query.get("page"))) || 1),
  };
}

/** @param {State} state */
export function addressOf({ status, view, after, page }) {
  const query = new URLSearchParams({ status });
  if (view) query.set("view", view);
  if (after) {
    query.set("after", after);
    query.set("page", String(page));
  }
  return `?${query}`;
}

/** The same list from its beginning. @param {State} state @returns {State} */
export function firstPage(state) {
  return { ...state, after: "", page: 1 };
}

/** Cursors of the pages before this one, the first page being "". @returns {string[]} */
export function trail() {
  return Array.isArray(history.state?.trail) ? history.state.trail : [];
}
