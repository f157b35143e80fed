/** What every page has: the account and language menus, the offline banner, and privacy after sign-out. */
import { home, words } from "./api.js";
import { mount, slot, slotMaybe, tell } from "./dom.js";
import { choose } from "./language.js";
import { onSignedOutElsewhere, remembered, sessionIfAny, signOut, whose } from "./session.js";
import { initials, text } from "./strings.js";

mount("menu", (menu) => {
  const details = /** @type {HTMLDetailsElement} */ (menu);
  const close = () => (details.open = false);
  document.addEventListener(
    "click",
    (event) => !details.contains(/** @type {Node} */ (event.target)) && close(),
  );
  details.addEventListener(
    "focusout",
    (event) => event.relatedTarget && !details.contains(/** @type {Node} */ (event.relatedTarget)) && close(),
  );
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    close();
    details.querySelector("summary")?.focus();
  });
});

mount("account", async (account) => {
  const menu = slot(account, "menu");
  /** @type {string | undefined} whose pages these were */
  let shown;
  /** @param {ReturnType<typeof remembered>} person */
  const show = (person) => {
    shown = whose();
    slot(account, "sign-in").hidden = person !== null;
    menu.hidden = person === null;
    const desk = slotMaybe(document, "desk");
    if (desk) desk.hidden = !person?.staff || Boolean(person.as);
    if (!person) return;
    const name = person.as?.name ?? person.name;
    slot(menu, "initials").textContent = initials(name);
    slot(menu, "name").textContent = name;
    slot(menu, "email").textContent = person.as ? "" : person.email;
  };
  slot(menu, "sign-out").addEventListener("click", () => signOut().catch((problem) => tell(words(problem))));
  /* A page that the browser kept for Back must not show what belonged to someone who has signed out since. */
  addEventListener(
    "pageshow",
    (event) => event.persisted && whose() !== shown && location.reload(),
  );
  onSignedOutElsewhere(() => location.reload());
  if (remembered() || !("private" in document.documentElement.dataset)) show(remembered());
  show(await sessionIfAny().then((found) => found && remembered(), remembered));
});

/* The same place in another language: the links take along what the address holds by then, and the page
   that is to follow on signing in follows in that language, too. */
mount("languages", (list) => {
  /** @param {Event} event */
  const follow = (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (!link) return;
    const there = home.replace(/[^/]+\/$/, `${link.hreflang}/`);
    link.search = location.search.replaceAll(encodeURIComponent(home), encodeURIComponent(there));
    link.hash = location.hash;
    if (event.type === "click") choose(link.hreflang);
  };
  for (const type of ["click", "auxclick", "contextmenu"]) list.addEventListener(type, follow);
});

mount("offline", () => {
  const gone = () => tell(text("offline.gone"), text("offline.gone"));
  addEventListener("offline", gone);
  addEventListener("online", () => tell(text("offline.back"), ""));
  if (!navigator.onLine) gone();
});
