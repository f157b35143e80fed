/**
 * Choosing a new password, or as somebody who was invited the first one. The link's token stands in the fragment, which no server sees; it leaves the
 * address bar at once and stays with the history entry only, so that a reload still works.
 */
import { Problem, call, home } from "./api.js";
import { handedOn } from "./destination.js";
import { mount, slot } from "./dom.js";
import { onSend, showTarget } from "./sending.js";
import { has, text } from "./strings.js";

/** @returns {{ token: string, invited: boolean }} */
function takeToken() {
  const link = new URLSearchParams(location.hash.slice(1));
  const token = link.get("token") ?? link.get("invitation");
  const taken = token ? { token, invited: !link.has("token") } : history.state;
  if (token) history.replaceState(taken, "", location.pathname + location.search);
  return { token: taken?.token ?? "", invited: taken?.invited ?? false };
}

const { token, invited } = takeToken();

mount("reset-form", (root) => {
  const form = /** @type {HTMLFormElement} */ (slot(root, "form"));
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("password"));
  const message = /** @type {HTMLElement} */ (document.getElementById("password-error"));

  /** @param {string} code */
  const end = (code) => {
    history.replaceState(null, "", location.pathname);
    showTarget(`e-${code}`);
  };

  /** @param {string} words empty: it is fine */
  const refuse = (words) => {
    message.textContent = words;
    message.hidden = !words;
    if (!words) return input.removeAttribute("aria-invalid");
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", "password-error password-hint");
    input.focus();
  };

  if (invited) slot(root, "heading").textContent = text("reset_form.welcome");
  if (token && !location.hash) input.focus();
  if (!token) return location.hash.startsWith("#e-") || end("token_unknown");
  onSend(
    form,
    text("reset_form.sending"),
    async () => {
      const few = [...input.value].length < Number(input.dataset.min);
      const code = !input.value ? "required" : few ? "password_short" : "";
      if (code) throw new Problem(422, "invalid", { errors: [{ field: "password", code }] });
      refuse("");
      await call("POST", "/resets/confirm", { json: { token, password: input.value } });
      const next = `${home}sign-in/${handedOn()}#reset-done`;
      history.replaceState(null, "", location.pathname);
      location.replace(next);
    },
    (problem) => {
      if (problem.status === 410) end(problem.code);
      if (problem.status !== 422) return problem.status === 410;
      const key = `password.${problem.errors[0]?.code}`;
      refuse(text(has(key) ? key : "password.invalid"));
      return true;
    },
  );
});
