/** Where one is signed in, this device first, and signing out there. */
import { call, home, words } from "./api.js";
import { clone, slot, tell } from "./dom.js";
import { when } from "./dates.js";
import { clearDevice, signOut } from "./session.js";
import { has, text } from "./strings.js";

/**
 * @typedef {{ id: string, way: string, agent: string, place: string, remembered: boolean, current: boolean,
 *   created_at: string, seen_at: string }} SignIn
 */

/** @param {HTMLElement} root @param {() => Promise<void>} act */
async function acting(root, act) {
  const problem = slot(root, "sign-ins-problem");
  problem.hidden = true;
  try {
    await act();
  } catch (error) {
    problem.textContent = words(error);
    problem.hidden = false;
    problem.focus();
  }
}

/** @param {HTMLElement} root @param {SignIn} signIn */
function itemOf(root, signIn) {
  const item = clone(/** @type {HTMLElement} */ (slot(root, "sign-ins").parentElement).querySelector("template"));
  const device = signIn.agent || text("account.unknown_device");
  slot(item, "device").textContent = device;
  slot(item, "this").hidden = !signIn.current;
  when(slot(item, "seen"), signIn.seen_at);
  when(slot(item, "since"), signIn.created_at);
  const way = `account.way.${signIn.way}`;
  slot(item, "way").textContent = has(way) ? text(way) : "";
  slot(item, "remembered").hidden = !signIn.remembered;
  slot(item, "place").textContent = signIn.place;
  slot(item, "from").hidden = !signIn.place;
  const end = slot(item, "end");
  /** Several sign-ins of one browser differ by when they began. */
  const which = () => `${device}, ${slot(item, "since").textContent}`;
  end.setAttribute("aria-label", text("account.sign_out_of", { device: which() }));
  end.addEventListener("click", () =>
    acting(root, async () => {
      if (signIn.current) return signOut();
      await call("DELETE", `/account/sessions/${signIn.id}`).catch((problem) => {
        if (problem.status !== 404) throw problem;
      });
      item.remove();
      tell(text("account.signed_out_of", { device: which() }));
      document.getElementById("sign-ins")?.focus();
    }),
  );
  return item;
}

/** Ask where, and show it. Rejects with a Problem. @param {HTMLElement} root */
export async function showSignIns(root) {
  const { sessions } = await call("GET", "/account/sessions");
  sessions.sort((/** @type {SignIn} */ a, /** @type {SignIn} */ b) => Number(b.current) - Number(a.current));
  slot(root, "sign-ins").replaceChildren(...sessions.map((/** @type {SignIn} */ each) => itemOf(root, each)));
  slot(root, "everywhere").onclick = () =>
    acting(root, async () => {
      await call("POST", "/account/sessions/end");
      clearDevice();
      location.assign(`${home}sign-out/#done`);
    });
}
