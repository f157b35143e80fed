/**
 * New replies while one reads: looked for while the page is to be seen, less and less often while there are none.
 * They wait behind a button that floats, so that nothing moves that is being read or written.
 */
import { announce, slot } from "./dom.js";
import { messageOf } from "./message.js";
import { lookAgain } from "./quiet.js";
import { onWritten } from "./store.js";
import { text } from "./strings.js";

const soon = 15000;
const late = 5 * 60000;

/**
 * @param {HTMLElement} root the ticket @param {number} number @param {import("./session.js").Person} person
 * @param {(ticket: any) => void} facts called with what is known of the ticket now
 */
export function watch(root, number, person, facts) {
  const staff = person.role !== "contact";
  const list = slot(root, "messages");
  const button = slot(root, "news");
  let tag = "";
  let pause = soon;
  /** @type {number | undefined} */
  let timer;
  /** @type {import("./message.js").Message[]} */
  let fresh = [];

  /** The reply that is on its way, or failed. */
  const unsent = () => list.querySelector(":scope > :has([data-slot=state]:not([hidden]))");

  /** @param {{ ticket: any, messages: import("./message.js").Message[] }} found */
  const take = ({ ticket, messages }) => {
    const before = fresh.length;
    /* One's own that is just being sent is about to show by itself. */
    fresh = messages.filter(
      ({ id, author }) => !document.getElementById(`m-${id}`) && !(author.me && unsent()),
    );
    button.hidden = !fresh.length;
    button.textContent = text("ticket.news", { count: fresh.length });
    if (fresh.length > before) announce(button.textContent);
    const { value } = /** @type {HTMLTextAreaElement} */ (slot(root, "form").querySelector("textarea"));
    facts({ ...ticket, may_reply: ticket.may_reply || value !== "" });
  };

  const look = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    try {
      const found = await lookAgain(`${root.dataset.path ?? "/tickets"}/${number}`, tag);
      pause = found ? soon : Math.min(pause * 1.5, late);
      tag = found?.tag ?? tag;
      if (found) take(found.body);
    } catch {
      pause = Math.min(pause * 2, late); // the next call that somebody makes says what is wrong
    }
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  };

  button.addEventListener("click", () => {
    const shown = fresh.filter(({ id }) => !document.getElementById(`m-${id}`));
    const items = shown.map((message) => messageOf(number, message, staff));
    const waiting = unsent();
    if (waiting) waiting.before(...items);
    else list.append(...items);
    fresh = [];
    button.hidden = true;
    items[0]?.focus();
  });
  document.addEventListener("visibilitychange", () => {
    pause = soon;
    look();
  });
  onWritten(`unsent.${person.email}.${root.dataset.place ?? ""}${number}`, look);
  root.addEventListener("outdated", look);
  look();
}
