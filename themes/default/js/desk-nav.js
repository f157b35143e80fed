/** The desk's parts: which of them are for whom looks, and whether mail wants to be looked at. */
import { call, home } from "./api.js";
import { mount, slot, slotMaybe, tell } from "./dom.js";
import { session } from "./session.js";
import { text } from "./strings.js";

/** @typedef {{ waiting: number, failed: number, held_back: number, down_since: string | null, down_why: string | null }} Mail */

/** @type {Promise<Mail> | undefined} */
let asked;

/** How much mail there is of each kind. @param {boolean} [anew] after something was done with it */
export function mailCounts(anew) {
  if (anew) asked = undefined;
  asked ??= call("GET", "/desk/mail");
  asked.then(showCount, () => (asked = undefined));
  return asked;
}

/** What was given up or is held back waits for somebody: the link leads to it. @param {Mail} mail */
function showCount({ failed, held_back }) {
  const tally = slotMaybe(document, "mail-count");
  const count = failed + held_back;
  const link = tally?.closest("a");
  if (!tally || !link) return;
  link.search = held_back ? "?view=held" : failed ? "?view=failed" : "";
  tally.hidden = !count;
  tally.textContent = new Intl.NumberFormat(document.documentElement.lang).format(count);
  const meaning = document.createElement("span");
  meaning.className = "sr";
  meaning.textContent = ` ${text("desk_nav.attention")}`;
  tally.append(meaning);
}

/**
 * A press shows the portal as this contact sees it.
 * @param {HTMLElement} button @param {{ id: number, name: string }} contact
 * @param {string} to the page to begin with, below the language's home
 */
export function viewAs(button, contact, to) {
  button.onclick = () =>
    import("./viewing.js").then(
      ({ beginViewing }) => beginViewing(contact, to, button),
      () => tell(text("errors.network")),
    );
}

mount("desk-nav", async (nav) => {
  const who = await session().catch(() => null);
  if (!who || who.viewing) return;
  if (who.person.role === "contact") return location.replace(`${home}denied/`);
  if (who.person.role === "admin") slot(nav, "erasures").hidden = false;
  mailCounts().catch(() => {}); // the page says what is wrong
});
