/**
 * The reply form, read when somebody is about to write. A reply shows in the conversation at once, as being
 * sent (see sending-reply.js); what is on its way or was left behind is kept on this device (see unsent.js).
 */
import { leaving } from "./api.js";
import { slot } from "./dom.js";
import { keepDraft } from "./drafts.js";
import { filePicker } from "./files.js";
import { sendReply } from "./sending-reply.js";
import { text } from "./strings.js";
import { unsentReplies } from "./unsent.js";

/**
 * @param {HTMLElement} root the ticket @param {number} number @param {import("./session.js").Person} person
 * @param {() => void} sent called after each reply that arrived
 */
export async function replyForm(root, number, person, sent) {
  const form = /** @type {HTMLFormElement} */ (slot(root, "form"));
  const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("message"));
  const error = /** @type {HTMLElement} */ (document.getElementById("reply-message-error"));
  const picker = filePicker(/** @type {HTMLElement} */ (form.querySelector("[data-module=files]")));
  const { email } = person;
  const place = `${root.dataset.place ?? ""}${number}`;
  /* Whether it is a note comes back with it, and whoever shows that has to know. */
  const restored = () => form.dispatchEvent(new Event("change"));
  const draft = keepDraft(form, { email, place, status: slot(form, "saved"), picker, restored });
  const unsent = unsentReplies(email, place);
  /** @type {Set<string>} keys of those that this page shows */
  const shown = new Set();

  /** @param {string} message */
  const refuse = (message) => {
    error.textContent = message;
    error.hidden = !message;
    if (!message) {
      field.removeAttribute("aria-invalid");
      field.setAttribute("aria-describedby", "reply-hint");
      return;
    }
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "reply-message-error reply-hint");
    field.focus();
  };

  /** What keeps the reply from being sent, or "". */
  const fault = () => {
    const max = Number(field.dataset.max);
    if (!field.value.trim()) return text("reply.empty");
    return [...field.value].length > max ? text("reply.too_long", { max }) : "";
  };

  /** @param {import("./unsent.js").Reply} reply @param {Promise<unknown>} kept */
  const send = (reply, kept) => {
    shown.add(reply.key);
    sendReply({
      root,
      number,
      person,
      reply,
      kept,
      row: picker.row,
      changed: () => unsent.keep(reply),
      done() {
        shown.delete(reply.key);
        unsent.drop(reply.key);
        sent();
      },
      edit() {
        shown.delete(reply.key);
        unsent.drop(reply.key);
        const kind = form.querySelector(`[name=note][value="${reply.note ? "yes" : ""}"]`);
        if (kind) /** @type {HTMLElement} */ (kind).click();
        field.value = field.value ? `${reply.body}\n\n${field.value}` : reply.body;
        picker.set([...reply.files, ...picker.files()]);
        picker.root.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
      },
    });
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = fault();
    refuse(wrong);
    if (wrong) return;
    const note = new FormData(form).get("note") === "yes";
    const reply = { key: crypto.randomUUID(), body: field.value, at: Date.now(), note, files: picker.files() };
    /* From here on it is no draft any more: what is typed meanwhile is another one. */
    const kept = unsent.keep(reply);
    draft.clear();
    field.value = "";
    picker.set([]);
    send(reply, kept);
  });
  field.addEventListener("input", () => error.hidden || refuse(fault()));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  addEventListener("beforeunload", (event) => shown.size && !leaving && event.preventDefault());
  await draft.ready;
  for (const reply of await unsent.left()) if (!shown.has(reply.key)) send(reply, Promise.resolve());
}
