/**
 * Choosing files: by button, by dropping them anywhere on the page, by pasting. Size and number are checked
 * before anything is sent. The API checks again.
 */
import { announce, clone, showFileName, slot } from "./dom.js";
import { size, text } from "./strings.js";

/**
 * @typedef {{ root: HTMLElement, files: () => File[], set: (files: File[]) => void,
 *   object: (why: string[]) => void, progress: (sent: number[] | null) => void,
 *   row: (file: File, remove: () => void) => HTMLElement }} FilePicker
 */

/** A pasted picture has no name of its own worth showing. @param {File} file @param {number} n */
function named(file, n) {
  return new File([file], `${text("files.pasted")}-${n}.${file.type.split("/")[1] ?? "png"}`, {
    type: file.type,
  });
}

/** What was dropped, without folders, which look like files there. @param {DataTransfer | null} dropped */
function filesOf(dropped) {
  const items = [...(dropped?.items ?? [])].filter((item) => item.kind === "file");
  const folders = items.filter((item) => item.webkitGetAsEntry()?.isDirectory);
  const files = items.filter((item) => !folders.includes(item)).flatMap((item) => item.getAsFile() ?? []);
  return { files, folders: folders.map((item) => item.getAsFile()?.name ?? "") };
}

/**
 * How far each file has come, in order, when so much of a form with them was sent; what stands around the
 * files counts as if it stood evenly before each.
 * @param {File[]} files @param {number} loaded @param {number} total
 */
export function shares(files, loaded, total) {
  const around = (total - files.reduce((sum, file) => sum + file.size, 0)) / (files.length + 1);
  let at = 0;
  return files.map((file) => {
    at += around;
    const share = Math.min(1, Math.max(0, (loaded - at) / file.size));
    at += file.size;
    return share;
  });
}

/** @param {HTMLElement} list of rows @param {number[] | null} sent shares, in order; null: nothing is on its way */
export function showShares(list, sent) {
  for (const [at, row] of [...list.children].entries()) {
    const bar = /** @type {HTMLProgressElement} */ (slot(row, "sent"));
    bar.hidden = !sent;
    bar.value = (sent?.[at] ?? 0) * 100;
  }
}

/**
 * @param {HTMLElement} root partials/files
 * @returns {FilePicker}
 */
export function filePicker(root) {
  const most = Number(root.dataset.maxFiles);
  const largest = Number(root.dataset.maxBytes);
  const list = slot(root, "list");
  const problems = slot(root, "problems");
  const input = /** @type {HTMLInputElement} */ (slot(root, "input"));
  const template = root.querySelector("template");
  /** @type {File[]} */
  let files = [];

  /** Why a file cannot come along by itself, or "". @param {File} file */
  const objection = (file) => {
    if (file.size > largest) return text("files.too_large", { name: file.name });
    return file.size ? "" : text("files.empty", { name: file.name });
  };

  /** @param {File} file @param {() => void} remove */
  const row = (file, remove) => {
    const el = clone(template);
    showFileName(slot(el, "name"), file.name);
    slot(el, "size").textContent = size(file.size);
    slot(el, "sent").setAttribute("aria-label", file.name);
    const button = slot(el, "remove");
    button.setAttribute("aria-label", text("files.remove", { name: file.name }));
    button.addEventListener("click", remove);
    return el;
  };

  /** @param {number} at */
  const removeAt = (at) => {
    const [gone] = files.slice(at, at + 1);
    set(files.filter((_, i) => i !== at));
    changed();
    announce(text("files.removed", { name: gone?.name ?? "" }));
    /** @type {HTMLElement} */ (
      list.querySelectorAll("button")[Math.min(at, files.length - 1)] ?? input
    ).focus();
  };

  /** The form's draft and key want to know of files, too. */
  const changed = () => root.dispatchEvent(new Event("input", { bubbles: true }));

  /** @param {File[]} next */
  function set(next) {
    files = next;
    object([]);
    list.replaceChildren(...files.map((file, at) => row(file, () => removeAt(at))));
    list.hidden = !files.length;
  }

  /** Say what is wrong with files, each on a line of its own. @param {string[]} why */
  function object(why) {
    problems.textContent = why.join("\n");
    problems.hidden = !why.length;
  }

  /** @param {File[]} more @param {string[]} [folders] */
  function add(more, folders = []) {
    const why = folders.map((name) => text("files.folder", { name }));
    /** @type {string[]} */
    const left = [];
    for (const file of more) {
      const wrong = objection(file);
      if (wrong) why.push(wrong);
      else if (files.length < most) files.push(file);
      else left.push(file.name);
    }
    if (left.length) why.push(text("files.too_many", { names: left.join(", ") }));
    set(files);
    changed();
    object(why);
    if (why.length) announce(why.join(" "), "alert");
    else announce(text("files.added", { count: files.length }));
  }

  /** @param {DragEvent} event */
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

  const chosen = () => {
    if (!input.files?.length) return;
    const more = [...input.files];
    input.value = "";
    add(more);
  };
  input.addEventListener("change", chosen);
  document.addEventListener("paste", (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (!pasted.length) return;
    event.preventDefault();
    add(
      pasted.map((file, i) =>
        file.name && file.name !== "image.png" ? file : named(file, files.length + i + 1),
      ),
    );
  });
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    root.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget ?? root.classList.remove("dropping"));
  document.addEventListener("drop", (event) => {
    root.classList.remove("dropping");
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const { files: dropped, folders } = filesOf(event.dataTransfer);
    add(dropped, folders);
  });
  chosen(); // what was chosen before this script was there
  return { root, files: () => [...files], set, object, progress: (sent) => showShares(list, sent), row };
}
