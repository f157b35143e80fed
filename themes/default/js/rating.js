/**
 * How it went, read when there is a rating or one can be given. Who asked chooses, says why if they like, and may
 * change it for as long as the ticket is closed; the team reads it. What is typed is a draft as any other.
 */
import { Problem, call, words } from "./api.js";
import { announce, announceDone, slot, slotMaybe } from "./dom.js";
import { keepDraft } from "./drafts.js";
import { text } from "./strings.js";

/** @typedef {{ score: "good" | "bad", comment: string }} Rating */
/** @typedef {{ number: number, may_rate: boolean, rating: Rating | null }} Rated */

/** @type {((ticket: Rated) => void) | undefined} there is one ticket on a page */
let shown;

/** @param {HTMLElement} root @param {import("./session.js").Person} person @param {Rated} ticket */
export function showRating(root, person, ticket) {
  shown ??= ratingPanel(root, person, ticket.number);
  shown(ticket);
}

/** @param {HTMLElement} root @param {import("./session.js").Person} person @param {number} number */
function ratingPanel(root, person, number) {
  const box = slot(root, "rating");
  const form = /** @type {HTMLFormElement} */ (slot(box, "rate"));
  const comment = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("comment"));
  const title = slot(box, "rating-title");
  const error = slot(box, "rating-error");
  const staff = person.role !== "contact";
  /** @type {Rated} */
  let ticket = { number, may_rate: false, rating: null };
  let editing = false;
  let busy = false;

  /** What is chosen, or "". */
  const score = () => /** @type {RadioNodeList} */ (form.elements.namedItem("score")).value;

  /** The comment is asked for once there is something to comment on. */
  const reveal = () => {
    slot(box, "say").hidden = slot(box, "rating-actions").hidden = !score() && !comment.value;
  };

  const render = () => {
    const { may_rate, rating } = ticket;
    const asks = may_rate && (editing || !rating);
    form.hidden = !asks;
    slot(box, "rated").hidden = asks || !rating;
    slot(box, "leave").hidden = !rating;
    box.hidden = !asks && !rating;
    title.textContent = text(asks ? "rating.title" : staff ? "rating.theirs" : "rating.yours");
    slot(box, "change").hidden = !may_rate;
    for (const each of ["good", "bad"]) slot(box, `rated-${each}`).toggleAttribute("hidden", rating?.score !== each);
    if (rating) {
      slot(box, "rated-score").textContent = text(`rating.${rating.score}`);
      slot(box, "rated-comment").textContent = rating.comment;
    }
    slot(box, "rated-comment").hidden = !rating?.comment;
    reveal();
  };

  /** Say what is wrong with a field, or that nothing is. @param {string} name @param {string} says */
  const refuse = (name, says) => {
    const el = slot(box, `${name}-error`);
    el.textContent = says;
    el.hidden = !says;
    const fields = /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(`[name=${name}]`));
    for (const field of fields) {
      field.toggleAttribute("aria-invalid", Boolean(says));
      if (says) field.setAttribute("aria-describedby", el.id);
      else field.removeAttribute("aria-describedby");
    }
    if (says) fields[0]?.focus();
    return !says;
  };

  const isGood = () => {
    const max = Number(comment.dataset.max);
    const long = [...comment.value].length > max;
    const fits = refuse("comment", long ? text("rating.too_long", { max }) : "");
    return refuse("score", score() ? "" : text("rating.choose")) && fits;
  };

  const draft = keepDraft(form, {
    email: person.email,
    place: `${number}.rating`,
    status: slot(box, "rating-saved"),
    restored() {
      editing = Boolean(score() || comment.value);
      render();
    },
  });

  /** @param {() => HTMLElement} focus what has it then */
  const finish = (focus) => {
    draft.clear();
    form.reset();
    editing = false;
    error.hidden = true;
    render();
    focus().focus();
  };

  const send = async () => {
    const rating = /** @type {Rating} */ ({ score: score(), comment: comment.value.trim() });
    busy = true;
    error.hidden = true;
    draft.save();
    try {
      await call("PUT", `/tickets/${number}/rating`, { json: rating });
      ticket = { ...ticket, rating };
      slot(box, "thanks").hidden = false;
      finish(() => title);
      announceDone(text("rating.thanks"));
    } catch (problem) {
      const opened = problem instanceof Problem && problem.code === "not_allowed";
      error.textContent = `${text("rating.failed")} ${opened ? text("rating.open_again") : words(problem)}`;
      error.hidden = false;
      announce(error.textContent, "alert");
    } finally {
      busy = false;
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!busy && isGood()) send();
  });
  form.addEventListener("input", () => {
    reveal();
    refuse("score", "");
    refuse("comment", "");
  });
  comment.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  slot(box, "change").addEventListener("click", () => {
    const { rating } = ticket;
    if (!rating) return;
    editing = true;
    slot(box, "thanks").hidden = true;
    const chosen = /** @type {HTMLInputElement} */ (form.querySelector(`[value=${rating.score}]`));
    chosen.checked = true;
    comment.value = rating.comment;
    render();
    chosen.focus();
  });
  slot(box, "leave").addEventListener("click", () => finish(() => slot(box, "change")));

  /* Who has just closed it and may still undo that keeps the button where it is. */
  const closing = slotMaybe(root, "closing");
  if (closing && !slot(closing, "closed-done").hidden) closing.after(box);

  return (/** @type {Rated} */ now) => {
    ticket = now;
    render();
  };
}
