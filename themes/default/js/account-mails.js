/** What one wants to be told by mail: each choice is kept as it is made. */
import { call, words } from "./api.js";
import { slot, tell } from "./dom.js";
import { text } from "./strings.js";

/** One after the other, so that the last one counts. */
let before = Promise.resolve();

/** Ask what was chosen, and show it. Rejects with a Problem. @param {HTMLElement} section */
export async function showMails(section) {
  const boxes = [...section.querySelectorAll("input")];
  const together = /** @type {HTMLSelectElement} */ (section.querySelector("select"));
  const problem = slot(section, "mails-problem");
  let chosen = await call("GET", "/account/mails");

  const show = () => {
    for (const box of boxes) box.checked = chosen[box.name];
    together.value = chosen.together;
  };

  const keep = async () => {
    const json = { together: together.value, ...Object.fromEntries(boxes.map((box) => [box.name, box.checked])) };
    try {
      await call("PUT", "/account/mails", { json });
      chosen = json;
      problem.hidden = true;
      tell(text("mails.saved"));
    } catch (error) {
      show();
      problem.textContent = `${text("mails.failed")} ${words(error)}`;
      problem.hidden = false;
      problem.focus();
    }
  };
  show();
  for (const each of [...boxes, together]) each.onchange = () => (before = before.then(keep));
}
