/** The beginning of a long conversation: loaded part by part, when somebody asks for it or comes for one message of it. */
import { Problem, call, words } from "./api.js";
import { again } from "./again.js";
import { announce, announceDone, slot } from "./dom.js";
import { messageOf } from "./message.js";
import { text } from "./strings.js";

/** As many parts are loaded at most to find the message that an address names. */
const parts = 20;

/**
 * @param {HTMLElement} root the ticket @param {number} number @param {boolean} staff whether staff reads
 */
export function tellEarlier(root, number, staff) {
  const list = slot(root, "messages");
  const button = /** @type {HTMLButtonElement} */ (slot(root, "earlier"));
  const error = slot(root, "earlier-error");
  let loading = false;
  let tries = 0;
  let stop = () => {};

  /** Load one part before the first message that is there; what is being read stays where it is. */
  const load = async () => {
    const first = /** @type {HTMLElement} */ (list.firstElementChild);
    const found = await call("GET", `${root.dataset.path ?? "/tickets"}/${number}/messages?before=${first.id.slice("m-".length)}`);
    /** @type {HTMLElement[]} */
    const items = found.messages.map((/** @type {import("./message.js").Message} */ each) =>
      messageOf(number, each, staff),
    );
    const { top } = first.getBoundingClientRect();
    button.hidden = !found.earlier;
    list.prepend(...items);
    scrollBy({ top: first.getBoundingClientRect().top - top, behavior: "instant" });
    return items;
  };

  const ask = async () => {
    if (loading) return;
    loading = true;
    stop();
    button.setAttribute("aria-busy", "true");
    try {
      const items = await load();
      items.at(-1)?.focus({ preventScroll: true });
      announceDone(text("ticket.earlier_shown", { count: items.length }));
      error.hidden = true;
      tries = 0;
    } catch (problem) {
      const says = words(problem);
      error.textContent = says;
      error.hidden = false;
      if (!tries) announce(says, "alert");
      if (problem instanceof Problem && problem.passes)
        stop = again(tries++, problem.wait, (when) => (error.textContent = `${says} ${when}`), ask);
    } finally {
      loading = false;
      button.removeAttribute("aria-busy");
    }
  };

  /** @param {string} id of an element */
  const reach = async (id) => {
    for (let i = 0; i < parts && !button.hidden && !document.getElementById(id); i++) await load();
    document.getElementById(id)?.scrollIntoView();
  };

  button.addEventListener("click", ask);
  button.hidden = false;
  if (/^#m-\d+$/.test(location.hash)) reach(location.hash.slice(1)).catch(() => {});
}
