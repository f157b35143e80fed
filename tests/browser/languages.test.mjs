import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, visit, visitAs } from '../harness/browser.mjs';
import { ANNA, MIA, editJson, serve } from '../harness/guichet.mjs';
import { PRINTER, numberOf } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const shipped = ['en', 'fr', 'de', 'es', 'it', 'pt-BR', 'nl', 'pl', 'tr', 'ja', 'zh-Hans', 'ar'];
const server = await serve({
  edit: (folder) => editJson(folder, 'content/portal.json', (portal) => {
    portal.locales = shipped;
    portal.access = { sign_up: true };
  }),
});
const home = (locale) => `${server.origin}/support/${locale}/`;

const switcher = (page) => page.locator('details:has([data-module="languages"])');
const language = (page, tag) => page.locator(`[data-module="languages"] a[hreflang="${tag}"]`);

/** A visitor for one test. */
async function during(options, what) {
  const visitor = await visit(server, options);
  try {
    await what(visitor.page, visitor);
  } finally {
    await visitor.close();
  }
}

describe('X1: the switcher of languages', () => {
  it('names every language in itself, marks the current one, and leads to the same page', () =>
    during(DESKTOP, async (page) => {
      await page.goto(`${home('en')}help/`);
      const links = await page.locator('[data-module="languages"] a').evaluateAll((all) =>
        all.map((a) => ({ name: a.textContent, lang: a.lang, dir: a.firstElementChild.dir, path: a.pathname, current: a.ariaCurrent })));
      assert.deepEqual(links.map((link) => link.lang), shipped);
      assert.deepEqual(links.map((link) => link.path), shipped.map((tag) => `/support/${tag}/help/`));
      assert.deepEqual(links.filter((link) => link.current).map((link) => link.lang), ['en']);
      assert.deepEqual(links.find((link) => link.lang === 'ar'),
        { name: 'العربية', lang: 'ar', dir: 'rtl', path: '/support/ar/help/', current: null });
    }));

  it('works by keyboard, and without JavaScript', () =>
    during({ ...DESKTOP, javaScriptEnabled: false }, async (page) => {
      await page.goto(`${home('en')}sign-in/`);
      await switcher(page).locator('summary').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${home('fr')}sign-in/`);
    }));

  it('stands in one column, whatever way its languages are written; so does the chooser', () =>
    during(DESKTOP, async (page) => {
      for (const [path, list] of [['en/help/', '[data-module=languages]'], ['ar/help/', '[data-module=languages]'], ['', '.choices']]) {
        await page.goto(`${server.origin}/support/${path}`);
        if (path) await switcher(page).locator('summary').click();
        const side = path.startsWith('ar') ? 'right' : 'left';
        const edges = await page.locator(`${list} li:not([data-preferred]) bdi`).evaluateAll((all, edge) =>
          all.map((name) => Math.round(name.getBoundingClientRect()[edge])), side);
        assert.deepEqual([...new Set(edges)], edges.slice(0, 1), path);
      }
    }));

  it('keeps the query and the fragment', () =>
    during(DESKTOP, async (page) => {
      await page.goto(`${home('en')}sign-in/?return=%2Fsupport%2Fen%2Fticket%2F%3Fn%3D7#expired`);
      await switcher(page).locator('summary').click();
      await language(page, 'de').click();
      await page.waitForURL(`${home('de')}sign-in/?return=%2Fsupport%2Fde%2Fticket%2F%3Fn%3D7#expired`);
    }));

  it('opens within a phone’s window, from right to left too', () =>
    during(PHONE, async (page) => {
      for (const locale of ['de', 'ar']) {
        await page.goto(`${home(locale)}help/`);
        await switcher(page).locator('summary').click();
        await language(page, 'en').waitFor();
        await screenshot(page, `languages-${locale}-phone`);
        const { left, right, wide } = await page.locator('[data-module="languages"]').evaluate((list) => ({
          left: list.getBoundingClientRect().left,
          right: list.getBoundingClientRect().right,
          wide: document.documentElement.scrollWidth,
        }));
        assert.ok(left >= 0 && right <= 390 && wide <= 390, `${locale}: ${left} to ${right} of ${wide}`);
      }
    }));
});

