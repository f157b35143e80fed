/**
 * The help centre's search, on this device: reads the few files of the index that a query needs. What they
 * hold is described in gen/content/search.h.
 */
import { fold, isGap, isJoined, words } from "./search-words.js";

/** @typedef {{ title: string, path: string, section: string, summary: string, lang?: string }} Article */
/** @typedef {{ articles: Article[], total: number }} Found */

/** How much a word counts that begins with what was typed, while it may still grow. */
const growing = 0.8;
/** Words of so many letters are telling; shorter ones are mostly those that every text has. */
const full = 5;
/** Of a query's weight, an article must have this share to be worth showing. */
const enough = 0.45;

const hit = /([0-9a-z]*)([A-Y])/g;

/** The last of the sorted keys that is not behind `word`. @param {string[]} keys @param {string} word */
function place(keys, word) {
  let low = 0;
  let high = keys.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (/** @type {string} */ (keys[middle]) <= word) low = middle;
    else high = middle;
  }
  return low;
}

/** How well an indexed word answers a typed one; 0: not at all. @param {string} word @param {string} typed */
function fit(word, typed, grows = false) {
  if (word === typed) return 1;
  if (word.startsWith(typed)) return grows ? growing : typed.length > 2 ? typed.length / word.length : 0;
  /* one that lacks an ending: "ticket" for "tickets" */
  return typed.startsWith(word) && word.length > 3 && word.length > typed.length - 3 ? word.length / typed.length : 0;
}

/** @param {string} base address of the index's folder */
export function searcher(base) {
  /** @type {Map<string, Promise<any>>} */
  const files = new Map();
  /** @param {string} name */
  const load = (name) => {
    const known = files.get(name);
    if (known) return known;
    const loading = fetch(`${base}${name}.json`, { cache: "force-cache" }).then((answer) => {
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return answer.json();
    });
    loading.catch(() => files.delete(name));
    files.set(name, loading);
    return loading;
  };

  /** The number of the file in which a word would stand. @param {any} index @param {string} word */
  const fileOf = async (index, word) => {
    const at = place(index.keys, word);
    if (!index.inner) return at;
    const inner = await load(`n${at}`);
    return inner.first + place(inner.keys, word);
  };

  /**
   * Every word near `typed`, with where it is: in the file where it would stand, the next one, and that of what
   * it may be without its ending.
   * @param {any} index @param {string} typed
   */
  const near = async (index, typed) => {
    const own = await fileOf(index, typed);
    const end = await fileOf(index, `${typed}\uffff`);
    const stem = typed.length > 4 ? await fileOf(index, typed.slice(0, -2)) : own;
    const wanted = new Set([stem, own, Math.min(end, own + 1)]);
    const loaded = await Promise.all([...wanted].map((number) => load(`w${number}`)));
    return loaded.flatMap((file) => Object.entries(/** @type {Record<string, string>} */ (file)));
  };

  /**
   * What one typed word adds to each article, and how telling it is: rare words tell more.
   * @param {any} index @param {string} typed @param {boolean} grows
   */
  const scores = async (index, typed, grows) => {
    /** @type {Map<number, number>} */
    const found = new Map();
    const size = isJoined(typed) || /\d/.test(typed) ? 1 : Math.min(1, typed.length / full);
    let telling = 0;
    for (const [word, text] of await near(index, typed)) {
      const fits = fit(word, typed, grows);
      if (!fits) continue;
      const [, many = "", hits = ""] = /** @type {RegExpExecArray} */ (/^(?:(\w+)!)?(.*)$/.exec(text));
      const all = [...hits.matchAll(hit)];
      const rare = size * Math.log(1 + index.docs / (many ? parseInt(many, 36) : all.length));
      telling = Math.max(telling, rare * fits);
      let at = -1;
      for (const [, step = "", weight = "A"] of all) {
        at += 1 + (step ? parseInt(step, 36) : 0);
        const score = fits * rare * Math.sqrt(weight.charCodeAt(0) - 64);
        if (score > (found.get(at) ?? 0)) found.set(at, score);
      }
    }
    return { found, telling: telling || size * Math.log(1 + index.docs) };
  };

  /**
   * The best articles for what was typed, those for staff behind all others. Without a gap behind it, its last word
   * may still grow. Articles for staff, and what has nothing more telling of it than `least`, are left out where that
   * is given: 1.3 is a word that one article in three has.
   * @param {string} query @param {number} limit
   * @returns {Promise<Found>}
   */
  return async (query, limit, least = 0) => {
    const typed = [...new Set(words(query))].slice(0, 12);
    if (!typed.length) return { articles: [], total: 0 };
    const index = await load("index");
    const grows = !isGap([...query].pop() ?? " ");
    const all = await Promise.all(typed.map((word, i) => scores(index, word, grows && i === typed.length - 1)));
    const telling = all.reduce((sum, one) => sum + one.telling, 0);
    /** @type {Map<number, [number, number, number]>} score, share of the query, the most telling word's weight */
    const sums = new Map();
    for (const one of all)
      for (const [at, score] of one.found) {
        const [sum, share, most] = sums.get(at) ?? [0, 0, 0];
        sums.set(at, [sum + score, share + one.telling / telling, Math.max(most, one.telling)]);
      }
    /* as many ends of its ranges are behind it as beginnings, but for one that is within */
    /** @param {number} at */
    const forStaff = (at) => (index.staff ?? []).filter((/** @type {number} */ end) => end <= at).length % 2;
    const best = [...sums]
      .filter(([at, [, share, most]]) => share > enough && most >= least && !(least && forStaff(at)))
      .sort(
        ([a, [scoreA, shareA]], [b, [scoreB, shareB]]) =>
          forStaff(a) - forStaff(b) || scoreB * shareB - scoreA * shareA || a - b,
      );
    const articles = await Promise.all(
      best.slice(0, limit).map(async ([at]) => {
        const file = await load(`d${Math.floor(at / index.per)}`);
        const [title, path, section, summary, lang] = file[at % index.per];
        return { title, path, section, summary, lang };
      }),
    );
    return { articles, total: best.length };
  };
}

/**
 * Which letters of a word without gaps answer the query: all or none, and where words are written together each
 * two that do.
 * @param {string[]} run @param {string[]} typed
 */
function answers(run, typed) {
  const plain = run.map(fold);
  if (!run.some(isJoined)) {
    const [word] = words(run.join(""));
    const all = word !== undefined && typed.some((one) => fit(word, one, true) > 0);
    return run.map(() => all);
  }
  const pair = plain.map((one, i) => typed.includes(`${one}${plain[i + 1] ?? ""}`));
  return plain.map((one, i) => pair[i] || pair[i - 1] || typed.includes(one));
}

/**
 * A text in pieces, those that answer the query marked.
 * @param {string} text @param {string} query
 */
export function marked(text, query) {
  const typed = words(query);
  /** @type {{ text: string, marked: boolean }[]} */
  const pieces = [];
  /** @param {string} letter @param {boolean} mark */
  const add = (letter, mark) => {
    const last = pieces[pieces.length - 1];
    if (last?.marked === mark) last.text += letter;
    else pieces.push({ text: letter, marked: mark });
  };
  /** @type {string[]} */
  let run = [];
  for (const letter of [...text, "\0"]) {
    if (!isGap(letter)) {
      run.push(letter);
      continue;
    }
    const marks = answers(run, typed);
    run.forEach((one, i) => add(one, marks[i] ?? false));
    run = [];
    if (letter !== "\0") add(letter, false);
  }
  return pieces;
}
