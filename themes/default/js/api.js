/**
 * The API: one call with a limit on time, problems as one kind of error, and the way to sign in and back.
 */
import { has, text } from "./strings.js";
import { read, write } from "./store.js";

const { api = "", home = "" } = document.documentElement.dataset;

export { home };

/** What went wrong, by the API's stable code, or "network", "timeout", "unavailable" when it gave none. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {{ errors?: { field: string, code: string }[], wait?: number }} [more]
   */
  constructor(status, code, more = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.errors = more.errors ?? [];
    this.wait = more.wait ?? 0;
  }

  /** Whether the same call may well succeed a little later. */
  get passes() {
    return this.status === 0 || this.status >= 500;
  }
}

/** A problem in words, for those who read the page. @param {unknown} error */
export function words(error) {
  if (!(error instanceof Problem)) return text("errors.unknown");
  if (has(`errors.${error.code}`)) return text(`errors.${error.code}`);
  return text(error.passes ? "errors.unavailable" : "errors.unknown");
}

let last = 0;

/** Note that the session was used just now, for this tab and the others. */
export function used() {
  last = Date.now();
  write("seen", last);
}

/** When the session was last used, in milliseconds. */
export function lastUsed() {
  return Math.max(last, read("seen") ?? 0);
}

/** The address of a resource. @param {string} path */
export function address(path) {
  return api + path;
}

/** Whether the page is being left for a reason of ours, so that nothing need ask "are you sure?". */
export let leaving = false;

/** To sign-in, and afterwards back to this very place. @returns {Promise<never>} */
export function signIn() {
  leaving = true;
  const here = location.pathname + location.search + location.hash;
  location.assign(`${home}sign-in/?return=${encodeURIComponent(here)}${read("person") ? "#expired" : ""}`);
  return new Promise(() => {});
}

/**
 * Turn an answer that is no success into a Problem, or leave for the page that deals with it: sign-in,
 * access denied, portal closed.
 * @param {number} status
 * @param {string} body
 * @param {string | null} retryAfter
 * @param {string[]} [own] codes with which the caller deals itself
 * @returns {Promise<Problem>}
 */
export async function problemOf(status, body, retryAfter, own = []) {
  /** @type {any} */
  let said = {};
  try {
    said = JSON.parse(body);
  } catch {
    // not from our API: something in front of it answered
  }
  if (status === 401 && !own.includes(said.code)) return signIn();
  if (said.code === "two_step_missing" && !location.pathname.endsWith("/account/")) {
    leaving = true;
    location.assign(`${home}account/#two-step`);
    return new Promise(() => {});
  }
  if (["not_let_in", "denied", "closed"].includes(said.code) && !own.includes(said.code)) {
    leaving = true;
    location.assign(`${home}${said.code === "closed" ? "closed" : "denied"}/`);
    return new Promise(() => {});
  }
  if (said.code === "consent" && !own.includes(said.code)) {
    leaving = true;
    const wayIn = /\/(sign-in|sign-up|code|link|verify|reset-form)\/$/.test(location.pathname);
    const back = wayIn
      ? (new URLSearchParams(location.search).get("return") ?? "")
      : location.pathname + location.search + location.hash;
    location.assign(`${home}consent/?return=${encodeURIComponent(back)}`);
    return new Promise(() => {});
  }
  if (said.code === "viewing") {
    import("./viewing.js").then(({ showShut }) => showShut(), () => {});
    return new Promise(() => {});
  }
  const code = typeof said.code === "string" ? said.code : "unavailable";
  return new Problem(status, code, { errors: said.errors, wait: Number(retryAfter) || 0 });
}

/**
 * The headers of a call that changes something.
 * @param {string} [key] of idempotency
 * @returns {Record<string, string>}
 */
export function unsafeHeaders(key) {
  return key ? { "X-Guichet": "1", "Idempotency-Key": key } : { "X-Guichet": "1" };
}

/**
 * Call the API. Resolves to the JSON of the answer, or null when it has none; rejects with a Problem (or
 * with the AbortError of `signal`).
 * @param {"GET" | "POST" | "PUT" | "DELETE"} method @param {string} path
 * @param {{ json?: unknown, signal?: AbortSignal, own?: string[], timeout?: number }} [options]
 * @returns {Promise<any>}
 */
export async function call(method, path, { json, signal, own, timeout = 15000 } = {}) {
  const clock = AbortSignal.timeout(timeout);
  const stop = new AbortController();
  for (const each of [clock, signal]) each?.addEventListener("abort", () => stop.abort());
  if (signal?.aborted) stop.abort();
  try {
    const answer = await fetch(address(path), {
      method,
      credentials: "include",
      signal: stop.signal,
      headers: {
        ...(method === "GET" ? {} : unsafeHeaders()),
        ...(json === undefined ? {} : { "Content-Type": "application/json" }),
      },
      body: json === undefined ? undefined : JSON.stringify(json),
    });
    const body = await answer.text();
    if (!answer.ok) throw await problemOf(answer.status, body, answer.headers.get("Retry-After"), own);
    used();
    return body ? JSON.parse(body) : null;
  } catch (error) {
    if (error instanceof Problem || signal?.aborted) throw error;
    throw new Problem(
      0,
      clock.aborted ? "timeout" : error instanceof SyntaxError ? "unavailable" : "network",
    );
  }
}
