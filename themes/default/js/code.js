/** The second step of signing in. A plain form without this; with it, a wrong code is said in place. */
import { call, home } from "./api.js";
import { destination } from "./destination.js";
import { mount, slot } from "./dom.js";
import { onSend } from "./sending.js";
import { remember } from "./session.js";
import { text } from "./strings.js";

mount("code", (el) => {
  const form = /** @type {HTMLFormElement} */ (el);
  const problem = slot(form, "problem");
  const code = /** @type {HTMLInputElement} */ (form.elements.namedItem("code"));

  /** @type {HTMLInputElement} */ (form.elements.namedItem("return")).value = destination();
  onSend(
    form,
    text("two_step.sending"),
    async () => {
      const { person } = await call("POST", "/session/code", {
        json: { code: code.value },
        own: ["code_wrong", "code_over"],
      });
      remember(person);
      location.replace(destination());
    },
    (error) => {
      if (error.code === "code_over")
        location.replace(`${home}sign-in/?return=${encodeURIComponent(destination())}#e-code_over`);
      if (error.code !== "code_wrong") return error.code === "code_over";
      code.value = "";
      problem.textContent = text("two_step.wrong");
      problem.hidden = false;
      problem.focus();
      return true;
    },
  );
  if (!location.hash) code.focus();
});
