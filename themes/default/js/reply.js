/**
 * The reply form. A reply shows in the conversation at once, as being sent; then it is there, or it says why
 * not and offers another try (with the same key, so that it never stands there twice) or to edit it.
 */
import { Problem, leaving, words } from "./api.js";
import { announce, slot } from "./dom.js";
import { keepDraft } from "./drafts.js";
import { filePicker } from "./files.js";
import { messageOf } from "./message.js";
import { percent, text } from "./strings.js";
import { upload } from "./upload.js";

/**
 * @param {HTMLElement} root the ticket @param {number} number @param {import("./session.js").Person} person
 * @param {() => void} sent called after each reply that arrived
 */
export function replyForm(root, number, person, sent) {
  const form = /** @type {HTMLFormElement} */ (slot(root, "form"));
  const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("message"));
  const error = /** @type {HTMLElement} */ (document.getElementById("reply-message-error"));
  const picker = filePicker(/** @type {HTMLElement} */ (form.querySelector("[data-module=files]")));
  const draft = keepDraft(form, person.email, String(number), slot(form, "saved"));
  const staff = person.role !== "contact";
  const unsent = new Set();

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

  /** @param {string} body @param {File[]} files */
  function send(body, files) {
    const key = crypto.randomUUID();
    const author = { name: person.name, me: true, team: staff };
    const shown = files.map((file, id) => ({ id, name: file.name, type: file.type, size: file.size }));
    const item = messageOf(
      number,
      { id: key, author, body, created_at: new Date().toISOString(), files: shown },
      staff,
    );
    const bar = /** @type {HTMLProgressElement} */ (slot(item, "progress"));
    for (const link of item.querySelectorAll(".message-head a, .file a")) link.removeAttribute("href");
    slot(root, "messages").append(item);
    unsent.add(key);

    /** @param {string} says @param {boolean} failed */
    const state = (says, failed) => {
      item.classList.toggle("message-failed", failed);
      slot(item, "state").hidden = false;
      slot(item, "state-text").textContent = says;
      bar.hidden = failed;
      slot(item, "retry").hidden = slot(item, "edit").hidden = !failed;
    };

    /** @param {unknown} problem */
    const fail = (problem) => {
      const closed = problem instanceof Problem && problem.code === "reply_closed";
      const says = `${text("reply.failed")} ${closed ? text("reply.refused_closed") : words(problem)}`;
      state(says, true);
      announce(says, "alert");
    };

    const attempt = async () => {
      bar.removeAttribute("value");
      state(text("reply.sending"), false);
      announce(text("reply.sending"));
      const data = new FormData();
      data.set("message", body);
      for (const file of files) data.append("files", file);
      try {
        const answer = await upload(`/tickets/${number}/replies`, data, key, (share) => {
          if (!files.length) return;
          bar.value = share * 100;
          state(text("reply.progress", { percent: percent(share) }), false);
        });
        unsent.delete(key);
        const focused = item.contains(document.activeElement);
        const made = messageOf(number, answer.message, staff);
        item.replaceWith(made);
        if (focused) made.focus();
        if (!field.value) draft.clear();
        announce(text("reply.sent"));
        sent();
      } catch (problem) {
        fail(problem);
      }
    };

    slot(item, "retry").addEventListener("click", () => {
      attempt();
      item.focus();
    });
    slot(item, "edit").addEventListener("click", () => {
      unsent.delete(key);
      item.remove();
      field.value = field.value ? `${body}\n\n${field.value}` : body;
      picker.set([...files, ...picker.files()]);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
    attempt();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = fault();
    refuse(wrong);
    if (wrong) return;
    const [body, files] = [field.value, picker.files()];
    draft.save();
    field.value = "";
    picker.set([]);
    send(body, files);
  });
  field.addEventListener("input", () => error.hidden || refuse(fault()));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  addEventListener("beforeunload", (event) => unsent.size && !leaving && event.preventDefault());
}
