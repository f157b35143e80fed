/** The language that a visitor chose, remembered on this device, and the one that the browser asks for. */
import { read, write } from "./store.js";

/** Nothing about a person, so that signing out leaves it. */
export const key = "language";

/** @param {string} tag */
export function choose(tag) {
  write(key, tag);
}

/** @returns {string | null} */
export function chosen() {
  return read(key);
}

/**
 * Which of `tags` suits what is wanted best, in the order of the wishes: the same tag, else the same language.
 * @param {string[]} tags
 * @param {readonly string[]} wanted
 */
export function preferred(tags, wanted = navigator.languages) {
  const base = (/** @type {string} */ tag) => tag.toLowerCase().split("-")[0];
  for (const wish of wanted) {
    const same = tags.find((tag) => tag.toLowerCase() === wish.toLowerCase());
    const found = same ?? tags.find((tag) => base(tag) === base(wish));
    if (found) return found;
  }
  return undefined;
}
