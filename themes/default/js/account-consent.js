/** What one has agreed to, and withdrawing it. */
import { call, words } from "./api.js";
import { clone, slot, tell } from "./dom.js";
import { when } from "./dates.js";
import { text } from "./strings.js";

/** @typedef {{ version: string, text: string, given_at: string, withdrawn_at: string | null }} Consent */

/** @param {HTMLElement} section @param {Consent} consent */
function itemOf(section, consent) {
  const item = clone(section.querySelector("template"));
  slot(item, "given").textContent = text("consent.given");
  when(slot(item, "given-at"), consent.given_at);
  slot(item, "ended").hidden = !consent.withdrawn_at;
  slot(item, "withdrawn").textContent = text("consent.withdrawn");
  if (consent.withdrawn_at) when(slot(item, "withdrawn-at"), consent.withdrawn_at);
  slot(item, "words").textContent = consent.text;
  return item;
}

/** Ask what it is, and show it. Rejects with a Problem. @param {HTMLElement} section */
export async function showConsents(section) {
  /** @type {{ consents: Consent[] }} */
  const { consents } = await call("GET", "/account/consents");
  slot(section, "consents").replaceChildren(...consents.map((each) => itemOf(section, each)));
  slot(section, "consent-holds").hidden = !consents.some((each) => !each.withdrawn_at);
  section.hidden = !consents.length;
  slot(section, "withdraw").onclick = async () => {
    const problem = slot(section, "consent-problem");
    problem.hidden = true;
    try {
      await call("POST", "/account/consents/withdraw");
      await showConsents(section);
      tell(text("consent.done"));
      document.getElementById("consent")?.focus();
    } catch (error) {
      problem.textContent = words(error);
      problem.hidden = false;
      problem.focus();
    }
  };
}
