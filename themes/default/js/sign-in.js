/**
 * Sign-in. The form works without this: a plain post that the API answers with a redirect. With it, mistakes
 * are said in place, the address stays filled in, and a limit counts down.
 */
import { offerToGoOn } from "./already.js";
import { call, home } from "./api.js";
import { destination, handedOn } from "./destination.js";
import { mount, slot } from "./dom.js";
import { onSend } from "./sending.js";
import { remember } from "./session.js";
import { offerLink } from "./sign-in-link.js";
import { readTab, writeTab } from "./store.js";
import { text } from "./strings.js";

mount("sign-in", (el) => {
  const form = /** @type {HTMLFormElement} */ (el);
  const problem = slot(form, "problem");
  const email = /** @type {HTMLInputElement} */ (form.elements.namedItem("email"));
  const password = /** @type {HTMLInputElement} */ (form.elements.namedItem("password"));

  /** @type {HTMLInputElement} */ (form.elements.namedItem("return")).value = destination();
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const others = document.querySelectorAll("a[data-slot=single]");
  for (const link of others) {
    const url = new URL(link.href);
    url.searchParams.set("return", destination());
    link.href = url.href;
  }
  onSend(
    form,
    text("sign_in.sending"),
    async () => {
      const data = new FormData(form);
      const { person } = await call("POST", "/session", {
        json: { email: data.get("email"), password: data.get("password"), remember: data.has("remember") },
        own: ["credentials", "two_step"],
      });
      remember(person);
      location.replace(destination());
    },
    (error) => {
      if (error.passes) return false;
      if (error.code === "two_step") {
        location.assign(`${home}code/?return=${encodeURIComponent(destination())}`);
        return true;
      }
      password.value = "";
      problem.textContent = text("sign_in.credentials");
      problem.hidden = false;
      password.focus(); // which the problem describes
      return true;
    },
    true,
  );
  offerLink(form, email);
  const forgot = /** @type {HTMLAnchorElement} */ (slot(document, "forgot"));
  forgot.search = handedOn();
  forgot.addEventListener("click", () => writeTab("address", email.value));
  email.value ||= readTab("address") ?? "";
  if (!location.hash) email.focus();
  offerToGoOn(destination());
});
