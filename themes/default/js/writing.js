/** What writing a reply needs is read when somebody is about to, or when something was begun here before. */
import { Problem, words } from "./api.js";
import { announce, slot } from "./dom.js";
import { read } from "./store.js";
import { text } from "./strings.js";

/** How soon it is read anyway, in milliseconds, so that it is there should the way to it be cut while one thinks. */
const soon = 3000;

/** It could not be read: what was typed stays in the field. */
function tellFailure() {
  const error = /** @type {HTMLElement} */ (document.getElementById("reply-message-error"));
  error.textContent = `${text("reply.failed")} ${words(new Problem(0, "network"))}`;
  error.hidden = false;
  announce(error.textContent, "alert");
}

/**
 * @param {HTMLElement} root the ticket @param {number} number @param {import("./session.js").Person} person
 * @param {() => void} sent called after each reply that arrived
 */
export function writing(root, number, person, sent) {
  const form = /** @type {HTMLFormElement} */ (slot(root, "form"));
  const begun = ["draft", "unsent"].some((kind) => read(`${kind}.${person.email}.${root.dataset.place ?? ""}${number}`));
  const stop = new AbortController();
  const { signal } = stop;
  /** @type {Promise<void> | undefined} */
  let asked;

  const begin = () =>
    (asked ??= import("./reply.js").then(
      ({ replyForm }) => {
        stop.abort();
        return replyForm(root, number, person, sent);
      },
      () => (asked = undefined),
    ));

  for (const kind of ["focusin", "change"]) form.addEventListener(kind, begin, { signal });
  for (const kind of ["paste", "dragover"]) document.addEventListener(kind, begin, { signal });
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      begin().then(() => (asked ? form.requestSubmit() : tellFailure()));
    },
    { signal },
  );
  document.addEventListener("drop", (event) => event.preventDefault(), { signal });
  if (begun) begin();
  else setTimeout(begin, soon);
}
