/**
 * A page in a state: what the theme's fixture says of it comes about. Runs before the page's own scripts.
 *
 * What the device remembers is this page's own, since dozens of frames are open at once; requests that are to
 * be late, in vain or without an answer are held here, since browsers open few connections to one host. All
 * others are answered by the preview over HTTP, as the API would.
 */
(() => {
  const own = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  /**
   * @typedef {{ request: string, outcome: "answer" | "never" | "network", delay: number, after?: string | null }} Rule
   * @typedef {{ wait?: string, press?: string, fill?: string, with?: string }} Step
   * @type {{ id: string, offline: boolean, patience?: number | null, device: Record<string, unknown>,
   *   rules: Rule[], steps?: Step[] | null }}
   */
  const state = JSON.parse(own.state ?? "{}");
  const page = document.documentElement;
  const api = page.dataset.api ?? "";
  const later = setTimeout.bind(window);

  // --- what is remembered -------------------------------------------------------------------------------

  /** Like a Storage: what is kept are its own keys. */
  class Memory {
    /** @param {Record<string, unknown>} kept */
    constructor(kept) {
      for (const [key, value] of Object.entries(kept))
        this.setItem(key, typeof value === "string" ? value : JSON.stringify(value));
    }
    /** @param {string} key @returns {string | null} */
    getItem(key) {
      return Object.hasOwn(this, key) ? /** @type {any} */ (this)[key] : null;
    }
    /** @param {string} key @param {unknown} value */
    setItem(key, value) {
      /** @type {any} */ (this)[key] = String(value);
    }
    /** @param {string} key */
    removeItem(key) {
      delete (/** @type {any} */ (this)[key]);
    }
    clear() {
      for (const key of Object.keys(this)) this.removeItem(key);
    }
    /** @param {number} n */
    key(n) {
      return Object.keys(this)[n] ?? null;
    }
    get length() {
      return Object.keys(this).length;
    }
  }

  /* Fixtures name keys as if there were one portal; each has its own (see store.js). */
  const kept = Object.entries(state.device).map(([key, value]) => [
    key.replace(/^guichet\./, `guichet${page.dataset.root}.`),
    value,
  ]);
  Object.defineProperty(window, "localStorage", { value: new Memory(Object.fromEntries(kept)) });
  Object.defineProperty(window, "sessionStorage", { value: new Memory({}) });
  const channels = BroadcastChannel;
  const alone = crypto.randomUUID();
  const databases = indexedDB;
  const alike = (/** @type {string} */ name) => `${name}#${alone}`;
  Object.defineProperty(window, "indexedDB", {
    value: {
      open: (/** @type {string} */ name, /** @type {number} */ version) => databases.open(alike(name), version),
      deleteDatabase: (/** @type {string} */ name) => databases.deleteDatabase(alike(name)),
    },
  });
  addEventListener("pagehide", () => databases.deleteDatabase(alike(`guichet${page.dataset.root}`)));
  window.BroadcastChannel = class extends channels {
    /** @param {string} name */
    constructor(name) {
      super(`${name}#${alone}`);
    }
  };
  /* What is typed here is nobody's: leaving, and being loaded again, needs no question. */
  addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), { capture: true });
  if (state.offline) Object.defineProperty(navigator, "onLine", { get: () => false });

  /* A frame of the grid takes neither the focus nor scrolls what is around it. */
  if (window !== top) {
    HTMLElement.prototype.focus = () => {};
    const { showModal } = HTMLDialogElement.prototype;
    HTMLDialogElement.prototype.showModal = function () {
      this.inert = true;
      showModal.call(this);
    };
    Element.prototype.scrollIntoView = function () {
      scrollTo({ top: this.getBoundingClientRect().top + scrollY });
    };
    /* An address with a fragment would do both, so it is said by the frame's name (see rewrite_css()). */
    const mark = "data-preview-target";
    /** @param {string} target */
    const aimAt = (target) => {
      document.querySelector(`[${mark}]`)?.removeAttribute(mark);
      history.replaceState(history.state, "", target || location.pathname + location.search);
      document.getElementById(target.slice(1))?.setAttribute(mark, "");
    };
    let aimed = false;
    /** @type {any} */ (window).navigation?.addEventListener("navigate", (/** @type {any} */ event) => {
      const url = new URL(event.destination.url);
      const target = url.hash.includes("=") ? "" : url.hash;
      if (!event.cancelable || (event.destination.sameDocument ? !event.hashChange : aimed && !target)) return;
      if (event.hashChange) {
        event.preventDefault();
        return aimAt(target);
      }
      window.name = target;
      if (!target) return;
      event.preventDefault();
      aimed = true;
      url.hash = "";
      location.replace(url.href.replace("#", ""));
    });
    addEventListener("load", () => window.name.startsWith("#") && aimAt(window.name));
  }

  // --- patience -----------------------------------------------------------------------------------------

  const patience = state.patience;
  if (typeof patience === "number") {
    /** @type {any} */ (window).setTimeout = (
      /** @type {any} */ work,
      ms = 0,
      /** @type {any[]} */ ...rest
    ) =>
      ms <= patience ? later(work, Math.min(ms, 50), ...rest) : 0;
    AbortSignal.timeout = (ms) => {
      const controller = new AbortController();
      const over = () => controller.abort(new DOMException("The time is over", "TimeoutError"));
      if (ms <= patience) later(over, 100);
      return controller.signal;
    };
  }

  // --- requests -------------------------------------------------------------------------------------------

  /** @param {string} pattern @param {string} path */
  function fits(pattern, path) {
    const [wanted, given] = [pattern.split("/"), path.split("/")];
    return (
      wanted.length === given.length && wanted.every((part, i) => part.startsWith("{") || part === given[i])
    );
  }

  /** What some answer waits for, and the page has asked. @type {Set<string>} */
  const made = new Set();

  /** @param {string} wanted "GET /tickets?status=open" @param {string} method @param {URL} url */
  function isFor(wanted, method, url) {
    const [verb = "", target = ""] = wanted.split(" ");
    const [pattern = "", query = ""] = target.split("?");
    return (
      verb === method.toUpperCase() &&
      fits(pattern, url.pathname.slice(api.length)) &&
      [...new URLSearchParams(query)].every(([name, value]) => url.searchParams.get(name) === value)
    );
  }

  /** What is asked for of the API. @param {string} address */
  function asked(address) {
    const url = new URL(address, location.href);
    return url.pathname.startsWith(`${api}/`) ? url : undefined;
  }

  /** The first answer that fits, as the preview looks for it. @param {string} method @param {string} address */
  function ruleFor(method, address) {
    const url = asked(address);
    if (!url) return undefined;
    const fitting = state.rules.filter(
      ({ request, after }) => isFor(request, method, url) && (!after || made.has(after)),
    );
    return fitting.find(({ request }) => !request.includes("{")) ?? fitting[0];
  }

  /** From now on the page has made this request. What the preview is to know of earlier ones. @param {string} method @param {string} address */
  function note(method, address) {
    const before = [...made].join("|");
    const url = asked(address);
    for (const { after } of url ? state.rules : []) if (after && url && isFor(after, method, url)) made.add(after);
    return before;
  }

  const real = fetch.bind(window);
  window.fetch = (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const method = init?.method ?? request?.method ?? "GET";
    const address = request?.url ?? String(input);
    const rule = ruleFor(method, address);
    const before = note(method, address);
    if (before && asked(address)) {
      const headers = new Headers(init?.headers ?? request?.headers);
      headers.set("Guichet-Preview-Made", before);
      init = { ...init, headers };
    }
    const signal = init?.signal ?? request?.signal;
    if (!rule || (rule.outcome === "answer" && !rule.delay)) return real(input, init);
    return new Promise((resolve, reject) => {
      const stop = () => reject(signal?.reason ?? new DOMException("Aborted", "AbortError"));
      if (signal?.aborted) return stop();
      signal?.addEventListener("abort", stop);
      if (rule.outcome === "never") return;
      later(() => {
        if (rule.outcome === "network") reject(new TypeError("Failed to fetch"));
        else real(input, init).then(resolve, reject);
      }, rule.delay);
    });
  };

  window.XMLHttpRequest = class extends XMLHttpRequest {
    /** @type {Rule | undefined} */
    #rule;
    /** @param {any[]} rest */
    open(/** @type {string} */ method, /** @type {string | URL} */ url, ...rest) {
      this.#rule = ruleFor(method, String(url));
      note(method, String(url));
      // @ts-expect-error: whatever comes after the address goes on as it is
      super.open(method, url, ...rest);
    }
    /** @param {Document | XMLHttpRequestBodyInit | null} [body] */
    send(body) {
      const rule = this.#rule;
      if (!rule || (rule.outcome === "answer" && !rule.delay)) return super.send(body);
      if (rule.outcome === "never") {
        const half = { lengthComputable: true, loaded: 2, total: 5 };
        later(() => this.upload.dispatchEvent(new ProgressEvent("progress", half)), 50);
        return;
      }
      later(() => {
        if (rule.outcome === "answer") return super.send(body);
        this.dispatchEvent(new ProgressEvent("error"));
        this.dispatchEvent(new ProgressEvent("loadend"));
      }, rule.delay);
    }
  };

  // --- steps ----------------------------------------------------------------------------------------------

  const pause = (/** @type {number} */ ms) => new Promise((done) => later(done, ms));

  /** The first that is shown, as soon as there is one. @param {string} selector */
  async function find(selector) {
    for (let waited = 0; waited < 8000; waited += 30) {
      for (const el of document.querySelectorAll(selector))
        if (el.getClientRects().length) return /** @type {HTMLElement} */ (el);
      await pause(30);
    }
    console.error(`preview: the state "${state.id}" waits for "${selector}" in vain`);
    throw new Error("in vain");
  }

  /** Files: "printer.log; morning.mov, 900 MB". @param {HTMLInputElement} input @param {string} text */
  function choose(input, text) {
    const chosen = new DataTransfer();
    const megabyte = new Blob([new Uint8Array(1024 * 1024)]);
    for (const line of text.split("; ")) {
      const [, name = line, size = ""] = /^(.*), (\d+) MB$/.exec(line) ?? [];
      chosen.items.add(new File(size ? Array(Number(size)).fill(megabyte) : [line], name));
    }
    input.files = chosen.files;
  }

  /** @param {Step} step */
  async function take({ wait, press, fill, with: text }) {
    const el = await find(wait ?? press ?? fill ?? "body");
    if (press) el.click();
    if (!fill) return el;
    if (/** @type {HTMLInputElement} */ (el).type === "file") choose(/** @type {HTMLInputElement} */ (el), text ?? "");
    else /** @type {HTMLInputElement} */ (el).value = text ?? "";
    el.dispatchEvent(new Event("input", { bubbles: true }));
    el.dispatchEvent(new Event("change", { bubbles: true }));
    return el;
  }

  /** What the last step was about is what one wants to see. @param {HTMLElement} el */
  function show(el) {
    const { top: above, bottom } = el.getBoundingClientRect();
    if (above < 0 || bottom > innerHeight) scrollTo({ top: scrollY + (above + bottom - innerHeight) / 2, behavior: "instant" });
  }

  addEventListener("load", async () => {
    /** @type {HTMLElement | undefined} */
    let last;
    try {
      for (const step of state.steps ?? []) last = await take(step);
      page.dataset.previewed = "";
      if (last?.isConnected) show(last);
    } catch {
      // said
    }
  });
})();
