// The pages at https://support.acme.example, the API at https://api.acme.example: everything that a customer does works as on one
// host, with scripts and without, and whoever is not us gets nowhere.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, visit } from '../harness/browser.mjs';
import { ANNA, BEN, DORA, PASSWORD, editJson, run } from '../harness/guichet.mjs';
import { awaitMails, recipient } from '../harness/mail.mjs';
import { RealProvider, SECRET, single } from '../harness/provider.mjs';
import { PRINTER, numberOf } from '../harness/tickets.mjs';
import { API_HOST, SECOND, SIBLING, twoHosts } from '../harness/two_hosts.mjs';
import { words } from '../harness/words.mjs';

const provider = await RealProvider.start({ anna: { email: ANNA, email_verified: true } });
const server = await twoHosts({
  edit: (folder) => editJson(folder, 'content/portal.json', (portal) => {
    portal.access = { sign_up: true, sign_in_links: true, groups: { customers: { name: 'Customers' } } };
    portal.single_sign_on = { acme: single(provider, { link_by_email: true }) };
    delete portal.consent;
  }),
  env: { GUICHET_OIDC_ACME_SECRET: SECRET },
  pages: { 'attack.html': `<!doctype html><title>Not ours</title>
    <form method="post" action="https://${API_HOST}/api/v1/session/end"><input name="locale" value="en"></form>` },
});
await provider.register([{ origin: `https://${API_HOST}` }]);
for (const email of [ANNA, BEN, DORA])
  assert.equal((await run('guichet-api', ['people', 'set', email, '--group', 'customers'],
    { env: { GUICHET_DATA: server.data, GUICHET_PORTAL: join(server.folder, 'out/portal') } })).code, 0);

const NEW = 'a quiet harbour in the fog';
const t = words('en');
const home = `${server.origin}/support/en/`;
const linkIn = (mail) => /https?:\/\/\S+/.exec(mail.text)[0];
const mailFor = async (email, about) => (await awaitMails(server.data, (m) => recipient(m) === email && about.test(m.text))).at(-1);

/** Type name and password on the page that asks for them. */
async function fill(page, email, password, w = t) {
  await page.getByLabel(w('sign_in.email')).fill(email);
  await page.getByLabel(w('sign_in.password'), { exact: true }).fill(password);
  await page.getByRole('button', { name: w('sign_in.send'), exact: true }).click();
}

// Two visitors come again and again, as nobody yet: their browser has the pages' files already.
const visitors = { true: await visit(server, DESKTOP), false: await visit(server, { ...PHONE, locale: 'en-GB', javaScriptEnabled: false }) };
after(() => Promise.all(Object.values(visitors).map((visitor) => visitor.close())));

async function visiting(scripts, what) {
  const { page, context, noise } = visitors[scripts];
  await context.clearCookies();
  await what(page, context);
  assert.deepEqual(noise.splice(0).filter((line) => !line.startsWith(`stranger: ${provider.issuer}/`)), []);
}

async function signedIn(page, email, password = PASSWORD) {
  await page.goto(`${home}sign-in/`);
  await fill(page, email, password);
  await page.waitForURL(`${home}tickets/**`);
}

