/** One message of a conversation: who, when, what, and its files. */
import { address } from "./api.js";
import { when } from "./dates.js";
import { clone, showFileName, slot, slotMaybe } from "./dom.js";
import { quotesOf } from "./quotes.js";
import { initials, size, teamName, text } from "./strings.js";

/**
 * @typedef {{ id: string | number, name: string, type: string, size: number }} FileOf
 * @typedef {{ id: string | number, author: { name: string, me: boolean, team: boolean }, internal?: boolean, shown?: boolean,
 *   body: string, removed?: boolean, created_at: string, files: FileOf[] }} Message
 */

const link = /\bhttps?:\/\/[^\s<>"']+/gi;

/** The address without what belongs to the sentence around it. @param {string} found */
function trimmed(found) {
  let url = found.replace(/[.,:;!?»”’*_]+$/u, "");
  while (url.endsWith(")") && url.split(")").length > url.split("(").length) url = url.slice(0, -1);
  return url;
}

/**
 * Text with its http and https addresses as links.
 * @param {string} body
 * @returns {(string | HTMLAnchorElement)[]}
 */
export function linked(body) {
  /** @type {(string | HTMLAnchorElement)[]} */
  const parts = [];
  let at = 0;
  for (const match of body.matchAll(link)) {
    const url = trimmed(match[0]);
    if (!URL.canParse(url)) continue;
    const anchor = document.createElement("a");
    anchor.href = url;
    anchor.rel = "noreferrer nofollow ugc";
    anchor.textContent = url;
    parts.push(body.slice(at, match.index), anchor);
    at = match.index + url.length;
  }
  parts.push(body.slice(at));
  return parts;
}

/** What people wrote, with what they quote, and how they sign, folded away. @param {string} body @returns {(string | HTMLElement)[]} */
function bodyOf(body) {
  /** @type {(string | HTMLElement)[]} */
  const parts = [];
  for (const { quoted, signed, words } of quotesOf(body)) {
    const text = linked(words.replace(/^\n+|\n+$/g, ""));
    if (!quoted && !signed) {
      parts.push(...text);
      continue;
    }
    const fold = clone(document.getElementById(signed ? "signature" : "quote"));
    slot(fold, "words").replaceChildren(...text);
    parts.push(fold);
  }
  return parts;
}

/** Types that the API shows in place; all others are downloads only. */
const pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** @param {number} number @param {FileOf} file */
function fileOf(number, file) {
  const row = clone(document.getElementById("file"));
  const name = /** @type {HTMLAnchorElement} */ (slot(row, "name"));
  name.href = address(`/tickets/${number}/files/${file.id}`);
  name.download = file.name;
  showFileName(name, file.name);
  name.setAttribute("aria-label", text("files.download", { name: file.name, size: size(file.size) }));
  slot(row, "size").textContent = size(file.size);
  const view = slot(row, "view");
  view.hidden = !pictures.includes(file.type);
  view.setAttribute("aria-label", text("files.view", { name: file.name }));
  view.addEventListener("click", () =>
    import("./picture.js").then(({ showPicture }) => showPicture(row, file.name, name.href), () => name.click()),
  );
  return row;
}

/**
 * The element of a message. The reader's own side is told apart from the other: for a customer the
 * customer's, for staff the team's.
 * @param {number} number of the ticket @param {Message} message @param {boolean} staff whether staff reads
 */
export function messageOf(number, message, staff) {
  const { author } = message;
  const item = clone(document.getElementById("message"));
  item.id = `m-${message.id}`;
  item.classList.toggle("message-own", author.team === staff);
  item.classList.toggle("message-team", author.team);
  item.classList.toggle("message-internal", Boolean(message.internal));
  const name = author.team ? teamName(author.name) : author.name;
  slot(item, "initials").textContent = initials(name);
  slot(item, "author").textContent = name;
  const tag = slot(item, "tag");
  tag.hidden = !author.me && !author.team;
  tag.textContent = author.me ? text("ticket.you") : author.team ? text("ticket.team") : "";
  slot(item, "note").hidden = !message.internal;
  /* At the desk each says whether the customer sees it; of a note its own line does. */
  for (const [name, said] of [["seen", true], ["sees", false]]) {
    const line = slotMaybe(item, /** @type {string} */ (name));
    if (line) line.hidden = Boolean(message.internal) || (message.shown !== false) !== said;
  }
  const words = message.removed ? text("words.removed") : message.body;
  slot(item, "body").replaceChildren(...bodyOf(words.replace(/\r\n?/g, "\n").trim()));
  slot(item, "body").classList.toggle("message-removed", Boolean(message.removed));
  /** @type {HTMLAnchorElement} */ (slot(item, "link")).href = `#m-${message.id}`;
  when(slot(item, "time"), message.created_at);
  const files = slot(item, "files");
  files.replaceChildren(...message.files.map((file) => fileOf(number, file)));
  files.hidden = !message.files.length;
  return item;
}
