/** Access denied: says who is signed in. */
import { mount, slot } from "./dom.js";
import { session } from "./session.js";
import { text } from "./strings.js";

mount("denied", async (root) => {
  const found = await session().catch(() => null);
  if (!found) return;
  const who = slot(root, "who");
  who.textContent = text("denied.who", { name: found.person.name, email: found.person.email });
  who.hidden = false;
});