describe('a customer, the API at another host of the domain', () => {
  let visitor;
  let page;
  before(async () => {
    visitor = await visit(server, DESKTOP);
    page = visitor.page;
  });
  after(() => visitor.close());

  it('signs in and is where they were going; the cookie is the API’s alone', async () => {
    await page.goto(`${home}tickets/?status=all`);
    await page.waitForURL(`${home}sign-in/**`);
    await fill(page, ANNA, 'not the right one');
    await page.locator('#main').getByText(t('sign_in.credentials')).locator('visible=true').waitFor();
    const focused = await page.evaluate(() => ({ name: document.activeElement.name, value: document.activeElement.value,
      described: document.getElementById(document.activeElement.getAttribute('aria-describedby'))?.textContent }));
    assert.deepEqual(focused, { name: 'password', value: '', described: t('sign_in.credentials') });
    await fill(page, ANNA, PASSWORD);
    await page.waitForURL(`${home}tickets/?status=all`);
    await page.getByRole('link', { name: PRINTER }).waitFor();
    const [cookie] = (await visitor.context.cookies()).filter(({ name }) => name === '__Host-guichet');
    assert.deepEqual([cookie.domain, cookie.secure, cookie.httpOnly, cookie.sameSite], [API_HOST, true, true, 'Lax']);
  });

  it('replies with a file and gets it back', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256));
    await page.getByRole('link', { name: PRINTER }).click();
    await page.getByLabel(t('reply.label')).fill('Across two hosts.');
    await page.locator('input[type=file]').setInputFiles([{ name: 'smoke.bin', mimeType: 'application/octet-stream', buffer: bytes }]);
    await page.getByRole('button', { name: t('reply.send') }).click();
    await page.getByText(t('reply.sent'), { exact: true }).first().waitFor({ state: 'attached' });
    const sent = page.getByRole('article').filter({ hasText: 'Across two hosts.' });
    const [download] = await Promise.all([page.waitForEvent('download'), sent.getByRole('link', { name: /smoke\.bin/ }).click()]);
    assert.equal(download.suggestedFilename(), 'smoke.bin');
    assert.ok(readFileSync(await download.path()).equals(bytes));
  });

  it('files a ticket and takes the list along', async () => {
    await page.goto(`${home}new/support/`);
    await page.locator('#f-subject').fill('From one host to another');
    await page.locator('#f-category').selectOption('other');
    await page.locator('#f-message').fill('Hello');
    await page.getByRole('button', { name: t('new.send') }).click();
    await page.locator('[data-slot=done]').getByText(t('new.next'), { exact: true }).waitFor();
    await page.goto(`${home}tickets/`);
    await page.getByRole('link', { name: 'From one host to another' }).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: t('csv.export') }).click()]);
    assert.match(download.suggestedFilename(), /^tickets-.*\.csv$/);
    assert.ok(readFileSync(await download.path(), 'utf8').includes('From one host to another'));
  });

  it('changes their name', async () => {
    await page.goto(`${home}account/`);
    await page.getByLabel(t('account.name'), { exact: true }).fill('Anna Berglund');
    await page.getByRole('button', { name: t('account.save') }).click();
    await page.locator('#told').getByText(t('account.saved')).waitFor();
  });

  it('is signed in at the portal’s other domain, too, and out of both', async () => {
    const second = await visitor.context.newPage();
    await second.goto(`https://${SECOND}/support/fr/tickets/`);
    await second.getByRole('link', { name: PRINTER }).waitFor();
    await second.locator('[data-module=account] summary').click();
    await second.getByRole('button', { name: words('fr')('nav.sign_out'), exact: true }).click();
    await second.waitForURL(`https://${SECOND}/support/fr/sign-out/**`);
    await second.close();
    await page.goto(`${home}tickets/`);
    await page.waitForURL(`${home}sign-in/**`);
  });

  it('met nothing that the policy refused, and no stranger', () => visitor.mustHaveBeenQuiet());
});

