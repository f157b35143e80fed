/* X2: the help centre: reading, languages that lack an article, searching, suggestions for a new ticket. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visit } from '../harness/browser.mjs';
import { ANNA, PASSWORD, editJson, serve } from '../harness/guichet.mjs';
import { png } from '../harness/png.mjs';

const shipped = ['en', 'fr', 'de', 'es', 'it', 'pt-BR', 'nl', 'pl', 'tr', 'ja', 'zh-Hans', 'ar'];

const everything = `---
title: A rather long title that says everything which stands in this one article, and then a little more of it
summary: Headings, lists in lists, code that is wider than the page, quotations and a picture, to see how they look.
changed: 2026-02-03
---

A first paragraph with **strong words**, *stressed ones*, \`code\`, and [a link](../account/20-signing-out.md).

## Lists within lists

1. First
   - within, with a long line that has to be broken somewhere because it does not fit into the width of a phone
   - once more
     1. and deeper
2. Second

   with a paragraph of its own.

### A part of it

> What somebody said, in a quotation that is long enough to need two lines on most screens.
>
> - and a list in it

## Code

\`\`\`
curl --header 'Authorization: Bearer 0123456789' https://support.acme.example/api/v1/tickets?status=open&page=2 | jq '.tickets[] | .subject'
\`\`\`

## A picture

![A blue field](blue.png)

---

## Überschrift

The end.
`;

const texts = {
  en: { 'tickets/90-everything.md': everything },
  ja: { 'account/30-change.md': '---\ntitle: パスワードを再設定する\nsummary: 新しいパスワードの決め方。\nchanged: 2026-11-02\n---\n\n設定ページを開きます。\n\n## 手順\n\nボタンを押します。\n\n## 確認\n\n終わりです。\n' },
  ar: { 'account/40-change.md': '---\ntitle: إعادة تعيين كلمة المرور\nsummary: كيف تختار كلمة مرور جديدة.\nchanged: 2026-11-02\n---\n\nافتح صفحة الإعدادات وأَدخِل عنوانك.\n\n## الخطوات\n\nاضغط الزر.\n\n> اقتباس قصير.\n\n## التحقق\n\nانتهى.\n' },
  de: { 'account/50-change.md': '---\ntitle: Großbuchstaben und Straßen\nsummary: Ein Wort mit scharfem S.\n---\n\nText.\n' },
};

const server = await serve({
  edit: (folder) => {
    editJson(folder, 'content/portal.json', (portal) => { portal.locales = shipped; });
    for (const [locale, files] of Object.entries(texts))
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(folder, 'content/help', locale, path, '..'), { recursive: true });
        writeFileSync(join(folder, 'content/help', locale, path), text);
      }
    writeFileSync(join(folder, 'content/help/en/tickets/blue.png'), png(600, 200, [40, 90, 200]));
  },
});
const home = (locale) => `${server.origin}/support/${locale}/`;

/** A visitor for one test. */
async function during(options, what) {
  const visitor = await visit(server, options);
  try {
    await what(visitor.page);
    visitor.mustHaveBeenQuiet();
  } finally {
    await visitor.close();
  }
}

const field = (page) => page.locator('#search');
const found = (page) => page.locator('[data-slot="list"] a');
const titles = (page) => found(page).allTextContents();

/** Type, and wait until the results are those of it. */
async function search(page, words) {
  await field(page).fill(words);
  await page.waitForFunction((query) => document.querySelector('[data-slot="title"]')?.textContent?.includes(query), words);
}

