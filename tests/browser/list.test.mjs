// The list as people use it: search, filters, orders, pages, with the keyboard, on a phone, from right to left.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, violations, visit } from '../harness/browser.mjs';
import { ANNA, DORA, PASSWORD, editJson, serve } from '../harness/guichet.mjs';
import { INVOICE, OLD, PRINTER } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const server = await serve({
  edit: (folder) => editJson(folder, 'content/portal.json', (portal) => {
    portal.locales = ['en', 'fr', 'ar'];
    Object.assign(portal.tickets, {
      per_page: 2,
      columns: [{ property: 'subject' }, { property: 'requester' }, { property: 'created', label: { en: 'Filed', fr: 'Ouverte' } }, { property: 'last_activity' }, { property: 'status' }, { property: 'priority' }],
      filters: ['requester', 'created', 'priority', 'stage'],
    });
  }),
});
const anna = await server.signedIn(ANNA);
for (let i = 1; i <= 3; i++) await anna.file(`Pallet ${i} is missing`, `It should have come on Monday. <b>Étagère</b> ${i}`);

const at = (locale) => ({ t: words(locale), home: `${server.origin}/support/${locale}/` });

/** Signed in, and before the list. */
async function enter(options, locale = 'en', email = ANNA) {
  const { t, home } = at(locale);
  const visitor = await visit(server, options);
  const { page } = visitor;
  await page.goto(`${home}sign-in/`);
  await page.getByLabel(t('sign_in.email')).fill(email);
  await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
  await page.waitForURL(`${home}tickets/**`);
  return { visitor, page, t, home };
}

/** The list has come, and shows exactly these subjects. */
async function shows(page, subjects) {
  await page.waitForFunction((wanted) => {
    const rows = [...document.querySelectorAll('[data-slot=rows] .row-link')].map((link) => link.textContent);
    return !document.querySelector('[data-slot=body][aria-busy]') && !document.querySelector('[data-slot=results]').hidden && JSON.stringify(rows) === wanted;
  }, JSON.stringify(subjects)).catch(async (error) => {
    throw new Error(`${await page.locator('[data-slot=rows]').innerText()}\n${error.message}`);
  });
}

const query = (page) => Object.fromEntries(new URL(page.url()).searchParams);

