/**
 * Files that were chosen and not sent yet, kept on this device beside the draft or the unsent reply that they belong
 * to. Up to a limit; beyond it, or where the browser allows none, they have to be chosen again.
 */
import { portal } from "./store.js";

const most = 50 * 1024 * 1024;
const store = "files";

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(portal, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(store);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = asked.onblocked = () => reject(asked.error);
  });
}

/** One transaction, and the database closed again, so that signing out can remove it at once.
 * @template T @param {IDBTransactionMode} mode @param {(files: IDBObjectStore) => IDBRequest<T>} work
 * @returns {Promise<T>} */
async function transact(mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const asked = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Keep exactly these under the key. False: they are too large, or cannot be kept. @param {string} key @param {File[]} files */
export async function keepFiles(key, files) {
  const fits = files.reduce((sum, file) => sum + file.size, 0) <= most;
  try {
    if (fits && files.length) await transact("readwrite", (kept) => kept.put(files, key));
    else await transact("readwrite", (kept) => kept.delete(key));
    return fits;
  } catch {
    return !files.length;
  }
}

/** What is kept under the key. @param {string} key @returns {Promise<File[]>} */
export async function keptFiles(key) {
  try {
    return (await transact("readonly", (kept) => kept.get(key))) ?? [];
  } catch {
    return [];
  }
}
