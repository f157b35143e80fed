/**
 * A reply on its way: it stands in the conversation as being sent, with each of its files; then it is there, or it says
 * why not and when it tries again by itself, under the same key, so that it never stands there twice.
 */
import { Problem, words } from "./api.js";
import { again } from "./again.js";
import { announce, announceDone, slot } from "./dom.js";
import { shares, showShares } from "./files.js";
import { messageOf } from "./message.js";
import { percent, text } from "./strings.js";
import { upload } from "./upload.js";

/** What was left behind longer ago than this is sent only when somebody asks for it. */
const fresh = 60 * 60000;

/** The last message that is to be read on the page. @param {HTMLElement} root */
function seen(root) {
  const ids = [...root.querySelectorAll("[id^=m-]")].map(({ id }) => Number(id.slice(2)) || 0);
  return String(Math.max(0, ...ids));
}

/** @param {HTMLElement} root @param {import("./unsent.js").Reply} reply */
function contents(root, { body, files, note }) {
  const data = new FormData();
  data.set("message", body);
  if (root.dataset.path) {
    data.set("note", note ? "yes" : "");
    data.set("seen", seen(root));
  }
  for (const file of files) data.append("files", file);
  return data;
}

/** Why it did not arrive. @param {unknown} problem */
function reason(problem) {
  const closed = problem instanceof Problem && problem.code === "reply_closed";
  return `${text("reply.failed")} ${closed ? text("reply.refused_closed") : words(problem)}`;
}

/**
 * @param {{ root: HTMLElement, number: number, person: import("./session.js").Person,
 *   reply: import("./unsent.js").Reply, kept: Promise<unknown>, row: import("./files.js").FilePicker["row"],
 *   changed: () => Promise<unknown>, done: () => void, edit: () => void }} options
 * `kept` resolves when the reply is safe on this device; `changed` keeps it anew
 */
export function sendReply({ root, number, person, reply, kept, row, changed, done, edit }) {
  const staff = person.role !== "contact";
  const author = { name: person.name, me: true, team: staff };
  const created_at = new Date(reply.at).toISOString();
  const item = messageOf(number, { id: reply.key, author, internal: reply.note, body: reply.body, created_at, files: [] }, staff);
  const bar = /** @type {HTMLProgressElement} */ (slot(item, "progress"));
  const list = slot(item, "files");
  let tries = 0;
  let stop = () => {};
  /** @type {AbortController | undefined} */
  let running;

  /** @param {string} says @param {boolean} failed */
  const state = (says, failed) => {
    item.classList.toggle("message-failed", failed);
    slot(item, "state").hidden = false;
    slot(item, "state-text").textContent = says;
    bar.hidden = failed;
    slot(item, "retry").hidden = slot(item, "edit").hidden = !failed;
  };

  const showFiles = () => {
    list.replaceChildren(...reply.files.map((file) => row(file, () => leaveOut(file))));
    list.hidden = !reply.files.length;
  };

  /** @param {unknown} problem */
  const fail = (problem) => {
    const says = reason(problem);
    showShares(list, null);
    state(says, true);
    if (!tries) announce(says, "alert");
    if (problem instanceof Problem && problem.code === "changed") root.dispatchEvent(new Event("outdated"));
    if (problem instanceof Problem && (problem.passes || problem.wait))
      stop = again(tries++, problem.wait, (when) => state(`${says} ${when}`, true), attempt);
  };

  /** @param {any} message */
  const arrived = (message) => {
    const focused = item.contains(document.activeElement);
    const made = messageOf(number, message, staff);
    document.getElementById(made.id)?.remove();
    item.replaceWith(made);
    if (focused) made.focus();
    announceDone(text("reply.sent"));
    done();
  };

  /** It came too late for its ticket and stands in one of its own. @param {number} to */
  const moved = (to) => {
    done();
    location.assign(`?n=${to}#continued`);
  };

  const attempt = async () => {
    stop();
    running?.abort();
    const mine = (running = new AbortController());
    bar.removeAttribute("value");
    state(text("reply.sending"), false);
    if (!tries) announce(text("reply.sending"));
    await kept;
    try {
      const answer = await upload(
        `${root.dataset.path ?? "/tickets"}/${number}/replies`,
        contents(root, reply),
        reply.key,
        (loaded, total) => {
          if (!reply.files.length || mine.signal.aborted) return;
          bar.value = (loaded / total) * 100;
          showShares(list, shares(reply.files, loaded, total));
          state(text("reply.progress", { percent: percent(loaded / total) }), false);
        },
        mine.signal,
      );
      if (answer.follow_up) moved(answer.follow_up);
      else arrived(answer.message);
    } catch (problem) {
      if (!mine.signal.aborted) fail(problem);
    }
  };

  /** Without this file, under the same key: had it arrived already, the API would say so (a conflict). @param {File} file */
  const leaveOut = (file) => {
    const under_way = bar.hidden === false;
    reply.files = reply.files.filter((each) => each !== file);
    kept = changed();
    showFiles();
    announce(text("files.removed", { name: file.name }));
    item.focus();
    if (under_way) attempt();
  };

  slot(item, "retry").addEventListener("click", () => {
    tries = 0;
    attempt();
    item.focus();
  });
  slot(item, "edit").addEventListener("click", () => {
    stop();
    item.remove();
    edit();
  });
  slot(item, "link").removeAttribute("href");
  showFiles();
  slot(root, "messages").append(item);
  const { missing = [] } = reply;
  if (missing.length) {
    state(`${text("reply.failed")} ${text("files.again", { names: missing.join(", ") })}`, true);
    slot(item, "retry").hidden = true;
  } else if (Date.now() - reply.at < fresh) attempt();
  else state(text("reply.failed"), true);
}