describe('between a text and the link behind it', () => {
  for (const [tag, gap] of [['en', ' '], ['fr', ' '], ['ar', ' '], ['ja', ''], ['zh-Hans', '']])
    it(`${tag}: there is ${gap ? 'a blank' : 'none'}`, () =>
      during(DESKTOP, async (page) => {
        await page.goto(`${home(tag)}sign-in/`);
        const before = await page.locator('.foot a[href^="mailto:"], main a[href$="sign-up/"]').evaluateAll((all) => all.map((a) => a.previousSibling?.textContent ?? ''));
        assert.ok(before.length > 1);
        for (const text of before) assert.equal(/\s$/.test(text), gap === ' ', `“${text}”`);
      }));
});

describe('S3: the chooser', () => {
  const door = `${server.origin}/support/`;

  it('lists the languages without JavaScript', () =>
    during({ ...DESKTOP, javaScriptEnabled: false }, async (page) => {
      await page.goto(door);
      assert.equal(await page.locator('.choices a').count(), shipped.length);
      await page.locator('.choices').getByRole('link', { name: 'polski' }).click();
      await page.waitForURL(home('pl'));
    }));

  it('puts the browser’s language first, and remembers what was chosen', () =>
    during({ ...DESKTOP, locale: 'de-AT' }, async (page, visitor) => {
      await page.goto(door);
      const first = page.locator('.choices li').first().locator('a');
      await page.locator('.choices [data-preferred]').waitFor();
      assert.equal(await first.getAttribute('hreflang'), 'de');
      await screenshot(page, 'chooser-desktop');
      await page.locator('.choices a[hreflang="ja"]').click();
      await page.waitForURL(home('ja'));
      await page.goto(door);
      await page.waitForURL(home('ja'));
      await switcher(page).locator('summary').click();
      await language(page, 'tr').click();
      await page.waitForURL(home('tr'));
      visitor.mustHaveBeenQuiet();
    }));

  it('never goes round in circles', () =>
    during(DESKTOP, async (page) => {
      await page.goto(door);
      await page.locator('.choices a[hreflang="it"]').click();
      await page.waitForURL(home('it'));
      let visits = 0;
      await page.route(home('it'), (route) => {
        visits++;
        return route.fulfill({ status: 302, headers: { location: door } });
      });
      await page.goto(door);
      await page.locator('.choices [data-preferred]').waitFor();
      assert.equal(page.url(), door);
      assert.equal(visits, 1);
    }));

  it('sends the visitors of a domain to its main language', () =>
    during({ ...DESKTOP, locale: 'de-DE' }, async (page) => {
      // what the name servers would do for the second domain of the example
      await page.context().route('https://assistance.acme.example/**', async (route) => {
        const answer = await fetch(server.origin + new URL(route.request().url()).pathname);
        await route.fulfill({
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          body: Buffer.from(await answer.arrayBuffer()),
        });
      });
      await page.goto('https://assistance.acme.example/support/');
      await page.waitForURL('https://assistance.acme.example/support/fr/');
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), words('fr')('pages.home.title'));
    }));
});

