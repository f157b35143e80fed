/** Help articles that may answer a new ticket, below its subject; asked for when somebody types there first. */
import { announce, clone, slot } from "./dom.js";
import { searcher } from "./search.js";
import { text } from "./strings.js";

const most = 3;
/** Shorter subjects say too little. */
const letters = 3;
/** Words that most articles have are no reason to suggest any. */
const telling = 1.3;

/** @param {HTMLElement} box @param {HTMLInputElement} subject */
export function suggest(box, subject) {
  const find = searcher(box.dataset.index ?? "");
  const list = slot(box, "list");
  let shown = "";
  let asked = 0;
  /** @type {number | undefined} */
  let timer;

  /** @param {import("./search.js").Article} article */
  const row = (article) => {
    const el = clone(box.querySelector("template"));
    const link = /** @type {HTMLAnchorElement} */ (slot(el, "link"));
    link.href = (box.dataset.help ?? "") + article.path;
    const title = slot(link, "title");
    title.textContent = article.title;
    if (article.lang) title.lang = article.lang;
    return el;
  };

  /** @param {import("./search.js").Article[]} articles */
  const show = (articles) => {
    const now = articles.map((article) => article.path).join(" ");
    if (now === shown) return;
    shown = now;
    list.replaceChildren(...articles.map(row));
    box.hidden = articles.length === 0;
    if (articles.length) announce(text("new.suggested", { count: articles.length }));
  };

  /* Without an index there is nothing to suggest, and no reason to disturb. */
  const look = async () => {
    const mine = ++asked;
    const query = subject.value.trim();
    const found = query.length < letters ? undefined : await find(query, most, telling).catch(() => undefined);
    if (mine === asked) show(found?.articles ?? []);
  };

  subject.closest("[data-field]")?.after(box);
  subject.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 300);
  });
  void look();
}
