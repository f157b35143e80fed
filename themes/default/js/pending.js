/** What a component shows while it waits and when it fails. */
import { Problem, words } from "./api.js";
import { again } from "./again.js";
import { announce, slot, slotMaybe } from "./dom.js";
import { text } from "./strings.js";

/**
 * Begin to wait: a skeleton after 200 ms unless something is already shown, be it that it failed before; a word
 * of patience at 4 s. Returns the function that ends it.
 * @param {HTMLElement} root with slots "skeleton" and "slow"
 * @param {boolean} skeleton
 * @param {string} slow what is said then
 */
export function wait(root, skeleton, slow) {
  const bones = slot(root, "skeleton");
  const patience = slot(root, "slow");
  const failed = slotMaybe(root, "error");
  const early = skeleton ? setTimeout(() => (bones.hidden = failed?.hidden === false), 200) : undefined;
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
 * The error panel of a component: what failed, why, when it is tried again by itself, and a button for now. It stays
 * until `retry` has come to an end, so that nothing jumps meanwhile; where it goes, the focus goes to the heading.
 * @param {HTMLElement} root @param {string} title @param {unknown} problem @param {() => unknown} retry
 */
export function showFailure(root, title, problem, retry) {
  const panel = slot(root, "error");
  const passes = problem instanceof Problem && (problem.passes || problem.wait > 0);
  const tries = Number(panel.dataset.tries ?? 0);
  const when = slot(panel, "again");
  let stop = () => {};

  /** @param {number} next how many tries by themselves there were then */
  const attempt = async (next) => {
    stop();
    const focused = panel.contains(document.activeElement);
    when.textContent = text("errors.trying");
    panel.dataset.tries = String(next);
    await retry();
    if (!panel.hidden) return;
    delete panel.dataset.tries;
    if (focused) /** @type {HTMLElement | null} */ (document.querySelector("h1[tabindex]"))?.focus();
  };

  slot(panel, "error-title").textContent = title;
  slot(panel, "error-text").textContent = words(problem);
  when.textContent = "";
  slot(panel, "retry").onclick = () => attempt(0);
  panel.hidden = false;
  if (!tries) announce(`${title}. ${words(problem)}`, "alert");
  if (!passes) return;
  stop = again(
    tries,
    problem.wait,
    (words) => {
      when.textContent = words;
      if (!panel.hidden) return;
      delete panel.dataset.tries;
      stop();
    },
    () => panel.hidden || attempt(tries + 1),
  );
}
