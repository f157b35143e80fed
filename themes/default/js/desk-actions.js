/** What is done, as the audit log calls it ("ticket.close.undo"), in words. */
import { label } from "./strings.js";

const key = (/** @type {string} */ action) => action.replaceAll(".", "_");

/** The action itself when the page has no words for it. @param {string} action */
export function actionWords(action) {
  const found = label("action.", key(action));
  return found === key(action) ? action : found;
}

/** All that there are words for. @returns {string[]} their keys, with "_" in place of dots */
export function actionKeys() {
  const strings = /** @type {HTMLTemplateElement} */ (document.getElementById("strings"));
  return [...strings.content.querySelectorAll('[data-scope="action."] [data-k]')].map((el) => el.getAttribute("data-k") ?? "");
}
