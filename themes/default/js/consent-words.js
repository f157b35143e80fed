/** The words of consent are those of the domain that the page was reached by, where it has some of its own. */

/** @param {HTMLElement} root */
export function showOwnWords(root) {
  const all = /** @type {NodeListOf<HTMLFieldSetElement>} */ (root.querySelectorAll("[data-consent]"));
  const own = [...all].find((each) => each.dataset.consent === location.host);
  for (const each of own ? all : []) each.hidden = each.disabled = each !== own;
}
