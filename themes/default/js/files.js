/**
 * Choosing files: by button, by dropping them anywhere on the page, by pasting. Size and number are checked
 * before anything is sent. The API checks again.
 */
import { announce, clone, slot } from "./dom.js";
import { size, text } from "./strings.js";

/** @typedef {{ files: () => File[], set: (files: File[]) => void }} FilePicker */

/** A pasted picture has no name of its own worth showing. @param {File} file @param {number} n */
function named(file, n) {
  return new File([file], `${text("files.pasted")}-${n}.${file.type.split("/")[1] ?? "png"}`, {
    type: file.type,
  });
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

  /** Why a file cannot come along, or "". @param {File} file */
  const objection = (file) => {
    if (file.size > largest) return text("files.too_large", { name: file.name });
    if (!file.size) return text("files.empty", { name: file.name });
    return files.length >= most ? text("files.too_many") : "";
  };

  /** @param {File} file @param {number} at */
  const rowOf = (file, at) => {
    const row = clone(template);
    slot(row, "name").textContent = file.name;
    slot(row, "size").textContent = size(file.size);
    const remove = slot(row, "remove");
    remove.setAttribute("aria-label", text("files.remove", { name: file.name }));
    remove.addEventListener("click", () => {
      set(files.filter((_, i) => i !== at));
      changed();
      announce(text("files.removed", { name: file.name }));
      /** @type {HTMLElement} */ (
        list.querySelectorAll("button")[Math.min(at, files.length - 1)] ?? input
      ).focus();
    });
    return row;
  };

  /** The form's draft and key want to know of files, too. */
  const changed = () => root.dispatchEvent(new Event("input", { bubbles: true }));

  /** @param {File[]} next */
  function set(next) {
    files = next;
    problems.hidden = true;
    list.replaceChildren(...files.map(rowOf));
    list.hidden = !files.length;
  }

  /** @param {File[]} more */
  function add(more) {
    /** @type {Set<string>} */
    const said = new Set();
    for (const file of more) {
      const why = objection(file);
      if (why) said.add(why);
      else files.push(file);
    }
    set(files);
    changed();
    problems.textContent = [...said].join(" ");
    problems.hidden = !said.size;
    if (said.size) announce([...said].join(" "), "alert");
    else announce(text("files.added", { count: files.length }));
  }

  /** @param {DragEvent} event */
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

  input.addEventListener("change", () => {
    add([...(input.files ?? [])]);
    input.value = "";
  });
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
    add([...(event.dataTransfer?.files ?? [])]);
  });
  return { files: () => [...files], set };
}
