/** Show and hide for a password field. The button exists only with scripts; submitting hides it again. */
import { mount } from "./dom.js";

mount("password", (box) => {
  const input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  const button = document.createElement("button");
  button.type = "button";
  /** @param {boolean} shown */
  const set = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = (shown ? box.dataset.hide : box.dataset.show) ?? "";
    button.setAttribute("aria-label", (shown ? box.dataset.hideLabel : box.dataset.showLabel) ?? "");
  };
  set(false);
  button.addEventListener("click", () => {
    set(input.type === "password");
    input.focus();
  });
  input.form?.addEventListener("submit", () => set(false));
  box.append(button);
});
