/** Filing a ticket: one submission makes one ticket, whatever happens on the way. */
import { again } from "./again.js";
import { Problem, home, leaving, signIn, words } from "./api.js";
import { announce, mount, slot, slotMaybe } from "./dom.js";
import { adopt, keepDraft } from "./drafts.js";
import { answer, fieldChecker, showFields } from "./fields.js";
import { filePicker, shares } from "./files.js";
import { remembered, session } from "./session.js";
import { percent, text } from "./strings.js";
import { upload } from "./upload.js";

/** How long nobody waits for the API to say who one is, in milliseconds. */
const patience = 3000;

/** @param {number} milliseconds @returns {Promise<undefined>} */
function later(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

mount("new-ticket", async (root) => {
  const form = /** @type {HTMLFormElement} */ (slot(root, "form"));
  const button = slot(form, "send");
  const bar = /** @type {HTMLProgressElement} */ (slot(form, "progress"));
  const failed = slot(form, "failed");
  const checker = fieldChecker(root, form);
  const settle = showFields(form, checker.forget);
  const box = /** @type {HTMLElement | null} */ (form.querySelector("[data-module=files]"));
  const picker = box && filePicker(box);
  /** @type {ReturnType<typeof keepDraft> | undefined} */
  let draft;
  /* One key for one content: changed fields or files make a new one, another try of the same does not. */
  let key = crypto.randomUUID();
  let tries = 0;
  let stop = () => {};
  /** @type {FormData | undefined} what is being sent, or tried again */
  let data;
  /** @type {AbortController | undefined} */
  let running;
  form.noValidate = true; // our own words, all at once; without scripts the browser's

  /** What is on its way stays as it is. @param {boolean} on */
  const setBusy = (on) => {
    button.setAttribute("aria-disabled", String(on));
    button.textContent = text(on ? "new.sending" : "new.send");
    bar.hidden = !on;
    bar.removeAttribute("value");
    if (!on) {
      picker?.progress(null);
      running = undefined;
    }
    for (const el of form.querySelectorAll("input:not([type=file]), textarea")) el.toggleAttribute("readonly", on);
    for (const el of form.querySelectorAll("select, .check")) /** @type {HTMLElement} */ (el).inert = on;
  };

  /** @param {number} number */
  const succeed = (number) => {
    setBusy(false);
    draft?.clear();
    const title = slot(root, "done-title");
    title.textContent = text("new.success", { number: String(number) });
    const link = /** @type {HTMLAnchorElement} */ (slot(root, "done-link"));
    link.href = `${home}ticket/?n=${number}`;
    link.textContent = text("new.open", { number: String(number) });
    slot(root, "asking").hidden = true;
    slot(root, "done").hidden = false;
    document.title = `${title.textContent} · ${document.title.split(" · ").pop()}`;
    scrollTo({ top: 0 });
    title.focus();
  };

  /** @param {unknown} problem */
  const explain = (problem) => {
    setBusy(false);
    if (problem instanceof Problem && checker.refuse(problem.errors)) return;
    const when = slot(failed, "again");
    slot(failed, "failed-text").textContent = words(problem);
    when.textContent = "";
    failed.hidden = false;
    if (!tries) {
      failed.focus();
      announce(`${text("new.failed")}. ${words(problem)}`, "alert");
    }
    if (problem instanceof Problem && (problem.passes || problem.wait))
      stop = again(tries++, problem.wait, (words) => (when.textContent = words), send);
  };

  const fields = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-label]")]);
  /** @type {Record<string, any>} of the contact, as the form showed it */
  const known = {};
  const asked = (/** @type {string} */ id) =>
    fields.some((el) => el.dataset.field === id && !el.hidden);

  /** What a link says of the ticket stands in the form, for one to look at and send. */
  const fillFromLink = () => {
    const query = new URLSearchParams(location.search);
    const filled = fields.filter((el) => !("contact" in el.dataset) && answer(el, query.getAll(el.dataset.field ?? "")));
    if (!filled.length) return;
    const note = slot(form, "filled-in");
    note.textContent = text("new.filled_in", { label: filled.map((el) => el.dataset.label).join(", ") });
    note.hidden = false;
    announce(note.textContent);
    settle();
  };

  /** @param {Record<string, any>} properties */
  const fillKnown = (properties) => {
    Object.assign(known, properties);
    for (const el of fields) {
      const value = properties[el.dataset.field ?? ""] ?? [];
      answer(el, Array.isArray(value) ? value : value === false ? [] : [String(value)]);
    }
    settle();
  };

  const contents = () => {
    const entries = new FormData(form);
    /* Empty is not answered; but what was known of the contact and is empty now was taken away. */
    for (const [name, value] of [...entries]) if (value === "" && !known[name]) entries.delete(name);
    for (const name of Object.keys(known)) if (!entries.has(name) && asked(name)) entries.set(name, "");
    if (!box?.closest("[hidden]")) for (const file of picker?.files() ?? []) entries.append("files", file);
    return entries;
  };

  /** @param {number} loaded @param {number} total */
  const progress = (loaded, total) => {
    const files = picker?.files() ?? [];
    bar.value = (loaded / total) * 100;
    if (!files.length) return;
    picker?.progress(shares(files, loaded, total));
    button.textContent = text("new.progress", { percent: percent(loaded / total) });
  };

  async function send() {
    stop();
    running?.abort();
    const mine = (running = new AbortController());
    setBusy(true);
    data ??= contents();
    if (!tries) announce(text("new.sending"));
    draft?.sendAs(key);
    try {
      const answer = await upload(`/tickets?form=${form.dataset.form}`, data, key, progress, mine.signal);
      succeed(answer.number);
    } catch (problem) {
      if (!mine.signal.aborted) explain(problem);
    }
  }

  fillFromLink();
  form.addEventListener("input", (event) => {
    data = undefined;
    stop();
    /* A file that is left out on the way: the rest goes on, under the same key, since the whole may have arrived. */
    if (running && event.target === box) send();
    else key = crypto.randomUUID();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (running) return;
    tries = 0;
    failed.hidden = true;
    data = undefined;
    if (checker.check()) send();
  });
  const help = slotMaybe(root, "suggest");
  const subject = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("subject"));
  /* Read when it is needed; the form works as well without it. */
  if (help && subject)
    subject.addEventListener(
      "input",
      () => void import("./suggest.js").then((module) => module.suggest(help, subject), () => {}),
      { once: true },
    );
  addEventListener("beforeunload", (event) => running && !leaving && event.preventDefault());

  /* What is typed while the API takes its time is kept, too. */
  const found = await Promise.race([session().catch(() => undefined), later(patience)]);
  /* Nobody is signed in: ask first, and come back here. What was typed while the API was down comes along. */
  if (found === null) return void signIn();
  if (found?.viewing) return; // nothing is kept here under another's name
  const email = found?.person.email ?? remembered()?.email ?? "";
  /* Of the form, not of its address, which changes when another form comes or goes. */
  const place = `new/${form.dataset.form}`;
  if (email) await adopt(email, place);
  draft = keepDraft(form, { email, place, status: slot(form, "saved"), picker, restored: settle });
  await draft.ready;
  fillKnown(found?.properties ?? {});
  key = /** @type {typeof key | undefined} */ (draft.submission()) ?? key;
});