describe('X1: every page in every language', () => {
  /** The kinds of pages that the portal has, and one article: "tickets/", "help/start/sign-in/". */
  function pagesOf(locale) {
    const folder = join(server.folder, 'out/site/support', locale);
    const kinds = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const section = readdirSync(join(folder, 'help'), { withFileTypes: true }).find((entry) => entry.isDirectory()).name;
    const article = readdirSync(join(folder, 'help', section), { withFileTypes: true }).find((entry) => entry.isDirectory()).name;
    return ['', ...kinds.map((entry) => `${entry.name}/`), `help/${section}/${article}/`];
  }

  /** What lies beside the window, by its text: people scroll up and down only. */
  const beside = (page) => page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const out = (box) => box.width > 0 && (box.right > clientWidth + 1 || box.left < -1);
    return [...document.querySelectorAll('body *')].filter((el) => out(el.getBoundingClientRect()))
      .map((el) => `${el.localName} "${el.textContent?.trim().slice(0, 40)}"`);
  });

  /** Go through pages on a phone: [path below the language's home, what shows that it is filled]. */
  async function fits(locale, visitor, pages) {
    for (const [path, filled] of pages) {
      await visitor.page.goto(home(locale) + path);
      if (filled) await visitor.page.locator(filled).first().waitFor();
      assert.deepEqual(await beside(visitor.page), [], `${locale}: ${path}`);
      const { lang, dir } = await visitor.page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir }));
      assert.deepEqual([lang, dir || 'ltr'], [locale, locale === 'ar' ? 'rtl' : 'ltr']);
    }
    visitor.mustHaveBeenQuiet();
  }

  let customer;
  let team;
  let ticket;
  before(async () => {
    ticket = await numberOf(await server.signedIn(ANNA), PRINTER);
    [customer, team] = await Promise.all([visitAs(server, ANNA, PHONE), visitAs(server, MIA, PHONE)]);
  });
  after(() => Promise.all([customer.close(), team.close()]));

  for (const locale of shipped)
    it(`fits a phone: ${locale}`, async () => {
      const desk = pagesOf(locale).filter((path) => path.startsWith('desk'));
      const filled = { 'tickets/': '.row-link', 'ticket/': '.message', 'desk/': '.row-link' };
      const page = (path) => [path === 'ticket/' ? `ticket/?n=${ticket}` : path, filled[path]];
      await Promise.all([
        fits(locale, customer, pagesOf(locale).filter((path) => !desk.includes(path)).map(page)),
        fits(locale, team, desk.map(page)), // a customer is led away from there
      ]);
    });

  it('says in which language a text is that the admin has not translated', () =>
    during({ ...DESKTOP, javaScriptEnabled: false }, async (page) => {
      await page.goto(`${home('ar')}new/support/`);
      for (const text of ['.brand bdi', '.lead bdi', 'label[for="f-subject"] bdi', '#f-category option:last-child'])
        assert.equal(await page.locator(text).first().getAttribute('lang'), 'en', text);
      await page.goto(`${home('fr')}new/support/`);
      assert.equal(await page.locator('label[for="f-subject"] bdi').getAttribute('lang'), null);
    }));

  it('in Arabic, titles in other languages stand under their headings, with their language beside them', () =>
    during(PHONE, async (page) => {
      for (const [path, section] of [['', '.topic'], ['help/', '.topic-full']]) {
        await page.goto(`${home('ar')}${path}`);
        const { heading, title, tag } = await page.locator(section).first().evaluate((el) =>
          Object.fromEntries([['heading', 'h2 bdi, h3 bdi'], ['title', 'li bdi'], ['tag', 'li .foreign']].map(([name, what]) =>
            [name, el.querySelector(what).getBoundingClientRect().toJSON()])));
        assert.equal(Math.round(title.right), Math.round(heading.right), path);
        assert.ok(tag.right < title.left && tag.top < title.bottom && tag.bottom > title.top, `${path}: beside it`);
      }
    }));

  it('is mirrored in Arabic', () =>
    during(DESKTOP, async (page) => {
      const sides = {};
      for (const locale of ['en', 'ar']) {
        await page.goto(`${home(locale)}help/`);
        const middle = async (selector) => {
          const box = await page.locator(selector).first().boundingBox();
          return box.x + box.width / 2;
        };
        sides[locale] = (await middle('.brand')) < (await middle('[data-module="menu"] summary:visible'));
      }
      assert.deepEqual(sides, { en: true, ar: false });
    }));
});
