/** A form of a system page while it is sent: one request at a time, and where its problems are said. */
import { Problem, words } from "./api.js";
import { slot } from "./dom.js";
import { sayLimit } from "./limit.js";

/**
 * Send with `send` when the form is submitted. What it throws is given to `explain`, which answers whether it has
 * said it; limits and what is wrong with the way to the API are said in the form's slot "problem".
 * @param {HTMLFormElement} form @param {string} sending what the button says meanwhile
 * @param {() => Promise<void | boolean>} send true: the form stays, for another time @param {(problem: Problem) => boolean} explain
 */
export function onSend(form, sending, send, explain) {
  const problem = slot(form, "problem");
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));
  const label = button.textContent;
  let stop = () => {};
  let busy = false;

  /** @param {boolean} on */
  const setBusy = (on) => {
    busy = on;
    button.setAttribute("aria-disabled", String(on));
    button.textContent = on ? sending : label;
  };

  /** @param {unknown} error */
  const say = (error) => {
    if (error instanceof Problem && error.code === "too_many_attempts") {
      stop = sayLimit(problem, error);
      return;
    }
    if (error instanceof Problem && explain(error)) return;
    problem.textContent = words(error);
    problem.hidden = false;
    problem.focus();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    stop();
    problem.hidden = true;
    if (location.hash) location.replace("#");
    setBusy(true);
    try {
      if (await send()) setBusy(false);
    } catch (error) {
      setBusy(false);
      say(error);
    }
  });
}

/** Show what stands ready under a fragment, as without scripts, and go there. @param {string} id */
export function showTarget(id) {
  location.replace(`#${id}`);
  const target = document.getElementById(id);
  const title = target?.querySelector("h1");
  if (title) document.title = `${title.textContent} · ${document.title.split(" · ").pop()}`;
  /** @type {HTMLElement | null | undefined} */ (target?.querySelector("h1[tabindex]") ?? target)?.focus();
}
