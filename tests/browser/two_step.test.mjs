import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { DESKTOP, PHONE, screenshot, violations, visit, visitAs } from '../harness/browser.mjs';
import { ANNA, BEN, CARL, MIA, PASSWORD, editJson, serve } from '../harness/guichet.mjs';
import { awaitMails, recipient } from '../harness/mail.mjs';
import { codeOf, nextCode, turnOn } from '../harness/totp.mjs';
import { words } from '../harness/words.mjs';

const server = await serve();
const visitors = [];
after(() => Promise.all(visitors.map((each) => each.close())));
const keep = (visitor) => {
  visitors.push(visitor);
  return visitor.page;
};

for (const { email, locale, options, tag } of [
  { email: ANNA, locale: 'en', options: DESKTOP, tag: 'desktop' },
  { email: BEN, locale: 'fr', options: { ...PHONE, colorScheme: 'dark' }, tag: 'phone-dark' },
]) {
  describe(`two-step sign-in, ${locale} ${tag}`, () => {
    const t = words(locale);
    const home = `${server.origin}/support/${locale}/`;
    let page;
    let secret;
    let codes;
    const section = () => page.locator('[data-slot=two-step]');
    const looksWell = async (name) => {
      assert.deepEqual(await violations(page), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
      await section().scrollIntoViewIfNeeded().catch(() => {});
      await screenshot(page, `two-step-${name}-${locale}-${tag}`);
    };

    it('is set up on the account page: a picture, a key, a code', async () => {
      page = keep(await visitAs(server, email, options));
      await page.goto(`${home}account/`);
      await section().getByRole('button', { name: t('two_step.set_up') }).click();
      await section().getByText(t('account.old_wrong')).waitFor();
      await page.locator('#two-step-password').fill(PASSWORD);
      await section().getByRole('button', { name: t('two_step.set_up') }).click();
      await section().getByRole('img', { name: t('two_step.picture') }).waitFor();
      secret = await page.locator('[data-slot=two-step-key]').textContent();
      assert.match(secret, /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
      const box = await section().getByRole('img').boundingBox();
      assert.ok(box.width > 150 && Math.abs(box.width - box.height) < 1, 'the picture is a square one can scan');
      await looksWell('set-up');
      await page.locator('#two-step-code').fill('12');
      await section().getByRole('button', { name: t('two_step.turn_on'), exact: true }).click();
      await section().getByText(t('two_step.code_wrong')).waitFor();
    });

    it('shows the recovery codes once, to copy, keep or print', async () => {
      await page.locator('#two-step-code').fill(codeOf(secret));
      await section().getByRole('button', { name: t('two_step.turn_on'), exact: true }).click();
      await section().getByRole('heading', { name: t('two_step.codes_title') }).waitFor();
      codes = await section().getByRole('listitem').allTextContents();
      assert.equal(codes.length, 10);
      await looksWell('codes');
      const saved = page.waitForEvent('download');
      await section().getByRole('link', { name: t('two_step.download') }).click();
      assert.equal(readFileSync(await (await saved).path(), 'utf8'), `${codes.join('\n')}\n`);
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.locator('#details').isVisible(), false, 'only the codes are printed');
      assert.equal(await section().getByText(codes[0]).isVisible(), true);
      await page.emulateMedia({ media: 'screen' });
      await section().getByRole('button', { name: t('two_step.kept') }).click();
      await section().getByText(t('two_step.codes_left', { count: 10 })).waitFor();
      assert.equal(await section().getByText(codes[0]).count(), 0);
      await looksWell('on');
      await awaitMails(server.data, (m) => recipient(m) === email && m.get('Subject').includes(locale === 'en' ? 'is on' : 'est activée'));
    });

    it('asks for a code, says what is wrong with it in place, and leads to where one was going', async () => {
      page = keep(await visit(server, options));
      await page.goto(`${home}account/`);
      await page.getByLabel(t('sign_in.email')).fill(email);
      await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
      await page.getByRole('heading', { level: 1, name: t('pages.code.title') }).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.id), 'code');
      await page.getByLabel(t('two_step.code'), { exact: true }).fill('123');
      await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
      await page.getByText(t('two_step.wrong')).filter({ visible: true }).waitFor();
      assert.deepEqual(await violations(page), []);
      await screenshot(page, `two-step-code-${locale}-${tag}`);
      await page.getByLabel(t('two_step.code'), { exact: true }).fill(nextCode(secret));
      await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
      await page.waitForURL(`${home}account/`);
    });

    it('is turned off with the password', async () => {
      await page.locator('#two-step-proof').fill('not the password');
      await section().getByRole('button', { name: t('two_step.turn_off') }).click();
      await section().getByText(t('two_step.proof_wrong')).waitFor();
      await page.locator('#two-step-proof').fill(PASSWORD);
      await section().getByRole('button', { name: t('two_step.turn_off') }).click();
      await page.locator('#told').getByText(t('two_step.now_off')).waitFor();
      await section().getByRole('button', { name: t('two_step.set_up') }).waitFor();
    });
  });
}

