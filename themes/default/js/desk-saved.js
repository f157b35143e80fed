/** One saved reply at the desk: written, and never over what somebody else wrote meanwhile. */
import { Problem, call, home } from "./api.js";
import { field, mark } from "./account-forms.js";
import { slot, showOnly } from "./dom.js";
import { draftKey, keepDraft } from "./drafts.js";
import { keys } from "./desk-keys.js";
import { insert } from "./insert.js";
import { showFailure, wait } from "./pending.js";
import { onSend } from "./sending.js";
import { session } from "./session.js";
import { read } from "./store.js";
import { has, text } from "./strings.js";

/** @typedef {import("./desk-replies.js").Reply} Reply */

const path = "/desk/replies";
const names = ["title", "body", "locale", "inbox"];

/** An inbox or language that is there no more is still what was chosen. @param {HTMLElement} select @param {string} value */
function choose(select, value) {
  const field = /** @type {HTMLSelectElement} */ (select);
  if (![...field.options].some((option) => option.value === value)) field.add(new Option(value, value));
  field.value = value;
}

/** @param {HTMLFormElement} form @param {Reply} reply */
function fill(form, reply) {
  field(form, "title").value = reply.title;
  field(form, "body").value = reply.body;
  choose(field(form, "locale"), reply.locale ?? "");
  choose(field(form, "inbox"), reply.inbox ?? "");
  field(form, "version").value = String(reply.version);
}

/** Null: it is not there any more. @param {number} number @returns {Promise<Reply | null>} */
async function ask(number) {
  try {
    return (await call("GET", `${path}/${number}`)).reply;
  } catch (problem) {
    if (problem instanceof Problem && problem.code === "not_found") return null;
    throw problem;
  }
}

/** @param {HTMLElement} root @param {string} name */
function showTitle(root, name) {
  slot(root, "title").textContent = name;
  document.title = document.title.replace(/^[^·|–-]*(?= [·|–-] )/, name);
}

/** What stands in two braces, as it is written there. @param {HTMLFormElement} form */
const known = (form) =>
  [...form.querySelectorAll("[data-name]")].map((button) => `{{${/** @type {HTMLElement} */ (button).dataset.name}}}`);

/** @param {HTMLFormElement} form @param {{ field: string, code: string }} error */
function wordsOf(form, { field: name, code }) {
  if (code === "too_long") return text("desk_replies.too_long", { max: Number(field(form, name).dataset.max) });
  if (code === "too_many") return text("desk_replies.too_many", { max: 200 });
  if (code === "placeholder") return text("desk_replies.unknown", { names: known(form).join(" ") });
  const key = `desk_replies.${code === "required" ? `${name}_missing` : code}`;
  return text(has(key) ? key : "errors.unknown");
}

/**
 * Somebody was faster: what they wrote is shown, and one of the two stays.
 * @param {HTMLElement} root @param {HTMLFormElement} form @param {Reply} theirs @param {() => void} taken
 */
function showClash(root, form, theirs, taken) {
  const panel = slot(root, "clash");
  slot(panel, "clash-title").textContent = text("desk_replies.clash", { name: theirs.changed_by });
  slot(panel, "their-title").textContent = theirs.title;
  slot(panel, "their-body").textContent = theirs.body;
  panel.hidden = false;
  slot(panel, "clash-title").focus();
  slot(panel, "keep").onclick = () => {
    panel.hidden = true;
    field(form, "version").value = String(theirs.version);
    form.requestSubmit();
  };
  slot(panel, "take").onclick = () => {
    panel.hidden = true;
    fill(form, theirs);
    taken();
    field(form, "title").focus();
  };
}

/** @param {HTMLElement} root @param {HTMLFormElement} form @param {number} number 0: a new one @param {string} email */
function ready(root, form, number, email) {
  const place = `saved.${number || "new"}`;
  const draft = keepDraft(form, { email, place, status: slot(form, "saved") });
  const away = (/** @type {string} */ hash = "") => location.assign(`${home}desk/replies/${hash}`);
  let own = number;

  const isGone = () => {
    own = 0;
    slot(form, "problem").textContent = text("desk_replies.gone");
    slot(form, "problem").hidden = false;
    slot(form, "problem").focus();
  };
  const save = async () => {
    const json = Object.fromEntries(names.map((name) => [name, field(form, name).value]));
    const { reply } = own
      ? await call("PUT", `${path}/${own}`, { json: { ...json, version: field(form, "version").value } })
      : await call("POST", path, { json });
    await draft.clear();
    away(`#saved-${reply.id}`);
  };

  onSend(
    form,
    text("account.saving"),
    async () => {
      try {
        await save();
        return false;
      } catch (problem) {
        if (!(problem instanceof Problem) || problem.code !== "changed") throw problem;
        showClash(root, form, (await call("GET", `${path}/${own}`)).reply, draft.clear);
        return true;
      }
    },
    (problem) => {
      if (problem.code === "not_found") isGone();
      else if (problem.status === 422 && problem.errors.length) {
        for (const error of problem.errors) mark(field(form, error.field), wordsOf(form, error));
        field(form, problem.errors[0]?.field ?? "").focus();
      } else return false;
      return true;
    },
  );
  slot(form, "cancel").addEventListener("click", async () => {
    await draft.clear();
    away();
  });
  return { isGone };
}

/** @param {HTMLFormElement} form */
function helps(form) {
  const body = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("body"));
  form.addEventListener("input", ({ target }) => mark(/** @type {HTMLInputElement} */ (target), ""));
  form.addEventListener("submit", () => {
    for (const name of names) mark(field(form, name), "");
  });
  form.addEventListener("click", ({ target }) => {
    const { name } = /** @type {HTMLElement} */ (target).dataset;
    if (name) insert(body, `{{${name}}}`);
  });
  body.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}

/** @param {HTMLElement} root @param {number} number 0: a new one */
export async function writeOne(root, number) {
  const form = /** @type {HTMLFormElement} */ (slot(root, "write"));
  const panels = [form, slot(root, "error"), slot(root, "missing")];
  slot(root, "back").hidden = false;
  keys({ u: () => slot(root, "back-link").click() });
  helps(form);
  if (!number) showTitle(root, text("desk_replies.add"));

  const missing = slot(root, "missing");
  /** @param {Reply | null} found @param {string} email */
  const open = (found, email) => {
    const begun = read(draftKey(email, `saved.${number || "new"}`));
    if (number && !found && !begun) return showOnly(panels, missing);
    if (found) showTitle(root, found.title);
    const { isGone } = ready(root, form, number, email);
    if (found && !begun) fill(form, found);
    showOnly(panels, form);
    if (number && !found) isGone();
    else if (found && begun && begun.version !== String(found.version)) showClash(root, form, found, () => {});
    else slot(root, "title").focus();
  };
  const load = async () => {
    const done = wait(root, true, text("list.slow"));
    try {
      const [who, found] = await Promise.all([session(), number ? ask(number) : null]);
      open(found, who?.person.email ?? "");
    } catch (problem) {
      showOnly(panels, null);
      showFailure(root, text("desk_replies.load_failed"), problem, load);
    } finally {
      done();
    }
  };
  load();
}
