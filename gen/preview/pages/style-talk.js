/**
 * What the style controls say to the preview, and hear from it: one change after the other, each as a whole, the
 * latest of those that came while the one before was being built.
 */
const address = "/__preview/style";

/**
 * @typedef {Record<string, any>} Overlay
 * @typedef {{ shown: any, changed: boolean, given: boolean, own: boolean, mixed: Record<string, boolean> }} Setting
 * @typedef {{ style: number, overlay: Overlay, theme_settings: object, settings: Record<string, Setting>,
 *   files: Record<string, string[]> }} View
 */

let taken = 0; // the latest change that was built
let sending = false;
/** @type {Overlay | null} */
let next = null;

addEventListener("preview-news", (event) => {
  taken = Math.max(taken, /** @type {CustomEvent<{ style: number }>} */ (event).detail.style);
});

/** Until the pages show it, or the preview said why not. @param {number} number */
function untilTaken(number) {
  if (taken >= number) return Promise.resolve();
  return new Promise((/** @type {(value?: unknown) => void} */ done) => {
    const look = () => {
      if (taken < number) return;
      removeEventListener("preview-news", look);
      done();
    };
    addEventListener("preview-news", look);
    setTimeout(done, 10_000);
  });
}

export const isSending = () => sending;

/** Resolves when this or a later change was built; false: another call sees to that. @param {Overlay} overlay */
export async function send(overlay) {
  next = overlay;
  if (sending) return false;
  sending = true;
  try {
    while (next) {
      const body = JSON.stringify(next);
      next = null;
      const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body });
      if (!answer.ok) throw new Error(await answer.text());
      await untilTaken((await answer.json()).style);
    }
  } finally {
    sending = false;
    next = null;
  }
  return true;
}

/** What the preview has it as, which another tab or a file may have changed; null: it is on its way already. */
export async function hear() {
  if (sending) return null;
  const answer = await fetch(address, { cache: "no-store" });
  const view = answer.ok ? /** @type {View} */ (await answer.json()) : null;
  return sending ? null : view;
}
