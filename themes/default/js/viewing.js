/**
 * Somebody of the team sees the portal as a contact does, reading alone: begun at the desk, said on every page, ended
 * on each. Read only then.
 */
import { Problem, call, home, words } from "./api.js";
import { announce, tell } from "./dom.js";
import { lookAs } from "./session.js";
import { readTab, writeTab } from "./store.js";
import { text } from "./strings.js";

/** @typedef {import("./session.js").Viewing} Viewing */

const back = "viewing";

/** How it looks is read only where it is seen. */
function dress() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("../css/viewing.css", import.meta.url).href;
  document.head.append(link);
}

/** Leave for a page that shows it through other eyes. @param {Pick<Viewing, "id" | "name"> | null} whose @param {string} to */
function leaveFor(whose, to) {
  lookAs(whose);
  location.assign(to);
}

/**
 * @param {{ id: number, name: string }} contact @param {string} to the page to begin with, below the language's home
 * @param {HTMLElement} button that was pressed
 */
export async function beginViewing(contact, to, button) {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  try {
    await call("POST", `/desk/people/${contact.id}/viewing`);
    writeTab(back, location.pathname + location.search);
    leaveFor(contact, home + to);
  } catch (problem) {
    button.removeAttribute("aria-disabled");
    tell(problem instanceof Problem && problem.status === 404 ? text("viewing.nobody") : words(problem));
  }
}

/** @param {string} tag @param {string} name @param {(string | Node)[]} content */
function make(tag, name, ...content) {
  const el = document.createElement(tag);
  el.className = name;
  el.append(...content);
  return el;
}

/** The page's matter is not for looking: it says so in its own place. */
export function showShut() {
  const main = document.querySelector("main");
  if (!main || main.querySelector(":scope > .viewing-shut")) return;
  dress();
  for (const el of main.children) /** @type {HTMLElement} */ (el).hidden = true;
  const title = make("h1", "", text("viewing.shut"));
  main.append(make("div", "narrow viewing-shut", make("div", "panel panel-empty", title, make("p", "", text("errors.viewing")))));
  announce(text("viewing.shut"), "alert");
}

/** Say it above everything, with the way out. @param {Viewing} viewing */
export function showViewing({ id, name, until }) {
  const kept = readTab(back);
  const to = kept?.startsWith(`${home}desk/`) ? kept : `${home}desk/people/?person=${id}`;
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
  const [before = "", after = ""] = text("viewing.as").split("{name}");
  const who = make("strong", "viewing-who", make("bdi", "", name));
  const end = make("button", "viewing-end", text("viewing.end"));
  const says = make(
    "p",
    "viewing-says",
    make("span", "", before, who, after),
    make("span", "viewing-until", text("viewing.until", { time: clock.format(new Date(until)) })),
  );
  const banner = make("section", "viewing", says, end);
  banner.setAttribute("aria-label", text("viewing.as", { name }));
  end.addEventListener("click", async () => {
    try {
      await call("DELETE", "/session/viewing");
      leaveFor(null, to);
    } catch (problem) {
      tell(words(problem));
    }
  });
  dress();
  document.querySelector(".skip")?.after(banner);
  for (const el of document.querySelectorAll("[data-writes=told]"))
    el.before(make("p", "note viewing-note", text("viewing.note", { name })));
  announce(text("viewing.as", { name }));
  setTimeout(() => leaveFor(null, to), Math.max(0, Date.parse(until) - Date.now()));
}
