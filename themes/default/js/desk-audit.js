/** The audit log: what was done, by whom, when; what is asked for stands in the address. */
import { Problem, address, call } from "./api.js";
import { clone, isPlainClick, mount, slot } from "./dom.js";
import { when } from "./dates.js";
import { actionKeys, actionWords } from "./desk-actions.js";
import { listing, ticketAt } from "./desk-list.js";
import { label, text } from "./strings.js";

/**
 * @typedef {{ id: number, at: string, action: string, actor: string | null, place: string | null,
 *   ticket: number | null, detail: string | null,
 *   person: { id: number, email: string | null, first_name: string | null, last_name: string | null } | null }} Row
 */

const names = ["action", "person", "from", "to"];

/** What the address asks for, as the API takes it. */
function wanted() {
  const query = new URLSearchParams();
  const here = new URLSearchParams(location.search);
  for (const name of names) {
    const value = here.get(name)?.trim();
    if (value) query.set(name, value);
  }
  return query;
}

/** @param {string} tag @param {string} words @param {string} [name] */
function make(tag, words, name) {
  const el = document.createElement(tag);
  el.textContent = words;
  if (name) el.className = name;
  return el;
}

/** @param {HTMLElement} cell @param {Row} row */
function showWho(cell, { person, actor }) {
  const name = [person?.first_name, person?.last_name].filter(Boolean).join(" ");
  if (person) cell.append(make("bdi", name || person.email || text("desk_audit.number", { number: String(person.id) })));
  if (person?.email && name) cell.append(make("small", person.email));
  if (actor) cell.append(make(person ? "small" : "span", text("desk_audit.machine", { actor })));
  if (!person && !actor) cell.append(make("span", text("desk_audit.nobody"), "nobody"));
}

/** @param {HTMLElement} cell @param {Row} row */
function showAbout(cell, { action, ticket, detail }) {
  if (ticket) {
    const link = /** @type {HTMLAnchorElement} */ (make("a", `#${ticket}`));
    link.href = ticketAt(ticket);
    cell.append(link);
  }
  if (detail) cell.append(make(ticket ? "small" : "bdi", label(action === "mail.quarantine" ? "reason." : "way.", detail)));
  if (!ticket && !detail) cell.append(make("span", "–", "nobody"));
}

/** @param {Row} row */
function rowOf(row) {
  const item = clone(document.getElementById("audit-row"));
  slot(item, "action").textContent = actionWords(row.action);
  slot(item, "action").title = row.action;
  showWho(slot(item, "who"), row);
  showAbout(slot(item, "about"), row);
  slot(item, "place").textContent = row.place ?? "–";
  slot(item, "place").classList.toggle("nobody", !row.place);
  when(slot(item, "at"), row.at);
  return item;
}

mount("desk-audit", (root) => {
  const form = /** @type {HTMLFormElement} */ (slot(root, "filter"));
  const field = (/** @type {string} */ name) =>
    /** @type {HTMLInputElement | HTMLSelectElement} */ (form.elements.namedItem(name));
  const select = /** @type {HTMLSelectElement} */ (field("action"));
  for (const key of actionKeys()) select.append(new Option(label("action.", key), key));

  const list = listing(root, {
    ask: async (/** @type {string | null} */ after, signal) => {
      const query = wanted();
      if (after) query.set("after", after);
      return call("GET", `/audit?${query}`, { signal }).catch((problem) => {
        if (!(problem instanceof Problem) || problem.code !== "bad_input" || !location.search) throw problem;
        history.replaceState(null, "", location.pathname); // an address of long ago, or mistyped
        show();
        return call("GET", "/audit", { signal });
      });
    },
    item: rowOf,
    none: () => slot(root, "none"),
    failed: "desk_audit.load_failed",
    more: { "/": () => field("person").focus() },
  });

  /** What stands in the address stands in the form. An action's dots are told from what the page knows. */
  const show = () => {
    const query = wanted();
    for (const name of names) field(name).value = query.get(name) ?? "";
    select.value = (query.get("action") ?? "").replaceAll(".", "_");
    if (select.selectedIndex < 0) select.value = "";
    slot(root, "clear").hidden = !location.search;
    /** @type {HTMLAnchorElement} */ (slot(root, "export")).href = address(`/audit.jsonl?${query}`);
  };
  const load = () => {
    show();
    list.load();
  };
  /** @param {string} to */
  const go = (to) => {
    history.pushState(null, "", to || location.pathname);
    load();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = new URLSearchParams();
    for (const name of names) if (field(name).value.trim()) query.set(name, field(name).value.trim());
    if (query.has("action")) query.set("action", dotted(query.get("action") ?? ""));
    go(`${query}` && `?${query}`);
  });
  slot(root, "clear").addEventListener("click", (event) => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    go("");
    field("action").focus();
  });
  addEventListener("popstate", load);
  load();
});

/** "two_step_on" -> "two_step.on": the first part may hold "_" itself. @param {string} key */
function dotted(key) {
  const first = ["two_step", "sign_up"].find((each) => key.startsWith(`${each}_`)) ?? key.split("_", 1)[0] ?? "";
  const rest = key.slice(first.length + 1);
  return `${first}.${rest === "follow_up" ? rest : rest.replaceAll("_", ".")}`;
}