describe('X2: an article', () => {
  it('has contents, the day of its last change, neighbours and where it stands', () =>
    during(DESKTOP, async (page) => {
      await page.goto(`${home('en')}help/tickets/everything/`);
      const contents = page.locator('nav.contents');
      assert.deepEqual(await contents.locator('> ol > li > a').allTextContents(),
        ['Lists within lists', 'Code', 'A picture', 'Überschrift']);
      assert.deepEqual(await contents.locator('ol ol a').allTextContents(), ['A part of it']);
      assert.equal(await page.locator('time[datetime="2026-02-03"]').textContent(), 'February 3, 2026');
      await screenshot(page, 'article-en');
      await contents.getByText('Überschrift').click();
      assert.match(decodeURI(page.url()), /#h-Überschrift$/);
      await page.locator('.crumbs a').last().click();
      await page.waitForURL(/help\/#topic-tickets$/);
      await screenshot(page, 'help-en');
      await page.goto(`${home('en')}help/tickets/everything/`);
      await page.locator('a[rel=prev]').click();
      await page.waitForURL(/help\/tickets\/response-times\/$/);
      assert.deepEqual(await violations(page), []);
    }));

  it('does not scroll sideways on a phone, nor in the dark or from right to left', () =>
    during({ ...PHONE, colorScheme: 'dark' }, async (page) => {
      for (const path of ['en/help/tickets/everything/', 'ar/help/account/change/', 'ar/help/tickets/everything/']) {
        await page.goto(`${server.origin}/support/${path}`);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wider <= 0, `${path} is ${wider} px too wide`);
        await screenshot(page, `article-phone-dark-${path.split('/')[0]}-${path.split('/')[3]}`);
      }
    }));

  it('that is not translated is shown with a notice, in its own language and direction', () =>
    during(DESKTOP, async (page) => {
      await page.goto(`${home('ar')}help/tickets/files/`);
      assert.equal(await page.locator('.untranslated').count(), 1);
      assert.equal(await page.locator('.prose').getAttribute('lang'), 'en');
      assert.equal(await page.locator('.prose').evaluate((el) => getComputedStyle(el).direction), 'ltr');
      assert.equal(await page.locator('link[rel=canonical]').getAttribute('href'),
        'https://support.acme.example/support/en/help/tickets/files/');
      assert.equal(await page.locator('link[hreflang]').count(), 0);
      await screenshot(page, 'article-untranslated-ar');
      await page.goto(`${home('en')}help/account/change/`);
      const where = await page.locator('link[hreflang]').evaluateAll((all) => all.map((link) => link.hreflang));
      assert.ok(!where.includes('en') || where.length === 0, 'English shows another text');
      await page.goto(`${home('ar')}help/`);
      assert.ok((await page.locator('.foreign').allTextContents()).includes('English'));
    }));
});

describe('X2: the search', () => {
  it('shows articles as one types, with what fits marked, and says how many', () =>
    during(DESKTOP, async (page) => {
      await page.goto(`${home('en')}help/`);
      await search(page, 'resetting passw');
      assert.equal((await titles(page))[0], 'Resetting your password');
      assert.deepEqual(await page.locator('[data-slot="list"] li').first().locator('a mark').allTextContents(),
        ['Resetting', 'password']);
      await page.waitForFunction(() => /article/.test(document.getElementById('live')?.textContent ?? ''));
      assert.match(page.url(), /\?q=resetting\+passw$/);
      assert.deepEqual(await violations(page), []);
      await screenshot(page, 'search-en');
    }));

  it('keeps the query in the address: reload, a result and Back, and Back to the list of all', () =>
    during(DESKTOP, async (page) => {
      await page.goto(`${home('en')}help/`);
      await search(page, 'reply');
      const first = await titles(page);
      await page.reload();
      await found(page).first().waitFor();
      assert.deepEqual(await titles(page), first);
      await found(page).first().click();
      await page.locator('article.reading').waitFor();
      await page.goBack();
      await found(page).first().waitFor();
      assert.equal(await field(page).inputValue(), 'reply');
      await page.goBack();
      await page.locator('[data-slot="browse"]').waitFor();
      assert.equal(await field(page).inputValue(), '');
    }));

  it('goes by keyboard: arrows, Enter, Escape', () =>
    during(DESKTOP, async (page) => {
      await page.goto(`${home('en')}help/`);
      await search(page, 'ticket');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), (await titles(page))[1]);
      await page.keyboard.press('Escape');
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'search');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.locator('article.reading').waitFor();
      await page.goBack();
      await field(page).focus();
      await page.keyboard.press('Escape');
      await page.locator('[data-slot="browse"]').waitFor();
      assert.equal(await field(page).inputValue(), '');
    }));

  it('says when nothing fits, and how to ask the team', () =>
    during(DESKTOP, async (page) => {
      await page.goto(`${home('en')}help/`);
      await search(page, 'zyxwvut');
      assert.equal(await found(page).count(), 0);
      assert.ok(await page.locator('[data-slot="none"]').isVisible());
      await page.locator('.ask a').click();
      await page.waitForURL(/\/(new|sign-in)\//);
    }));

  it('starts from the home page and from an article', () =>
    during(DESKTOP, async (page) => {
      for (const path of ['', 'help/tickets/files/']) {
        await page.goto(`${home('en')}${path}`);
        await field(page).fill('password');
        await page.keyboard.press('Enter');
        await page.waitForURL(/\/help\/\?q=password$/);
        await found(page).first().waitFor();
        assert.match((await titles(page))[0], /password/);
      }
    }));

  it('reads Japanese without blanks, Arabic without vowel signs, German with ss', () =>
    during(PHONE, async (page) => {
      for (const [locale, query, title, marked] of [
        ['ja', 'パスワード', 'パスワードを再設定する', 'パスワード'],
        ['ar', 'اعادة تعيين', 'إعادة تعيين كلمة المرور', 'إعادة'],
        ['de', 'STRASSEN', 'Großbuchstaben und Straßen', 'Straßen'],
      ]) {
        await page.goto(`${home(locale)}help/`);
        await search(page, query);
        assert.equal((await titles(page))[0], title);
        assert.equal(await page.locator('[data-slot="list"] mark').first().textContent(), marked);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wider <= 0, `${locale} is ${wider} px too wide`);
        await screenshot(page, `search-${locale}`);
      }
    }));

  it('takes a query for text, not for markup', () =>
    during(DESKTOP, async (page) => {
      await page.goto(`${home('en')}help/?q=${encodeURIComponent('<img src=x onerror=alert(1)> ticket')}`);
      await page.locator('[data-slot="results"]').waitFor();
      assert.equal(await page.locator('[data-slot="results"] img').count(), 0);
    }));

  it('lists all articles when the index cannot be read, and works again when it can', () =>
    during(DESKTOP, async (page) => {
      await page.route('**/search/**', (route) => route.abort());
      await page.goto(`${home('en')}help/`);
      await field(page).fill('password');
      await page.locator('[data-slot="failed"]').waitFor();
      assert.ok(await page.locator('[data-slot="browse"]').isVisible());
      await page.unroute('**/search/**');
      await search(page, 'passwords');
      assert.ok(await page.locator('[data-slot="failed"]').isHidden());
    }));

  it('works offline with what was read before', () =>
    during(DESKTOP, async (page) => {
      await page.goto(`${home('en')}help/`);
      await search(page, 'password');
      const before = await titles(page);
      await field(page).fill('');
      await page.context().setOffline(true);
      await search(page, 'password');
      assert.deepEqual(await titles(page), before);
    }));

  it('reads a few kilobytes only', () =>
    during(DESKTOP, async (page) => {
      let bytes = 0;
      page.on('response', async (answer) => {
        if (answer.url().includes('/search/')) bytes += Number(answer.headers()['content-length'] ?? 0);
      });
      await page.goto(`${home('en')}help/`);
      await search(page, 'password');
      assert.ok(bytes > 0 && bytes < 40_000, `${bytes} bytes`);
    }));

  it('is not there without JavaScript; the articles are', () =>
    during({ ...DESKTOP, javaScriptEnabled: false }, async (page) => {
      await page.goto(`${home('en')}help/`);
      assert.ok(await field(page).isHidden());
      assert.ok(await page.locator('.topic-full a').first().isVisible());
    }));
});

