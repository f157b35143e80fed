/**
 * Sign-in. The form works without this: a plain post that the API answers with a redirect. With it, mistakes
 * are said in place, the address stays filled in, and a limit counts down.
 */
import { Problem, call, home, words } from "./api.js";
import { mount, slot } from "./dom.js";
import { text } from "./strings.js";

/** Where to go afterwards: a place of this portal, else the ticket list. */
function destination() {
  const wanted = new URLSearchParams(location.search).get("return") ?? "";
  try {
    const url = new URL(wanted, location.origin);
    if (
      url.origin === location.origin &&
      url.pathname.startsWith(document.documentElement.dataset.root ?? "/")
    )
      return url.pathname + url.search + url.hash;
  } catch {
    // not an address
  }
  return `${home}tickets/`;
}

mount("sign-in", (el) => {
  const form = /** @type {HTMLFormElement} */ (el);
  const problem = slot(form, "problem");
  const password = /** @type {HTMLInputElement} */ (form.elements.namedItem("password"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));
  const send = button.textContent ?? "";
  /** @type {number | undefined} */
  let countdown;
  let busy = false;

  /** @param {string} message */
  const say = (message) => {
    problem.textContent = message;
    problem.hidden = !message;
    if (message) problem.focus();
  };

  /** @param {number} seconds */
  const countDown = (seconds) => {
    const until = Date.now() + seconds * 1000;
    say(text("sign_in.limited_for", { count: seconds }));
    countdown = setInterval(() => {
      const left = Math.ceil((until - Date.now()) / 1000);
      if (left > 0) problem.textContent = text("sign_in.limited_for", { count: left });
      else say("");
      if (left <= 0) clearInterval(countdown);
    }, 1000);
  };

  /** @param {boolean} on */
  const setBusy = (on) => {
    busy = on;
    button.setAttribute("aria-disabled", String(on));
    button.textContent = on ? text("sign_in.sending") : send;
  };

  /** @param {unknown} error */
  const explain = (error) => {
    setBusy(false);
    if (!(error instanceof Problem)) return say(words(error));
    if (error.code === "too_many_attempts" && error.wait) return countDown(error.wait);
    if (error.code === "too_many_attempts") return say(text("sign_in.limited"));
    if (error.passes) return say(words(error));
    password.value = "";
    say(text("sign_in.credentials"));
  };

  /** @type {HTMLInputElement} */ (form.elements.namedItem("return")).value = destination();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    clearInterval(countdown);
    setBusy(true);
    if (location.hash) location.replace("#");
    say("");
    const data = new FormData(form);
    try {
      await call("POST", "/session", {
        json: { email: data.get("email"), password: data.get("password") },
        own: ["credentials"],
      });
      location.replace(destination());
    } catch (error) {
      explain(error);
    }
  });
  if (!location.hash) /** @type {HTMLElement} */ (form.elements.namedItem("email")).focus();
});
