/**
 * What a message quotes of earlier ones, as programs that answer mails write it: lines that begin with ">", and what
 * follows "On Monday Mia wrote:" or "--- Original message ---", in the shipped languages. And the signature below it.
 */

/** Shorter quotations between one's own lines say what an answer is about. */
const short = 2;

const introduces = new RegExp(
  "^(On .+ wrote|Le .+ a écrit|Am .+ schrieb.*|El .+ escribió|Il .+ ha scritto|Em .+ escreveu|Op .+ schreef.*|" +
    ".+ (napisał|napisała|napisał\\(a\\)|pisze)|.+ (şunu|şunları) yazdı|.+のメール|\\d{4}年.+[<＜].+@.+|.+写道|" +
    ".*(كتب|كتبت|كتابة ما يلي).*)\\s*[:：]$",
  "u",
);
const divides =
  /^[-_ ]{2,}(original message|message d[’']origine|ursprüngliche nachricht|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|(wiadomość oryginalna|oryginalna wiadomość)|özgün i̇?leti|元のメッセージ|原始邮件|الرسالة الأصلية)[-_ ]{2,}$/iu;

/** No introduction is longer. */
const longest = 300;

/** How many lines from `at` on introduce what is quoted below them: mail programs break them. @param {string[]} lines @param {number} at */
function introduction(lines, at) {
  if (divides.test((lines[at] ?? "").slice(0, longest).trim())) return 1;
  for (let count = 1; count <= 3 && at + count <= lines.length; count++) {
    const said = lines.slice(at, at + count).map((line) => line.trim());
    if (said.includes("") || said.some((line) => line.startsWith(">"))) return 0;
    const whole = said.join(" ");
    if (whole.length > longest) return 0;
    if (introduces.test(whole)) return count;
  }
  return 0;
}

/** Where the quotation that begins at `at` ends; `at` itself when there is none. @param {string[]} lines @param {number} at */
function endOf(lines, at) {
  const intro = introduction(lines, at);
  let end = at + intro;
  while (intro && end < lines.length && !lines[end]?.trim()) end++;
  const marked = end;
  while (end < lines.length && lines[end]?.startsWith(">")) end++;
  /* Without marks everything below the introduction is quoted. */
  return intro && end === marked ? lines.length : end;
}

/** Below its dashes (RFC 3676, section 4.3) a signature has no more lines. */
const signs = 12;

/** Where the signature that begins at `at` ends; `at` itself when there is none. @param {string[]} lines @param {number} at */
function endOfSignature(lines, at) {
  if (!/^-- ?$/.test(lines[at] ?? "")) return at;
  let end = at + 1;
  while (end < lines.length && end <= at + signs && endOf(lines, end) === end) end++;
  const whole = end === lines.length || endOf(lines, end) > end;
  return whole && lines.slice(at + 1, end).some((line) => line.trim()) ? end : at;
}

/**
 * The parts of a message, in order. A message that only quotes is its own words.
 * @param {string} body @returns {{ quoted: boolean, signed?: boolean, words: string }[]}
 */
export function quotesOf(body) {
  const lines = body.split("\n");
  /** @type {ReturnType<quotesOf>} */
  const parts = [];
  let own = 0;
  for (let at = 0; at < lines.length; ) {
    const signature = endOfSignature(lines, at);
    const signed = signature > at;
    const end = signed ? signature : endOf(lines, at);
    if (!signed && end - at <= short && !(end > at && end === lines.length)) {
      at = Math.max(end, at + 1);
      continue;
    }
    parts.push({ quoted: false, words: lines.slice(own, at).join("\n") });
    parts.push({ quoted: !signed, signed, words: lines.slice(signed ? at + 1 : at, end).join("\n") });
    at = own = end;
  }
  parts.push({ quoted: false, words: lines.slice(own).join("\n") });
  const said = parts.filter(({ words }) => words.trim());
  return said.some(({ quoted, signed }) => !quoted && !signed) ? said : [{ quoted: false, words: body }];
}
