/** Consent is asked for before somebody goes on. The form works without this. */
import { showOwnWords } from "./consent-words.js";
import { mount, slot } from "./dom.js";
import { session } from "./session.js";
import { text } from "./strings.js";

mount("consent", async (root) => {
  showOwnWords(root);
  const back = new URLSearchParams(location.search).get("return");
  /** @type {HTMLInputElement} */ (slot(root, "return")).value = back ?? "";
  const found = await session().catch(() => null);
  if (!found) return;
  const who = slot(root, "who");
  who.textContent = text("denied.who", { name: found.person.name, email: found.person.email });
  who.hidden = false;
});
