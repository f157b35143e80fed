// X5: the front stays up when the API is down or slow. The site comes from the real nginx, as from any CDN.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visit } from '../harness/browser.mjs';
import { Gate } from '../harness/gate.mjs';
import { ANNA, PASSWORD, freePort, generate, portalFolder, serve } from '../harness/guichet.mjs';
import { nginx } from '../harness/nginx.mjs';
import { PRINTER, numberOf } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const folder = portalFolder();
await generate(folder);
const port = await freePort();
const origin = `http://localhost:${port}`;
const api = await serve({ folder, env: { GUICHET_ORIGIN: origin, GUICHET_REPLIES_PER_HOUR: '60' } });
const gate = await Gate.open(api.port);
await nginx({ folder, port, api: `127.0.0.1:${gate.port}` });
const t = words('en');
const home = `${origin}/support/en/`;
const client = api.client({ origin, host: `localhost:${port}` });
await client.signIn(ANNA, PASSWORD);
const printer = await numberOf(client, PRINTER);

async function signIn(page) {
  await page.goto(`${home}sign-in/`);
  await page.getByLabel(t('sign_in.email')).fill(ANNA);
  await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
  await page.waitForURL(`${home}tickets/**`);
  await page.locator('.row-link').first().waitFor();
}

/** Another way to the team is in sight of whoever reads the page. */
const otherWay = (page) => page.locator('a[href^="mailto:"]:visible').first().waitFor();

const panels = [['tickets/', t('list.failed')], [`ticket/?n=${printer}`, t('ticket.failed')]];
const quiet = (visitor) => assert.deepEqual(visitor.noise.filter((line) => !/ERR_|net::|Failed to load/.test(line)), []);

