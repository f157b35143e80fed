/**
 * Closing a ticket, read when somebody is about to: asked once, in the page; done at once; taken back for a few seconds.
 */
import { Problem, call, words } from "./api.js";
import { announce, announceDone, slot } from "./dom.js";
import { text } from "./strings.js";

/** How long it can be undone, as the API has it. */
const undoable = 10000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let over;

/**
 * @param {HTMLElement} root the ticket @param {number} number
 * @param {() => unknown} changed called when it was closed or opened again
 */
export function askToClose(root, number, changed) {
  const [close, ask, done, says, undo, error] = /** @type {HTMLElement[]} */ (
    ["close", "ask", "closed-done", "closed-text", "undo", "closing-error"].map((name) => slot(root, name))
  );
  let busy = false;

  /** One call at a time; what fails is said, and everything stays as it is for another try. @param {string} path @param {string} failed */
  const send = async (path, failed) => {
    if (busy) return null;
    busy = true;
    error.hidden = true;
    try {
      return { answer: await call("POST", `/tickets/${number}/${path}`) };
    } catch (problem) {
      if (problem instanceof Problem && problem.code === "too_late") return late(true);
      error.textContent = `${text(failed)} ${words(problem)}`;
      error.hidden = false;
      announce(error.textContent, "alert");
      return null;
    } finally {
      busy = false;
    }
  };

  /** @param {boolean} aloud */
  const late = (aloud) => {
    clearTimeout(over);
    const focused = document.activeElement === undo;
    undo.hidden = true;
    says.textContent = text("closing.late");
    if (focused) says.focus();
    if (aloud) announce(text("closing.late"), "alert");
    return null;
  };

  const yes = async () => {
    const sent = await send("close", "closing.failed");
    if (!sent) return;
    const time = new Date(Date.now() + undoable).toLocaleTimeString(document.documentElement.lang);
    says.textContent = text("closing.done", { time });
    ask.hidden = true;
    done.hidden = false;
    undo.hidden = !sent.answer.undo_until;
    (undo.hidden ? says : undo).focus();
    announceDone(says.textContent);
    clearTimeout(over);
    if (undo.hidden) late(false);
    else over = setTimeout(late, undoable, false);
    changed();
  };

  const takeBack = async () => {
    if (!(await send("close/undo", "closing.undo_failed"))) return;
    clearTimeout(over);
    undo.hidden = true;
    says.textContent = text("closing.undone");
    says.focus();
    announceDone(says.textContent);
    changed();
  };

  const no = () => {
    ask.hidden = error.hidden = true;
    close.hidden = false;
    close.focus();
  };

  close.hidden = done.hidden = error.hidden = true;
  ask.hidden = false;
  slot(root, "yes").onclick = yes;
  slot(root, "no").onclick = no;
  slot(root, "undo").onclick = takeBack;
  ask.onkeydown = (event) => {
    if (event.key === "Escape") no();
  };
  slot(root, "yes").focus();
}
