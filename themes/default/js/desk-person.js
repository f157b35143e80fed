/** One person or company at the desk: what is known, their tickets, and what happened, the newest first. */
import { Problem, call, home } from "./api.js";
import { clone, slot } from "./dom.js";
import { when } from "./dates.js";
import { actionWords } from "./desk-actions.js";
import { listing, ticketAt } from "./desk-list.js";
import { viewAs } from "./desk-nav.js";
import { valueText } from "./properties.js";
import { label, text } from "./strings.js";

/**
 * @typedef {import("./desk-people.js").Person & { locale: string, manager: boolean, groups: string[],
 *   properties: Record<string, import("./properties.js").Value>, has_password: boolean, two_step: boolean,
 *   single_sign_on: boolean, sessions: number, consent_at: string | null, withdrawn_at: string | null,
 *   wants_erasure: boolean, open: number, closed: number }} PersonWhole
 * @typedef {{ at: string, source: "done" | "mail_out" | "mail_in", what: string, detail: string | null,
 *   place: string | null, failed: boolean, person: { id: number, name: string },
 *   ticket: { number: number, subject: string | null } | null }} Happening
 * @typedef {import("./properties.js").Ticket & { requester: { id: number } }} DeskTicket
 */

const shownTickets = 7;
const numbers = new Intl.NumberFormat(document.documentElement.lang);
const yesNo = (/** @type {boolean} */ it) => text(it ? "words.yes" : "words.no");

/** A fact; without a value there is none. @param {HTMLElement} root @param {string} name @param {string | number | null | undefined} value */
function fact(root, name, value) {
  const el = slot(root, `fact-${name}`);
  /** @type {HTMLElement} */ (el.parentElement).hidden = value === null || value === undefined || value === "";
  el.textContent = typeof value === "number" ? numbers.format(value) : (value ?? "");
}

/** A moment as a fact. @param {HTMLElement} root @param {string} name @param {string | null} at @param {string} otherwise */
function moment(root, name, at, otherwise) {
  fact(root, name, otherwise);
  if (at) when(slot(root, `fact-${name}`).appendChild(document.createElement("time")), at);
}

/** A link as a fact. @param {HTMLElement} root @param {string} name @param {string} href */
function linked(root, name, href) {
  const el = slot(root, `fact-${name}`);
  const link = document.createElement("a");
  link.href = href;
  link.appendChild(document.createElement("bdi")).textContent = el.textContent;
  el.replaceChildren(link);
}

/** The admin's own. @param {HTMLElement} root @param {PersonWhole["properties"]} values */
function showProperties(root, values) {
  for (const el of root.querySelectorAll("[data-property]")) {
    const { property = "", type = "text" } = /** @type {HTMLElement} */ (el).dataset;
    const value = values[property];
    /** @type {HTMLElement} */ (el).hidden = value === undefined;
    if (value !== undefined)
      /** @type {HTMLElement} */ (el.querySelector("bdi")).textContent = valueText(
        property,
        /** @type {import("./properties.js").Type} */ (type),
        value,
      );
  }
}

/** @param {string} tag of a language */
function languageName(tag) {
  return new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(tag) ?? tag;
}

/** @param {HTMLElement} root @param {PersonWhole} person */
function showPerson(root, person) {
  fact(root, "email", person.email);
  linked(root, "email", `mailto:${person.email}`);
  fact(root, "company", person.company?.name);
  if (person.company) linked(root, "company", `?company=${person.company.id}`);
  fact(root, "role", text(`role.${person.role}`));
  fact(root, "manager", person.manager ? yesNo(true) : null);
  fact(root, "language", languageName(person.locale));
  fact(root, "groups", person.groups.join(", "));
  moment(root, "last", person.signed_in_at, person.signed_in_at ? " " : text("desk_people.never"));
  fact(root, "sessions", person.sessions);
  fact(root, "password", yesNo(person.has_password));
  fact(root, "two-step", yesNo(person.two_step));
  fact(root, "single", person.single_sign_on ? yesNo(true) : null);
  const { consent_at, withdrawn_at } = person;
  moment(root, "consent", withdrawn_at ?? consent_at, withdrawn_at ? `${text("desk_people.withdrawn")} ` : consent_at ? " " : text("desk_people.none_given"));
  showProperties(root, person.properties);
  const view = slot(root, "view-as");
  view.hidden = person.disabled || person.role !== "contact";
  viewAs(view, { id: person.id, name: person.name || person.email }, "tickets/");
  slot(root, "one-shut-out").hidden = !person.disabled;
  slot(root, "one-erasure").hidden = !person.wants_erasure;
}

