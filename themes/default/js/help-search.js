/** The search on the help page: results as one types, in place of the list of all articles. */
import { announce, clone, mount, slot } from "./dom.js";
import { marked, searcher } from "./search.js";
import { text } from "./strings.js";

const portion = 15;

/**
 * Write a text into an element with what answers the query marked.
 * @param {HTMLElement} el @param {string} words @param {string} query
 */
function write(el, words, query) {
  el.replaceChildren(
    ...marked(words, query).map((piece) => {
      if (!piece.marked) return piece.text;
      const mark = document.createElement("mark");
      mark.textContent = piece.text;
      return mark;
    }),
  );
}

mount("help-search", (root) => {
  const form = /** @type {HTMLFormElement} */ (root.querySelector("[role=search]"));
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const browse = slot(root, "browse");
  const results = slot(root, "results");
  const title = slot(results, "title");
  const list = slot(results, "list");
  const more = slot(results, "more");
  const none = slot(results, "none");
  const find = searcher(form.dataset.index ?? "");
  const home = new URL(form.action).pathname;
  let limit = portion;
  let asked = 0;
  /** @type {number | undefined} */
  let timer;

  /** @param {import("./search.js").Article} article @param {string} query */
  const row = (article, query) => {
    const el = clone(root.querySelector("[data-slot=result]"));
    const link = /** @type {HTMLAnchorElement} */ (slot(el, "link"));
    link.href = home + article.path;
    write(link, article.title, query);
    slot(el, "where").textContent = article.section;
    write(slot(el, "summary"), article.summary, query);
    if (article.lang)
      for (const part of [link, slot(el, "summary")]) {
        part.lang = article.lang;
        part.dir = "auto";
      }
    return el;
  };

  /** @param {string} query @param {import("./search.js").Found} found */
  const show = (query, { articles, total }) => {
    const key = total ? "help.results" : "help.none";
    title.textContent = text(key, { count: total, query });
    list.replaceChildren(...articles.map((article) => row(article, query)));
    more.hidden = total <= articles.length;
    none.hidden = total > 0;
    announce(title.textContent);
  };

  const search = async () => {
    const query = field.value.trim();
    const mine = ++asked;
    browse.hidden = query !== "";
    results.hidden = query === "";
    if (!query) return;
    try {
      const found = await find(field.value.trimStart(), limit);
      if (mine === asked) show(query, found);
    } catch {
      if (mine !== asked) return;
      browse.hidden = false;
      results.hidden = true;
      announce(text("help.search_failed"), "alert");
      slot(root, "failed").hidden = false;
      return;
    }
    slot(root, "failed").hidden = true;
  };

  /* The first letter makes a step that Back takes back; what follows is the same step. */
  const keep = () => {
    const url = new URL(location.href);
    const before = url.searchParams.get("q") ?? "";
    const query = field.value.trim();
    if (query) url.searchParams.set("q", query);
    else url.searchParams.delete("q");
    if (!before && query) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
  };

  const start = () => {
    clearTimeout(timer);
    limit = portion;
    keep();
    void search();
  };

  const restore = () => {
    field.value = new URL(location.href).searchParams.get("q") ?? "";
    limit = portion;
    void search();
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(start, field.value ? 120 : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start();
  });
  more.addEventListener("click", async () => {
    const before = list.children.length;
    limit += portion;
    await search();
    list.children[before]?.querySelector("a")?.focus();
  });
  root.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const stops = [field, ...list.querySelectorAll("a")];
    const at = stops.indexOf(/** @type {HTMLInputElement} */ (document.activeElement));
    if (results.hidden || at < 0) return;
    if (event.key === "Escape" && at > 0) field.focus();
    if (event.key === "Escape" && at === 0) {
      field.value = "";
      start();
    }
    if (!step) return;
    event.preventDefault();
    stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus();
  });
  addEventListener("popstate", restore);
  if (new URL(location.href).searchParams.has("q")) restore();
});
