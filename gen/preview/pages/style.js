/**
 * The style controls: what one tries in them shows on every page, and is kept by the preview, not by the files.
 * The preview says what stands in each control, and what is wrong with it comes with the news (live.js).
 */
import { bothGrounds, fieldsOf, GONE, keyOf, putShown, read } from "./style-fields.js";
import { counted, putFindings } from "./style-findings.js";
import { hear, isSending, send } from "./style-talk.js";

/**
 * @typedef {import("./style-findings.js").Finding} Finding
 * @typedef {import("./style-talk.js").Overlay} Overlay
 * @typedef {import("./style-talk.js").Setting} Setting
 * @typedef {import("./style-talk.js").View} View
 */

const panel = /** @type {HTMLElement} */ (document.querySelector("#style"));
const opener = /** @type {HTMLElement} */ (document.querySelector('[data-style="open"]'));
const settings = /** @type {HTMLElement[]} */ ([...panel.querySelectorAll("[data-setting]")]);
const kept = "guichet-preview.style";

/** @type {Overlay} */
let overlay = {};
/** @type {View | null} */
let view = null;
/** @type {Finding[]} */
let findings = [];

/** @param {ParentNode} within @param {string} name */
const part = (within, name) => /** @type {HTMLElement} */ (within.querySelector(`[data-style="${name}"]`));

/** @param {HTMLElement} setting */
const nameOf = (setting) => setting.querySelector(".setting-name > :first-child")?.textContent ?? "";

// --- what one sees ---------------------------------------------------------------------------------------

/** @param {string} text @param {boolean} failed */
function tell(text, failed) {
  const count = part(panel, "count");
  if (count.textContent !== text) count.textContent = text;
  count.classList.toggle("failed", failed);
}

