/**
 * Replies on their way. Until one has arrived it is kept on this device with the key it is sent under, so that whatever
 * ends the page in the middle, it is there again, and another try never makes a second one.
 */
import { keepFiles, keptFiles } from "./kept.js";
import { read, write } from "./store.js";

/** @typedef {{ key: string, body: string, at: number, note?: boolean, files: File[], missing?: string[] }} Reply */
/** @typedef {{ key: string, body: string, at: number, note?: boolean, names: string[] }} Row */

/** Where a person's unsent replies to a ticket are kept. @param {string} email @param {string | number} place */
export function unsentKey(email, place) {
  return `unsent.${email}.${place}`;
}

/** @param {string} email @param {string} at the ticket's number; at the desk, where there are notes, with its name before it */
export function unsentReplies(email, at) {
  const place = unsentKey(email, at);
  /** @returns {Row[]} */
  const rows = () => read(place) ?? [];
  /** @param {Row[]} next */
  const put = (next) => write(place, next.length ? next : undefined);
  /** @param {string} key */
  const others = (key) => rows().filter((row) => row.key !== key);

  return {
    /** Keep a reply, or what has become of it. The text is kept when this returns, the files when it resolves. @param {Reply} reply */
    keep({ key, body, at, note, files }) {
      put([...others(key), { key, body, at, note, names: files.map((file) => file.name) }]);
      return keepFiles(`unsent.${key}`, files);
    },
    /** It has arrived, or is being edited. @param {string} key */
    drop(key) {
      put(others(key));
      return keepFiles(`unsent.${key}`, []);
    },
    /** Those that another page has left behind, with their files; `missing` are the names of lost ones. @returns {Promise<Reply[]>} */
    left() {
      return Promise.all(
        rows().map(async ({ names, ...row }) => {
          const files = names.length ? await keptFiles(`unsent.${row.key}`) : [];
          return { ...row, files, missing: files.length < names.length ? names : [] };
        }),
      );
    },
  };
}