for (const scripts of [true, false]) {
  describe(`mailed links and providers ${scripts ? 'with' : 'without'} JavaScript, the API at another host`, () => {
    it('a password that was forgotten is set anew', () => visiting(scripts, async (page) => {
      const email = scripts ? BEN : DORA;
      await page.goto(`${home}reset/`);
      await page.getByLabel(t('reset.email')).fill(email);
      await page.getByRole('button', { name: t('reset.send') }).click();
      await page.getByRole('heading', { name: t('reset.sent') }).locator('visible=true').waitFor();
      const link = linkIn(await mailFor(email, /#token=/));
      assert.ok(link.startsWith(server.origin), link);
      await page.goto(link);
      if (!scripts) await page.getByLabel(t('reset_form.link')).fill(link);
      const w = new URL(link).pathname.includes('/fr/') ? words('fr') : t;
      await page.getByLabel(w('reset_form.label'), { exact: true }).fill(NEW);
      await page.getByRole('button', { name: w('reset_form.send') }).click();
      await page.waitForURL(/\/sign-in\/.*#reset-done$/);
      assert.ok(page.url().startsWith(server.origin), page.url());
      await signedIn(page, email, NEW);
    }));

    it('a link signs one in', () => visiting(scripts, async (page) => {
      const email = scripts ? ANNA : DORA;
      await page.goto(`${home}sign-in/`);
      await page.getByLabel(t('sign_in.email')).fill(email);
      await page.getByRole('button', { name: t('sign_in.link') }).click();
      await page.getByText(t('sign_in.link_sent')).locator('visible=true').waitFor();
      const link = linkIn(await mailFor(email, /#sign-in=/));
      await page.goto(scripts ? link : `${home}link/`);
      if (!scripts) await page.getByLabel(t('reset_form.link')).fill(link);
      await page.getByRole('button', { name: scripts ? t('sign_in.send') : t('link.send'), exact: true }).click();
      await page.waitForURL(`${home}tickets/**`);
    }));

    it('who makes an account and is in no group reads so', () => visiting(scripts, async (page) => {
      const email = `zoe.${scripts}@elsewhere.example`;
      await page.goto(`${home}sign-up/`);
      await page.getByLabel(t('sign_up.name')).fill('Zoë del Mar');
      await page.getByLabel(t('sign_in.email')).fill(email);
      await page.getByLabel(t('sign_in.password'), { exact: true }).fill(NEW);
      await page.getByRole('button', { name: t('sign_up.send') }).click();
      await page.getByText(t('sign_up.sent_text')).locator('visible=true').waitFor();
      const mail = await mailFor(email, /#code=/);
      await page.goto(scripts ? linkIn(mail) : `${home}verify/`);
      if (!scripts) await page.getByLabel(t('verify.code')).fill(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/m.exec(mail.text)[0]);
      await page.getByLabel(t('sign_in.password'), { exact: true }).fill(NEW);
      await page.getByRole('button', { name: t('verify.send') }).click();
      await page.waitForURL(`${home}denied/`);
      await page.getByRole('button', { name: t('denied.switch') }).click();
      await page.waitForURL(`${home}sign-out/**`);
    }));

    it('a provider signs one in and out', () => visiting(scripts, async (page) => {
      await page.goto(`${home}sign-in/`);
      await page.getByRole('link', { name: 'Continue with Acme ID' }).click();
      await page.getByLabel('Who are you?').fill('anna');
      await page.getByRole('button', { name: 'That is me' }).click();
      await page.waitForURL(`${home}tickets/`);
      if (scripts) await page.getByRole('link', { name: PRINTER }).waitFor();
      await page.goto(`${home}sign-out/`);
      await page.locator('button:visible, a[href*="/end"]:visible').getByText(t('sign_out.send')).click();
      await page.waitForURL(`${home}sign-out/#leaving-acme`);
      await page.getByRole('link', { name: t('single.send') }).click();
      await page.getByRole('button', { name: /sign me out/i }).click();
      await page.waitForURL(`${home}sign-out/#done`);
    }));
  });
}

describe('without JavaScript, the API at another host', () => {
  it('one signs in, after a wrong password, files a ticket with a file, and signs out', () => visiting(false, async (page) => {
    await page.goto(`${home}sign-in/`);
    await fill(page, ANNA, 'wrong wrong wrong');
    await page.waitForURL(`${home}sign-in/**#e-credentials`);
    await fill(page, ANNA, PASSWORD);
    await page.waitForURL(`${home}tickets/`);
    await page.goto(`${home}new/support/`);
    await page.locator('[name=subject]').fill('No script, two hosts');
    await page.locator('[name=message]').fill('Hello');
    await page.locator('[name=files]').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('abc') });
    await page.getByRole('button', { name: t('new.send') }).click();
    await page.waitForURL(`${home}new/support/#sent`);
    const anna = await server.signedIn(ANNA);
    assert.ok(await numberOf(anna, 'No script, two hosts'));
    await page.goto(`${home}sign-out/`);
    await page.getByRole('button', { name: t('sign_out.send') }).click();
    await page.waitForURL(`${home}sign-out/#done`);
  }));

  it('one who signs in at the second domain stays there', () => visiting(false, async (page) => {
    await page.goto(`https://${SECOND}/support/fr/sign-in/`);
    await fill(page, ANNA, PASSWORD, words('fr'));
    await page.waitForURL(`https://${SECOND}/support/fr/tickets/`);
  }));
});

describe('T42: a page that is not ours, in the browser of somebody who is signed in', () => {
  /** What a script of this page gets from the API: [what it read, how many writes were answered]. */
  const attack = (page) => page.evaluate(async (api) => {
    const tried = async (path, options) => {
      try {
        return (await fetch(api + path, { credentials: 'include', ...options })).status;
      } catch {
        return 'refused';
      }
    };
    const json = { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Guichet': '1' }, body: JSON.stringify({ name: 'Anna Berglund', locale: 'en' }) };
    return { read: await tried('/session'), write: await tried('/account/details', json), end: await tried('/session', { method: 'DELETE', headers: { 'X-Guichet': '1' } }),
      blind: await tried('/session/end', { method: 'POST', mode: 'no-cors', body: new URLSearchParams({ locale: 'en' }) }) };
  }, `https://${API_HOST}/api/v1`);

  for (const origin of [`https://${SIBLING}`, 'http://support.acme.example']) {
    it(`reads nothing and changes nothing: ${origin}`, async () => {
      const { page, context, noise } = visitors.true;
      await context.clearCookies();
      await signedIn(page, ANNA);
      await page.goto(`${origin}/attack.html`);
      const got = await attack(page);
      assert.deepEqual([got.read, got.write, got.end], ['refused', 'refused', 'refused']);
      const [answer] = await Promise.all([page.waitForResponse(/session\/end$/), page.evaluate(() => document.forms[0].submit())]);
      assert.equal(answer.status(), 403);
      await page.waitForURL(`https://${API_HOST}/**`);
      await page.goto(`${home}tickets/`);
      await page.getByRole('link', { name: PRINTER }).waitFor();
      noise.length = 0; // of the attack
    });
  }

  it('whereas a page of ours does all of it (so that the refusals say something)', () => visiting(true, async (page) => {
    await signedIn(page, ANNA);
    const got = await attack(page);
    assert.deepEqual([got.read, got.write, got.end], [200, 204, 204]);
  }));
});
