/** How long one has to wait before the next try, counted down where the message stands. */
import { Problem } from "./api.js";
import { text } from "./strings.js";

/** So long a wait, in seconds, is told by the clock: nobody counts it down. */
const long = 600;

/** @param {number} moment in milliseconds */
function clock(moment) {
  const today = new Date().toDateString() === new Date(moment).toDateString();
  /** @type {Intl.DateTimeFormatOptions} */
  const how = today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(document.documentElement.lang, how).format(moment);
}

/**
 * Say that there were too many tries. When the wait is over the message goes. Returns what stops it.
 * @param {HTMLElement} message @param {unknown} problem @returns {() => void}
 */
export function sayLimit(message, problem) {
  const wait = problem instanceof Problem ? problem.wait : 0;
  const until = Date.now() + wait * 1000;
  const say = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (!wait) message.textContent = text("limit.now");
    else if (left > long) message.textContent = text("limit.until", { time: clock(until) });
    else message.textContent = text("limit.for", { count: Math.max(left, 1) });
    message.hidden = wait > 0 && left <= 0;
    if (wait > 0 && left <= 0) stop();
  };
  const timer = wait ? setInterval(say, 1000) : undefined;
  const stop = () => clearInterval(timer);
  say();
  message.focus();
  return stop;
}
