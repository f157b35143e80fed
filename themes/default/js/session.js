/** Who is signed in, on this page, in this tab and in the others. */
import { Problem, call, home } from "./api.js";
import { key as language } from "./language.js";
import { forget, forgetFiles, portal, read, write } from "./store.js";

/**
 * @typedef {{ id: number, name: string, until: string }} Viewing somebody of the team looks as this contact
 * @typedef {{ name: string, first_name: string, email: string, role: "contact" | "agent" | "admin",
 *   company: string | null }} Person
 * @typedef {{ person: Person, views: string[], expires_at: string, idle_minutes: number,
 *   provider: string | null, let_in: boolean, viewing: Viewing | null, properties: Record<string, import("./properties.js").Value> }} Session
 */

const channel = new BroadcastChannel(portal);
/** @type {Promise<Session | null> | undefined} */
let asked;

/** Keep who it is for the next page; what another person left on this device goes. @param {Person} person */
export function remember({ name, email, role }) {
  const before = remembered();
  if (before && before.email !== email) {
    forget((key) => /^(draft|unsent)\.[^.]/.test(key) && !key.startsWith(`${email}.`, key.indexOf(".") + 1));
    forgetFiles();
  }
  write("person", { name, email, staff: role !== "contact" || undefined });
}

/** Through whose eyes the pages of this device are from now on; null: one's own. @param {{ id: number, name: string } | null} contact */
export function lookAs(contact) {
  const before = remembered();
  if (before?.as?.id === contact?.id) return;
  write("person", { ...before, as: contact ?? undefined });
  forget((key) => /^(list|rows)$/.test(key));
  channel.postMessage("eyes");
}

/** Whose pages these are. */
export function whose() {
  const person = remembered();
  return `${person?.email} ${person?.as?.id}`;
}

/** The session, or null when nobody is signed in. Asked once per page. @returns {Promise<Session | null>} */
export function session() {
  asked ??= call("GET", "/session", { own: ["signed_out"] }).then(
    (found) => {
      const { person, viewing } = found;
      /* What the team looks at is no business of this device: it stays theirs, with their drafts. */
      lookAs(viewing);
      document.documentElement.toggleAttribute("data-viewing", viewing !== null);
      if (!viewing) remember(person);
      else import("./viewing.js").then(({ showViewing }) => showViewing(viewing), () => {});
      return found;
    },
    (problem) => {
      if (problem instanceof Problem && problem.status === 401) return null;
      asked = undefined;
      throw problem;
    },
  );
  return asked;
}

/**
 * Who was last seen signed in here, without asking.
 * @returns {{ name: string, email: string, staff?: boolean, as?: { id: number, name: string } } | null}
 */
export function remembered() {
  return read("person");
}

/** The session where there may be one: on private pages, elsewhere for those who were signed in before. */
export function sessionIfAny() {
  return remembered() || "private" in document.documentElement.dataset ? session() : Promise.resolve(null);
}

/** Remove everything of the person from this device, which keeps the language, and tell the other tabs. */
export function clearDevice() {
  forget((key) => key !== language);
  forgetFiles();
  channel.postMessage("signed-out");
}

/** End the session in all tabs of this device. Rejects with a Problem when the API did not take it. */
export async function signOut() {
  const found = await sessionIfAny().catch(() => null);
  await call("DELETE", "/session", { own: ["signed_out"] }).catch((problem) => {
    if (problem.status !== 401) throw problem;
  });
  clearDevice();
  location.assign(`${home}sign-out/#${found?.provider ? `leaving-${found.provider}` : "done"}`);
}

/** Also when one looks through other eyes there. @param {() => void} then */
export function onSignedOutElsewhere(then) {
  channel.addEventListener("message", () => then());
}