/** @param {HTMLElement} setting */
function showFindings(setting) {
  const own = findings.filter(({ control }) => control === keyOf(setting));
  const wrong = own.filter(({ level }) => level === "error");
  putFindings(part(setting, "found"), own);
  for (const field of fieldsOf(setting)) {
    const about = wrong.some(({ member }) => !member || !field.dataset.member || member === field.dataset.member);
    if (about) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
}

function showCount() {
  const changes = counted(Object.keys(overlay).length, "change");
  const errors = findings.filter(({ level }) => level === "error");
  const marked = settings.find((setting) => errors.some(({ control }) => control === keyOf(setting)));
  const where = marked ? `see ${nameOf(marked)}` : counted(errors.length, "error");
  tell(errors.length ? `${changes}, not shown yet: ${where}` : changes, errors.length > 0);
  part(panel, "reset-all").toggleAttribute("disabled", Object.keys(overlay).length === 0);
}

/** @param {HTMLElement} setting @param {Setting} now @param {View} all */
function showSetting(setting, now, all) {
  putShown(setting, now, all.files);
  part(setting, "mark").hidden = !now.changed;
  part(setting, "reset").hidden = !now.changed;
  part(setting, "theme").hidden = !now.given || now.changed;
  for (const mixed of /** @type {NodeListOf<HTMLElement>} */ (setting.querySelectorAll('[data-style="mixed"]')))
    mixed.hidden = !now.mixed[/** @type {string} */ (mixed.dataset.member)];
}

function show() {
  if (!view) return;
  for (const setting of settings) {
    const now = view.settings[keyOf(setting)];
    if (now) showSetting(setting, now, view);
    showFindings(setting);
  }
  const text = JSON.stringify(view.theme_settings, null, 2).replaceAll("\n", "\n  ");
  part(panel, "json").textContent = `  "theme_settings": ${text}`; // as it stands in the file
  putFindings(part(panel, "elsewhere"), findings.filter(({ file, control }) => file === "style controls" && !control));
  showCount();
}

// --- what one does ---------------------------------------------------------------------------------------

async function refresh() {
  view = (await hear()) ?? view;
  if (isSending() || !view) return;
  overlay = view.overlay;
  show();
}

/** @param {Overlay} next */
async function say(next) {
  overlay = next;
  try {
    if (await send(next)) await refresh();
  } catch (error) {
    tell(`Not shown: ${error instanceof TypeError ? "the preview does not answer" : String(error)}`, true);
  }
}

/** @param {HTMLElement} setting @param {any} value */
function sayOf(setting, value) {
  const { [keyOf(setting)]: _, ...rest } = overlay;
  say(value === GONE ? rest : { ...rest, [keyOf(setting)]: value });
}

/** @param {Event} event @param {boolean} done */
function entered({ target }, done) {
  const field = /** @type {HTMLInputElement} */ (target);
  const setting = /** @type {HTMLElement | null} */ (field.closest("[data-setting]"));
  if (!setting) return;
  const before = overlay[keyOf(setting)];
  const value = read(setting, field, done, before);
  const same = value === GONE ? before === undefined : JSON.stringify(value) === JSON.stringify(before);
  if (value !== undefined && !same) sayOf(setting, value);
  else if (done && !isSending()) show();
}

/** What a button in a setting makes of what is said of it. @param {HTMLElement} button @param {any} before */
function pressedValue({ dataset: { style, member, color } }, before) {
  if (style === "offer") return { ...bothGrounds(before), [member ?? ""]: color };
  return style === "theme" ? null : GONE;
}

async function copy() {
  const button = part(panel, "copy");
  const json = part(panel, "json");
  try {
    await navigator.clipboard.writeText(json.textContent ?? "");
  } catch {
    getSelection()?.selectAllChildren(json);
    json.scrollIntoView({ block: "nearest" });
    tell("It could not be copied, but is selected: press Ctrl+C", true);
    return;
  }
  tell("Copied: paste it into content/portal.json", false);
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy the settings"), 2000);
}

/** The focus stays near, since the button goes. @param {Event} event */
function pressed({ target }) {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("button"));
  const setting = /** @type {HTMLElement | null | undefined} */ (button?.closest("[data-setting]"));
  const what = button?.dataset.style;
  if (button && setting) {
    sayOf(setting, pressedValue(button, overlay[keyOf(setting)]));
    const fields = fieldsOf(setting);
    (fields.find(({ dataset }) => dataset.member === button.dataset.member) ?? fields[0]).focus();
  } else if (what === "close") toggle(false);
  else if (what === "copy") copy();
  else if (what === "reset-all") {
    say({});
    panel.focus();
  }
}

/** The address says whether they are open, so that they stay so when another page is chosen. @param {boolean} open */
function toggle(open) {
  const choice = /** @type {HTMLInputElement} */ (document.querySelector('.choices [name="style"]'));
  const url = new URL(location.href);
  panel.hidden = choice.disabled = !open;
  opener.setAttribute("aria-expanded", String(open));
  if (open) url.searchParams.set("style", "open");
  else url.searchParams.delete("style");
  history.replaceState(history.state, "", url);
  dispatchEvent(new Event("preview-style"));
  if (!open) return opener.focus();
  panel.focus();
  if (matchMedia("(width < 48rem)").matches) document.querySelector("#states")?.scrollIntoView();
}

// --- start -----------------------------------------------------------------------------------------------

/** The place in the panel, over another choice. */
function keepPlace() {
  const body = part(panel, "body");
  try {
    body.scrollTop = Number(sessionStorage.getItem(kept));
  } catch {
    return; // the browser keeps nothing
  }
  addEventListener("pagehide", () => sessionStorage.setItem(kept, String(body.scrollTop)));
}

panel.addEventListener("input", (event) => entered(event, false));
panel.addEventListener("change", (event) => entered(event, true));
panel.addEventListener("click", pressed);
panel.addEventListener("keydown", (event) => event.key === "Escape" && toggle(false));
opener.addEventListener("click", () => toggle(panel.hidden));
opener.hidden = false;
addEventListener("preview-news", (event) => {
  findings = /** @type {CustomEvent<{ findings: Finding[] }>} */ (event).detail.findings;
  settings.forEach(showFindings);
  refresh();
});
keepPlace();
dispatchEvent(new Event("preview-style"));
refresh();
