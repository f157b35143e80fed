/** What this device remembers, under keys of this portal; a browser that forbids storage is no error. */

/** Two portals of one origin lie under paths of their own. */
export const portal = `guichet${document.documentElement.dataset.root ?? "/"}`;
const prefix = `${portal}.`;

/** @param {Storage} area @param {(key: string) => boolean} which */
function drop(area, which) {
  for (const key of Object.keys(area))
    if (key.startsWith(prefix) && which(key.slice(prefix.length))) area.removeItem(key);
}

/** @param {string} key @returns {any} */
export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(prefix + key) ?? "null");
  } catch {
    return null;
  }
}

/** Undefined removes. False: it could not be kept. @param {string} key @param {unknown} value */
export function write(key, value) {
  try {
    if (value === undefined) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/**
 * Forget every key that `which` picks, by its name without the prefix.
 * @param {(key: string) => boolean} which
 */
export function forget(which) {
  try {
    drop(localStorage, which);
    drop(sessionStorage, which);
  } catch {
    // nothing was kept either
  }
}

/**
 * When another tab has written or removed what stands under the key. Two tabs may write in one moment: what `read`
 * gives then may already be a later writing than the one that is told of.
 * @param {string} key @param {(wrote: any) => void} then gets what was written, null where it was removed
 */
export function onWritten(key, then) {
  addEventListener("storage", (event) => event.key === prefix + key && then(JSON.parse(event.newValue ?? "null")));
}

/** Forget the files that drafts and unsent replies hold (see kept.js). */
export function forgetFiles() {
  try {
    indexedDB.deleteDatabase(portal);
  } catch {
    // none were kept
  }
}

/** The same for this tab only. @param {string} key @param {string} value */
export function writeTab(key, value) {
  try {
    sessionStorage.setItem(prefix + key, value);
  } catch {
    // a way back to the plain list remains
  }
}

/** @param {string} key */
export function readTab(key) {
  try {
    return sessionStorage.getItem(prefix + key);
  } catch {
    return null;
  }
}
