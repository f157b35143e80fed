/**
 * Bringing back the mailed code. In the mail's link it stands in the fragment, which no server sees; it leaves
 * the address bar at once and stays with the history entry only. Nothing happens before the press of the button,
 * and that wants the password which was chosen: links are opened by mail scanners, and by people who never asked.
 */
import { call, home } from "./api.js";
import { mount, slot } from "./dom.js";
import { onSend, showTarget } from "./sending.js";
import { text } from "./strings.js";

/** @returns {string | null} null: the link brought none */
function takeCode() {
  const code = new URLSearchParams(location.hash.slice(1)).get("code") ?? history.state?.code ?? null;
  if (code) history.replaceState({ code }, "", location.pathname);
  return code;
}

const brought = takeCode();

mount("verify", (root) => {
  const form = /** @type {HTMLFormElement} */ (slot(root, "form"));
  const code = /** @type {HTMLInputElement} */ (form.elements.namedItem("code"));
  const password = /** @type {HTMLInputElement} */ (form.elements.namedItem("password"));
  const problem = slot(form, "problem");
  if (brought) {
    code.value = brought;
    slot(root, "code-field").hidden = true;
    slot(root, "lead").hidden = true;
    slot(root, "lead-link").hidden = false;
  }
  if (!location.hash) (brought ? password : code).focus();
  onSend(
    form,
    text("verify.sending"),
    async () => {
      const json = { code: code.value, password: password.value };
      await call("POST", "/sign-ups/confirm", { json, own: ["credentials"] });
      history.replaceState(null, "", location.pathname);
      location.replace(`${home}tickets/`);
    },
    ({ code, status }) => {
      if (status === 410) {
        history.replaceState(null, "", location.pathname);
        showTarget(`e-${code}`);
      }
      if (code !== "credentials") return status === 410;
      problem.textContent = text("verify.wrong");
      problem.hidden = false;
      password.value = "";
      password.focus();
      return true;
    },
  );
});
