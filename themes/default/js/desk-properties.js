/**
 * What the team sets of a ticket, saved as soon as it is chosen, one by one. What somebody else changed meanwhile is
 * shown and never overwritten: who wanted something else of the same field is told, and chooses again.
 */
import { Problem, call, words } from "./api.js";
import { announce, slot } from "./dom.js";
import { label, text } from "./strings.js";

/** @typedef {import("./desk-ticket.js").DeskTicket} DeskTicket */
/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/** What is shown now, by the panel. @type {WeakMap<HTMLElement, DeskTicket>} */
const shown = new WeakMap();

const builtIn = ["stage", "inbox", "category", "priority"];

/** A property as the API takes it: a text. @param {DeskTicket} ticket @param {string} name */
function valueOf(ticket, name) {
  if (name === "owner") return String(ticket.owner_id ?? "");
  const value = builtIn.includes(name) ? /** @type {any} */ (ticket)[name] : ticket.properties[name];
  if (typeof value === "boolean") return value ? "yes" : "no";
  return Array.isArray(value) ? value.join(",") : String(value ?? "");
}

/** @param {HTMLFormElement} form @param {string} name */
function fieldsOf(form, name) {
  return /** @type {Field[]} */ ([...form.elements].filter((field) => field.getAttribute("name") === name));
}

/** What stands in the fields of a name. @param {Field[]} fields */
function chosen(fields) {
  if (fields[0]?.type !== "checkbox") return fields[0]?.value ?? "";
  return fields.filter((field) => /** @type {HTMLInputElement} */ (field).checked).map(({ value }) => value).join(",");
}

/** @param {HTMLSelectElement} select @param {{ value: string, name: string }[]} options @param {number} kept */
function fill(select, options, kept) {
  select.replaceChildren(...[...select.options].slice(0, kept), ...options.map(({ value, name }) => new Option(name, value)));
}

/** @param {Field[]} fields @param {string} value */
function put(fields, value) {
  for (const field of fields)
    if (field.type === "checkbox") /** @type {HTMLInputElement} */ (field).checked = value.split(",").includes(field.value);
    else {
      if (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === value))
        field.append(new Option(value, value));
      field.value = value;
    }
}

/** The ticket as it is now; a field that somebody is in stays as they have it. @param {HTMLFormElement} form @param {DeskTicket} ticket @param {string} [but] */
function show(form, ticket, but) {
  const stages = [...document.querySelectorAll("template")].flatMap((each) => [
    ...each.content.querySelectorAll(`[data-scope="stage.${CSS.escape(ticket.pipeline)}."] [data-k]`),
  ]);
  fill(
    /** @type {HTMLSelectElement} */ (form.elements.namedItem("stage")),
    stages.map((stage) => ({ value: stage.getAttribute("data-k") ?? "", name: label(`stage.${ticket.pipeline}.`, stage.getAttribute("data-k") ?? "") })),
    0,
  );
  if (ticket.team)
    fill(/** @type {HTMLSelectElement} */ (form.elements.namedItem("owner")), ticket.team.map(({ id, name }) => ({ value: String(id), name })), 1);
  for (const name of new Set([...form.elements].map((field) => field.getAttribute("name") ?? "")))
    if (name && name !== but) put(fieldsOf(form, name), valueOf(ticket, name));
}

/** What a field is called. @param {Field[]} fields */
function nameOf(fields) {
  return (fields[0]?.closest("fieldset")?.querySelector("legend") ?? fields[0]?.labels?.[0])?.textContent ?? "";
}

/** @param {HTMLElement} root @param {DeskTicket} ticket */
export function showProperties(root, ticket) {
  const form = /** @type {HTMLFormElement} */ (slot(root, "set"));
  const error = slot(form, "set-error");
  const before = shown.get(form);
  shown.set(form, { ...before, ...ticket });
  const active = document.activeElement?.closest("form") === form ? document.activeElement?.getAttribute("name") : null;
  show(form, ticket, active ?? undefined);
  if (before) return;

  /** @param {string} why */
  const say = (why) => {
    error.textContent = why;
    error.hidden = !why;
  };

  /** @param {string} name @param {string} value @param {boolean} [again] @returns {Promise<void>} */
  const save = async (name, value, again) => {
    const now = /** @type {DeskTicket} */ (shown.get(form));
    const fields = fieldsOf(form, name);
    say("");
    try {
      const json = { version: String(now.version), property: name, value };
      const { ticket: saved } = await call("POST", `/desk/tickets/${now.number}/changes`, { json });
      root.dispatchEvent(new CustomEvent("facts", { detail: { ...now, ...saved } }));
      root.dispatchEvent(new Event("changed"));
      announce(text("desk.saved", { name: nameOf(fields) }));
    } catch (problem) {
      if (problem instanceof Problem && problem.code === "changed" && !again) return meet(name, value);
      put(fields, valueOf(now, name));
      say(text("desk.not_saved", { name: nameOf(fields), why: words(problem) }));
    }
  };

  /** Somebody else was quicker: with another field, ours is saved all the same; with this one, theirs stays. @param {string} name @param {string} value @returns {Promise<void>} */
  const meet = async (name, value) => {
    const was = valueOf(/** @type {DeskTicket} */ (shown.get(form)), name);
    const fields = fieldsOf(form, name);
    try {
      const { ticket: now } = await call("GET", `/desk/tickets/${ticket.number}`);
      root.dispatchEvent(new CustomEvent("facts", { detail: now }));
      if (valueOf(now, name) === was) return await save(name, value, true);
      put(fields, valueOf(now, name));
      say(text("desk.changed", { name: nameOf(fields) }));
    } catch (problem) {
      say(text("desk.not_saved", { name: nameOf(fields), why: words(problem) }));
    }
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    const name = /** @type {Field} */ (event.target).name;
    save(name, chosen(fieldsOf(form, name)));
  });
  root.addEventListener("take", () => {
    const now = shown.get(form);
    if (now) save("owner", String(now.me));
  });
}
