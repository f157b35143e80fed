/**
 * People at the desk: the list of contacts or companies, and in its place one of either, as the address says
 * ("?person=20", "?company=3").
 */
import { call } from "./api.js";
import { clone, mount, slot } from "./dom.js";
import { when } from "./dates.js";
import { listing } from "./desk-list.js";
import { showOne } from "./desk-person.js";
import { text } from "./strings.js";

/**
 * @typedef {{ id: number, name: string }} Company
 * @typedef {{ id: number, name: string, email: string, role: string, company: Company | null, created_at: string,
 *   signed_in_at: string | null, disabled: boolean }} Person
 * @typedef {{ id: number, name: string, created_at: string, people: number, open: number, closed: number }} CompanyRow
 */

const query = () => new URLSearchParams(location.search);

/** @param {Person} person */
function personItem(person) {
  const item = clone(document.getElementById("person"));
  const link = /** @type {HTMLAnchorElement} */ (slot(item, "link"));
  link.href = `?person=${person.id}`;
  slot(link, "name").textContent = person.name || person.email;
  slot(item, "email").textContent = person.email;
  slot(item, "company-line").hidden = !person.company;
  slot(item, "company").textContent = person.company?.name ?? "";
  slot(item, "role").hidden = person.role === "contact";
  slot(item, "role").textContent = text(`role.${person.role}`);
  slot(item, "shut-out").hidden = !person.disabled;
  slot(item, "never").hidden = Boolean(person.signed_in_at);
  slot(item, "last-line").hidden = !person.signed_in_at;
  if (person.signed_in_at) when(slot(item, "last"), person.signed_in_at);
  return item;
}

/** @param {CompanyRow} company */
function companyItem({ id, name, people, open, closed }) {
  const item = clone(document.getElementById("company"));
  const link = /** @type {HTMLAnchorElement} */ (slot(item, "link"));
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  link.href = `?company=${id}`;
  slot(link, "name").textContent = name;
  slot(item, "people").textContent = numbers.format(people);
  slot(item, "open").textContent = numbers.format(open);
  slot(item, "closed").textContent = numbers.format(closed);
  return item;
}

/** @param {HTMLElement} root */
function showList(root) {
  const field = /** @type {HTMLInputElement} */ (slot(root, "q"));
  const companies = query().get("view") === "companies";
  const path = companies ? "/desk/companies" : "/desk/people";
  const q = () => query().get("q")?.trim() ?? "";
  slot(root, "view-list").hidden = false;
  slot(root, companies ? "companies" : "contacts").setAttribute("aria-current", "true");
  const list = listing(root, {
    ask: (/** @type {number | null} */ after, signal) => {
      const asked = new URLSearchParams();
      if (q()) asked.set("q", q());
      if (after) asked.set("after", String(after));
      return call("GET", `${path}?${asked}`, { signal });
    },
    item: (row) => (companies ? companyItem(row) : personItem(row)),
    none: () => slot(root, q() ? "none-found" : "none"),
    failed: "desk_erasures.load_failed",
    more: { "/": () => field.focus() },
  });

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;
  const search = () => {
    clearTimeout(typing);
    if (field.value.trim() === q()) return;
    const next = query();
    if (field.value.trim()) next.set("q", field.value.trim());
    else next.delete("q");
    history.replaceState(null, "", `?${next}`);
    list.load();
  };
  field.value = q();
  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(search, 350);
  });
  slot(root, "find").addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  list.load();
}

mount("desk-people", (root) => {
  const [person, company] = ["person", "company"].map((name) => query().get(name));
  if (person || company) showOne(root, person ? "people" : "companies", Number(person ?? company));
  else showList(root);
});
