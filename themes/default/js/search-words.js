/**
 * Words as the help centre's index has them: without case, accents and marks. The programs read articles and
 * tickets in the same way (lib/search_fold.c, search_words.c); a test holds the two against each other.
 */

/** What stands between words: all but letters and digits. */
const gap =
  /[\0-/:-@[-`{-\xa9\xab\xac\xae-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u037a\u037e\u0384\u0385\u0387\u055a-\u055f\u0589\u058a\u05be\u05c0\u05c3\u05f3\u05f4\u060c\u060d\u061b-\u061f\u066a-\u066d\u06d4\u0964\u0965\u0e3f\u0e4f\u0e5a\u0e5b\u104a-\u104f\u17d4-\u17db\u2000-\u200b\u200e-\u206f\u207a-\u207e\u208a-\u208e\u20a0-\u20cf\u2100-\u214f\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f\u30a0\u30fb\u1fbd\u1fbf-\u1fc1\u1fcd-\u1fcf\u1fdd-\u1fdf\u1fed-\u1fef\u1ffd\u1ffe\ue000-\ufdff\ufe10-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uffff\u{10000}-\u{10ffff}]/u;

/** Marks that many leave out when they type. */
const mark =
  /[\xad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c\u200d\ufe00-\ufe0f]/;

/** Latin, Greek, Cyrillic, Armenian, wide Latin: letters with a case, many with a mark of their own. */
const cased = /[A-Z\xaa\xb5\xba\xc0-\u024f\u0370-\u03ff\u0400-\u052f\u0531-\u0556\u1e00-\u1fff\uff10-\uff5a]/;

/** Written without blanks between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese. */
const joined = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff]/;

/** @type {Record<string, string>} */
const spelled = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŧ: "t", ς: "σ" },
  ...{ \u0623: "\u0627", \u0625: "\u0627", \u0622: "\u0627", \u0671: "\u0627", \u0629: "\u0647", \u0649: "\u064a" },
  ...{ \u0624: "\u0648", \u0626: "\u064a", \u06a9: "\u0643", \u06cc: "\u064a" },
};
for (let digit = 0; digit < 10; digit++)
  for (const zero of [0x660, 0x6f0]) spelled[String.fromCharCode(zero + digit)] = String(digit);

/** One character as it is compared: "É" is "e", "ß" is "ss", a mark is nothing. @param {string} c */
export function fold(c) {
  if (mark.test(c)) return "";
  const plain = cased.test(c) ? c.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f\xb7\u02bc\u02be]/g, "") : c;
  return plain.replace(/./gu, (letter) => spelled[letter] ?? letter);
}

/** A whole text as it is compared. @param {string} text */
export const folded = (text) => [...text].map(fold).join("");

/** Is this a character that stands between words? @param {string} c */
export function isGap(c) {
  return gap.test(c) && !mark.test(c);
}

/** Is it of a script that has no blanks between words? @param {string} c */
export function isJoined(c) {
  return joined.test(c);
}

const longest = 24;

/**
 * The words of a text. Where words are written together, each two neighbouring characters are one; single
 * Latin letters are none.
 * @param {string} text
 * @returns {string[]}
 */
export function words(text) {
  /** @type {string[]} */
  const found = [];
  /** @type {string[]} */
  let word = [];
  let run = "";
  let pairs = 0;
  const end = () => {
    if (word.length > 1 || (word[0] && !/[a-z]/.test(word[0]))) found.push(word.slice(0, longest).join(""));
    if (run && !pairs) found.push(run);
    word = [];
    run = "";
    pairs = 0;
  };
  for (const c of text) {
    if (isGap(c)) {
      end();
    } else if (joined.test(c)) {
      if (word.length) end();
      if (run) pairs = found.push(run + c);
      run = c;
    } else {
      const letters = [...fold(c)];
      if (run && letters.length) end();
      word.push(...letters);
    }
  }
  end();
  return found;
}