describe('the list on a desktop', () => {
  let visitor, page, t, home;
  before(async () => ({ visitor, page, t, home } = await enter(DESKTOP)));
  after(() => visitor.close());

  it('has the columns that the admin set, under their labels, in their order', async () => {
    await page.locator('.row-link').first().waitFor();
    assert.deepEqual(await page.locator('thead th').allInnerTexts().then((all) => all.map((text) => text.trim())),
      [t('list.subject'), t('list.requester'), 'Filed', t('list.activity'), t('list.state'), t('ticket.priority')]);
  });

  it('that a search left empty offers to clear what there is: the search, the filters, or both', async () => {
    for (const [query, words] of [['q=nowhere', 'list.clear_search'], ['f.requester=nobody', 'list.clear'], ['q=nowhere&f.requester=nobody', 'list.clear_all']]) {
      await page.goto(`${home}tickets/?status=all&${query}`);
      await page.locator('[data-slot=no-match]').getByRole('link', { name: t(words), exact: true }).waitFor();
    }
    await page.locator('[data-slot=no-match]').getByRole('link').click();
    await page.locator('.row-link').first().waitFor();
    assert.equal(new URL(page.url()).search.includes('nowhere'), false);
    await page.goto(`${home}tickets/`);
    await page.locator('.row-link').first().waitFor();
  });

  it('is searched from the keyboard: "/" leads to the field, Enter to what is found, with the place marked', async () => {
    await page.locator('h1').focus();
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'find');
    await page.keyboard.type('monday etag');
    await page.keyboard.press('Enter');
    await shows(page, ['Pallet 3 is missing', 'Pallet 2 is missing']);
    assert.deepEqual(query(page), { status: 'open', q: 'monday etag' });
    assert.equal(await page.locator('.snippet').first().innerText(), 'It should have come on Monday. <b>Étagère</b> 3');
    assert.deepEqual(await page.locator('.snippet').first().locator('mark').allInnerTexts(), ['Monday', 'Étagère']);
    await page.waitForFunction(() => document.getElementById('live')?.textContent.includes('3'), 'how many there are');
    await page.keyboard.type('/');
    assert.equal(await page.locator('#find').inputValue(), 'monday etag/', 'in the field it is a sign like any other');
  });

  it('keeps its state in the address, over reload, Back and forward', async () => {
    await page.goto(`${home}tickets/?status=all&q=pallet&sort=subject`);
    await shows(page, ['Pallet 1 is missing', 'Pallet 2 is missing']);
    assert.equal(await page.locator('#find').inputValue(), 'pallet');
    await page.getByRole('link', { name: t('list.next'), exact: true }).click();
    await shows(page, ['Pallet 3 is missing']);
    await page.reload();
    await shows(page, ['Pallet 3 is missing']);
    await page.goBack();
    await shows(page, ['Pallet 1 is missing', 'Pallet 2 is missing']);
    await page.goForward();
    await shows(page, ['Pallet 3 is missing']);
    await page.getByRole('link', { name: t('list.previous'), exact: true }).click();
    await shows(page, ['Pallet 1 is missing', 'Pallet 2 is missing']);
  });

  it('is sorted by the heads of its columns, which say how', async () => {
    await page.goto(`${home}tickets/?status=all`);
    const head = page.locator('th[data-column=subject]');
    await page.locator('th[data-column=last_activity][aria-sort=descending]').waitFor();
    await head.getByRole('link').focus();
    await page.keyboard.press('Enter');
    await shows(page, [OLD, INVOICE]);
    assert.equal(await head.getAttribute('aria-sort'), 'ascending');
    await head.getByRole('link').click();
    await shows(page, [PRINTER, 'Pallet 3 is missing']);
    assert.equal(await head.getAttribute('aria-sort'), 'descending');
    assert.equal(await page.locator('th[aria-sort]').count(), 1);
    assert.deepEqual(query(page), { status: 'all', sort: '-subject' });
    const href = new URL(await page.locator('[data-slot=export]').getAttribute('href'), page.url());
    assert.deepEqual(Object.fromEntries(href.searchParams), { status: 'all', sort: '-subject', locale: 'en' });
  });

  it('is filtered in a panel; what is set stands there as chips that can be taken away', async () => {
    await page.goto(`${home}tickets/?status=all`);
    const button = page.getByRole('button', { name: t('list.filters') });
    await button.click();
    const panel = page.getByRole('dialog', { name: t('list.filters') });
    await panel.getByLabel(t('list.requester')).fill('ode');
    await panel.getByLabel(t('list.from')).first().fill('2020-01-31');
    await panel.getByRole('button', { name: t('list.apply') }).click();
    await shows(page, [INVOICE]);
    assert.deepEqual(query(page), { status: 'all', 'f.requester': 'ode', 'f.created': '2020-01-31..' });
    assert.equal(await button.getAttribute('aria-expanded'), 'false');
    await page.reload();
    await shows(page, [INVOICE]);
    await page.getByRole('link', { name: t('list.remove', { filter: `Filed: ${t('list.since', { value: 'Jan 31, 2020' })}` }) }).click();
    await page.waitForFunction(() => !location.search.includes('created'));
    await shows(page, [INVOICE]);
    await page.getByRole('link', { name: t('list.clear'), exact: true }).click();
    await page.waitForFunction(() => location.search === '?status=all');
    await page.locator('[data-slot=pages]:not([hidden])').waitFor();
    await button.click();
    assert.equal(await panel.getByLabel(t('list.requester')).inputValue(), '');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => document.activeElement.dataset.slot), 'filter');
  });

  it('nothing found is told from nothing there, with the way out', async () => {
    await page.goto(`${home}tickets/?status=all&q=unheard-of`);
    await page.locator('[data-slot=no-match-text]', { hasText: t('list.no_match_search') }).waitFor();
    await page.locator('[data-slot=show-all]').click();
    await page.locator('.row-link').first().waitFor();
    assert.equal(await page.locator('#find').inputValue(), '');
    await page.goto(`${home}tickets/?status=open&q=password`);
    await page.locator('[data-slot=no-match-text]', { hasText: t('list.no_match_search') }).waitFor();
    await page.getByRole('link', { name: t('list.show_all') }).click();
    await shows(page, [OLD]);
  });

  it('rows of before stand there at once, and what is newer takes their place', async () => {
    await page.goto(`${home}tickets/?status=all&q=pallet`);
    await shows(page, ['Pallet 3 is missing', 'Pallet 2 is missing']);
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route('**/api/v1/tickets?**', async (route) => { await held; await route.continue(); });
    await anna.file('Pallet 4 is missing', 'It, too.');
    await page.reload();
    await page.locator('[data-slot=body][aria-busy]').waitFor();
    await page.getByRole('link', { name: 'Pallet 3 is missing' }).waitFor();
    release();
    await shows(page, ['Pallet 4 is missing', 'Pallet 3 is missing']);
    await page.unroute('**/api/v1/tickets?**');
  });

  it('an address of long ago, with a column or filter that is no more, still shows the list', async () => {
    await page.goto(`${home}tickets/?status=all&sort=colour&f.size=9`);
    await page.locator('.row-link').first().waitFor();
    assert.deepEqual(query(page), { status: 'all' });
  });

  it('is accessible, with the panel open and shut', async () => {
    await page.goto(`${home}tickets/?status=all&q=pallet&f.created=2020-01-01..`);
    await page.locator('.row-link').first().waitFor();
    await page.locator('.chip-set').waitFor();
    assert.deepEqual(await violations(page), []);
    await page.getByRole('button', { name: t('list.filters') }).click();
    await page.getByRole('dialog').waitFor();
    assert.deepEqual(await violations(page), []);
    visitor.mustHaveBeenQuiet();
  });

  it('T15: keeps nothing of the rows once one has signed out', async () => {
    await page.goto(`${home}tickets/`);
    await page.locator('.row-link').first().waitFor();
    assert.ok(await page.evaluate(() => JSON.stringify(sessionStorage).includes('Pallet')));
    await page.locator('[data-module=account] summary').click();
    await page.getByRole('button', { name: t('nav.sign_out'), exact: true }).click();
    await page.getByRole('heading', { name: t('pages.sign-out.title') }).waitFor();
    await page.waitForFunction(() => !JSON.stringify({ ...sessionStorage, ...localStorage }).includes('Pallet'));
  });
});

