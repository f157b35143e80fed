/** Who asked, with the way to all that is known of them, and to the portal as they see it. */
import { home } from "./api.js";
import { viewAs } from "./desk-nav.js";
import { slot } from "./dom.js";
import { text } from "./strings.js";

/** @param {HTMLElement} root @param {import("./desk-ticket.js").DeskTicket} ticket */
export function showRequester(root, { number, requester, company, shown }) {
  const [before, behind] = text("desk.requester").split("{name}");
  const who = document.createElement("a");
  who.href = `${home}desk/people/?person=${requester.id}`;
  who.textContent = requester.name;
  const of = document.createElement("bdi");
  of.textContent = company;
  slot(root, "requester").replaceChildren(before ?? "", who, ...(company ? [" · ", of] : []), behind ?? "");
  viewAs(slot(root, "view-as"), requester, shown ? `ticket/?n=${number}` : "tickets/");
}
