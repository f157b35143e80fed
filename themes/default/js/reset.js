/** Asking for a new password. A plain form; this keeps the address typed when the API cannot be reached. */
import { mount } from "./dom.js";

mount("reset", (form) => {
  const email = /** @type {HTMLInputElement} */ (form.querySelector("[name=email]"));
  if (!location.hash) email.focus();
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  addEventListener("pageshow", () => (sent = false));
});
