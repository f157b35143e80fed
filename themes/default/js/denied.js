/** Access denied: says who is signed in; to who is let in by now, that they are, and leads on. */
import { mount, slot } from "./dom.js";
import { session } from "./session.js";
import { text } from "./strings.js";

mount("denied", async (root) => {
  const found = await session().catch(() => null);
  if (!found) return;
  const title = slot(root, "title");
  const who = slot(root, "who");
  who.textContent = text("denied.who", { name: found.person.name, email: found.person.email });
  who.hidden = false;
  if (!found.let_in) return;
  title.textContent = text("denied.let_in");
  document.title = `${title.textContent} · ${document.title.split(" · ").pop()}`;
  slot(root, "why").hidden = slot(root, "ask").hidden = true;
  slot(root, "go-on").hidden = false;
});
