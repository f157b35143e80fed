/** Who else has the ticket open, and whether they write; asked every few seconds while the page is to be seen. */
import { slot } from "./dom.js";
import { lookAgain } from "./quiet.js";
import { text } from "./strings.js";

const every = 12000;
const lists = new Intl.ListFormat(document.documentElement.lang);

/** The pages that look already. @type {WeakSet<HTMLElement>} */
const looking = new WeakSet();

/** @param {HTMLElement} root @param {import("./desk-ticket.js").DeskTicket} ticket */
export function lookBeside(root, { number, version }) {
  const line = slot(root, "beside");
  root.dataset.version = String(version);
  if (looking.has(root)) return;
  looking.add(root);
  /** @type {number | undefined} */
  let timer;

  /** @param {{ name: string, writing: boolean }[]} others */
  const show = (others) => {
    const writing = others.filter((one) => one.writing);
    const names = lists.format((writing.length ? writing : others).map(({ name }) => name));
    const said = names && text(writing.length ? "desk.beside_writing" : "desk.beside", { name: names });
    line.hidden = !said;
    if (line.textContent !== said) line.textContent = said;
  };

  const look = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    const { value } = /** @type {HTMLTextAreaElement} */ (slot(root, "form").querySelector("textarea"));
    try {
      const found = await lookAgain(`/desk/tickets/${number}/beside?writing=${value ? 1 : 0}`, "");
      show(found?.body.others ?? []);
      const newest = [...root.querySelectorAll("[id^=m-]")].some(({ id }) => id === `m-${found?.body.latest}`);
      if (!newest || String(found?.body.version) !== root.dataset.version) root.dispatchEvent(new Event("outdated"));
    } catch {
      // the next call that somebody makes says what is wrong
    }
    timer = setTimeout(look, every);
  };
  document.addEventListener("visibilitychange", look);
  slot(root, "form").addEventListener("focusout", look);
  look();
}
