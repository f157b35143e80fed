/** One ticket: its facts, its conversation, and a reply. */
import { Problem, call, home, words } from "./api.js";
import { announce, mount, showOnly, slot, slotMaybe } from "./dom.js";
import { messageOf } from "./message.js";
import { showFailure, wait } from "./pending.js";
import { showProperty } from "./properties.js";
import { session } from "./session.js";
import { onWritten, readTab } from "./store.js";
import { statusOf, text } from "./strings.js";
import { writing } from "./writing.js";

/**
 * @typedef {import("./properties.js").Ticket & { may_reply: boolean, reply: "adds" | "reopens" | "follows" | null,
 *   may_close: boolean, may_rate: boolean, rating: import("./rating.js").Rating | null, may_share: boolean,
 *   participants: import("./participants.js").Participant[], follows: number | null, followed_by: number | null }} Ticket
 */

/**
 * The facts beside the conversation.
 * @param {HTMLElement} root
 * @param {Ticket} ticket
 */
function showFacts(root, ticket) {
  slot(root, "number").textContent = `#${ticket.number}`;
  slot(root, "subject").textContent = ticket.subject;
  const status = slot(root, "status");
  status.className = `chip chip-${ticket.status}`;
  status.textContent = statusOf(ticket);
  for (const el of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-property]"))) {
    const { property = "", type } = el.dataset;
    const value = /** @type {HTMLElement} */ (el.querySelector("dd"));
    el.hidden = !showProperty(value, ticket, property, /** @type {import("./properties.js").Type} */ (type));
  }
  showDigest(root, ticket);
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
  const copy = slotMaybe(root, "copy");
  const adds = ticket.may_share && !document.documentElement.hasAttribute("data-viewing");
  if (copy && (adds || ticket.participants.length))
    import("./participants.js").then(({ showParticipants }) => showParticipants(copy, ticket.number, ticket), () => {});
  slot(root, "links").hidden = !ticket.follows && !ticket.followed_by;
  showRating(root, ticket);
}

/** Where the facts are folded, what they say in a line. @param {HTMLElement} root @param {Ticket} ticket */
function showDigest(root, ticket) {
  const facts = root.querySelectorAll("[data-property]:not([hidden], [data-property=requester])");
  const shown = [...facts].map((el) => [...el.children].map((each) => each.textContent).join(" "));
  const copies = slotMaybe(root, "copy-title");
  if (copies && ticket.participants.length) shown.unshift(`${copies.textContent} ${ticket.participants.length}`);
  slot(root, "digest").replaceChildren(
    ...shown.slice(0, 4).flatMap((words, i) => {
      const value = document.createElement("bdi");
      value.textContent = words;
      return i ? [" · ", value] : [value];
    }),
  );
}

/** How it went is read when there is something to say about it. @param {HTMLElement} root @param {Ticket} ticket */
function showRating(root, ticket) {
  const box = slotMaybe(root, "rating");
  if (!box || (box.hidden && !ticket.may_rate && !ticket.rating)) return;
  Promise.all([import("./rating.js"), session()]).then(
    ([rating, who]) => who && rating.showRating(root, who.person, who.viewing ? { ...ticket, may_rate: false } : ticket),
    () => {},
  );
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

/** A conversation of so many messages is long: its end is far below. */
const long = 8;

/** The way to the newest message, below which the reply stands. @param {HTMLElement} root */
function leadToNewest(root) {
  const way = slot(root, "newest");
  const list = slot(root, "messages");
  way.hidden = list.children.length < long;
  way.onclick = ({ target }) => {
    if (target instanceof HTMLAnchorElement) target.href = `#${list.lastElementChild?.id}`;
  };
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
  /* sent from another tab */
  onWritten(`unsent.${person.email}.${root.dataset.place ?? ""}${number}`, () => stop.signal.aborted || begin());
  root.addEventListener("outdated", begin, { signal: stop.signal });
}

mount("ticket", (root) => {
  /* The desk has an address of its own, and more to say beside the conversation (desk-ticket.js). */
  const { path = "/tickets" } = root.dataset;
  const number = Number(/^\d{1,15}$/.exec(new URLSearchParams(location.search).get("n") ?? "")?.[0] ?? 0);
  const parts = ["ticket", "missing", "error"].map((name) => slot(root, name));
  const [page, missing] = /** @type {[HTMLElement, HTMLElement]} */ (parts);
  const portal = document.title.split(" · ").pop();
  const wide = matchMedia("(width >= 64rem)");
  /** Beside the conversation the facts stand open; above it they are a line. */
  const unfold = () => {
    if (wide.matches) /** @type {HTMLDetailsElement} */ (slot(root, "fold")).open = true;
  };
  unfold();
  wide.addEventListener("change", unfold);

  const showMissing = () => {
    showOnly(parts, missing);
    const title = slot(missing, "missing-title");
    document.title = `${title.textContent} · ${portal}`;
    announce(title.textContent ?? "", "alert");
  };

  /** @param {Ticket} ticket */
  const facts = (ticket) => {
    showFacts(root, ticket);
    root.dispatchEvent(new CustomEvent("facts", { detail: ticket }));
  };

  const refreshFacts = async () => {
    const found = await call("GET", `${path}/${number}`).catch(() => null);
    if (found) facts(found.ticket);
  };

  async function load() {
    const done = wait(root, true, text("list.slow"));
    try {
      const [found, who] = await Promise.all([call("GET", `${path}/${number}`), session()]);
      const staff = who?.person.role !== "contact";
      facts(found.ticket);
      slot(root, "messages").replaceChildren(
        ...found.messages.map((/** @type {import("./message.js").Message} */ each) =>
          messageOf(number, each, staff),
        ),
      );
      document.title = `${found.ticket.subject} · ${portal}`;
      leadToNewest(root);
      showOnly(parts, page);
      if (who) {
        if (!who.viewing) writing(root, number, who.person, refreshFacts);
        lookForNews(root, number, who.person, facts);
      }
      announce(text("ticket.heading", { number: String(number) }));
      slot(root, "continued").hidden = location.hash !== "#continued";
      if (found.earlier)
        import("./earlier.js").then(({ tellEarlier }) => tellEarlier(root, number, staff), () => {});
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