/** @param {HTMLElement} root @param {DeskTicket[]} tickets @param {string} all the address of the whole list */
function showTickets(root, tickets, all) {
  slot(root, "tickets").replaceChildren(
    ...tickets.slice(0, shownTickets).map((ticket) => {
      const item = clone(document.getElementById("one-ticket"));
      const link = /** @type {HTMLAnchorElement} */ (slot(item, "ticket"));
      link.href = ticketAt(ticket.number);
      slot(item, "subject").textContent = ticket.subject;
      slot(item, "number").textContent = `#${ticket.number}`;
      slot(item, "status").textContent = text(`status.${ticket.status}`);
      slot(item, "status").classList.add(`chip-${ticket.status}`);
      when(slot(item, "active"), ticket.last_activity_at);
      return item;
    }),
  );
  /** @type {HTMLAnchorElement} */ (slot(root, "all-tickets")).href = all;
}

/** What it was, in words. @param {Happening} event */
function what({ source, what: word }) {
  if (source === "mail_out") return text("desk_people.mail_to", { what: label("kind.", word) });
  if (source === "mail_in") return text(word === "bounce" ? "desk_people.mail_back" : "desk_people.mail_from");
  return actionWords(word);
}

/** @param {Happening} event @param {boolean} ofCompany */
function eventItem(event, ofCompany) {
  const item = clone(document.getElementById("event"));
  const link = /** @type {HTMLAnchorElement} */ (slot(item, "event-ticket"));
  const who = /** @type {HTMLAnchorElement} */ (slot(item, "event-who"));
  item.dataset.source = event.source;
  slot(item, "event-what").textContent = what(event);
  slot(item, "event-failed").hidden = !event.failed;
  when(slot(item, "event-at"), event.at);
  slot(item, "event-ticket-line").hidden = !event.ticket;
  if (event.ticket) {
    link.href = ticketAt(event.ticket.number);
    slot(link, "event-number").textContent = `#${event.ticket.number}`;
    slot(link, "event-subject").textContent = event.ticket.subject ?? "";
  }
  slot(item, "event-who-line").hidden = !ofCompany;
  who.href = `?person=${event.person.id}`;
  who.textContent = event.person.name;
  slot(item, "event-place").hidden = !event.place;
  slot(item, "event-place").textContent = event.place;
  return item;
}

/** @param {HTMLElement} root @param {"people" | "companies"} kind @param {number} id */
export function showOne(root, kind, id) {
  const ofCompany = kind === "companies";
  let missing = !Number.isSafeInteger(id) || id < 1;
  let known = false;

  /** @param {any} one @param {DeskTicket[]} tickets */
  const show = (one, tickets) => {
    const name = one.name || one.email;
    const title = slot(root, "title");
    title.replaceChildren(Object.assign(document.createElement("bdi"), { textContent: name }));
    document.title = document.title.replace(/^[^·|–-]*(?= [·|–-] )/, name);
    moment(root, "since", one.created_at, " ");
    fact(root, "open", one.open);
    fact(root, "closed", one.closed);
    if (ofCompany) fact(root, "people", one.people);
    else showPerson(root, one);
    const filter = new URLSearchParams({ [ofCompany ? "f.company" : "f.requester"]: name, status: "all" });
    showTickets(root, tickets, `${home}desk/?${filter}`);
    slot(root, "no-tickets").hidden = tickets.length > 0;
    slot(root, "view-one").hidden = false;
  };

  /** Those of this very person or company: another may be called the same. @param {any} one @param {AbortSignal} signal */
  const ticketsOf = async (one, signal) => {
    const asked = new URLSearchParams({ [ofCompany ? "f.company" : "f.requester"]: one.name, status: "all" });
    if (!one.name || !(one.open + one.closed)) return [];
    /** @type {{ tickets: DeskTicket[] }} */
    const { tickets } = await call("GET", `/desk/tickets?${asked}`, { signal });
    return tickets.filter((ticket) => (ofCompany ? ticket.company === one.name : ticket.requester.id === id));
  };

  slot(root, "back").hidden = false;
  /** @type {HTMLAnchorElement} */ (slot(root, "back-link")).href = ofCompany ? "?view=companies" : "?";
  for (const el of root.querySelectorAll(ofCompany ? "[data-of=person]" : "[data-of=company]"))
    /** @type {HTMLElement} */ (el).hidden = true;
  listing(root, {
    ask: async (/** @type {string | null} */ after, signal) => {
      const path = `/desk/${kind}/${id}`;
      if (missing) return { rows: [], next: null };
      try {
        const [one, page] = await Promise.all([
          known ? null : call("GET", path, { signal }),
          call("GET", `${path}/timeline${after ? `?after=${after}` : ""}`, { signal }),
        ]);
        if (one) show(one, await ticketsOf(one, signal));
        known = true;
        return page;
      } catch (problem) {
        missing = problem instanceof Problem && problem.status === 404;
        if (!missing) throw problem;
        return { rows: [], next: null };
      }
    },
    item: (/** @type {Happening} */ event) => eventItem(event, ofCompany),
    none: () => slot(root, missing ? "missing" : "nothing"),
    failed: "desk_erasures.load_failed",
  }).load();
}
