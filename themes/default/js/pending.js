/** What a component shows while it waits and when it fails. */
import { words } from "./api.js";
import { announce, slot } from "./dom.js";

/**
 * Begin to wait: a skeleton after 200 ms unless something is already shown, a word of patience at 4 s.
 * Returns the function that ends it.
 * @param {HTMLElement} root with slots "skeleton" and "slow"
 * @param {boolean} skeleton
 * @param {string} slow what is said then
 */
export function wait(root, skeleton, slow) {
  const bones = slot(root, "skeleton");
  const patience = slot(root, "slow");
  const early = skeleton ? setTimeout(() => (bones.hidden = false), 200) : undefined;
  const late = setTimeout(() => {
    patience.hidden = false;
    announce(slow);
  }, 4000);
  return () => {
    clearTimeout(early);
    clearTimeout(late);
    bones.hidden = patience.hidden = true;
  };
}

/**
 * The error panel of a component: what failed, why, and a button for another try.
 * @param {HTMLElement} root @param {string} title @param {unknown} problem @param {() => void} again
 */
export function showFailure(root, title, problem, again) {
  const panel = slot(root, "error");
  slot(panel, "error-title").textContent = title;
  slot(panel, "error-text").textContent = words(problem);
  slot(panel, "retry").onclick = () => {
    panel.hidden = true;
    again();
  };
  panel.hidden = false;
  announce(`${title}. ${words(problem)}`, "alert");
}
