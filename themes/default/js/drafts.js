/** Drafts: what one types is kept on this device, per person and place, until it is sent or one signs out. */
import { announce, slotMaybe } from "./dom.js";
import { read, write } from "./store.js";
import { text } from "./strings.js";

const delay = 600;

/** Under this, a draft has the names of its files; no field is called so. Files themselves cannot be kept. */
const attached = "+files";

/**
 * Keep the fields of a form. Restores what was kept before, without touching what stands there already.
 * @param {HTMLFormElement} form
 * @param {string} email whose draft it is
 * @param {string} place "new" or a ticket's number
 * @param {HTMLElement} status where a quiet "saved" is written
 * @returns {{ save: () => void, clear: () => void }}
 */
export function keepDraft(form, email, place, status) {
  const key = `draft.${email}.${place}`;
  /** @type {number | undefined} */
  let timer;
  const fields = () =>
    /** @type {HTMLInputElement[]} */ (
      [...form.elements].filter((el) => el.getAttribute("name") && el.getAttribute("type") !== "file")
    );

  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    const values = Object.fromEntries(fields().map(({ name, value }) => [name, value]));
    values[attached] = [...form.querySelectorAll(".file-name")]
      .map((el) => el.textContent)
      .join(", ");
    const empty = Object.values(values).every((value) => !value.trim());
    const kept = write(key, empty ? undefined : values);
    status.textContent = kept && !empty ? text("draft.saved") : "";
  };

  const before = read(key);
  if (before) {
    for (const field of fields())
      if (!field.value && typeof before[field.name] === "string") field.value = before[field.name];
    status.textContent = text("draft.saved");
    const problems = slotMaybe(form, "problems");
    if (problems && before[attached]) {
      problems.textContent = text("files.again", { names: before[attached] });
      problems.hidden = false;
      announce(problems.textContent, "alert");
    }
  }
  form.addEventListener("input", () => {
    status.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  });
  addEventListener("pagehide", () => timer !== undefined && save());
  return {
    save,
    clear() {
      clearTimeout(timer);
      timer = undefined;
      write(key, undefined);
      status.textContent = "";
    },
  };
}
