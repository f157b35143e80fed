/**
 * The saved replies at the desk: found, and removed with a way back. One of them is written in the list's place, as
 * the address says ("?n=3", "?n=new").
 */
import { call } from "./api.js";
import { clone, mount, slot, tell } from "./dom.js";
import { when } from "./dates.js";
import { acting, listing } from "./desk-list.js";
import { folded } from "./search-words.js";
import { label, text } from "./strings.js";

/**
 * @typedef {{ id: number, version: number, title: string, locale: string | null, inbox: string | null,
 *   changed_by: string, changed_at: string }} Saved
 * @typedef {Saved & { start: string }} Row
 * @typedef {Saved & { body: string }} Reply
 */

const path = "/desk/replies";

/** @param {HTMLElement} item @param {Row} row */
function show(item, row) {
  const link = /** @type {HTMLAnchorElement} */ (slot(item, "link"));
  link.href = `?n=${row.id}`;
  for (const name of item.querySelectorAll("[data-slot=title]")) name.textContent = row.title;
  for (const kind of /** @type {const} */ (["locale", "inbox"])) {
    const id = row[kind];
    slot(item, kind).hidden = !id;
    if (id) slot(item, kind).textContent = label(`${kind}.`, id);
  }
  slot(item, "start").textContent = row.start;
  slot(item, "by").textContent = row.changed_by;
  when(slot(item, "changed"), row.changed_at);
}

/** Where it stood, that it is gone, and a way to have it back. @param {HTMLElement} item @param {Row} row @param {Reply} reply */
function becomesGone(item, row, reply) {
  const gone = clone(document.getElementById("saved-gone"));
  const undo = slot(gone, "undo");
  slot(gone, "says").textContent = text("desk_replies.removed", { title: row.title });
  undo.addEventListener("click", () =>
    acting(gone, async () => {
      const { title, body, locale, inbox } = reply;
      const json = { title, body, locale: locale ?? "", inbox: inbox ?? "" };
      const { reply: again } = await call("POST", path, { json });
      const back = rowItem({ ...row, ...again });
      gone.replaceWith(back);
      slot(back, "link").focus();
      tell(text("desk_replies.saved", { title }));
    }),
  );
  item.replaceWith(gone);
  undo.focus();
  tell(text("desk_replies.removed", { title: row.title }));
}

/** @param {Row} row */
function rowItem(row) {
  const item = clone(document.getElementById("saved"));
  show(item, row);
  slot(item, "remove").addEventListener("click", () =>
    acting(
      item,
      async () => {
        const { reply } = await call("GET", `${path}/${row.id}`);
        await call("DELETE", `${path}/${row.id}?version=${row.version}`);
        becomesGone(item, row, reply);
      },
      { not_found: "desk_mail.gone", changed: "desk_replies.reload" },
    ),
  );
  return item;
}

/** What was saved a moment ago has the focus. @param {HTMLElement} root */
function comeBack(root) {
  const saved = /^#saved-(\d+)$/.exec(location.hash)?.[1];
  if (!saved) return;
  history.replaceState(null, "", location.pathname);
  const link = /** @type {HTMLElement | null} */ (root.querySelector(`[href="?n=${saved}"]`));
  link?.focus();
  if (link) tell(text("desk_replies.saved", { title: link.textContent ?? "" }));
}

/** @param {HTMLElement} root */
function showList(root) {
  const field = /** @type {HTMLInputElement} */ (slot(root, "q"));
  /** @type {Promise<{ rows: Row[] }> | undefined} */
  let asked;
  const q = () => folded(field.value.trim());
  slot(root, "view-list").hidden = false;
  slot(root, "add").hidden = false;
  const list = listing(root, {
    ask: async () => {
      asked ??= call("GET", path);
      const { rows } = await asked.catch((problem) => {
        asked = undefined;
        throw problem;
      });
      return { rows: rows.filter(({ title, start }) => folded(`${title} ${start}`).includes(q())), next: null };
    },
    item: rowItem,
    none: () => slot(root, q() ? "none-found" : "none"),
    failed: "desk_replies.load_failed",
    more: { "/": () => field.focus(), c: () => slot(root, "add").click() },
  });
  field.addEventListener("input", () => list.load());
  slot(root, "find").addEventListener("submit", (event) => event.preventDefault());
  list.load().then(() => comeBack(root));
}

mount("desk-replies", (root) => {
  const which = new URLSearchParams(location.search).get("n");
  if (!which) showList(root);
  else import("./desk-saved.js").then(({ writeOne }) => writeOne(root, which === "new" ? 0 : Number(which) || -1), () => location.reload());
});
