/** Who is signed in already is offered to go on; the form stays, for somebody else. */
import { slot } from "./dom.js";
import { remembered, session } from "./session.js";
import { text } from "./strings.js";

/** Asks only where somebody was seen before. @param {string} [place] where they wanted to go */
export async function offerToGoOn(place) {
  const found = remembered() && (await session().catch(() => null));
  if (!found) return;
  const note = slot(document, "already");
  slot(note, "already-who").textContent = text("sign_out.still_text", { name: found.person.name });
  if (place) /** @type {HTMLAnchorElement} */ (slot(note, "go-on")).href = place;
  note.hidden = false;
}
