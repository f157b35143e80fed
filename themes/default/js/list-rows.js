/** The rows of the ticket list: a cell for each column, and where a search was met. */
import { home } from "./api.js";
import { clone } from "./dom.js";
import { showProperty } from "./properties.js";

/** @typedef {{ text: string, hit: boolean }} Piece */
/** @typedef {import("./properties.js").Ticket & { subject_pieces?: Piece[], snippet?: Piece[] }} Ticket */

/** Text with its hits marked. @param {Piece[]} pieces */
function marked(pieces) {
  return pieces.map(({ text, hit }) => {
    if (!hit) return text;
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  });
}

/** @param {string} tag @param {(string | Node)[]} content @param {string} [name] */
function make(tag, content, name) {
  const el = document.createElement(tag);
  el.append(...content);
  if (name) el.className = name;
  return el;
}

/**
 * The row's link fills its first cell or the subject's; the number stands below unless a column has it.
 * @param {HTMLElement} value @param {Ticket} ticket @param {string} id @param {boolean} numbered @param {string} to
 */
function showLink(value, ticket, id, numbered, to) {
  const link = document.createElement("a");
  link.className = "row-link";
  link.dataset.slot = "link";
  link.href = `${home}${to}?n=${ticket.number}`;
  const subject = make("bdi", marked(ticket.subject_pieces ?? [{ text: ticket.subject, hit: false }]));
  link.append(...(id === "subject" ? [subject] : value.childNodes));
  value.replaceChildren(link);
  if (!numbered) value.append(make("span", [`#${ticket.number}`], "number"));
  if (ticket.snippet?.length) value.append(make("bdi", marked(ticket.snippet), "snippet"));
}

/**
 * @param {Element | null} template @param {Ticket} ticket
 * @param {boolean} staff who see whose company it is, besides the name
 * @param {string} to the page of a ticket
 */
export function rowOf(template, ticket, staff, to) {
  const row = clone(template);
  const cells = /** @type {HTMLElement[]} */ ([...row.children]);
  /** @param {string} id */
  const has = (id) => cells.some((cell) => cell.dataset.column === id);
  const main = cells.find((cell) => cell.dataset.column === "subject") ?? cells[0];
  for (const cell of cells) {
    const { column = "", type } = cell.dataset;
    const value = /** @type {HTMLElement} */ (cell.lastElementChild);
    const known = showProperty(value, ticket, column, /** @type {import("./properties.js").Type} */ (type));
    cell.classList.toggle("nobody", !known || (column === "owner" && !ticket.owner));
    if (!known) value.textContent = "–";
    if (column === "status") value.className = `chip chip-${ticket.status}`;
    if (column === "requester" && staff && ticket.company && !has("company"))
      value.append(make("small", [make("bdi", [ticket.company])]));
    if (cell !== main) continue;
    cell.classList.add("cell-main");
    showLink(value, ticket, column, has("number"), to);
  }
  return row;
}
