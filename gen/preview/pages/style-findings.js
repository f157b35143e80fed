/** What is wrong with a setting, beside its style control. */
import { colorOf } from "./style-fields.js";

/**
 * @typedef {{ level: string, message: string, hint: string | null, control: string | null,
 *   member: string | null, file: string | null }} Finding
 */

/** @param {string} name @param {string} className @param {string} text */
function element(name, className, text) {
  const el = document.createElement(name);
  if (className) el.className = className;
  el.textContent = text;
  return el;
}

/** @param {number} count @param {string} word */
export const counted = (count, word) => `${count || "No"} ${word}${count === 1 ? "" : "s"}`;

/** @param {string} color */
function swatchOf(color) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const square = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  for (const [name, value] of Object.entries({ x: "1", y: "1", width: "18", height: "18", rx: "4", fill: color }))
    square.setAttribute(name, value);
  svg.append(square);
  return svg;
}

/** A colour that the message names is a press away. @param {Finding} finding */
function offerOf({ member, hint }) {
  const color = member === null ? null : colorOf(hint ?? "");
  if (!color || !member) return null;
  const button = element("button", "", `Use ${color}`);
  button.setAttribute("type", "button");
  Object.assign(button.dataset, { style: "offer", color, member });
  button.prepend(swatchOf(color));
  return button;
}

/** @param {Finding} finding @param {number} more so many others that the same would mend */
function itemOf(finding, more) {
  const own = `"${finding.control}": `;
  const text = finding.message.startsWith(own) ? finding.message.slice(own.length) : finding.message;
  const rest = more > 0 ? `. The same holds for ${counted(more, "more pair")} of colours.` : "";
  const item = element("li", finding.level, text.charAt(0).toUpperCase() + text.slice(1) + rest);
  const offer = finding.control === null ? null : offerOf(finding);
  if (offer) item.append(offer);
  return item;
}

/** One for each way out. @param {Finding[]} findings */
function itemsOf(findings) {
  /** @type {Map<string, Finding[]>} */
  const alike = new Map();
  for (const finding of findings) {
    const name = `${finding.member} ${finding.hint ?? finding.message}`;
    alike.set(name, [...(alike.get(name) ?? []), finding]);
  }
  return [...alike.values()].map(([first, ...rest]) => itemOf(first, rest.length));
}

/** The list of them in its place, which is left alone when nothing is new. @param {HTMLElement} place @param {Finding[]} findings */
export function putFindings(place, findings) {
  const said = JSON.stringify(findings);
  if (place.dataset.said === said) return;
  place.dataset.said = said;
  const list = element("ul", "found", "");
  list.append(...itemsOf(findings));
  place.replaceChildren(...(findings.length ? [list] : []));
}
