/**
 * In the pseudo-language every string stands in brackets. What has letters outside of them was written into a
 * template or a script, where no translator finds it: it is marked. Left alone is what people write and what
 * is the same in every language: articles, addresses, names, code, and what stands in translate="no".
 */
(() => {
  const exempt =
    'script, style, template, noscript, option, pre, code, kbd, samp, time, bdi, [dir="auto"], [lang]:not(html), ' +
    '[translate="no"], [data-slot], [href^="mailto:"], .prose, .contents, guichet-preview';
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = "/__preview/pseudo.css";
  document.head.append(sheet);

  /** What is left of a text without what is in brackets. @param {string} text */
  const bare = (text) => text.replace(/⟦[^⟧]*⟧/g, "");

  addEventListener("DOMContentLoaded", () => {
    const languages = [...document.querySelectorAll("[hreflang]")].map((link) => link.textContent?.trim());
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    /** @type {Text[]} */
    const found = [];
    while (walker.nextNode()) {
      const node = /** @type {Text} */ (walker.currentNode);
      const parent = node.parentElement;
      if (parent && !parent.closest(exempt) && /\p{L}/u.test(bare(node.data)) && !languages.includes(node.data.trim())) found.push(node);
    }
    for (const node of found) {
      const mark = document.createElement("mark");
      mark.className = "preview-hard-coded";
      mark.title = "This text is no string: it cannot be translated";
      node.replaceWith(mark);
      mark.append(node);
    }
  });
})();
