/**
 * The desk's keys: single letters that do what a button or link of the page does, told in a dialog that "?" opens.
 * Somebody who speaks to the computer can turn them off there; "?" has a button, too.
 */
import { slot } from "./dom.js";
import { read, write } from "./store.js";

const off = "keys-off";

/** Does the key belong to what is being written? @param {KeyboardEvent} event */
function isTyped({ target, ctrlKey, metaKey, altKey }) {
  return (
    ctrlKey || metaKey || altKey ||
    Boolean(/** @type {Element} */ (target).closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]"))
  );
}

/** @param {Record<string, () => unknown>} what by the key */
export function keys(what) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("keys"));
  const box = /** @type {HTMLInputElement} */ (slot(dialog, "keys-on"));
  const open = () => {
    box.checked = !read(off);
    dialog.showModal();
  };
  box.addEventListener("change", () => write(off, box.checked ? undefined : true));
  slot(dialog, "keys-close").addEventListener("click", () => dialog.close());
  slot(document, "keys-open").addEventListener("click", open);
  addEventListener("keydown", (event) => {
    const act = event.key === "?" ? open : what[event.key];
    if (!act || read(off) || event.defaultPrevented || isTyped(event)) return;
    event.preventDefault();
    act();
  });
}
