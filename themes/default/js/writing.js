/** What writing a reply needs is read when somebody is about to, or when something was begun here before. */
import { slot } from "./dom.js";
import { read } from "./store.js";

/**
 * @param {HTMLElement} root the ticket @param {number} number @param {import("./session.js").Person} person
 * @param {() => void} sent called after each reply that arrived
 */
export function writing(root, number, person, sent) {
  const form = /** @type {HTMLFormElement} */ (slot(root, "form"));
  const begun = ["draft", "unsent"].some((kind) => read(`${kind}.${person.email}.${number}`));
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
      begin().then(() => asked && form.requestSubmit());
    },
    { signal },
  );
  document.addEventListener("drop", (event) => event.preventDefault(), { signal });
  if (begun) begin();
}
