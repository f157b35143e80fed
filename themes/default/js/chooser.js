/**
 * The chooser of languages. Who has chosen before goes on to that language, and who comes by a domain to its
 * main language; anybody else finds the language that the browser asks for at the top.
 */
import { mount } from "./dom.js";
import { choose, chosen, preferred } from "./language.js";
import { readTab, writeTab } from "./store.js";

/** A home that leads back here would have us go on for ever. */
const patience = 10_000;

/** @param {HTMLAnchorElement} link */
function goOn(link) {
  if (Date.now() - Number(readTab("chooser")) < patience) return false;
  writeTab("chooser", String(Date.now()));
  location.replace(link.href);
  return true;
}

mount("chooser", (list) => {
  const links = [...list.querySelectorAll("a")];
  const known =
    links.find((link) => link.hreflang === chosen()) ??
    links.find((link) => link.dataset["hosts"]?.split(" ").includes(location.host));
  if (known && goOn(known)) return;
  const tag = preferred(links.map((link) => link.hreflang));
  const first = links.find((link) => link.hreflang === tag)?.closest("li");
  if (first) {
    first.dataset["preferred"] = "";
    list.prepend(first);
  }
  list.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (link) choose(link.hreflang);
  });
});
