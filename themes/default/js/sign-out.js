/** The sign-out page: nothing of the person stays on this device, and other tabs learn of it. */
import { words } from "./api.js";
import { announce, mount, slot } from "./dom.js";
import { clearDevice, session, signOut } from "./session.js";
import { text } from "./strings.js";

mount("sign-out", async (root) => {
  const found = await session().catch(() => null);
  if (!found) {
    clearDevice();
    return;
  }
  slot(root, "who").textContent = text("sign_out.still_text", { name: found.person.name });
  slot(root, "out").hidden = true;
  slot(root, "still").hidden = false;
  slot(root, "still-title").focus();
  slot(root, "send").addEventListener("click", () =>
    signOut().catch((problem) => announce(words(problem), "alert")),
  );
});