describe('X2: suggestions for a new ticket', () => {
  it('appear below the subject, never take the focus, and go when nothing fits', () =>
    during(DESKTOP, async (page) => {
      await page.goto(`${home('en')}new/support/`);
      await page.waitForURL(/\/sign-in\//);
      await page.locator('[name=email]').fill(ANNA);
      await page.locator('[name=password]').fill(PASSWORD);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/new\//);
      const requests = [];
      page.on('request', (request) => requests.push(request.url()));
      const subject = page.locator('[name=subject]');
      await subject.waitFor();
      await page.waitForTimeout(300);
      assert.equal(requests.filter((url) => /suggest|\/search\//.test(url)).length, 0, 'nothing before somebody types');
      await subject.pressSequentially('How can I reset my password');
      const box = page.locator('[data-slot="suggest"]');
      const links = box.locator('a');
      await links.filter({ hasText: 'Resetting your password' }).waitFor();
      assert.ok((await links.count()) <= 3);
      assert.equal(await links.first().getAttribute('target'), '_blank');
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'subject');
      await page.waitForFunction(() => /help article/.test(document.getElementById('live')?.textContent ?? ''));
      const order = await box.evaluate((el) => el.previousElementSibling?.getAttribute('data-field'));
      assert.equal(order, 'subject');
      assert.deepEqual(await violations(page), []);
      await screenshot(page, 'suggestions');
      await subject.fill('zyxwvut');
      await box.waitFor({ state: 'hidden' });
    }));
});
