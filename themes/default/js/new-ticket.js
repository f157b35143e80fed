/** Filing a ticket: one submission makes one ticket, whatever happens on the way. */
import { Problem, home, leaving, signIn, words } from "./api.js";
import { announce, mount, slot, slotMaybe } from "./dom.js";
import { keepDraft } from "./drafts.js";
import { fieldChecker, showFields } from "./fields.js";
import { filePicker } from "./files.js";
import { remembered, session } from "./session.js";
import { percent, text } from "./strings.js";
import { upload } from "./upload.js";

mount("new-ticket", async (root) => {
  const form = /** @type {HTMLFormElement} */ (slot(root, "form"));
  const button = slot(form, "send");
  const bar = /** @type {HTMLProgressElement} */ (slot(form, "progress"));
  const failed = slot(form, "failed");
  const checker = fieldChecker(root, form);
  const settle = showFields(form, checker.forget);
  const box = /** @type {HTMLElement | null} */ (form.querySelector("[data-module=files]"));
  const picker = box && filePicker(box);
  /** @type {{ clear: () => void } | undefined} */
  let draft;
  /* One key for one content: changed fields or files make a new one, another try of the same does not. */
  let key = crypto.randomUUID();
  let busy = false;
  form.noValidate = true; // our own words, all at once; without scripts the browser's

  /** @param {boolean} on */
  const setBusy = (on) => {
    busy = on;
    button.setAttribute("aria-disabled", String(on));
    button.textContent = text(on ? "new.sending" : "new.send");
    bar.hidden = !on || !picker?.files().length;
    bar.removeAttribute("value");
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
    key = problem instanceof Problem && problem.code === "conflict" ? crypto.randomUUID() : key;
    if (problem instanceof Problem && checker.refuse(problem.errors)) return;
    slot(failed, "failed-text").textContent = words(problem);
    failed.hidden = false;
    failed.focus();
    announce(`${text("new.failed")}. ${words(problem)}`, "alert");
  };

  const contents = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value === "") data.delete(name);
    if (!box?.closest("[hidden]")) for (const file of picker?.files() ?? []) data.append("files", file);
    return data;
  };

  form.addEventListener("input", () => (key = crypto.randomUUID()));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    failed.hidden = true;
    if (!checker.check()) return;
    setBusy(true);
    announce(text("new.sending"));
    try {
      const answer = await upload("/tickets", contents(), key, (share) => {
        bar.value = share * 100;
        if (!bar.hidden) button.textContent = text("new.progress", { percent: percent(share) });
      });
      succeed(answer.number);
    } catch (problem) {
      explain(problem);
    }
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
  addEventListener("beforeunload", (event) => busy && !leaving && event.preventDefault());

  const found = await session().catch(() => undefined);
  /* Nobody is signed in: ask first, since nobody's draft could be kept on the way. */
  if (found === null) return void signIn();
  const email = found?.person.email ?? remembered()?.email;
  if (email) draft = keepDraft(form, email, "new", slot(form, "saved"));
  settle();
});
