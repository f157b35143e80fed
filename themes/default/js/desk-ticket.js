/** A ticket at the desk: replies and notes, by keys too. What is set of it, and who else is there: desk-properties.js. */
import { home } from "./api.js";
import { keys } from "./desk-keys.js";
import { mount, slot, tell } from "./dom.js";
import { session } from "./session.js";
import { text } from "./strings.js";

/** @typedef {import("./ticket.js").Ticket & { requester: { id: number, name: string }, version: number, owner_id: number | null, inbox: string, shown: boolean, me: number, team: { id: number, name: string }[] }} DeskTicket */

mount("ticket", (root) => {
  const form = /** @type {HTMLFormElement} */ (slot(root, "form"));
  const fields = /** @type {HTMLFormElement} */ (slot(root, "set")).elements;
  const [reply, note] = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[name=note]")]);

  /** Whether a note is written stands in the form's colour, in its hint and on its button. */
  const showKind = () => {
    const kind = note?.checked ? "note" : "reply";
    form.classList.toggle("reply-note", kind === "note");
    slot(form, "kind-hint").textContent = text(`desk.hint_${kind}`);
    slot(form, "send").textContent = text(`desk.send_${kind}`);
  };
  /** @param {HTMLInputElement | undefined} kind */
  const write = (kind) => {
    kind?.click();
    /** @type {HTMLElement} */ (form.elements.namedItem("message")).focus();
  };
  /** @param {string} name of a field beside the conversation */
  const set = (name) => {
    /** @type {HTMLDetailsElement} */ (slot(root, "fold")).open = true;
    /** @type {HTMLElement | null} */ (fields.namedItem(name))?.focus();
  };
  /** @param {number} by */
  const step = (by) => {
    const items = /** @type {HTMLElement[]} */ ([...slot(root, "messages").children]);
    const at = items.findIndex((item) => item.contains(document.activeElement));
    items[at < 0 ? items.length - 1 : Math.min(Math.max(at + by, 0), items.length - 1)]?.focus();
  };

  let number = 0;
  const pick = () => {
    const area = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("message"));
    if (form.hidden) return;
    import("./desk-pick.js").then(({ pickReply }) => pickReply(area, number), () => tell(text("errors.network")));
  };

  slot(root, "insert").addEventListener("click", pick);
  form.addEventListener("change", showKind);
  form.addEventListener("input", showKind);
  root.addEventListener("facts", (event) => {
    const ticket = /** @type {CustomEvent<DeskTicket>} */ (event).detail;
    ({ number } = ticket);
    slot(root, "unseen").hidden = ticket.shown;
    showKind();
    import("./desk-requester.js").then(({ showRequester }) => showRequester(root, ticket), () => {});
    import("./desk-properties.js").then(({ showProperties }) => showProperties(root, ticket), () => {});
    import("./desk-beside.js").then(({ lookBeside }) => lookBeside(root, ticket), () => {});
  });
  session().then((who) => who?.person.role === "contact" && !who.viewing && location.replace(`${home}denied/`), () => {});
  keys({
    r: () => write(reply),
    n: () => write(note),
    i: pick,
    a: () => set("owner"),
    s: () => set("stage"),
    p: () => set("priority"),
    m: () => root.dispatchEvent(new Event("take")),
    j: () => step(1),
    k: () => step(-1),
    u: () => slot(root, "back").click(),
  });
});
