/** A form of a system page while it is sent: one request at a time, and where its problems are said. */
import { Problem, words } from "./api.js";
import { again } from "./again.js";
import { slot } from "./dom.js";
import { sayLimit } from "./limit.js";
import { text } from "./strings.js";

/**
 * Send with `send` when the form is submitted. What it throws is given to `explain`, which answers whether it has
 * said it; limits and what is wrong with the way to the API are said in the form's slot "problem".
 * @param {HTMLFormElement} form @param {string} sending what the button says meanwhile
 * @param {() => Promise<void | boolean>} send true: the form stays, for another time @param {(problem: Problem) => boolean} explain
 * @param {boolean} [repeats] sent twice it does what it does once: where the API could not be reached it is sent
 * again by itself, unless somebody changes what they typed
 */
export function onSend(form, sending, send, explain, repeats = false) {
  const problem = slot(form, "problem");
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));
  const label = button.textContent;
  let stop = () => {};
  /** Gives up another try by itself. */
  let leave = () => {};
  let busy = false;
  let tries = 0;

  /** @param {boolean} on */
  const setBusy = (on) => {
    busy = on;
    button.setAttribute("aria-disabled", String(on));
    button.textContent = on ? sending : label;
  };

  const hide = () => {
    if (problem === document.activeElement) button.focus();
    problem.hidden = true;
  };

  /** The API did not answer, or not so that it can be told what became of it. @param {Problem} error */
  const sayUnreached = (error) => {
    const when = document.createElement("span");
    problem.replaceChildren(`${text(repeats ? "errors.not_sent" : "errors.unsure")} ${words(error)} `, when);
    problem.hidden = false;
    if (!tries) problem.focus();
    if (!repeats) return;
    const end = again(tries++, error.wait, (words) => (when.textContent = words), () => {
      when.textContent = text("errors.trying");
      attempt();
    });
    leave = () => {
      end();
      when.textContent = "";
      tries = 0;
    };
  };

  /** @param {unknown} error */
  const say = (error) => {
    if (error instanceof Problem && error.code === "too_many_attempts") {
      stop = sayLimit(problem, error);
      return;
    }
    if (error instanceof Problem && explain(error)) return;
    if (error instanceof Problem && error.passes) return sayUnreached(error);
    tries = 0;
    problem.textContent = words(error);
    problem.hidden = false;
    problem.focus();
  };

  const attempt = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const stays = await send();
      if (tries) hide();
      tries = 0;
      if (stays) setBusy(false);
    } catch (error) {
      setBusy(false);
      say(error);
    }
  };

  form.addEventListener("input", () => leave());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy) return;
    stop();
    leave();
    problem.hidden = true;
    if (location.hash) location.replace("#");
    attempt();
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
