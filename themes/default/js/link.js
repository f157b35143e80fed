/**
 * Pressing a mailed link: one signs in with it, confirms a new address, or gets no more mails of a kind. Its token stands in the fragment, which no
 * server sees; it leaves the address bar at once and stays with the history entry only. Nothing happens before the
 * press of the button: links are opened by mail scanners, too.
 */
import { call, home } from "./api.js";
import { destination, handedOn } from "./destination.js";
import { mount, slot } from "./dom.js";
import { onSend, showTarget } from "./sending.js";
import { text } from "./strings.js";

/** @returns {{ token: string, purpose: string }} */
function take() {
  const brought = new URLSearchParams(location.hash.slice(1));
  const purpose = ["address", "sign-in", "mails"].find((each) => brought.get(each)) ?? "";
  const token = brought.get(purpose);
  if (!token) return history.state?.token ? history.state : { token: "", purpose };
  const found = { token, purpose };
  history.replaceState(found, "", location.pathname + location.search);
  return found;
}

const { token, purpose } = take();
/** @type {Record<string, string>} */
const labels = { "address": "link.send_address", "sign-in": "link.send_sign_in", "mails": "mails.stop" };

mount("link", (root) => {
  const form = /** @type {HTMLFormElement} */ (slot(root, "form"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));

  /** @param {string} id */
  const end = (id) => {
    history.replaceState(null, "", location.pathname);
    showTarget(id);
  };

  if (!token) {
    if (!location.hash) end("e-token_unknown");
    return;
  }
  slot(root, `lead-${purpose}`).hidden = false;
  slot(root, "remember").hidden = purpose !== "sign-in";
  button.textContent = text(labels[purpose] ?? "");
  onSend(
    form,
    text("link.sending"),
    async () => {
      if (purpose === "mails") {
        await call("POST", `/unsubscribes/${encodeURIComponent(token)}`, { json: {} });
        return end("mails-done");
      }
      const remember = new FormData(form).has("remember");
      await call("POST", "/links", { json: { token, remember }, own: ["signed_out", "two_step"] });
      if (purpose === "address") return end("address-done");
      const to = destination();
      history.replaceState(null, "", location.pathname);
      location.replace(to);
    },
    ({ code, status }) => {
      if (code === "two_step") {
        const next = `${home}code/${handedOn()}`;
        history.replaceState(null, "", location.pathname);
        location.replace(next);
        return true;
      }
      const ends = [404, 409, 410].includes(status);
      if (ends) end(status === 404 ? "e-token_unknown" : `e-${code}`);
      return ends;
    },
  );
  button.focus();
});
