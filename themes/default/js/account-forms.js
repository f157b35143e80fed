/** The forms of one's own account: who one is, where one is written to, one's password. */
import { Problem, call } from "./api.js";
import { slot, tell } from "./dom.js";
import { onSend } from "./sending.js";
import { remember, session } from "./session.js";
import { has, text } from "./strings.js";

/** @param {HTMLFormElement} form @param {string} name */
export function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/**
 * Say what is wrong with a field, beside it. @param {HTMLInputElement} input @param {string} words empty: it is fine
 */
export function mark(input, words) {
  const error = /** @type {HTMLElement} */ (document.getElementById(`${input.id}-error`));
  const by = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== error.id);
  error.textContent = words;
  error.hidden = !words;
  if (words) by.unshift(error.id);
  input.toggleAttribute("aria-invalid", false);
  if (words) input.setAttribute("aria-invalid", "true");
  if (by.length) input.setAttribute("aria-describedby", by.join(" "));
  else input.removeAttribute("aria-describedby");
}

/** Who has no password has no field for it: what is asked of them is said of the whole form. @param {any} problem */
function fail(problem) {
  throw problem.errors?.[0]?.code === "not_recent" ? new Problem(422, "not_recent") : problem;
}

/**
 * @param {HTMLElement} form_ @param {(form: HTMLFormElement) => Promise<void>} send
 * @param {(error: { field: string, code: string }) => string} words what is wrong with a field
 * @param {{ sending?: string, repeats?: boolean }} [how] what the button says meanwhile; see onSend()
 */
export function sends(form_, send, words, { sending = text("account.saving"), repeats = false } = {}) {
  const form = /** @type {HTMLFormElement} */ (form_);
  form.addEventListener("input", ({ target }) => mark(/** @type {HTMLInputElement} */ (target), ""));
  onSend(
    form,
    sending,
    async () => {
      for (const input of form.querySelectorAll("input[id]")) mark(/** @type {HTMLInputElement} */ (input), "");
      await send(form).catch(fail);
      return true;
    },
    (problem) => {
      if (problem.status !== 422 || !problem.errors.length) return false;
      for (const error of problem.errors) mark(field(form, error.field), words(error));
      field(form, problem.errors[0]?.field ?? "").focus();
      return true;
    },
    repeats,
  );
}

/** @param {HTMLElement} root */
export function detailsForm(root) {
  sends(
    slot(root, "details"),
    async (form) => {
      const json = { name: field(form, "name").value, locale: field(form, "locale").value };
      await call("POST", "/account/details", { json });
      const found = await session();
      if (found) remember({ ...found.person, name: json.name.trim() });
      tell(text("account.saved"));
    },
    () => text("account.no_name"),
    { repeats: true },
  );
}

/** @param {HTMLElement} root */
export function addressForm(root) {
  const sent = slot(root, "address-sent");
  sends(
    slot(root, "address"),
    async (form) => {
      const json = { email: field(form, "email").value, password: field(form, "password").value };
      await call("POST", "/account/address", { json });
      form.reset();
      sent.textContent = text("account.address_sent", { email: json.email });
      sent.hidden = false;
      tell(sent.textContent);
    },
    (error) => text(error.field === "email" ? "account.no_address" : "account.old_wrong"),
    { repeats: true },
  );
}

/** @param {HTMLElement} root @param {() => Promise<void>} changed what else it changes */
export function passwordForm(root, changed) {
  sends(
    slot(root, "password"),
    async (form) => {
      const input = field(form, "password");
      const few = [...input.value].length < Number(input.dataset.min);
      if (few) {
        const code = input.value ? "password_short" : "required";
        throw new Problem(422, "invalid", { errors: [{ field: "password", code }] });
      }
      await call("POST", "/account/password", { json: { old: field(form, "old").value, password: input.value } });
      form.reset();
      tell(text("account.password_changed"));
      await changed();
    },
    (error) => {
      if (error.field === "old") return text("account.old_wrong");
      return text(has(`password.${error.code}`) ? `password.${error.code}` : "password.invalid");
    },
  );
}