describe('with the API dead', () => {
  let visitor;
  let page;
  before(async () => {
    visitor = await visit({ host: `localhost:${port}` }, DESKTOP);
    page = visitor.page;
    await signIn(page);
    await api.kill();
  });
  after(() => visitor.close());

  for (const path of ['', 'help/', 'help/account/signing-out/', 'new/', 'new/support/', 'sign-in/', 'sign-up/', 'verify/', 'reset/', 'reset-form/',
    'sign-out/', 'denied/', 'closed/', 'not-found/', 'unavailable/'])
    it(`${path || 'home'} stands, with another way to the team, and is fit for everybody`, async () => {
      await page.goto(home + path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await otherWay(page);
      await page.waitForLoadState('networkidle');
      assert.deepEqual(await violations(page), []);
    });

  for (const [path, title] of panels)
    it(`${path.split('?')[0]} says what is wrong, when it tries again, and another way; it does, and comes back by itself`, async () => {
      await page.goto(home + path);
      const panel = page.locator('[data-slot=error]');
      await panel.getByRole('heading', { name: title }).waitFor();
      await panel.getByText(/We try again in \d+ second/).waitFor();
      await panel.getByRole('link', { name: /@/ }).waitFor();
      assert.deepEqual(await violations(page), []);
      await screenshot(page, `api-down-${path.split('/')[0]}`);
      const retry = panel.getByRole('button', { name: t('errors.retry') });
      await retry.press('Enter');
      await panel.getByText(/We try again in \d+ second/).waitFor();
      assert.equal(await retry.evaluate((el) => el === document.activeElement), true, 'who retries by keyboard keeps the place');
      await api.again();
      await page.locator('.row-link, .message').first().waitFor();
      assert.equal(await panel.isVisible(), false);
      assert.match(await page.evaluate(() => document.activeElement.localName), /^h1$/, 'the focus goes to the heading');
      await api.kill();
    });

  it('signing in says so, where the focus goes, and keeps what was typed', async () => {
    await page.goto(`${home}sign-in/`);
    await page.getByLabel(t('sign_in.email')).fill(ANNA);
    await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
    await page.waitForFunction(() => document.activeElement?.dataset.slot === 'problem');
    assert.equal(await page.getByLabel(t('sign_in.email')).inputValue(), ANNA);
    const said = page.locator('#main [data-slot=problem]');
    await said.getByText(/^We try again in \d+ second/).waitFor();
    assert.ok((await said.textContent()).startsWith(`${t('errors.not_sent')} `));
    await page.getByLabel(t('sign_in.password'), { exact: true }).fill(`${PASSWORD} `);
    await said.getByText(/We try again/).waitFor({ state: 'detached' }); // nothing is sent from under somebody who types
    await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
    await said.getByText(/^We try again in \d+ second/).waitFor();
    await screenshot(page, 'api-down-sign-in');
    await api.again();
    await page.waitForURL(`${home}tickets/**`); // by itself
    await api.kill();
  });

  it('one’s own page says that what was changed is not sent, sends it by itself when it can, and says so', async () => {
    await api.again();
    await page.goto(`${home}account/`);
    const form = page.locator('[data-slot=details]');
    const name = form.locator('[name=name]');
    await name.waitFor();
    await api.kill();
    await name.fill('Anna Berg-Lind');
    await name.press('Enter');
    const said = form.locator('[data-slot=problem]');
    await said.getByText(/^We try again in \d+ second/).waitFor();
    assert.ok((await said.textContent()).startsWith(`${t('errors.not_sent')} `));
    assert.deepEqual(await violations(page), []);
    await page.locator('#old').fill(PASSWORD);
    await page.locator('[data-slot=password] [name=password]').fill('a quiet harbour in the fog');
    await page.locator('[data-slot=password] [type=submit]').click();
    await page.locator('[data-slot=password] [data-slot=problem]').getByText(t('errors.unsure')).waitFor(); // not twice by itself
    await api.again();
    await page.getByText(t('account.saved')).waitFor();
    await said.waitFor({ state: 'hidden' });
    await api.kill();
  });

  it('asking for a new password says so, where the focus goes, and keeps what was typed', async () => {
    await page.goto(`${home}reset/`);
    await page.locator('#main input[type=email]').fill(ANNA);
    await page.locator('#main form [type=submit]').first().click();
    await page.waitForFunction(() => document.activeElement?.dataset.slot === 'problem');
    assert.equal(await page.locator('#main input[type=email]').inputValue(), ANNA);
    assert.deepEqual(await violations(page), []);
  });

  it('a new ticket says what is wrong and when it tries again, and is fit for everybody', async () => {
    await page.goto(`${home}new/support/`);
    await page.waitForLoadState('networkidle');
    await page.locator('#f-subject').fill('Nobody listens');
    await page.locator('#f-message').fill('Or do they?');
    await page.locator('[data-slot=send]').click();
    const panel = page.locator('[data-slot=failed]');
    await panel.getByText(/We try again in \d+ second/).waitFor();
    await panel.getByRole('link', { name: /@/ }).waitFor();
    assert.equal(await panel.evaluate((el) => el === document.activeElement), true);
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'api-down-new');
    await api.again();
    await page.locator('[data-slot=done]').getByText(t('new.next'), { exact: true }).waitFor();
    quiet(visitor);
  });
});

for (const [path, title] of panels)
  describe(`with an API that never answers, ${path.split('?')[0]}`, () => {
    let visitor;
    before(async () => {
      visitor = await visit({ host: `localhost:${port}` }, { ...PHONE, locale: 'en-GB' });
      await signIn(visitor.page);
      gate.loses = true;
    });
    after(async () => {
      gate.loses = false;
      await visitor.close();
    });

    it('shows a skeleton after a moment, patience at 4 seconds, and Retry at 15, which works', async () => {
      const { page } = visitor;
      await page.evaluate(() => sessionStorage.clear()); // rows that were seen before would show at once
      const begun = Date.now();
      await page.goto(home + path, { waitUntil: 'commit' });
      await page.locator('[data-slot=skeleton]').waitFor();
      await page.locator('[data-slot=slow]').waitFor();
      assert.ok(Date.now() - begun >= 4000);
      assert.deepEqual(await violations(page), []);
      await screenshot(page, `api-slow-${path.split('/')[0]}`);
      const panel = page.locator('[data-slot=error]');
      await panel.getByRole('heading', { name: title }).waitFor({ timeout: 30_000 });
      assert.ok(Date.now() - begun >= 15_000);
      await panel.getByText(t('errors.timeout')).waitFor();
      gate.loses = false;
      await panel.getByRole('button', { name: t('errors.retry') }).click();
      await page.locator('.row-link, .message').first().waitFor();
      quiet(visitor);
    });
  });
