/** The sign-out page: nothing of the person stays on this device, and other tabs learn of it. */
import { words } from "./api.js";
import { mount, slot } from "./dom.js";
import { clearDevice, session, signOut } from "./session.js";
import { text } from "./strings.js";

mount("sign-out", async (root) => {
  const problem = slot(root, "problem");
  /** @param {unknown} error */
  const say = (error) => {
    problem.textContent = words(error);
    problem.hidden = false;
    problem.focus();
  };

  /** Somebody is signed in, or may be. @param {string} heading */
  const offer = (heading) => {
    const title = slot(root, "still-title");
    title.textContent = heading;
    document.title = `${heading} · ${document.title.split(" · ").pop()}`;
    slot(root, "out").hidden = true;
    slot(root, "still").hidden = false;
    title.focus();
  };

  slot(root, "send").addEventListener("click", () => signOut().then(() => location.reload(), say));
  try {
    const found = await session();
    if (!found) {
      clearDevice();
      slot(root, "out").classList.remove("on-target");
      return;
    }
    offer(text("sign_out.still"));
    slot(root, "who").textContent = text("sign_out.still_text", { name: found.person.name });
  } catch (error) {
    // Unless it said so a moment before.
    if (location.hash === "#done") return;
    offer(text("nav.sign_out"));
    say(error);
  }
});
