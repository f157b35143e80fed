/**
 * Drafts: what one types and the files one chooses are kept on this device, per portal, person and place, until it is
 * sent or one signs out. Two tabs at one place have one draft: what is written in one shows in the other.
 */
import { announce } from "./dom.js";
import { keepFiles, keptFiles } from "./kept.js";
import { onWritten, read, write } from "./store.js";
import { text } from "./strings.js";

const delay = 600;

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

/** @param {Field} field */
function isBox(field) {
  return field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type);
}

/** What stands in the fields, by name: texts; of boxes and lists of several, what is chosen. @param {Field[]} fields */
function valuesOf(fields) {
  /** @type {Record<string, any>} */
  const values = {};
  for (const field of fields) {
    const { name } = field;
    if (isBox(field)) {
      values[name] ??= [];
      if (/** @type {HTMLInputElement} */ (field).checked) values[name].push(field.value);
    } else if (field instanceof HTMLSelectElement && field.multiple)
      values[name] = [...field.selectedOptions].map((option) => option.value);
    else values[name] = field.value;
  }
  return values;
}

/** @param {Field} field @param {any} value what was kept under its name; boxes of which nothing was stand as in the page */
function fill(field, value) {
  const chosen = (/** @type {string} */ own) => Array.isArray(value) && value.includes(own);
  if (field instanceof HTMLInputElement && isBox(field)) field.checked = value === undefined ? field.defaultChecked : chosen(field.value);
  else if (field instanceof HTMLSelectElement && field.multiple)
    for (const option of field.options) option.selected = chosen(option.value);
  else field.value = typeof value === "string" ? value : "";
}

/**
 * Under these, a draft has the names of its files, the key of its submission, the name of this writing and of the one
 * that it was written over; no field is called so.
 */
const attached = "+files";
const keyed = "+key";
const written = "+is";
const overwrote = "+over";

/** @param {string} email "" while nobody is known @param {string} place "new/<form>" or a ticket's number */
export function draftKey(email, place) {
  return `draft.${email}.${place}`;
}

/** Null: nothing, or it was cleared. @param {string} key */
function keptAt(key) {
  const kept = read(key) ?? {};
  return Object.keys(kept).length ? kept : null;
}

/** The name of what was written last, "" of nothing. @param {Record<string, any> | null} kept @returns {string} */
function writing(kept) {
  return kept?.[written] ?? "";
}

/** What was typed while nobody was known is the person's who signed in then. @param {string} email @param {string} place */
export async function adopt(email, place) {
  const [nobodys, theirs] = [draftKey("", place), draftKey(email, place)];
  const found = keptAt(nobodys);
  if (!found) return;
  write(nobodys, undefined);
  if (!keptAt(theirs)) {
    write(theirs, found);
    await keepFiles(theirs, await keptFiles(nobodys));
  }
  await keepFiles(nobodys, []);
}

/**
 * Keep the fields of a form. Restores what was kept before, without touching what stands there already.
 * @param {HTMLFormElement} form
 * @param {{ email: string, place: string, status: HTMLElement, picker?: import("./files.js").FilePicker | null,
 *   restored?: () => void }} options `status` is where a quiet "saved" is written
 */
