/**
 * Live reload, in every page that the preview serves: style sheets are exchanged in place, anything else
 * reloads the page where it is scrolled to; errors lie over the page, warnings wait in a corner.
 *
 * Browsers open few connections to one host, so only one tab asks for news, the one that holds the lock; it
 * tells the others, and the frames of the grid.
 */
(() => {
  const own = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  const base = "/__preview/";
  const framed = window !== top;
  const channel = new BroadcastChannel("guichet-preview");
  const kept = "guichet-preview.scroll";
  const tab = sessionStorage;
  const ask = fetch.bind(window);
  const later = setTimeout.bind(window);
  const hash = /\/assets\/[0-9a-f]{16}\//;

  /**
   * @typedef {{ level: "error" | "warning", file: string | null, line: number | null, col: number | null,
   *   message: string, hint: string | null, source: string | null, control: string | null,
   *   member: string | null }} Finding
   * @typedef {{ run: string, revision: number, built: number, reload: number, hash: string, states: string,
   *   style: number, findings: Finding[] }} News
   */

  let shown = Number(own.built);
  /** @type {News | undefined} */
  let latest;

  // --- what is new -------------------------------------------------------------------------------------

  function reload() {
    try {
      if (!framed) tab.setItem(kept, JSON.stringify({ path: location.pathname, top: scrollY }));
    } catch {
      // the browser keeps the place by itself, mostly
    }
    location.reload();
  }

  /** What is loaded later pushes the page on: try until the place is reached. */
  function comeBack() {
    /** @type {{ path: string, top: number } | null} */
    let place = null;
    try {
      place = JSON.parse(tab.getItem(kept) ?? "null");
      tab.removeItem(kept);
    } catch {
      return;
    }
    if (!place || framed || place.path !== location.pathname || !place.top) return;
    const until = Date.now() + 3000;
    const top = place.top;
    const attempt = () => {
      scrollTo({ top, behavior: "instant" });
      if (scrollY < top - 1 && Date.now() < until) later(attempt, 50);
    };
    attempt();
  }

  /** The new sheet is in force before the old one goes, so that nothing flashes. @param {string} current */
  function exchangeStyles(current) {
    for (const sheet of document.querySelectorAll('link[rel="stylesheet"]')) {
      const old = /** @type {HTMLLinkElement} */ (sheet);
      const address = old.getAttribute("href") ?? "";
      if (!hash.test(address)) continue;
      const fresh = document.createElement("link");
      fresh.rel = "stylesheet";
      fresh.href = address.replace(hash, `/assets/${current}/`);
      if (fresh.getAttribute("href") === address) continue;
      fresh.addEventListener("load", () => old.remove());
      fresh.addEventListener("error", () => fresh.remove());
      old.after(fresh);
    }
  }

  /** @param {News} news */
  function take(news) {
    latest = news;
    const grid = own.states !== undefined;
    if (news.run !== own.run || (grid ? news.states !== own.states : ("whole" in own ? news.built : news.reload) > shown)) return reload();
    if (news.built > shown) exchangeStyles(news.hash);
    shown = news.built;
    if (!framed) tell(news);
    if (grid) dispatchEvent(new CustomEvent("preview-news", { detail: news }));
  }

  /** The style controls (style.js) came, opened or closed: what they show beside them is not shown over them. */
  addEventListener("preview-style", () => latest && take(latest));
  const styling = () => document.querySelector("#style:not([hidden])") !== null;

  // --- what is wrong -----------------------------------------------------------------------------------

  /** @type {ShadowRoot | undefined} */
  let root;
  let said = "";

  /** @param {string} name @param {string} [className] @param {string | null} [text] */
  function element(name, className = "", text = null) {
    const el = document.createElement(name);
    if (className) el.className = className;
    if (text !== null) el.textContent = text;
    return el;
  }

  /** A shadow root of its own: the page's styles and ours do not meet. */
  function layer() {
    if (root) return root;
    const host = document.createElement("guichet-preview");
    root = host.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = `${base}overlay.css`;
    root.append(style);
    document.documentElement.append(host);
    return root;
  }

  /** The line, with what is wrong in it marked. @param {string} source @param {number | null} col */
  function sourceOf(source, col) {
    const line = element("pre");
    const letters = [...source];
    const from = Math.min(Math.max((col ?? 1) - 1, 0), letters.length);
    const word = /^[\p{L}\p{N}_.-]+/u.exec(letters.slice(from).join(""))?.[0] ?? letters[from] ?? " ";
    line.append(letters.slice(0, from).join(""), element("mark", "", word));
    line.append(letters.slice(from).join("").slice(word.length));
    return line;
  }

  /** @param {Finding} finding */
  function itemOf({ file, line, col, message, source }) {
    const item = element("li");
    const place = [file ?? "", line, col].filter(Boolean).join(":");
    item.append(element("p", "message", message), element("p", "place", place));
    if (source !== null) item.append(sourceOf(source, col));
    return item;
  }

  /** @param {Finding[]} findings */
  function listOf(findings) {
    const list = element("ol");
    list.append(...findings.map(itemOf));
    return list;
  }

  /** @param {number} count @param {string} word */
  const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

  /** @param {Finding[]} errors */
  function errorsOf(errors) {
    const panel = element("section", "errors");
    panel.setAttribute("role", "alert");
    const head = element("div", "head");
    const close = element("button", "", "Hide");
    close.setAttribute("type", "button");
    close.addEventListener("click", () => panel.remove());
    head.append(element("h2", "", counted(errors.length, "error")), close);
    const note = "Below is the last good build. This goes as soon as it is mended.";
    panel.append(head, element("p", "quiet", note), listOf(errors));
    panel.tabIndex = -1;
    panel.addEventListener("keydown", (event) => event.key === "Escape" && panel.remove());
    return panel;
  }

  /** @param {Finding[]} warnings */
  function warningsOf(warnings) {
    const panel = element("details", "warnings");
    panel.append(element("summary", "", counted(warnings.length, "warning")), listOf(warnings));
    return panel;
  }

  /** @param {News} news */
  function tell({ revision, findings: all }) {
    const findings = styling() ? all.filter(({ control }) => control === null) : all;
    const now = JSON.stringify([revision, findings]);
    if (now === said) return;
    said = now;
    for (const old of root?.querySelectorAll("section, details") ?? []) old.remove();
    const errors = findings.filter(({ level }) => level === "error");
    const warnings = findings.filter(({ level }) => level === "warning");
    if (errors.length) layer().append(errorsOf(errors));
    else if (warnings.length) layer().append(warningsOf(warnings));
  }

  // --- who asks ------------------------------------------------------------------------------------------

  const pause = (/** @type {number} */ ms) => new Promise((done) => later(done, ms));

  /** As long as this tab is open. When the preview ends, try until it is there again. */
  async function follow() {
    for (let after = -1; ; ) {
      try {
        const answer = await ask(`${base}news?after=${after}`, { cache: "no-store" });
        /** @type {News} */
        const news = await answer.json();
        after = news.revision;
        channel.postMessage(news);
        take(news);
        await pause(20);
      } catch {
        after = -1;
        await pause(500);
      }
    }
  }

  channel.addEventListener("message", ({ data }) => {
    if (data !== "hello") take(data);
    else if (latest) channel.postMessage(latest);
  });
  addEventListener("load", comeBack, { once: true });
  if (framed) return;
  channel.postMessage("hello");
  if (navigator.locks) navigator.locks.request("guichet-preview", follow);
  else follow();
})();
