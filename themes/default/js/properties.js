/**
 * Values of a ticket's properties as people read them: those that are built in, and the admin's own by their type.
 * What choices are called stands in the page's strings as option.<property>.<value>.
 */
import { when } from "./dates.js";
import { label, statusOf, teamName, text } from "./strings.js";

/** @typedef {"text" | "number" | "date" | "select" | "multi_select" | "checkbox"} Type */
/** @typedef {string | number | boolean | string[]} Value */
/**
 * @typedef {{ number: number, subject: string, status: "open" | "closed", pipeline: string, stage: string,
 *   requester: { name: string, me: boolean }, company: string | null, owner: string | null,
 *   created_at: string, last_activity_at: string, closed_at?: string | null, category?: string | null,
 *   priority?: string | null, source?: string | null, inbox?: string, properties: Record<string, Value> }} Ticket
 */

const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
const days = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });

/**
 * A value of an own property in words. One that is not of its type (the type was changed) is shown as it is.
 * @param {string} id @param {Type} type @param {Value} value
 */
export function valueText(id, type, value) {
  if (Array.isArray(value)) return value.map((each) => label(`option.${id}.`, each)).join("; ");
  if (typeof value === "number") return numbers.format(value);
  if (typeof value === "boolean") return text(value ? "words.yes" : "words.no");
  if (type === "select") return label(`option.${id}.`, value);
  return type === "date" && /^\d{4}-\d\d-\d\d$/.test(value) ? days.format(new Date(value)) : value;
}

/** @type {Record<string, (ticket: Ticket) => string | null | undefined>} */
const words = {
  number: (ticket) => `#${ticket.number}`,
  subject: (ticket) => ticket.subject,
  requester: (ticket) => (ticket.requester.me ? text("list.me") : ticket.requester.name),
  company: (ticket) => ticket.company,
  owner: (ticket) => (ticket.owner ? teamName(ticket.owner) : text("list.no_owner")),
  status: statusOf,
  stage: (ticket) => label(`stage.${ticket.pipeline}.`, ticket.stage),
  pipeline: (ticket) => label("option.pipeline.", ticket.pipeline),
  category: (ticket) => ticket.category && label("option.category.", ticket.category),
  priority: (ticket) => ticket.priority && label("option.priority.", ticket.priority),
  source: (ticket) => ticket.source && label("option.source.", ticket.source),
  inbox: (ticket) => ticket.inbox && label("inbox.", ticket.inbox),
};

/** @type {Record<string, (ticket: Ticket) => string | null | undefined>} */
const moments = {
  created: (ticket) => ticket.created_at,
  last_activity: (ticket) => ticket.last_activity_at,
  closed: (ticket) => ticket.closed_at,
};

/** What people wrote may be of another direction than the page. @param {Node} parent @param {string} said */
function isolate(parent, said) {
  parent.appendChild(document.createElement("bdi")).textContent = said;
}

/** Several choices, one below the other. @param {string} id @param {string[]} values */
function listOf(id, values) {
  const list = document.createElement("ul");
  list.className = "choices";
  for (const value of values) isolate(list.appendChild(document.createElement("li")), label(`option.${id}.`, value));
  return list;
}

/**
 * Write what a ticket has of a property into an element: a <time> for moments, a list of several choices, text for
 * the rest.
 * @param {HTMLElement} el @param {Ticket} ticket @param {string} id @param {Type} type
 * @returns {boolean} false: it has none, and the element is empty
 */
export function showProperty(el, ticket, id, type) {
  const moment = moments[id]?.(ticket);
  const value = ticket.properties[id];
  const said = words[id] ? words[id](ticket) : value === undefined ? null : valueText(id, type, value);
  el.replaceChildren();
  if (moment) when(el.appendChild(document.createElement("time")), moment);
  else if (said && Array.isArray(value) && value.length > 1) el.append(listOf(id, value));
  else if (said) isolate(el, said);
  return Boolean(moment || said);
}
