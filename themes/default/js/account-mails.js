/** What one wants to be told by mail: each box is kept as it is ticked. */
import { call, words } from "./api.js";
import { slot, tell } from "./dom.js";
import { text } from "./strings.js";

/** One after the other, so that the last one counts. */
let before = Promise.resolve();

/** Ask what was chosen, and show it. Rejects with a Problem. @param {HTMLElement} section */
export async function showMails(section) {
  const boxes = [...section.querySelectorAll("input")];
  const chosen = await call("GET", "/account/mails");
  const problem = slot(section, "mails-problem");
  for (const box of boxes) box.checked = chosen[box.name];

  const keep = async () => {
    const json = Object.fromEntries(boxes.map((box) => [box.name, box.checked]));
    try {
      await call("PUT", "/account/mails", { json });
      Object.assign(chosen, json);
      problem.hidden = true;
      tell(text("mails.saved"));
    } catch (error) {
      for (const box of boxes) box.checked = chosen[box.name];
      problem.textContent = `${text("mails.failed")} ${words(error)}`;
      problem.hidden = false;
      problem.focus();
    }
  };
  for (const box of boxes) box.onchange = () => (before = before.then(keep));
}
