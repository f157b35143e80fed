/** The grid: a choice shows at once; without scripts there is a button for it. */
(() => {
  const form = /** @type {HTMLFormElement} */ (document.querySelector(".choices"));
  const button = /** @type {HTMLElement} */ (form.querySelector("button"));
  button.hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
})();