describe('without JavaScript', () => {
  const t = words('en');
  const home = `${server.origin}/support/en/`;

  it('a code is asked for, too, and one begins anew when it took too long', async () => {
    const { codes } = await turnOn(server, CARL, PASSWORD);
    const page = keep(await visit(server, { javaScriptEnabled: false }));
    const signIn = async () => {
      await page.goto(`${home}sign-in/?return=${encodeURIComponent('/support/en/help/')}`);
      await page.getByLabel(t('sign_in.email')).fill(CARL);
      await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
      await page.getByRole('heading', { level: 1, name: t('pages.code.title') }).waitFor();
    };
    const give = async (code) => {
      await page.getByLabel(t('two_step.code'), { exact: true }).fill(code);
      await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
    };
    await signIn();
    for (let i = 0; i < 5; i++) {
      await give('wrong');
      await page.waitForURL(/#e-code_wrong$/);
      await page.getByText(t('two_step.wrong')).waitFor();
    }
    await give(codes[0]);
    await page.getByText(t('two_step.over')).waitFor();
    await signIn();
    await give(codes[0].toLowerCase());
    await page.waitForURL(`${home}help/`);
    await awaitMails(server.data, (m) => recipient(m) === CARL && /recovery code .* was used/.test(m.get('Subject')));
  });
});

describe('two-step sign-in that the team must have', () => {
  it('leads to where it is set up, and from there everything opens', async () => {
    const t = words('en');
    const strict = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.access = { ...p.access, two_step: 'staff' }; }) });
    const home = `${strict.origin}/support/en/`;
    const page = keep(await visit(strict));
    await page.goto(`${home}tickets/`);
    await page.getByLabel(t('sign_in.email')).fill(MIA);
    await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
    await page.waitForURL(`${home}account/#two-step`);
    await page.getByText(t('two_step.required')).waitFor();
    await page.waitForFunction(() => document.activeElement.id === 'two-step');
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'two-step-required');
    await page.locator('#two-step-password').fill(PASSWORD);
    await page.getByRole('button', { name: t('two_step.set_up') }).click();
    await page.getByRole('img', { name: t('two_step.picture') }).waitFor();
    await page.locator('#two-step-code').fill(codeOf(await page.locator('[data-slot=two-step-key]').textContent()));
    await page.getByRole('button', { name: t('two_step.turn_on'), exact: true }).click();
    await page.getByRole('button', { name: t('two_step.kept') }).click();
    await page.locator('[data-slot=two-step-on-text]').waitFor();
    assert.equal(await page.getByRole('button', { name: t('two_step.turn_off') }).isVisible(), false);
    await page.goto(`${home}tickets/`);
    await page.locator('.row-link').first().waitFor();
  });
});
