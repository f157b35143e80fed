/** Posting a form with files: XMLHttpRequest, because only it tells how far the way up has come. */
import { Problem, address, problemOf, unsafeHeaders, used } from "./api.js";

/** Give up when nothing has moved for so long. */
const stalled = 30000;

/**
 * Post multipart form data. Resolves to the JSON of the answer; rejects with a Problem, "aborted" when `signal` ended
 * it. A retry of the same thing must come with the same key, so that it is never made twice.
 * @param {string} path @param {FormData} data @param {string} key of idempotency
 * @param {(loaded: number, total: number) => void} progress in bytes
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export function upload(path, data, key, progress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    /** @type {number | undefined} */
    let clock;
    const wind = () => {
      clearTimeout(clock);
      clock = setTimeout(() => {
        reject(new Problem(0, "timeout"));
        request.abort();
      }, stalled);
    };
    request.open("POST", address(path));
    request.withCredentials = true;
    for (const [name, value] of Object.entries(unsafeHeaders(key))) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      wind();
      progress(loaded, total);
    });
    request.addEventListener("loadend", () => clearTimeout(clock));
    request.addEventListener("error", () => reject(new Problem(0, "network")));
    request.addEventListener("abort", () => reject(new Problem(0, "aborted")));
    request.addEventListener("load", () => {
      const { status, responseText } = request;
      if (status < 200 || status > 299) {
        problemOf(status, responseText, request.getResponseHeader("Retry-After")).then(reject);
        return;
      }
      used();
      try {
        resolve(JSON.parse(responseText));
      } catch {
        reject(new Problem(0, "unavailable"));
      }
    });
    signal?.addEventListener("abort", () => request.abort());
    wind();
    request.send(data);
  });
}
