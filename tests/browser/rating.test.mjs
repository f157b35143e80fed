// X15: who asked says how a closed ticket went; X4: what they typed outlives a dead API and a session that is over.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visitAs } from '../harness/browser.mjs';
import { ANNA, BEN, MIA, PASSWORD, editJson, serve } from '../harness/guichet.mjs';
import { words } from '../harness/words.mjs';

const server = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => {
  p.locales = ['en', 'fr', 'ar'];
  p.tickets.customers_close = true;
}) });
const anna = await server.signedIn(ANNA);
const ratingOf = async (number) => (await anna.get(`/tickets/${number}`)).json.ticket.rating;

async function closed(subject) {
  const { number } = (await anna.file(subject, 'Please')).json;
  assert.equal((await anna.act(`/tickets/${number}/close`)).status, 200);
  return number;
}

for (const { what, options, locale } of [
  { what: 'on a desktop, in English', options: DESKTOP, locale: 'en' },
  { what: 'on a phone, in Arabic', options: PHONE, locale: 'ar' },
]) {
  describe(`rating a ticket by keyboard ${what}`, () => {
    const t = words(locale);
    let visitor;
    let page;
    let number;
    let address;
    before(async () => {
      number = await closed(`Rate me, ${locale}`);
      address = `${server.origin}/support/${locale}/ticket/?n=${number}`;
      visitor = await visitAs(server, ANNA, options);
      page = visitor.page;
      await page.goto(address);
    });
    after(() => visitor.close());
    const panel = () => page.locator('[data-slot=rating]');
    const radio = (name) => panel().getByRole('radio', { name, exact: true });
    const comment = () => panel().getByLabel(t('rating.comment'));
    const button = (name) => panel().getByRole('button', { name });
    const saved = () => panel().getByText(t('draft.saved')).waitFor();

    it('asks one question, and for more once that is answered', async () => {
      await panel().getByRole('heading', { name: t('rating.title') }).waitFor();
      assert.equal(await comment().isVisible(), false);
      await screenshot(page, `rating-asks-${locale}`);
      assert.deepEqual(await violations(page), []);
      await radio(t('rating.bad')).focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      assert.ok(await comment().evaluate((el) => el === document.activeElement), 'next comes the comment');
      await page.keyboard.type('It took three days.');
      await saved();
    });

    it('says so when the API is dead, and keeps everything; also when the page is loaded again', async () => {
      await server.kill();
      await page.keyboard.press('Control+Enter');
      await panel().getByText(t('rating.failed')).waitFor();
      await screenshot(page, `rating-failed-${locale}`);
      assert.deepEqual(await violations(page), []);
      assert.equal(await comment().inputValue(), 'It took three days.');
      await server.again();
      await page.reload();
      await comment().waitFor();
      assert.equal(await comment().inputValue(), 'It took three days.');
      assert.ok(await radio(t('rating.bad')).isChecked());
      assert.equal(await ratingOf(number), null);
    });

    it('sends it, says thanks where the focus is, and shows it', async () => {
      await button(t('rating.send')).focus();
      await page.keyboard.press('Enter');
      await panel().getByText(t('rating.thanks')).waitFor();
      assert.ok(await panel().getByRole('heading', { name: t('rating.yours') }).evaluate((el) => el === document.activeElement));
      assert.deepEqual(await ratingOf(number), { score: 'bad', comment: 'It took three days.' });
      await panel().getByText('It took three days.').waitFor();
      await screenshot(page, `rating-given-${locale}`);
      assert.deepEqual(await violations(page), []);
    });

    it('lets one change it, or leave it', async () => {
      for (const name of [t('rating.leave'), t('rating.send')]) {
        await button(t('rating.change')).focus();
        await page.keyboard.press('Enter');
        assert.ok(await radio(t('rating.bad')).evaluate((el) => el === document.activeElement));
        assert.equal(await comment().inputValue(), 'It took three days.');
        await page.keyboard.press('ArrowUp');
        assert.ok(await radio(t('rating.good')).isChecked());
        await comment().fill('In the end it was fine.');
        await button(name).focus();
        await page.keyboard.press('Enter');
        await button(t('rating.change')).waitFor();
        if (name === t('rating.leave')) assert.equal((await ratingOf(number)).score, 'bad');
      }
      assert.deepEqual(await ratingOf(number), { score: 'good', comment: 'In the end it was fine.' });
    });

    it('keeps what was typed when the session is over', async () => {
      await button(t('rating.change')).press('Enter');
      await comment().fill('Once more.');
      await visitor.context.clearCookies();
      await comment().press('Control+Enter');
      await page.waitForURL('**/sign-in/**');
      await page.getByLabel(t('sign_in.email')).fill(ANNA);
      await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
      await page.waitForURL(address);
      await comment().waitFor();
      assert.equal(await comment().inputValue(), 'Once more.');
      await button(t('rating.send')).press('Enter');
      await panel().getByText(t('rating.thanks')).waitFor();
      assert.equal((await ratingOf(number)).comment, 'Once more.');
      visitor.mustHaveBeenQuiet();
    });
  });
}

describe('what others see of a rating', () => {
  const t = words('en');
  let number;
  before(async () => {
    number = await closed('Seen by others');
    await anna.json('PUT', `/tickets/${number}/rating`, { score: 'good', comment: 'Lovely <b>people</b>' });
  });
  const see = async (who, look) => {
    const visitor = await visitAs(server, who, DESKTOP);
    const scripts = [];
    visitor.page.on('request', (request) => scripts.push(new URL(request.url()).pathname));
    await visitor.page.goto(`${server.origin}/support/en/ticket/?n=${number}`);
    await visitor.page.locator('.message').first().waitFor();
    await look(visitor.page, () => scripts.some((path) => /rating/.test(path)));
    visitor.mustHaveBeenQuiet();
    await visitor.close();
  };

  it('the team reads score and comment, and gives none', () => see(MIA, async (page) => {
    const panel = page.locator('[data-slot=rating]');
    await panel.getByRole('heading', { name: t('rating.theirs'), exact: true }).waitFor();
    await panel.getByText(t('rating.good'), { exact: true }).filter({ visible: true }).waitFor();
    await panel.getByText('Lovely <b>people</b>').waitFor();
    await screenshot(page, 'rating-team-en');
    assert.equal(await panel.getByRole('button').filter({ visible: true }).count(), 0);
    assert.deepEqual(await violations(page), []);
  }));

  it('a colleague sees nothing of it, and loads nothing for it', () => see(BEN, async (page, asked) => {
    assert.equal(await page.locator('[data-slot=rating]').isVisible(), false);
    assert.equal(asked(), false);
  }));

  it('who asked reads theirs on an open ticket, too, and can change it only once it is closed', async () => {
    await anna.reply(number, 'One more thing');
    await see(ANNA, async (page) => {
      await page.getByText('Lovely <b>people</b>').waitFor();
      assert.equal(await page.getByRole('button', { name: t('rating.change') }).isVisible(), false);
      await page.getByRole('button', { name: t('closing.close') }).click();
      await page.getByRole('button', { name: t('closing.yes') }).click();
      await page.getByRole('button', { name: t('rating.change') }).waitFor();
    });
  });
});
