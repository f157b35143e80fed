// Single sign-on through a real browser and a certified provider: customers, the team, and signing out at the provider, too.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visit } from '../harness/browser.mjs';
import { ANNA, MIA, editJson, serve } from '../harness/guichet.mjs';
import { RealProvider, SECRET, single } from '../harness/provider.mjs';
import { words } from '../harness/words.mjs';

const customers = await RealProvider.start({
  anna: { email: ANNA, email_verified: true },
  nobody: { email: 'nobody@elsewhere.example', email_verified: true },
});
const team = await RealProvider.start({ mia: { email: MIA, email_verified: true } });
const server = await serve({
  edit: (folder) => editJson(folder, 'content/portal.json', (portal) => {
    portal.locales = ['en', 'fr', 'ar'];
    portal.single_sign_on = {
      acme: single(customers, { link_by_email: true, label: { en: 'Continue with Acme ID', fr: 'Continuer avec Acme ID' } }),
      team: single(team, { for: 'staff', label: 'Guichet staff', client: 'public', link_by_email: true }),
    };
  }),
  env: { GUICHET_OIDC_ACME_SECRET: SECRET },
});
await customers.register([{ origin: server.origin }]);
await team.register([{ origin: server.origin, id: 'team', auth: 'none' }]);
const t = words('en');
const home = `${server.origin}/support/en/`;

/** A fresh visitor; the only strangers that the browser may meet are the two providers. */
async function visiting(options, what) {
  const { page, context, noise, close } = await visit(server, options);
  try {
    await what(page, context);
    assert.deepEqual(noise.filter((line) => !line.startsWith(`stranger: ${customers.issuer}/`) && !line.startsWith(`stranger: ${team.issuer}/`)), []);
  } finally {
    await close();
  }
}

async function say(page, name) {
  await page.getByRole('heading', { name: 'Acme ID' }).waitFor();
  await page.getByLabel('Who are you?').fill(name);
  await page.getByRole('button', { name: 'That is me' }).click();
}

const listed = (page) => page.waitForURL(`${home}tickets/`);

describe('signing in with a provider', () => {
  it('takes a customer there and back to the page that was asked for, and out of both', () =>
    visiting(DESKTOP, async (page, context) => {
      await page.goto(`${home}tickets/?status=all`);
      await page.waitForURL(`${home}sign-in/?return=**`);
      await page.waitForFunction(() => document.querySelector('a[data-slot=single]').href.includes('return='));
      await page.getByRole('link', { name: 'Continue with Acme ID' }).click();
      await say(page, 'anna');
      await page.waitForURL(`${home}tickets/?status=all`);
      assert.equal(await page.evaluate(() => document.referrer.includes('code=')), false);
      await page.goto(`${home}tickets/`);
      await page.locator('[data-module=account] summary').click();
      await page.locator('[data-slot=sign-out]').click();
      await page.waitForURL(`${home}sign-out/#leaving-acme`);
      await page.getByRole('heading', { level: 1, name: t('pages.sign-out.title'), exact: true }).waitFor();
      assert.ok(await page.locator('#leaving-acme').isVisible());
      assert.equal(await page.locator('#leaving-team').isVisible(), false);
      assert.deepEqual(await violations(page), []);
      await screenshot(page, 'single-sign-out');
      await page.getByRole('link', { name: t('single.send') }).click();
      await page.getByRole('button', { name: /sign me out/i }).click();
      await page.waitForURL(`${home}sign-out/#done`);
      assert.equal(await page.locator('#leaving-acme').isVisible(), false);
      assert.equal((await context.cookies(server.origin)).some(({ name }) => name === 'guichet'), false);
      await page.goto(`${home}sign-in/`);
      await page.getByRole('link', { name: 'Continue with Acme ID' }).click();
      await page.getByLabel('Who are you?').waitFor();
    }));

  it('takes the team in by theirs', () =>
    visiting(DESKTOP, async (page) => {
      await page.goto(`${home}sign-in/`);
      await page.getByRole('link', { name: 'Guichet staff' }).click();
      await say(page, 'mia');
      await listed(page);
      const { person } = await page.evaluate(async () => (await fetch('/api/v1/session')).json());
      assert.equal(person.email, MIA);
      assert.equal(person.role, 'agent');
    }));

  it('works without scripts, there and back and out', () =>
    visiting({ ...DESKTOP, javaScriptEnabled: false }, async (page) => {
      await page.goto(`${home}sign-in/?return=${encodeURIComponent('/support/en/help/')}`);
      await page.getByRole('link', { name: 'Continue with Acme ID' }).click();
      await say(page, 'anna');
      await page.waitForURL(`${home}help/`);
      await page.goto(`${home}sign-out/`);
      await page.getByRole('button', { name: t('sign_out.send') }).click();
      await page.waitForURL(`${home}sign-out/#leaving-acme`);
      assert.ok(await page.getByRole('link', { name: t('single.send') }).isVisible());
    }));

  for (const [tag, options] of [['en', DESKTOP], ['fr', PHONE], ['ar', PHONE]]) {
    it(`says on the page to sign in on what went wrong (${tag})`, () =>
      visiting(options, async (page) => {
        const w = words(tag);
        const label = tag === 'fr' ? 'Continuer avec Acme ID' : 'Continue with Acme ID';
        await page.goto(`${server.origin}/support/${tag}/sign-in/`);
        await page.getByRole('link', { name: label }).click();
        await page.getByRole('button', { name: 'Rather not' }).click();
        await page.waitForURL(/sign-in\/.*#e-single_refused$/);
        await page.getByText(w('single.refused')).waitFor();
        assert.deepEqual(await violations(page), []);
        await screenshot(page, `single-refused-${tag}`);
        await page.getByRole('link', { name: label }).click();
        await say(page, 'nobody');
        await page.waitForURL(/sign-in\/.*#e-single_unknown$/);
        assert.ok(await page.getByText(w('single.unknown')).isVisible());
        assert.equal(await page.getByText(w('single.refused')).isVisible(), false);
        const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(width <= 0, `${width} px beyond the screen`);
      }));
  }
});
