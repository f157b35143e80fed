/**
 * Choosing a new password. The link's token stands in the fragment, which no server sees; it leaves the
 * address bar at once and stays with the history entry only, so that a reload still works.
 */
import { Problem, call, home, words } from "./api.js";
import { mount, showOnly, slot } from "./dom.js";
import { has, text } from "./strings.js";

/** @returns {string} */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? history.state?.token ?? "";
  history.replaceState({ token }, "", location.pathname);
  return token;
}

const token = takeToken();

mount("reset-form", (root) => {
  const asking = slot(root, "asking");
  const ends = ["token_used", "token_expired", "token_unknown"].map((code) => slot(root, code));
  const form = /** @type {HTMLFormElement} */ (slot(root, "form"));
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("password"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));
  const send = button.textContent ?? "";
  const message = /** @type {HTMLElement} */ (document.getElementById("password-error"));
  const problem = slot(form, "problem");
  let busy = false;

  /** @param {string} code */
  const end = (code) => {
    history.replaceState(null, "", location.pathname);
    const panel = slot(root, code);
    showOnly([asking, ...ends], panel);
    slot(root, "again").hidden = false;
    const title = panel.querySelector("h1");
    document.title = `${title?.textContent} · ${document.title.split(" · ").pop()}`;
    title?.focus();
  };

  /** @param {string} words */
  const refuse = (words) => {
    message.textContent = words;
    message.hidden = !words;
    if (!words) return input.removeAttribute("aria-invalid");
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", "password-error password-hint");
    input.focus();
  };

  /** @param {boolean} on */
  const setBusy = (on) => {
    busy = on;
    button.setAttribute("aria-disabled", String(on));
    button.textContent = on ? text("reset_form.sending") : send;
  };

  /** @param {unknown} error */
  const explain = (error) => {
    setBusy(false);
    if (error instanceof Problem && ends.some((panel) => panel.dataset.slot === error.code))
      return end(error.code);
    const code = error instanceof Problem ? (error.errors[0]?.code ?? error.code) : "unknown";
    if (error instanceof Problem && error.status === 422)
      return refuse(text(has(`reset_form.${code}`) ? `reset_form.${code}` : "reset_form.invalid"));
    problem.textContent = words(error);
    problem.hidden = false;
    problem.focus();
  };

  if (!token) return end("token_unknown");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    problem.hidden = true;
    if (!input.value) return refuse(text("reset_form.required"));
    if ([...input.value].length < Number(input.dataset.min)) return refuse(text("reset_form.password_short"));
    refuse("");
    setBusy(true);
    try {
      await call("POST", "/resets/confirm", { json: { token, password: input.value } });
      history.replaceState(null, "", location.pathname);
      location.replace(`${home}sign-in/#reset-done`);
    } catch (error) {
      explain(error);
    }
  });
});
