/** Looking by itself whether something is new: no use of the session, and nothing is sent that is known already. */
import { address } from "./api.js";

/**
 * What stands at `path` now, or null when it is still what `tag` names. Rejects when there was no good answer.
 * @param {string} path @param {string} tag of the answer before, or ""
 * @returns {Promise<{ tag: string, body: any } | null>}
 */
export async function lookAgain(path, tag) {
  const answer = await fetch(address(path), {
    credentials: "include",
    signal: AbortSignal.timeout(15000),
    headers: { "X-Guichet-Quiet": "1", ...(tag && { "If-None-Match": tag }) },
  });
  if (answer.status === 304) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return { tag: answer.headers.get("ETag") ?? "", body: await answer.json() };
}
