import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visit } from '../harness/browser.mjs';
import { editJson, root, serve } from '../harness/guichet.mjs';

// The shipped child theme with an admin's own values, logo and style sheet. The pictures land in build/screenshots/.
const server = await serve({
  edit(folder) {
    editJson(folder, 'content/portal.json', (portal) => {
      portal.theme = 'harbour';
      portal.locales.push('ar');
      portal.theme_settings = {
        danger: '#a3201a',
        error: { dark: '#ffb4ab' },
        'logo-image': 'images/logo.svg',
        'text-size': 18,
        notice: { en: 'We move house on Friday', fr: 'Nous déménageons vendredi', ar: 'ننتقل يوم الجمعة' },
        website: 'https://acme.example/',
      };
    });
    mkdirSync(join(folder, 'content/images'), { recursive: true });
    copyFileSync(join(root, 'themes/harbour/icons/favicon.svg'), join(folder, 'content/images/logo.svg'));
    writeFileSync(join(folder, 'content/custom.css'), 'h1 { text-transform: uppercase; }\n');
  },
});

/** A property of the first element, as the browser computes it. */
const computed = (page, selector, property) =>
  page.locator(selector).first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

for (const { tag, options, locale } of [
  { tag: 'light-desktop', options: { ...DESKTOP, colorScheme: 'light' }, locale: 'en' },
  { tag: 'dark-desktop', options: { ...DESKTOP, colorScheme: 'dark' }, locale: 'en' },
  { tag: 'light-phone', options: { ...PHONE, colorScheme: 'light' }, locale: 'fr' },
  { tag: 'right-to-left', options: { ...DESKTOP, colorScheme: 'light' }, locale: 'ar' },
]) {
  describe(`the harbour theme, ${tag}`, () => {
    let visitor;
    let page;
    before(async () => {
      visitor = await visit(server, options);
      page = visitor.page;
      await page.goto(`${server.origin}/support/${locale}/`);
    });
    after(() => visitor.close());

    it('fits, and can be read by everybody', async () => {
      await screenshot(page, `harbour-home-${tag}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
      assert.deepEqual(await violations(page), []);
    });

    it('has waves from edge to edge', async () => {
      const { left, right } = await page.locator('.harbour-waves').evaluate((waves) => waves.getBoundingClientRect().toJSON());
      assert.ok(left <= 0 && right >= options.viewport.width, `${left} to ${right}`);
    });

    it('replaces a block and a file of its parent, and keeps the rest', async () => {
      assert.equal(await page.locator('.harbour-hero h1').count(), 1);
      assert.equal(await page.locator('.hero-tall').count(), 0);
      assert.equal(await page.locator('.harbour-hero [role="search"]').count(), 1);
      assert.equal(await page.locator('.foot-harbour').count(), 1);
      assert.ok((await page.locator('.door').count()) > 0);
    });

    it('wins over its parent by its layer, the admin over both', async () => {
      assert.equal(await computed(page, 'h1', 'font-weight'), '500');
      assert.equal(await computed(page, 'h1', 'text-transform'), 'uppercase');
      assert.equal(await computed(page, '.door', 'border-top-left-radius'), '3px');
      assert.equal(await computed(page, 'html', 'font-size'), '18px');
    });

    it('shows what the admin gave, under a former name, too', async () => {
      const dark = options.colorScheme === 'dark';
      assert.equal(await computed(page, 'html', '--error'), dark ? '#ffb4ab' : '#b3261e');
      assert.equal(await page.locator('.brand-logo').evaluate((image) => image.complete && image.naturalWidth > 0), true);
      assert.equal(await page.locator('.notice').count(), 1);
      assert.equal(await page.getByRole('link', { name: 'https://acme.example/' }).count(), 1);
    });
  });
}
