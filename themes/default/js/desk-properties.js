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

/** What was chosen and is not on its way yet, by name: there is one ticket on a page. @type {Map<string, string>} */
const unsaved = new Map();

/** How long keys rest before what they chose counts: they pass by all that lies between, "closed" too. */
const rest = 1000;

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

/** What is chosen stays, and nothing moves for who is choosing. @param {HTMLSelectElement} select @param {{ value: string, name: string }[]} options @param {number} kept */
function fill(select, options, kept) {
  const { value } = select;
  const there = [...select.options];
  const same = (/** @type {{ value: string, name: string }} */ one, /** @type {number} */ i) =>
    there[kept + i]?.value === one.value && there[kept + i]?.text === one.name;
  if (there.length === kept + options.length && options.every(same)) return;
  select.replaceChildren(...there.slice(0, kept), ...options.map((one) => new Option(one.name, one.value)));
  select.value = value;
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

/** Whether a field is to stay as somebody has it. @param {Field[]} fields @param {string} name @param {string} [but] the field that they are in */
function stays([field], name, but) {
  const gone = field instanceof HTMLSelectElement && field.selectedIndex < 0;
  return !gone && (name === but || unsaved.has(name));
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
    if (name && !stays(fieldsOf(form, name), name, but)) put(fieldsOf(form, name), valueOf(ticket, name));
}

/** What a field is called. @param {Field[]} fields */
function nameOf(fields) {
  return (fields[0]?.closest("fieldset")?.querySelector("legend") ?? fields[0]?.labels?.[0])?.textContent ?? "";
}

/**
 * Save what is chosen, one after the other: each goes with the version that the one before it made. At once, but where
 * keys go through a list, when they rest or leave it.
 * @param {HTMLFormElement} form @param {(name: string, value: string) => Promise<void>} save never rejects
 */
function saveAsChosen(form, save) {
  let byKeys = false;
  let busy = false;
  /** @type {number | undefined} */
  let timer;

  const saveAll = async () => {
    clearTimeout(timer);
    if (busy) return;
    busy = true;
    for (let next; (next = unsaved.entries().next().value); ) {
      unsaved.delete(next[0]);
      await save(...next);
    }
    busy = false;
  };

  form.addEventListener("pointerdown", () => (byKeys = false));
  form.addEventListener("keydown", ({ key }) => {
    byKeys = true;
    if (key === "Enter") saveAll();
  });
  form.addEventListener("focusout", saveAll);
  addEventListener("pagehide", saveAll);
  form.addEventListener("change", ({ target }) => {
    const { name } = /** @type {Field} */ (target);
    unsaved.set(name, chosen(fieldsOf(form, name)));
    clearTimeout(timer);
    if (byKeys && target instanceof HTMLSelectElement) timer = setTimeout(saveAll, rest);
    else saveAll();
  });
  return {
    /** @param {string} name @param {string} value */
    set(name, value) {
      put(fieldsOf(form, name), value);
      unsaved.set(name, value);
      saveAll();
    },
  };
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
      const detail = { ...now, ...saved };
      shown.set(form, detail); // the page shows it a moment later; what is saved next goes with its version
      root.dispatchEvent(new CustomEvent("facts", { detail }));
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
  const { set } = saveAsChosen(form, save);
  root.addEventListener("take", () => {
    const now = shown.get(form);
    if (now) set("owner", String(now.me));
  });
}
