/**
 * Pressing a mailed link: one signs in with it, or confirms a new address. Its token stands in the fragment, which no
 * server sees; it leaves the address bar at once and stays with the history entry only. Nothing happens before the
 * press of the button: links are opened by mail scanners, too.
 */
import { call, home } from "./api.js";
import { destination, handedOn } from "./destination.js";
import { mount, slot } from "./dom.js";
import { onSend, showTarget } from "./sending.js";
import { text } from "./strings.js";

/** @returns {{ token: string, address: boolean }} */
function take() {
  const brought = new URLSearchParams(location.hash.slice(1));
  const address = brought.get("address");
  const token = address ?? brought.get("sign-in");
  if (!token) return history.state?.token ? history.state : { token: "", address: false };
  const found = { token, address: address !== null };
  history.replaceState(found, "", location.pathname + location.search);
  return found;
}

const { token, address } = take();

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
  slot(root, address ? "lead-address" : "lead-sign-in").hidden = false;
  slot(root, "remember").hidden = address;
  button.textContent = text(address ? "link.send_address" : "link.send_sign_in");
  onSend(
    form,
    text("link.sending"),
    async () => {
      const remember = new FormData(form).has("remember");
      await call("POST", "/links", { json: { token, remember }, own: ["signed_out", "two_step"] });
      if (address) return end("address-done");
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
      const ends = status === 410 || status === 409;
      if (ends) end(`e-${code}`);
      return ends;
    },
  );
  button.focus();
});
