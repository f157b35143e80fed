/**
 * The style controls: what one tries in them shows on every page, and is kept by the preview, not by the files.
 *
 * The preview says what stands in each control (GET style) and what is wrong with it (live.js); what one enters
 * goes there as a whole (POST style), one change after the other, the latest of those that came meanwhile.
 */
(() => {
  const panel = /** @type {HTMLElement} */ (document.querySelector("#style"));
  const opener = /** @type {HTMLElement} */ (document.querySelector('[data-style="open"]'));
  const kept = "guichet-preview.style";
  const address = "/__preview/style";
  const NONE = "";
  const GONE = Symbol("gone");

  /**
   * @typedef {{ level: string, message: string, hint: string | null, control: string | null,
   *   member: string | null, file: string | null }} Finding
   * @typedef {Record<string, any>} Overlay
   * @typedef {{ shown: any, changed: boolean, given: boolean, mixed: Record<string, boolean> }} Setting
   * @typedef {{ style: number, overlay: Overlay, theme_settings: object, settings: Record<string, Setting>,
   *   files: Record<string, string[]> }} View
   */

  /** @type {Overlay} */
  let overlay = {};
  /** @type {View | undefined} */
  let view;
  /** @type {Finding[]} */
  let findings = [];
  let taken = 0; // the latest change that was built
  let sending = false;
  let more = false;
  /** @type {EventTarget | null} what is being typed into, or dragged */
  let busy = null;

  /** @template {HTMLElement} E @param {ParentNode} within @param {string} name @returns {E} */
  const part = (within, name) => /** @type {E} */ (within.querySelector(`[data-style="${name}"]`));

  /** @param {string} name @param {string} className @param {string} text */
  function element(name, className, text) {
    const el = document.createElement(name);
    if (className) el.className = className;
    el.textContent = text;
    return el;
  }

  /** @param {number} count @param {string} word */
  const counted = (count, word) => `${count || "No"} ${word}${count === 1 ? "" : "s"}`;

  const settings = /** @type {HTMLElement[]} */ ([...panel.querySelectorAll("[data-setting]")]);
  /** @param {HTMLElement} setting */
  const keyOf = (setting) => /** @type {string} */ (setting.dataset.setting);
  /** @param {HTMLElement} setting */
  const nameOf = (setting) => setting.querySelector(".setting-name > :first-child")?.textContent ?? "";
  /** The fields of a setting that hold its value. @param {HTMLElement} setting */
  const fieldsOf = (setting) =>
    /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([
      ...setting.querySelectorAll("select, input:not([data-style])"),
    ]);

  // --- what stands in a control --------------------------------------------------------------------------

  /** #rgb and what has no # yet, too. @param {string} text @returns {string | null} */
  function colorOf(text) {
    const digits = /^\s*#?([0-9a-f]{6}|[0-9a-f]{3})\s*$/i.exec(text)?.[1].toLowerCase();
    if (!digits) return null;
    return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits}`;
  }

  /** Put a text into a field, unless one is at it. @param {HTMLElement} field @param {string} text */
  function put(field, text) {
    const input = /** @type {HTMLInputElement} */ (field);
    if (busy !== input && input.value !== text) input.value = text;
  }

  /** The other field of the same: a colour's picker, a slider. @param {HTMLElement} setting @param {HTMLInputElement} field */
  function twinOf(setting, { dataset: { style, member } }) {
    const of = member ? `[data-member="${member}"]` : "";
    return /** @type {HTMLElement} */ (
      setting.querySelector(style ? `input:not([data-style])${of}` : `input[data-style]${of}`)
    );
  }

  /** @param {HTMLElement} setting @param {any} shown */
  function putColor(setting, shown) {
    for (const field of fieldsOf(setting)) {
      const member = /** @type {string} */ (field.dataset.member);
      const text = String(shown?.[member] ?? "");
      const picker = /** @type {HTMLInputElement} */ (
        setting.querySelector(`[data-style="picker"][data-member="${member}"]`)
      );
      put(field, text);
      put(picker, colorOf(text) ?? "#000000");
    }
  }

  /** @param {HTMLElement} setting @param {any} shown */
  function putAmount(setting, shown) {
    const [field] = fieldsOf(setting);
    const unit = field.dataset.unit ?? "";
    const text = String(shown ?? "");
    const bare = unit && text.endsWith(unit) ? text.slice(0, -unit.length) : text;
    put(field, bare);
    put(part(setting, "slider"), bare);
  }

  /** @param {HTMLElement} setting @param {any} shown */
  function putTexts(setting, shown) {
    for (const field of fieldsOf(setting)) {
      const tag = /** @type {string} */ (field.dataset.member);
      put(field, typeof shown === "string" ? shown : (shown?.[tag] ?? shown?.["*"] ?? ""));
    }
  }

  /** @param {HTMLElement} setting @param {any} shown */
  function putFile(setting, shown) {
    const select = /** @type {HTMLSelectElement} */ (fieldsOf(setting)[0]);
    const names = view?.files[/** @type {string} */ (setting.dataset.type)] ?? [];
    const current = typeof shown === "string" ? shown : NONE;
    const wanted = [...new Set([...(setting.dataset.type === "image" ? [NONE] : []), ...names, current])];
    if (wanted.join("\n") !== [...select.options].map(({ value }) => value).join("\n"))
      select.replaceChildren(...wanted.map((name) => new Option(name || "None", name)));
    put(select, current);
  }

  /** @param {HTMLElement} setting @param {any} shown */
  function putShown(setting, shown) {
    const [field] = fieldsOf(setting);
    const { type } = setting.dataset;
    if (type === "color") putColor(setting, shown);
    else if (type === "text") putTexts(setting, shown);
    else if (type === "boolean") /** @type {HTMLInputElement} */ (field).checked = shown === true;
    else if (type === "image" || type === "font") putFile(setting, shown);
    else if (setting.querySelector('[data-style="slider"]')) putAmount(setting, shown);
    else put(field, String(shown ?? ""));
  }

  // --- what one enters -----------------------------------------------------------------------------------

  /** A colour on both grounds, so that one of them can be changed. @param {any} said @returns {Overlay} */
  function bothGrounds(said) {
    if (said === undefined) return {};
    return said === null || typeof said === "string" ? { light: said, dark: said } : said;
  }

  /** @param {HTMLElement} setting @param {HTMLInputElement} field @param {boolean} done */
  function readColor(setting, field, done) {
    const member = /** @type {string} */ (field.dataset.member);
    const color = colorOf(field.value);
    if (!color && !done) return undefined;
    if (color) put(twinOf(setting, field), color);
    const { [member]: _, ...rest } = bothGrounds(overlay[keyOf(setting)]);
    const value = field.value.trim() ? { ...rest, [member]: color ?? field.value } : rest;
    return Object.keys(value).length > 0 ? value : GONE;
  }

  /** @param {HTMLElement} setting @param {HTMLInputElement} field @param {boolean} done */
  function readAmount(setting, field, done) {
    const text = field.value.trim();
    const unit = fieldsOf(setting)[0].dataset.unit ?? "";
    const number = /^-?\d+(\.\d+)?$/.test(text);
    if (!number && !done) return undefined;
    if (number) put(twinOf(setting, field), text);
    if (!text) return GONE;
    if (!number) return text;
    return unit ? text + unit : Number(text);
  }

  /** Those that are empty are left out; all of them mean that there is no text. @param {HTMLElement} setting */
  function readTexts(setting) {
    const given = fieldsOf(setting).filter(({ value }) => value);
    return given.length ? Object.fromEntries(given.map(({ dataset, value }) => [dataset.member, value])) : "";
  }

  /**
   * What the overlay says of the setting from now on. GONE: nothing; null: that the theme's default holds;
   * undefined: as before, for one is in the middle of typing.
   * @param {HTMLElement} setting @param {HTMLInputElement} field @param {boolean} done
   */
  function read(setting, field, done) {
    const { type } = setting.dataset;
    if (type === "color") return readColor(setting, field, done);
    if (type === "text") return readTexts(setting);
    if (type === "boolean") return field.checked;
    if (setting.querySelector('[data-style="slider"]')) return readAmount(setting, field, done);
    return field.value.trim() || null;
  }

  /** @param {Event} event @param {boolean} done */
  function entered(event, done) {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const setting = /** @type {HTMLElement | null} */ (field.closest("[data-setting]"));
    if (!setting) return;
    busy = done ? null : field;
    const value = read(setting, field, done);
    const { [keyOf(setting)]: before, ...rest } = overlay;
    const same = value === GONE ? before === undefined : JSON.stringify(value) === JSON.stringify(before);
    if (value !== undefined && !same) say(value === GONE ? rest : { ...rest, [keyOf(setting)]: value });
    else if (done && !sending) show();
  }

  // --- to and from the preview ---------------------------------------------------------------------------

  /** Until the pages show it, or the preview says why not. @param {number} number */
  function untilTaken(number) {
    if (taken >= number) return Promise.resolve();
    return new Promise((/** @type {(value?: unknown) => void} */ done) => {
      const look = () => {
        if (taken < number) return;
        removeEventListener("preview-news", look);
        done();
      };
      addEventListener("preview-news", look);
      setTimeout(done, 10_000);
    });
  }

  async function send() {
    if (sending) {
      more = true;
      return;
    }
    sending = true;
    try {
      do {
        more = false;
        const body = JSON.stringify(overlay);
        const headers = { "Content-Type": "application/json" };
        const answer = await fetch(address, { method: "POST", headers, body });
        if (!answer.ok) throw new Error(await answer.text());
        await untilTaken((await answer.json()).style);
      } while (more);
    } catch (error) {
      tell(`Not shown: ${error instanceof TypeError ? "the preview does not answer" : String(error)}`, true);
      return;
    } finally {
      sending = false;
    }
    await refresh();
  }

  /** @param {Overlay} next */
  function say(next) {
    overlay = next;
    send();
  }

  /** What the preview has it as, which another tab or a file may have changed. */
  async function refresh() {
    if (sending) return;
    const answer = await fetch(address, { cache: "no-store" });
    if (!answer.ok || sending) return;
    view = /** @type {View} */ (await answer.json());
    if (sending) return;
    overlay = view.overlay;
    show();
  }

  // --- what one sees -------------------------------------------------------------------------------------

  /** @param {string} text @param {boolean} failed */
  function tell(text, failed) {
    const count = part(panel, "count");
    if (count.textContent !== text) count.textContent = text;
    count.classList.toggle("failed", failed);
  }

  /** A colour that the message offers is a press away. @param {Finding} finding */
  function offerOf({ control, member, hint }) {
    const color = member === null ? null : colorOf(hint ?? "");
    if (!color || !control || !member) return null;
    const button = element("button", "", `Use ${color}`);
    const swatch = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const square = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    button.setAttribute("type", "button");
    button.dataset.style = "offer";
    button.dataset.color = color;
    button.dataset.member = member;
    swatch.setAttribute("viewBox", "0 0 20 20");
    swatch.setAttribute("aria-hidden", "true");
    for (const [name, value] of Object.entries({ x: "1", y: "1", width: "18", height: "18", rx: "4", fill: color }))
      square.setAttribute(name, value);
    swatch.append(square);
    button.prepend(swatch);
    return button;
  }

  /** @param {Finding} finding */
  function itemOf(finding) {
    const own = `"${finding.control}": `;
    const text = finding.message.startsWith(own) ? finding.message.slice(own.length) : finding.message;
    const item = element("li", finding.level, text.charAt(0).toUpperCase() + text.slice(1));
    const offer = offerOf(finding);
    if (offer) item.append(offer);
    return item;
  }

  /** One for each way out: what the same colour mends is told once, with how much more that is. @param {Finding[]} own */
  function itemsOf(own) {
    /** @type {Map<string, Finding[]>} */
    const alike = new Map();
    for (const finding of own) {
      const name = finding.hint ? `${finding.member} ${finding.hint}` : `${finding.member} ${finding.message}`;
      alike.set(name, [...(alike.get(name) ?? []), finding]);
    }
    return [...alike.values()].map(([first, ...rest]) => {
      const item = itemOf(first);
      const text = rest.length ? `. The same holds for ${counted(rest.length, "more pair")} of colours.` : "";
      item.firstChild?.after(text);
      return item;
    });
  }

  /** @param {HTMLElement} place @param {Finding[]} own */
  function putFindings(place, own) {
    const said = JSON.stringify(own);
    if (place.dataset.said === said) return;
    place.dataset.said = said;
    const list = element("ul", "found", "");
    list.append(...itemsOf(own));
    place.replaceChildren(...(own.length ? [list] : []));
  }

  function showFindings() {
    for (const setting of settings) {
      const own = findings.filter(({ control }) => control === keyOf(setting));
      const wrong = own.filter(({ level }) => level === "error");
      putFindings(part(setting, "found"), own);
      for (const field of fieldsOf(setting)) {
        const about = wrong.some(({ member }) => !member || !field.dataset.member || member === field.dataset.member);
        if (about) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
    }
    const lost = findings.filter(({ file, control }) => file === "style controls" && control === null);
    const elsewhere = part(panel, "elsewhere");
    elsewhere.hidden = lost.length === 0;
    elsewhere.replaceChildren(...lost.map(itemOf));
  }

  function showCount() {
    const changes = counted(Object.keys(overlay).length, "change");
    const errors = findings.filter(({ level }) => level === "error");
    const marked = settings.find((setting) => errors.some(({ control }) => control === keyOf(setting)));
    const where = marked ? `see ${nameOf(marked)}` : counted(errors.length, "error");
    tell(errors.length ? `${changes}, not shown yet: ${where}` : changes, errors.length > 0);
    part(panel, "reset-all").toggleAttribute("disabled", Object.keys(overlay).length === 0);
  }

  /** @param {HTMLElement} setting @param {Setting} now */
  function showSetting(setting, now) {
    putShown(setting, now.shown);
    part(setting, "mark").hidden = !now.changed;
    part(setting, "reset").hidden = !now.changed;
    part(setting, "theme").hidden = !now.given || now.changed;
    for (const mixed of setting.querySelectorAll('[data-style="mixed"]')) {
      const { member } = /** @type {HTMLElement} */ (mixed).dataset;
      /** @type {HTMLElement} */ (mixed).hidden = !now.mixed[/** @type {string} */ (member)];
    }
  }

  function show() {
    if (!view) return;
    for (const setting of settings) {
      const now = view.settings[keyOf(setting)];
      if (now) showSetting(setting, now);
    }
    const text = JSON.stringify(view.theme_settings, null, 2).replaceAll("\n", "\n  ");
    part(panel, "json").textContent = `  "theme_settings": ${text}`; // as it stands in the file
    showFindings();
    showCount();
  }

  // --- buttons -------------------------------------------------------------------------------------------

  async function copy() {
    const button = part(panel, "copy");
    const json = part(panel, "json");
    try {
      await navigator.clipboard.writeText(json.textContent ?? "");
      tell("Copied: paste it into content/portal.json", false);
    } catch {
      getSelection()?.selectAllChildren(json);
      json.scrollIntoView({ block: "nearest" });
      tell("Not copied by itself: it is selected, press Ctrl+C", true);
      return;
    }
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy the settings"), 2000);
  }

  /** What a button in a setting makes of what is said of it. @param {HTMLElement} button @param {any} before */
  function pressedValue({ dataset: { style, member, color } }, before) {
    if (style === "offer") return { ...bothGrounds(before), [member ?? ""]: color };
    return style === "theme" ? null : GONE;
  }

  /** The focus stays in the setting, since the button goes. @param {HTMLElement} setting @param {HTMLElement} button */
  function pressedIn(setting, button) {
    const { [keyOf(setting)]: before, ...rest } = overlay;
    const value = pressedValue(button, before);
    say(value === GONE ? rest : { ...rest, [keyOf(setting)]: value });
    fieldsOf(setting)[0].focus();
  }

  /** @param {Event} event */
  function pressed({ target }) {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("button"));
    const setting = /** @type {HTMLElement | null | undefined} */ (button?.closest("[data-setting]"));
    const what = button?.dataset.style;
    if (button && setting) pressedIn(setting, button);
    else if (what === "close") toggle(false);
    else if (what === "copy") copy();
    else if (what === "reset-all") {
      say({});
      panel.focus();
    }
  }

  /** @param {boolean} open */
  function toggle(open) {
    panel.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    const choice = /** @type {HTMLInputElement} */ (document.querySelector('.choices [name="style"]'));
    choice.disabled = !open;
    const url = new URL(location.href);
    if (open) url.searchParams.set("style", "open");
    else url.searchParams.delete("style");
    history.replaceState(history.state, "", url);
    dispatchEvent(new Event("preview-style"));
    if (!open) return opener.focus();
    panel.focus();
    if (matchMedia("(width < 48rem)").matches) document.querySelector("#states")?.scrollIntoView();
  }

  // --- start ---------------------------------------------------------------------------------------------

  const body = part(panel, "body");
  try {
    body.scrollTop = Number(sessionStorage.getItem(kept));
  } catch {
    // at the top, then
  }
  addEventListener("pagehide", () => {
    try {
      sessionStorage.setItem(kept, String(body.scrollTop));
    } catch {
      // the place in the panel is lost, and nothing else
    }
  });
  panel.addEventListener("input", (event) => entered(event, false));
  panel.addEventListener("change", (event) => entered(event, true));
  panel.addEventListener("click", pressed);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && toggle(false));
  opener.addEventListener("click", () => toggle(panel.hidden));
  opener.hidden = false;
  addEventListener("preview-news", (event) => {
    const news = /** @type {CustomEvent<{ style: number, findings: Finding[] }>} */ (event).detail;
    taken = Math.max(taken, news.style);
    findings = news.findings;
    showFindings();
    refresh();
  });
  dispatchEvent(new Event("preview-style"));
  refresh();
})();
