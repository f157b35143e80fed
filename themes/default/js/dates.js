/** Times: relative where people read, absolute on hover and for machines; kept fresh while one looks. */

const language = document.documentElement.lang;
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const exact = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
const dayAndYear = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric" });

/**
 * Seconds up to which a unit is used, and its own length.
 * @type {[number, Intl.RelativeTimeFormatUnit, number][]}
 */
const steps = [
  [60, "second", 60],
  [3600, "minute", 60],
  [86400, "hour", 3600],
  [7 * 86400, "day", 86400],
];

/** "3 hours ago"; a date when it is more than a week away. @param {Date} date */
function inWords(date) {
  const seconds = (date.getTime() - Date.now()) / 1000;
  for (const [limit, unit, length] of steps)
    if (Math.abs(seconds) < limit) return relative.format(Math.trunc(seconds / length) || 0, unit);
  return (date.getFullYear() === new Date().getFullYear() ? day : dayAndYear).format(date);
}

/** Write a moment into a <time>. @param {HTMLElement} el @param {string} iso */
export function when(el, iso) {
  const date = new Date(iso);
  el.setAttribute("datetime", iso);
  el.title = exact.format(date);
  el.textContent = inWords(date);
}

setInterval(() => {
  for (const el of document.querySelectorAll("time[datetime]"))
    when(/** @type {HTMLElement} */ (el), el.getAttribute("datetime") ?? "");
}, 60000);