describe('the list on a phone', () => {
  it('fr: cuts off nothing that its search and its menus say', async () => {
    const { visitor, page, home } = await enter({ ...PHONE, locale: 'fr' }, 'fr');
    await page.goto(`${home}tickets/`);
    await page.locator('[data-slot=view-select]:enabled').waitFor();
    const cut = await page.locator('.finder .input').evaluateAll((all) => all.filter((el) => {
      const style = getComputedStyle(el);
      const pen = document.createElement('canvas').getContext('2d');
      pen.font = style.font;
      const words = el.placeholder ?? el.selectedOptions[0].text;
      return pen.measureText(words).width > el.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd);
    }).map((el) => el.dataset.slot));
    assert.deepEqual(cut, []);
    await visitor.close();
  });

  it('has no hole above its tabs when it could not be loaded', async () => {
    const { visitor, page, t, home } = await enter({ ...PHONE, locale: 'fr' }, 'fr');
    await page.route('**/api/v1/**', (route) => route.abort());
    await page.goto(`${home}tickets/?status=closed`);
    await page.getByText(t('list.failed')).first().waitFor();
    const gap = await page.evaluate(() => {
      const bottoms = [...document.querySelectorAll('.finder > *')].filter((el) => el.checkVisibility()).map((el) => el.getBoundingClientRect().bottom);
      return document.querySelector('.tabs').getBoundingClientRect().top - Math.max(...bottoms);
    });
    assert.ok(gap < 24, `${gap}px`);
    await page.unroute('**/api/v1/**');
    await visitor.close();
  });

  for (const locale of ['fr', 'ar']) {
    it(`${locale}: is cards with the same labels, sorted by a menu and filtered in a sheet, and never scrolls sideways`, async () => {
      const { visitor, page, t, home } = await enter({ ...PHONE, locale }, locale);
      await page.goto(`${home}tickets/?status=all&q=pallet&sort=created`);
      await shows(page, ['Pallet 1 is missing', 'Pallet 2 is missing']);
      assert.ok((await page.locator('tbody tr').first().innerText()).includes(t('list.requester')));
      await page.getByLabel(t('list.sort')).selectOption('-subject');
      await shows(page, ['Pallet 4 is missing', 'Pallet 3 is missing']);
      await page.getByRole('button', { name: t('list.filters') }).click();
      const sheet = page.getByRole('dialog', { name: t('list.filters') });
      await sheet.waitFor();
      assert.ok(await sheet.evaluate((el) => el.matches(':modal')));
      await sheet.getByLabel(t('list.requester')).fill('nobody');
      await sheet.getByRole('button', { name: t('list.apply') }).click();
      await page.locator('[data-slot=no-match-text]', { hasText: t('list.no_match_search') }).waitFor();
      await page.getByRole('link', { name: t('list.clear'), exact: true }).first().click();
      await shows(page, ['Pallet 4 is missing', 'Pallet 3 is missing']);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      assert.deepEqual(await violations(page), []);
      visitor.mustHaveBeenQuiet();
      await visitor.close();
    });
  }
});

describe('who has no colleagues in sight', () => {
  it('has no view menu', async () => {
    const { visitor, page } = await enter(DESKTOP, 'en', DORA);
    await page.locator('.row-link').first().waitFor();
    assert.ok(await page.locator('[data-slot=view]').isHidden());
    await visitor.close();
  });
});
