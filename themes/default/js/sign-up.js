/**
 * Making an account. The form works without this: a plain post, answered with a redirect to a message that
 * stands ready. With it, mistakes are said at their fields and what was typed stays.
 */
import { offerToGoOn } from "./already.js";
import { Problem, call } from "./api.js";
import { showOwnWords } from "./consent-words.js";
import { mount, slotMaybe } from "./dom.js";
import { onSend, showTarget } from "./sending.js";
import { has, text } from "./strings.js";

/** @param {string} field @param {string} code */
function words(field, code) {
  if (field === "password") return text(has(`password.${code}`) ? `password.${code}` : "password.invalid");
  return text(code === "consent_old" ? "sign_up.consent_old" : `sign_up.no_${field}`);
}

mount("sign-up", (el) => {
  const form = /** @type {HTMLFormElement} */ (el);
  showOwnWords(form);
  form.noValidate = true;

  /** The field of a name that counts. @param {string} name */
  const field = (name) =>
    /** @type {HTMLInputElement | null} */ (form.querySelector(`:enabled[name="${name}"]`));

  /** @param {string} name @param {string} message empty: it is fine */
  const mark = (name, message) => {
    const input = field(name);
    const error = document.getElementById(`${input?.id}-error`);
    if (!input || !error) return;
    error.textContent = message;
    error.hidden = !message;
    const hints = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== error.id);
    if (message) hints.unshift(error.id);
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    if (hints.length) input.setAttribute("aria-describedby", hints.join(" "));
    else input.removeAttribute("aria-describedby");
  };

  /** @param {{ field: string, code: string }[]} errors */
  const markAll = (errors) => {
    for (const name of ["name", "email", "password", "consent"]) {
      const error = errors.find((each) => each.field === name);
      mark(name, error ? words(name, error.code) : "");
    }
    field(errors[0]?.field ?? "")?.focus();
  };

  const mistakes = () => {
    const errors = [];
    if (!field("name")?.value.trim()) errors.push({ field: "name", code: "required" });
    const email = field("email");
    if (!email?.value.includes("@") || email.validity.typeMismatch) errors.push({ field: "email", code: "required" });
    const password = field("password")?.value ?? "";
    if (!password) errors.push({ field: "password", code: "required" });
    else if ([...password].length < Number(field("password")?.minLength))
      errors.push({ field: "password", code: "password_short" });
    const consent = field("consent");
    if (consent && !consent.checked) errors.push({ field: "consent", code: "required" });
    return errors;
  };

  onSend(
    form,
    text("sign_up.sending"),
    async () => {
      const errors = mistakes();
      if (errors.length) throw new Problem(422, "invalid", { errors });
      const data = new FormData(form);
      const json = Object.fromEntries(
        ["name", "email", "password", "consent", "locale"].map((name) => [name, String(data.get(name) ?? "")]),
      );
      await call("POST", "/sign-ups", { json });
      form.reset();
      showTarget("sent");
    },
    (problem) => {
      if (problem.status !== 422) return false;
      markAll(problem.errors);
      const reload = slotMaybe(form, "reload");
      if (reload) reload.hidden = !problem.errors.some(({ code }) => code === "consent_old");
      return true;
    },
    true,
  );
  form.addEventListener("input", ({ target }) => {
    const input = /** @type {HTMLInputElement} */ (target);
    if (input.getAttribute("aria-invalid")) mark(input.name, "");
  });
  if (!location.hash) field("name")?.focus();
  offerToGoOn();
});
