/**
 * Mail that is held back: who says to have sent it, why it waits, what it says (as text alone), and the decision:
 * into a ticket, or away.
 */
import { call, words } from "./api.js";
import { clone, showFileName, slot, tell } from "./dom.js";
import { when } from "./dates.js";
import { acting, leave, ticketAt } from "./desk-list.js";
import { label, size, text } from "./strings.js";

/**
 * @typedef {{ number: number, received_at: string, reason: string, sender: string, subject: string, bytes: number }} Held
 * @typedef {Held & { sender_name: string, text: string, files: { name: string, size: number }[] }} Letter
 */

/** @param {{ name: string, size: number }} file */
function fileItem({ name, size: bytes }) {
  const item = document.createElement("li");
  const label_ = document.createElement("bdi");
  const weight = document.createElement("span");
  item.className = "file";
  label_.className = "file-name";
  weight.className = "file-size";
  showFileName(label_, name);
  weight.textContent = size(bytes);
  item.append(label_, weight);
  return item;
}

/** @param {HTMLElement} item @param {Letter} letter */
function showLetter(item, letter) {
  const name = slot(item, "name");
  name.hidden = !letter.sender_name;
  /** @type {HTMLElement} */ (name.lastElementChild).textContent = letter.sender_name;
  slot(item, "text").textContent = letter.text || text("desk_mail.no_text");
  slot(item, "text").classList.toggle("quiet", !letter.text);
  slot(item, "files").replaceChildren(...letter.files.map(fileItem));
}

/** Read when somebody wants to, once. @param {HTMLElement} item @param {Held} mail */
function opens(item, { number }) {
  const details = /** @type {HTMLDetailsElement} */ (item.querySelector("details"));
  let read = false;
  details.addEventListener("toggle", async () => {
    if (!details.open || read) return;
    read = true;
    try {
      showLetter(item, await call("GET", `/quarantine/${number}`));
    } catch (problem) {
      read = false;
      slot(item, "text").textContent = words(problem);
    }
  });
}

/** Ask once: it does not come back. @param {string} what @returns {Promise<boolean>} */
function sure(what) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("discard"));
  slot(dialog, "discard-what").textContent = what;
  slot(dialog, "discard-yes").onclick = () => dialog.close("yes");
  slot(dialog, "discard-no").onclick = () => dialog.close("");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((then) =>
    dialog.addEventListener("close", () => then(dialog.returnValue === "yes"), { once: true }),
  );
}

/** The row's place says where it is now. @param {HTMLElement} item @param {number} number of the ticket */
function becomes(item, number) {
  const done = clone(document.getElementById("held-done"));
  const says = slot(done, "done");
  const link = document.createElement("a");
  const [before, behind] = text("desk_mail.accepted").split("{number}");
  link.href = ticketAt(number);
  link.textContent = `#${number}`;
  says.append(before ?? "", link, behind ?? "");
  item.replaceWith(done);
  done.focus();
  tell(text("desk_mail.accepted", { number: `#${number}` }));
}

/** @param {Held} mail @param {() => void} isEmpty @param {() => void} changed */
export function heldItem(mail, isEmpty, changed) {
  const item = clone(document.getElementById("held"));
  slot(item, "subject").textContent = mail.subject || "–";
  slot(item, "reason").textContent = label("reason.", mail.reason);
  slot(item, "sender").textContent = mail.sender;
  slot(item, "size").textContent = size(mail.bytes);
  when(slot(item, "received"), mail.received_at);
  opens(item, mail);
  const own = { not_found: "desk_mail.gone", not_allowed: "desk_mail.not_let_in" };
  slot(item, "accept").addEventListener("click", () =>
    acting(
      item,
      async () => {
        const { ticket } = await call("POST", `/quarantine/${mail.number}/accept`);
        becomes(item, ticket);
        changed();
      },
      own,
    ),
  );
  slot(item, "discard").addEventListener("click", async () => {
    if (!(await sure(mail.subject))) return;
    acting(
      item,
      async () => {
        await call("POST", `/quarantine/${mail.number}/discard`);
        tell(text("desk_mail.discarded"));
        leave(item, isEmpty);
        changed();
      },
      own,
    );
  });
  return item;
}
