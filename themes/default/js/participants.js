/** Colleagues in copy: who they are and, for those who may, adding and removing them. Read where there is something to show. */
import { Problem, call, home, words } from "./api.js";
import { announce, clone, slot } from "./dom.js";
import { session } from "./session.js";
import { text } from "./strings.js";

/** @typedef {{ id: number, name: string, me: boolean }} Participant */
/** @typedef {{ participants: Participant[], may_share: boolean }} Shared */

/** As many as the API takes. */
const most = 20;

/** The panels that are listening. @type {WeakSet<HTMLElement>} */
const started = new WeakSet();

/** Whether somebody types their own address. @param {string} email */
const isOwn = async (email) => (await session())?.person.email.toLowerCase() === email.toLowerCase();

/** What went wrong, in words. @param {unknown} problem */
function wordsOf(problem) {
  const code = problem instanceof Problem && problem.errors.find(({ field }) => field === "email")?.code;
  if (code === "not_colleague") return text("participants.not_colleague");
  if (code === "too_many") return text("participants.too_many", { max: most });
  return `${text("participants.failed")} ${words(problem)}`;
}

/** Whether the reader still sees the ticket. @param {number} number */
const isSeen = (number) =>
  call("GET", `/tickets/${number}`).then(
    () => true,
    (problem) => problem.status !== 404,
  );

/** Somebody is being taken out: their row says so. @param {HTMLElement} row @param {boolean} on */
function wait(row, on) {
  const saving = slot(row, "saving");
  row.setAttribute("aria-busy", String(on));
  saving.hidden = !on;
  for (const button of row.querySelectorAll("button")) button.setAttribute("aria-disabled", String(on));
  if (on) announce(saving.textContent ?? "");
}

/**
 * @param {HTMLElement} panel @param {number} number of the ticket @param {Shared} shared
 */
export function showParticipants(panel, number, shared) {
  const list = slot(panel, "people");
  const peopleError = slot(panel, "people-error");
  const path = `/tickets/${number}/participants`;

  /** Beside what it is about. @param {HTMLElement} error @param {string} why */
  const say = (error, why) => {
    error.textContent = why;
    error.hidden = false;
    announce(why, "alert");
  };

  /** Who leaves may not see the ticket any more. @param {Participant} one @param {HTMLElement} row */
  const remove = async (one, row) => {
    if (row.getAttribute("aria-busy") === "true") return;
    peopleError.hidden = true;
    wait(row, true);
    try {
      await call("DELETE", `${path}/${one.id}`);
      if (one.me && !(await isSeen(number))) return location.replace(`${home}tickets/`);
      shared = { ...shared, participants: shared.participants.filter(({ id }) => id !== one.id) };
      show();
      slot(panel, "copy-title").focus();
      announce(text("participants.removed", { name: one.name }));
    } catch (problem) {
      wait(row, false);
      say(peopleError, wordsOf(problem));
    }
  };

  /** @param {Participant} one */
  const rowOf = (one) => {
    const row = clone(document.getElementById("participant"));
    const button = slot(row, "remove");
    const leave = slot(row, "leave");
    const ask = slot(row, "leave-ask");
    slot(row, "name").textContent = one.name;
    slot(row, "you").hidden = !one.me;
    button.hidden = !shared.may_share || one.me;
    button.setAttribute("aria-label", text("participants.remove", { name: one.name }));
    button.addEventListener("click", () => remove(one, row));
    leave.hidden = !one.me;
    leave.addEventListener("click", () => {
      ask.hidden = false;
      leave.hidden = true;
      slot(ask, "leave-yes").focus();
    });
    slot(ask, "leave-yes").addEventListener("click", () => remove(one, row));
    slot(ask, "leave-no").addEventListener("click", () => {
      ask.hidden = true;
      leave.hidden = false;
      leave.focus();
    });
    return row;
  };

  const show = () => {
    list.replaceChildren(...shared.participants.map(rowOf));
    list.hidden = !shared.participants.length;
    slot(panel, "add").hidden = !shared.may_share || shared.participants.length >= most;
    panel.hidden = !shared.may_share && !shared.participants.length;
  };

  const form = /** @type {HTMLFormElement} */ (slot(panel, "copy-form"));
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("email"));
  const error = slot(form, "copy-error");
  const button = /** @type {HTMLElement} */ (form.querySelector("[type=submit]"));
  const label = button.textContent;
  /** @param {boolean} on */
  const setBusy = (on) => {
    form.setAttribute("aria-busy", String(on));
    button.setAttribute("aria-disabled", String(on));
    button.textContent = on ? text("participants.saving") : label;
  };
  /** What was typed stays. @param {string} why */
  const refuse = (why) => {
    field.setAttribute("aria-invalid", "true");
    field.focus();
    say(error, why);
  };
  const add = async () => {
    const email = field.value.trim();
    if (!email) return field.focus();
    error.hidden = true;
    setBusy(true);
    try {
      if (await isOwn(email)) return refuse(text("participants.yourself"));
      shared = await call("POST", path, { json: { email } });
      show();
      field.value = "";
      field.removeAttribute("aria-invalid");
      announce(text("participants.added", { email }));
    } catch (problem) {
      refuse(wordsOf(problem));
    } finally {
      setBusy(false);
    }
  };

  const details = /** @type {HTMLDetailsElement} */ (slot(panel, "add"));
  const cancel = () => {
    details.open = false;
    error.hidden = true;
    field.value = "";
    field.removeAttribute("aria-invalid");
    details.querySelector("summary")?.focus();
  };

  show();
  if (started.has(panel)) return;
  started.add(panel);
  details.addEventListener("toggle", () => details.open && field.focus());
  slot(panel, "copy-cancel").addEventListener("click", cancel);
  form.addEventListener("keydown", (event) => event.key === "Escape" && cancel());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.getAttribute("aria-busy") !== "true") add();
  });
}
