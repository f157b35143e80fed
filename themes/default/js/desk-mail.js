/** Mail at the desk: what waits to go out and why, what was given up, and what came in and is held back. */
import { call } from "./api.js";
import { clone, isPlainClick, mount, slot, tell } from "./dom.js";
import { when } from "./dates.js";
import { heldItem } from "./desk-held.js";
import { acting, leave, listing, ticketAt } from "./desk-list.js";
import { mailCounts } from "./desk-nav.js";
import { label, text } from "./strings.js";

/**
 * @typedef {{ id: number, kind: string, to: string | null, inbox: string | null, ticket: number | null,
 *   created_at: string, due_at: string, attempts: number, waits: string | null, why: string | null,
 *   failed_at: string | null }} Outgoing
 */

const views = ["waiting", "failed", "held"];
const viewOf = () => {
  const view = new URLSearchParams(location.search).get("view") ?? "";
  return views.includes(view) ? view : "waiting";
};

/** @param {HTMLElement} item @param {Outgoing} mail */
function showTime(item, { failed_at, due_at, waits, attempts }) {
  slot(item, "due-line").hidden = !failed_at && waits !== "retry" && waits !== "time";
  slot(item, "due-word").textContent = text(failed_at ? "desk_mail.given_up" : "desk_mail.next");
  when(slot(item, "due"), failed_at ?? due_at);
  slot(item, "tries").hidden = !attempts;
  slot(item, "tries").textContent = text("desk_mail.tries", { count: attempts });
}

/** @param {Outgoing} mail */
function outgoingItem(mail) {
  const item = clone(document.getElementById("outgoing"));
  const link = /** @type {HTMLAnchorElement} */ (slot(item, "ticket"));
  slot(item, "kind").textContent = label("kind.", mail.kind);
  slot(item, "to").textContent = mail.to ?? text("desk_mail.to_inbox", { inbox: label("inbox.", mail.inbox ?? "") });
  slot(item, "waits").hidden = !mail.waits;
  if (mail.waits) slot(item, "waits").textContent = label("waits.", mail.waits);
  link.hidden = !mail.ticket;
  link.href = ticketAt(mail.ticket);
  link.textContent = `#${mail.ticket}`;
  when(slot(item, "written"), mail.created_at);
  showTime(item, mail);
  slot(item, "why").hidden = !mail.why || mail.waits === "server";
  slot(item, "why").textContent = mail.why;
  return item;
}

mount("desk-mail", (root) => {
  /** @param {Outgoing} mail */
  const failedItem = (mail) => {
    const item = outgoingItem(mail);
    const again = slot(item, "resend");
    again.hidden = !mail.failed_at;
    again.addEventListener("click", () =>
      acting(
        item,
        async () => {
          await call("POST", `/desk/outbox/${mail.id}/resend`);
          tell(text("desk_mail.resent"));
          leave(item, list.isEmpty);
          showCounts(true);
        },
        { not_found: "desk_mail.gone" },
      ),
    );
    return item;
  };

  /** @type {{ load: () => Promise<void>, isEmpty: () => void }} */
  const list = listing(root, {
    ask: async (/** @type {number | null} */ after, signal) => {
      const view = viewOf();
      if (view === "held") return { rows: (await call("GET", "/quarantine", { signal })).mails, next: null };
      return call("GET", `/desk/outbox?state=${view}${after ? `&after=${after}` : ""}`, { signal });
    },
    item: (mail) => (viewOf() === "held" ? heldItem(mail, list.isEmpty, () => showCounts(true)) : failedItem(mail)),
    none: () => slot(root, `none-${viewOf()}`),
    failed: "desk_mail.load_failed",
  });

  /** @param {boolean} [anew] */
  async function showCounts(anew) {
    const mail = await mailCounts(anew).catch(() => null);
    if (!mail) return;
    for (const name of /** @type {const} */ (["waiting", "failed", "held_back"]))
      slot(root, name).textContent = new Intl.NumberFormat(document.documentElement.lang).format(mail[name]);
    slot(root, "down").hidden = !mail.down_since;
    if (mail.down_since) when(slot(root, "down-since"), mail.down_since);
    slot(root, "down-why").textContent = mail.down_why;
  }

  /** @param {boolean} [anew] */
  const load = (anew) => {
    for (const tab of root.querySelectorAll("[data-view]")) {
      if (/** @type {HTMLElement} */ (tab).dataset.view === viewOf()) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
    showCounts(anew);
    list.load();
  };

  root.addEventListener("click", (event) => {
    const tab = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("[data-view]"));
    if (!tab || !isPlainClick(event)) return;
    event.preventDefault();
    history.pushState(null, "", tab.href);
    slot(root, "rows").replaceChildren();
    slot(root, "more").hidden = true;
    load(true);
  });
  addEventListener("popstate", () => load(true));
  load();
});
