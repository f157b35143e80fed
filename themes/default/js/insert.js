/** Words put into a field where one writes. */

/**
 * At the cursor, so that one can take it back as what one typed; what is selected stays, behind it they go.
 * @param {HTMLTextAreaElement} field @param {string} words
 */
export function insert(field, words) {
  const at = field.selectionEnd;
  field.focus();
  field.setSelectionRange(at, at);
  if (document.execCommand("insertText", false, words)) return;
  field.setRangeText(words, at, at, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
