/** One ticket: its facts, its conversation, and a reply. */
import { Problem, call, home, words } from "./api.js";
import { when } from "./dates.js";
import { announce, mount, showOnly, slot, slotMaybe } from "./dom.js";
import { messageOf } from "./message.js";
import { showFailure, wait } from "./pending.js";
import { session } from "./session.js";
import { readTab } from "./store.js";
import { label, statusOf, teamName, text } from "./strings.js";
import { writing } from "./writing.js";

/**
 * @typedef {{ number: number, subject: string, status: "open" | "closed", pipeline: string, stage: string,
 *   requester: { name: string, me: boolean }, company: string | null, owner: string | null,
 *   created_at: string, last_activity_at: string, closed_at: string | null,
 *   category: string | null, priority: string | null, may_reply: boolean,
 *   reply: "adds" | "reopens" | "follows" | null, may_close: boolean, follows: number | null,
 *   followed_by: number | null }} Ticket
 */

/**
 * The facts beside the conversation.
 * @param {HTMLElement} root
 * @param {Ticket} ticket
 * @param {boolean} staff
 */
function showFacts(root, ticket, staff) {
  slot(root, "number").textContent = `#${ticket.number}`;
  slot(root, "subject").textContent = ticket.subject;
  const status = slot(root, "status");
  status.className = `chip chip-${ticket.status}`;
  status.textContent = statusOf(ticket);
  slot(root, "requester").textContent = ticket.requester.me ? text("list.me") : ticket.requester.name;
  slot(root, "owner").textContent = ticket.owner ? teamName(ticket.owner) : text("list.no_owner");
  /** @param {string} name @param {string | null} value */
  const optional = (name, value) => {
    slot(root, `${name}-row`).hidden = !value;
    if (value) slot(root, name).textContent = value;
  };
  optional("company", staff ? ticket.company : null);
  optional("category", ticket.category && label("option.category.", ticket.category));
  optional("priority", ticket.priority && label("option.priority.", ticket.priority));
  when(slot(root, "created"), ticket.created_at);
  when(slot(root, "activity"), ticket.last_activity_at);
  slot(root, "closed-row").hidden = !ticket.closed_at;
  if (ticket.closed_at) when(slot(root, "closed"), ticket.closed_at);
  slot(root, "form").hidden = !ticket.may_reply;
  slot(root, "no-reply").hidden = ticket.may_reply;
  slot(root, "reopens").hidden = ticket.reply !== "reopens";
  slot(root, "starts-new").hidden = ticket.reply !== "follows";
  const close = slotMaybe(root, "close");
  if (close) close.hidden = !ticket.may_close || !slot(root, "ask").hidden;
  for (const name of /** @type {const} */ (["follows", "followed_by"])) {
    const link = /** @type {HTMLAnchorElement} */ (slot(root, name));
    link.hidden = !ticket[name];
    link.href = `?n=${ticket[name]}`;
    link.textContent = text(`ticket.${name}`, { number: `#${ticket[name]}` });
  }
  slot(root, "links").hidden = !ticket.follows && !ticket.followed_by;
}

/** Closing is read when somebody is about to. @param {HTMLElement} root @param {number} number @param {() => void} changed */
function closing(root, number, changed) {
  slotMaybe(root, "close")?.addEventListener("click", () =>
    import("./closing.js").then(
      ({ askToClose }) => askToClose(root, number, changed),
      () => {
        const error = slot(root, "closing-error");
        error.textContent = `${text("closing.failed")} ${words(new Problem(0, "network"))}`;
        error.hidden = false;
        announce(error.textContent, "alert");
      },
    ),
  );
}

/** How long the conversation as it was loaded is new enough, in milliseconds. */
const fresh = 10000;

/**
 * From some seconds on, or when somebody comes back to the page, look whether there is something new.
 * @param {HTMLElement} root @param {number} number @param {import("./session.js").Person} person
 * @param {(ticket: Ticket) => void} facts
 */
function lookForNews(root, number, person, facts) {
  const stop = new AbortController();
  const begin = () => {
    stop.abort();
    clearTimeout(timer);
    import("./news.js").then(({ watch }) => watch(root, number, person, facts), () => {});
  };
  const timer = setTimeout(begin, fresh);
  document.addEventListener("visibilitychange", begin, { signal: stop.signal });
}

mount("ticket", (root) => {
  const number = Number(/^\d{1,15}$/.exec(new URLSearchParams(location.search).get("n") ?? "")?.[0] ?? 0);
  const parts = ["ticket", "missing", "error"].map((name) => slot(root, name));
  const [page, missing] = /** @type {[HTMLElement, HTMLElement]} */ (parts);
  const portal = document.title.split(" · ").pop();

  const showMissing = () => {
    showOnly(parts, missing);
    const title = slot(missing, "missing-title");
    document.title = `${title.textContent} · ${portal}`;
    announce(title.textContent ?? "", "alert");
  };

  let staff = false;

  const refreshFacts = async () => {
    const found = await call("GET", `/tickets/${number}`).catch(() => null);
    if (found) showFacts(root, found.ticket, staff);
  };

  async function load() {
    const done = wait(root, true, text("list.slow"));
    try {
      const [found, who] = await Promise.all([call("GET", `/tickets/${number}`), session()]);
      staff = who?.person.role !== "contact";
      showFacts(root, found.ticket, staff);
      slot(root, "messages").replaceChildren(
        ...found.messages.map((/** @type {import("./message.js").Message} */ each) =>
          messageOf(number, each, staff),
        ),
      );
      document.title = `${found.ticket.subject} · ${portal}`;
      showOnly(parts, page);
      if (who) {
        writing(root, number, who.person, refreshFacts);
        lookForNews(root, number, who.person, (ticket) => showFacts(root, ticket, staff));
      }
      announce(text("ticket.heading", { number: String(number) }));
      slot(root, "continued").hidden = location.hash !== "#continued";
      if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 404) showMissing();
      else {
        showOnly(parts, null);
        showFailure(root, text("ticket.failed"), problem, load);
      }
    } finally {
      done();
    }
  }

  closing(root, number, refreshFacts);
  const list = readTab("list");
  if (list?.startsWith(home)) /** @type {HTMLAnchorElement} */ (slot(root, "back")).href = list;
  if (number) load();
  else showMissing();
});