export function keepDraft(form, { email, place, status, picker, restored }) {
  const key = draftKey(email, place);
  /** @type {number | undefined} */
  let timer;
  /** @type {string | undefined} of the submission that is on its way */
  let submission;
  let complete = true;
  let known = ""; // the writing that this tab last wrote or read
  const fields = () =>
    /** @type {Field[]} */ (
      [...form.elements].filter((el) => el.getAttribute("name") && el.getAttribute("type") !== "file")
    );
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };

  /** Nothing is written down any more once one has signed out, maybe in another tab. */
  const gone = () => email && !read("person");

  /**
   * Another tab wrote while one typed here: neither text goes. What prevails, such as that it is a note, holds for both.
   * @param {Record<string, any>} there
   */
  const join = (there) => {
    for (const field of fields()) {
      const theirs = there[field.name];
      if ("prevails" in field.dataset && theirs?.includes(field.value)) {
        /** @type {HTMLInputElement} */ (field).checked = true;
        restored?.();
      }
      if (field instanceof HTMLTextAreaElement && theirs && !field.value.includes(theirs))
        field.value = theirs.includes(field.value) ? theirs : `${theirs}\n\n${field.value}`;
    }
  };

  const save = () => {
    stop();
    if (gone()) return;
    const there = read(key) ?? {};
    const over = writing(there);
    if (over !== known) join(there);
    const values = valuesOf(fields());
    const names = picker?.files().map((file) => file.name) ?? [];
    const empty = !names.length && Object.values(values).every((value) => !String(value).trim());
    if (names.length) values[attached] = names;
    if (submission) values[keyed] = submission;
    known = empty ? "" : crypto.randomUUID();
    Object.assign(values, { [written]: known, [overwrote]: over });
    const kept = write(key, empty ? {} : values); // only what was sent is gone
    status.textContent = kept && !empty ? text(complete ? "draft.saved" : "draft.without_files") : "";
  };

  const saveFiles = async () => {
    if (gone() || !picker) return;
    const kept = await keepFiles(key, picker.files());
    if (kept === complete) return;
    complete = kept;
    save();
  };

  /** @param {Record<string, any>} kept @param {boolean} over what stands there */
  const restore = async (kept, over) => {
    for (const field of fields())
      if (over || isBox(field) || !field.value) fill(field, kept[field.name]);
    submission = kept[keyed];
    known = writing(kept);
    restored?.();
    if (!picker || (!over && picker.files().length)) return;
    /** @type {string[]} */
    const names = kept[attached] ?? [];
    const files = names.length ? await keptFiles(key) : [];
    const missing = names.filter((name) => !files.some((file) => file.name === name));
    picker.set(files);
    if (!missing.length) return;
    const says = text("files.again", { names: missing.join(", ") });
    picker.object([says]);
    announce(says, "alert");
  };

  /* What was typed before this script was there is kept from the beginning. */
  const begun = fields().some((field) => "defaultValue" in field && field.value !== field.defaultValue);
  if (begun) timer = setTimeout(save, delay);
  const before = keptAt(key);
  const ready = before ? restore(before, false) : Promise.resolve();
  if (before) status.textContent = text("draft.saved");
  /* Who types here and there at once keeps what stands here: it is written next. */
  onWritten(key, (wrote) => {
    if (timer !== undefined || gone()) return;
    const seen = !writing(wrote) || wrote[overwrote] === known;
    if (seen) known = writing(wrote);
    if (writing(read(key)) !== writing(wrote)) return; // a later writing stands, and tells of itself, or is ours
    if (!seen) {
      save(); // both were written in one moment, neither over the other
      return;
    }
    const theirs = keptAt(key);
    restore(theirs ?? {}, true);
    status.textContent = text(`draft.${theirs ? "" : read(key) ? "cleared_" : "sent_"}elsewhere`);
  });
  form.addEventListener("input", (event) => {
    status.textContent = "";
    submission = undefined;
    stop();
    timer = setTimeout(save, delay);
    if (event.target === picker?.root) saveFiles();
  });
  const hurry = () => timer !== undefined && save();
  form.addEventListener("focusout", hurry);
  addEventListener("pagehide", hurry);
  document.addEventListener("visibilitychange", hurry);
  return {
    save,
    /** When everything that was kept is there again. */
    ready,
    /** The key of the submission that this draft was sent with before, if nothing was changed since. */
    submission: () => submission,
    /** Keep it with the key that it is sent with. @param {string} sent */
    sendAs(sent) {
      submission = sent;
      save();
    },
    clear() {
      stop();
      submission = undefined;
      write(key, undefined);
      known = "";
      status.textContent = "";
      return keepFiles(key, []);
    },
  };
}
