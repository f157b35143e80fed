/** One's own account: asked for once, then each part is its own. */
import { call } from "./api.js";
import { announce, mount, slot, slotMaybe } from "./dom.js";
import { addressForm, detailsForm, passwordForm } from "./account-forms.js";
import { ownDataForm } from "./account-own-data.js";
import { showSignIns } from "./account-sign-ins.js";
import { showTwoStep, twoStepForms } from "./account-two-step.js";
import { showFailure, wait } from "./pending.js";
import { text } from "./strings.js";

/**
 * @typedef {{ name: string, email: string, locale: string, has_password: boolean, wanted_address: string | null,
 *   erasure: import("./account-erasure.js").Erasure | null }} Account
 */

mount("account-page", (root) => {
  const parts = slot(root, "parts");
  const consent = slotMaybe(root, "consent");
  const mails = slotMaybe(root, "mails");
  const showConsent = async () =>
    consent && (await import("./account-consent.js")).showConsents(consent);
  const showMails = async () => mails && (await import("./account-mails.js")).showMails(mails);
  detailsForm(root);
  addressForm(root);
  passwordForm(root, () => showSignIns(root));
  twoStepForms(root);
  ownDataForm(root);

  /** @param {Account} account */
  const show = (account) => {
    const details = /** @type {HTMLFormElement} */ (slot(root, "details"));
    const locale = /** @type {HTMLSelectElement} */ (details.elements.namedItem("locale"));
    /** @type {HTMLInputElement} */ (details.elements.namedItem("name")).value = account.name;
    if ([...locale.options].some(({ value }) => value === account.locale)) locale.value = account.locale;
    slot(root, "address-now").textContent = text("account.address_now", { email: account.email });
    const sent = slot(root, "address-sent");
    sent.hidden = !account.wanted_address;
    if (account.wanted_address)
      sent.textContent = text("account.address_sent", { email: account.wanted_address });
    slot(root, "no-password").hidden = account.has_password;
    for (const part of ["password", "own-password", "two-step-own-password", "data-password", "erasure-password"])
      slot(root, part).hidden = !account.has_password;
    /** @type {HTMLInputElement} */ (slot(root, "username")).value = account.email;
  };

  const load = async () => {
    const done = wait(root, parts.hidden, text("list.slow"));
    try {
      const [account] = await Promise.all([
        call("GET", "/account"),
        showSignIns(root),
        showConsent(),
        showMails(),
        showTwoStep(root),
      ]);
      if (account.erasure) (await import("./account-erasure.js")).showErasure(root, account.erasure);
      done();
      show(account);
      parts.hidden = false;
      slot(root, "error").hidden = true;
      if (location.hash) document.getElementById(location.hash.slice(1))?.focus();
    } catch (problem) {
      done();
      showFailure(root, text("account.failed"), problem, load);
    }
  };

  addEventListener("pageshow", (event) => event.persisted && load());
  load().then(() => announce(document.title));
});
