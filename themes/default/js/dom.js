/**
 * A page's own pieces: modules, slots, templates, the live regions.
 *
 * A component is an element with data-module="name" and one file js/name.js that mounts it. It finds its
 * parts by data-slot, clones what repeats from a <template>, and sets text only as text: pages run under
 * Trusted Types with no policy, so markup from strings is not possible at all.
 */

/**
 * Call `start` for every element of the page that names the module.
 * @param {string} name
 * @param {(el: HTMLElement) => void} start
 */
export function mount(name, start) {
  for (const el of document.querySelectorAll(`[data-module="${name}"]`))
    start(/** @type {HTMLElement} */ (el));
}

/**
 * The part of `root` called `name`. A missing one is a mistake in the template, said at once.
 * @param {ParentNode} root @param {string} name @returns {HTMLElement}
 */
export function slot(root, name) {
  const el = root.querySelector(`[data-slot="${name}"]`);
  if (!el) throw new Error(`The template has no slot "${name}"`);
  return /** @type {HTMLElement} */ (el);
}

/** The part of `root` called `name` when there is one. @param {ParentNode} root @param {string} name */
export function slotMaybe(root, name) {
  return /** @type {HTMLElement | null} */ (root.querySelector(`[data-slot="${name}"]`));
}

/** A copy of a template's only element. @param {Element | null} template @returns {HTMLElement} */
export function clone(template) {
  const content = /** @type {HTMLTemplateElement} */ (template).content;
  return /** @type {HTMLElement} */ (document.importNode(content, true).firstElementChild);
}

/**
 * A file's name; of a long one, the end stays in sight when its middle does not fit.
 * @param {HTMLElement} el @param {string} name
 */
export function showFileName(el, name) {
  const end = /[^\p{Script=Arabic}]{0,6}\.[^.]{1,8}$/u.exec(name)?.[0] ?? "";
  el.replaceChildren(
    ...[name.slice(0, name.length - end.length), end].filter(Boolean).map((part) => {
      const span = document.createElement("span");
      span.textContent = part;
      return span;
    }),
  );
}

/**
 * Show exactly one of `parts`, or none.
 * @param {(HTMLElement | null)[]} parts
 * @param {HTMLElement | null} shown
 */
export function showOnly(parts, shown) {
  for (const part of parts) if (part) part.hidden = part !== shown;
}

/**
 * Have a screen reader say something: politely, or at once.
 * @param {string} words
 * @param {"live" | "alert"} [region]
 */
export function announce(words, region = "live") {
  const el = document.getElementById(region);
  if (!el) return;
  el.textContent = "";
  setTimeout(() => (el.textContent = words), 50);
}

/** It worked after all: what was alarming is no longer true. @param {string} words */
export function announceDone(words) {
  announce("", "alert");
  announce(words);
}

/** What the banner says when it has nothing newer to say. */
let standing = "";
/** @type {number | undefined} */
let silence;

/**
 * Say something at the edge of the window for a while, to those who look and those who listen.
 * @param {string} words
 * @param {string} [then] what stands there from then on; otherwise what stood there before
 */
export function tell(words, then) {
  const banner = document.getElementById("told");
  if (!banner) return;
  clearTimeout(silence);
  standing = then ?? standing;
  banner.textContent = words;
  silence = setTimeout(() => (banner.textContent = standing), 8000);
}

/** Whether a click means this tab and this page: no modifier, main button. @param {MouseEvent} event */
export function isPlainClick(event) {
  return (
    !event.defaultPrevented &&
    event.button === 0 &&
    !event.metaKey &&
    !event.ctrlKey &&
    !event.shiftKey &&
    !event.altKey
  );
}
