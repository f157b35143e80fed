/**
 * Asking for a new password. The form works without this: a plain post, answered with a redirect to a message that
 * stands ready. With it, what was typed stays where the API cannot be reached.
 */
import { call } from "./api.js";
import { wanted } from "./destination.js";
import { mount, slot } from "./dom.js";
import { onSend, showTarget } from "./sending.js";
import { readTab } from "./store.js";
import { text } from "./strings.js";

mount("reset", (el) => {
  const form = /** @type {HTMLFormElement} */ (el);
  const email = /** @type {HTMLInputElement} */ (form.elements.namedItem("email"));
  const problem = slot(form, "problem");
  email.value ||= readTab("address") ?? "";
  if (!location.hash) email.focus();
  onSend(
    form,
    text("reset.sending"),
    async () => {
      await call("POST", "/resets", { json: { email: email.value, return: wanted() } });
      showTarget("sent");
    },
    ({ status }) => {
      if (status !== 422) return false;
      problem.textContent = text("reset.no_address");
      problem.hidden = false;
      email.focus();
      return true;
    },
    true,
  );
});
