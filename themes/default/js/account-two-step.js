/** Two-step sign-in of one's own account: setting it up, recovery codes, turning it off. */
import { call } from "./api.js";
import { field, sends } from "./account-forms.js";
import { showOnly, slot, tell } from "./dom.js";
import { text } from "./strings.js";

const SVG = "http://www.w3.org/2000/svg";
const PARTS = ["off", "set-up", "codes", "on"];

/** @param {HTMLElement} root @param {string} part */
function show(root, part) {
  showOnly(PARTS.map((each) => slot(root, `two-step-${each}`)), slot(root, `two-step-${part}`));
}

/** @param {{ size: number, path: string }} picture with the quiet margin that cameras need */
function drawn({ size, path }) {
  const svg = document.createElementNS(SVG, "svg");
  const squares = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", `-4 -4 ${size + 8} ${size + 8}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", text("two_step.picture"));
  squares.setAttribute("d", path);
  svg.append(squares);
  return svg;
}

/** Ask how it stands, and show it. Rejects with a Problem. @param {HTMLElement} root */
export async function showTwoStep(root) {
  const { on, codes_left: count, required } = await call("GET", "/account/two-step");
  slot(root, "two-step-left").textContent = text("two_step.codes_left", { count });
  slot(root, "two-step-required").hidden = !required;
  slot(root, "two-step-end").hidden = required;
  show(root, on ? "on" : "off");
}

/** @param {HTMLElement} root @param {string[]} codes shown this once */
function showCodes(root, codes) {
  const all = codes.join("\n");
  const download = /** @type {HTMLAnchorElement} */ (slot(root, "two-step-download"));
  slot(root, "two-step-list").replaceChildren(
    ...codes.map((code) => {
      const item = document.createElement("li");
      item.textContent = code;
      return item;
    }),
  );
  download.href = URL.createObjectURL(new Blob([`${all}\n`], { type: "text/plain" }));
  download.download = "recovery-codes.txt";
  slot(root, "two-step-copy").onclick = async () => {
    await navigator.clipboard.writeText(all);
    tell(text("two_step.copied"));
  };
  slot(root, "two-step-print").onclick = () => print();
  slot(root, "two-step-kept").onclick = async () => {
    slot(root, "two-step-list").replaceChildren();
    URL.revokeObjectURL(download.href);
    await showTwoStep(root);
    document.getElementById("two-step")?.focus();
  };
  show(root, "codes");
  slot(root, "two-step-codes-title").focus();
}

/** @param {HTMLElement} root */
function beginForm(root) {
  sends(
    slot(root, "two-step-begin"),
    async (form) => {
      const json = { password: field(form, "password").value };
      const begun = await call("POST", "/account/two-step", { json });
      form.reset();
      slot(root, "two-step-picture").replaceChildren(drawn(begun.picture));
      slot(root, "two-step-key").textContent = begun.secret;
      /** @type {HTMLAnchorElement} */ (slot(root, "two-step-app")).href = begun.address;
      show(root, "set-up");
      slot(root, "two-step-scan").focus();
    },
    () => text("account.old_wrong"),
  );
}

/** @param {HTMLElement} root */
function confirmForm(root) {
  sends(
    slot(root, "two-step-confirm"),
    async (form) => {
      const json = { code: field(form, "code").value };
      const done = await call("POST", "/account/two-step/confirm", { json });
      form.reset();
      slot(root, "two-step-picture").replaceChildren();
      slot(root, "two-step-key").textContent = "";
      tell(slot(root, "two-step-on-text").textContent ?? "");
      showCodes(root, done.recovery_codes);
    },
    () => text("two_step.code_wrong"),
  );
}

/** @param {HTMLElement} root */
function changeForm(root) {
  let off = false;
  const form_ = slot(root, "two-step-change");
  slot(root, "two-step-end").addEventListener("click", () => (off = true));
  /** @type {HTMLElement} */ (form_.querySelector("[type=submit]")).addEventListener("click", () => (off = false));
  sends(
    form_,
    async (form) => {
      const json = { proof: field(form, "proof").value };
      if (!off) {
        const done = await call("POST", "/account/two-step/codes", { json });
        form.reset();
        return showCodes(root, done.recovery_codes);
      }
      await call("POST", "/account/two-step/off", { json });
      form.reset();
      await showTwoStep(root);
      tell(text("two_step.now_off"));
      document.getElementById("two-step")?.focus();
    },
    () => text("two_step.proof_wrong"),
  );
}

/** @param {HTMLElement} root */
export function twoStepForms(root) {
  beginForm(root);
  confirmForm(root);
  changeForm(root);
}
