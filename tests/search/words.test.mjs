/* The generator and the browser read words alike: every character there is, and a table of cases. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { words } from "../../themes/default/js/search-words.js";

const program = `${process.env.GUICHET_PROGRAMS ?? "build"}/words_of`;

/** @param {string[]} lines */
function generated(lines) {
  const printed = execFileSync(program, { input: lines.map((line) => `${line}\n`).join(""), maxBuffer: 1e9 });
  return printed.toString().split("\n").slice(0, -1);
}

test("every character reads the same in the generator and in the browser", () => {
  const lines = [];
  /* Beyond the basic plane all read alike: some will do. */
  for (let code = 1; code <= 0x10ffff; code += code < 0xffff ? 1 : 97) {
    if (code === 10 || (code >= 0xd800 && code < 0xe000)) continue;
    const c = String.fromCodePoint(code);
    lines.push(`${c} xa${c}bx 木${c}林 ${c}${c}`);
  }
  const found = generated(lines);
  assert.equal(found.length, lines.length);
  const wrong = lines.filter((line, i) => words(line).join(" ") !== found[i]);
  assert.deepEqual(wrong.slice(0, 10), []);
});

test("words are read without case, accents and marks", () => {
  const cases = JSON.parse(readFileSync(new URL("cases.json", import.meta.url), "utf8"));
  const found = generated(cases.map((/** @type {string[]} */ [text]) => text));
  for (const [i, [text, wanted]] of cases.entries()) {
    assert.equal(words(text).join(" "), wanted, `in the browser: ${text}`);
    assert.equal(found[i], wanted, `in the generator: ${text}`);
  }
});
