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

  /** @param {string} heading */
  const entitle = (heading) => {
    document.title = `${heading} · ${document.title.split(" · ").pop()}`;
  };

  /** Somebody is signed in, or may be. @param {string} heading */
  const offer = (heading) => {
    const title = slot(root, "still-title");
    title.textContent = heading;
    entitle(heading);
    slot(root, "out").hidden = true;
    slot(root, "still").hidden = false;
    title.focus();
  };

  const send = slot(root, "send");
  const label = send.textContent;
  /** The API may take its time. @param {boolean} on */
  const setBusy = (on) => {
    send.setAttribute("aria-disabled", String(on));
    send.textContent = on ? text("sign_out.sending") : label;
  };
  send.addEventListener("click", () => {
    if (send.ariaDisabled === "true") return;
    problem.hidden = true;
    setBusy(true);
    signOut().then(
      () => location.reload(),
      (error) => {
        setBusy(false);
        say(error);
      },
    );
  });
  try {
    const found = await session();
    if (!found) {
      clearDevice();
      const out = slot(root, "out");
      out.classList.remove("on-target");
      entitle(out.querySelector("h1")?.textContent ?? "");
      return;
    }
    offer(text("sign_out.still"));
    slot(root, "who").textContent = text("sign_out.still_text", { name: found.person.name });
  } catch (error) {
    // Unless it said so a moment before.
    if (/^#(done|leaving-)/.test(location.hash)) return;
    offer(text("nav.sign_out"));
    say(error);
  }
});
