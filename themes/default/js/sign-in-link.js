/** The other button of the sign-in form, where the portal has it: have a link mailed that signs one in. */
import { Problem, call, words } from "./api.js";
import { wanted } from "./destination.js";
import { slot, slotMaybe } from "./dom.js";
import { sayLimit } from "./limit.js";
import { showTarget } from "./sending.js";
import { text } from "./strings.js";

/** @param {HTMLFormElement} form @param {HTMLInputElement} email */
export function offerLink(form, email) {
  const button = slotMaybe(form, "link");
  const problem = slot(form, "problem");
  const label = button?.textContent ?? "";
  let stop = () => {};
  let busy = false;

  /** @param {unknown} error */
  const say = (error) => {
    if (error instanceof Problem && error.code === "too_many_attempts") {
      stop = sayLimit(problem, error);
      return;
    }
    const address = error instanceof Problem && error.status === 422;
    problem.textContent = address ? text("reset.no_address") : words(error);
    problem.hidden = false;
    if (address) email.focus();
    else problem.focus();
  };

  button?.addEventListener("click", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    stop();
    problem.hidden = true;
    button.textContent = text("sign_in.link_sending");
    try {
      await call("POST", "/sign-in-links", { json: { email: email.value, return: wanted() } });
      showTarget("link-sent");
    } catch (error) {
      say(error);
    }
    button.textContent = label;
    busy = false;
  });
}
