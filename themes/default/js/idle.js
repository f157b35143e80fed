/**
 * A session that nobody uses ends. A minute before, a dialog counts down and offers to stay; afterwards one
 * signs in and is back at the same place. Who types or clicks is there, and is not asked.
 */
import { call, lastUsed, words } from "./api.js";
import { mount, slot } from "./dom.js";
import { sessionIfAny, signOut } from "./session.js";
import { text } from "./strings.js";

const warning = 60;
const present = 5 * 60000;
const pause = 10000;

mount("idle", async (el) => {
  const found = await sessionIfAny().catch(() => null);
  if (!found) return;
  const dialog = /** @type {HTMLDialogElement} */ (el);
  let touched = 0;
  let asking = false;

  /** Any call counts as use; when the session is over, this one leads to sign-in. Seldom more than once. */
  const use = () => {
    if (asking) return;
    asking = true;
    call("GET", "/session").catch(() => {});
    setTimeout(() => (asking = false), pause);
  };

  const tick = () => {
    const left = Math.round((lastUsed() - Date.now()) / 1000) + found.idle_minutes * 60;
    if (left > warning) dialog.close();
    else if (left <= 0 || (!dialog.open && Date.now() - touched < present)) use();
    else {
      slot(dialog, "text").textContent = text("idle.text", { count: left });
      if (!dialog.open) dialog.showModal();
    }
  };

  for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, () => (touched = Date.now()));
  dialog.addEventListener("cancel", use);
  slot(dialog, "stay").addEventListener("click", use);
  slot(dialog, "leave").addEventListener("click", () =>
    signOut().catch((error) => {
      const problem = slot(dialog, "problem");
      problem.textContent = words(error);
      problem.hidden = false;
    }),
  );
  setInterval(tick, 1000);
});
