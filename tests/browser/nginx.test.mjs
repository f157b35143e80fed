import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, takeWholeBrowser, visit } from '../harness/browser.mjs';
import { ANNA, PASSWORD, freePort, portalFolder, run, serve } from '../harness/guichet.mjs';
import { nginx } from '../harness/nginx.mjs';
import { words } from '../harness/words.mjs';

const folder = portalFolder();
assert.equal((await run('guichet-gen', ['build', '--compress', '--site', folder])).code, 0);
const port = await freePort();
const origin = `http://localhost:${port}`;
const api = await serve({ folder, env: { GUICHET_ORIGIN: origin } });
await nginx({ folder, port, api: `127.0.0.1:${api.port}` });
const t = words('en');
takeWholeBrowser(); // another knows nothing of installing

describe('the portal behind nginx', () => {
  let visitor;
  before(async () => {
    visitor = await visit({ host: `localhost:${port}` }, DESKTOP);
  });
  after(() => visitor.close());

  it('one chooses a language, signs in, files a ticket and finds it in the list', async () => {
    const { page } = visitor;
    await page.goto(`${origin}/`);
    await page.locator('a[href="/support/en/"]').first().click();
    await page.waitForURL(`${origin}/support/en/`);
    await page.goto(`${origin}/support/en/sign-in/`);
    await page.getByLabel(t('sign_in.email')).fill(ANNA);
    await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
    await page.waitForURL(`${origin}/support/en/tickets/**`);
    await page.locator('.row-link').first().click();
    await page.getByLabel(t('reply.label')).fill('Sent through nginx');
    await page.getByRole('button', { name: t('reply.send') }).click();
    await page.getByText(t('reply.sent'), { exact: true }).first().waitFor({ state: 'attached' }); // while it is being sent, one may not leave
    await page.getByText('Sent through nginx').first().waitFor();
    visitor.mustHaveBeenQuiet();
  });

  it('its manifest is one that a browser takes', async () => {
    const { page } = visitor;
    await page.goto(`${origin}/support/en/`);
    const debug = await page.context().newCDPSession(page);
    const { url, data, errors } = await debug.send('Page.getAppManifest');
    assert.equal(url, `${origin}/support/en/manifest.webmanifest`);
    assert.deepEqual(errors, []);
    const manifest = JSON.parse(data);
    for (const icon of manifest.icons) {
      const answer = await page.request.get(new URL(icon.src, origin).href);
      assert.equal(answer.status(), 200);
      assert.equal(answer.headers()['content-type'], icon.type);
    }
    const { installabilityErrors } = await debug.send('Page.getInstallabilityErrors');
    assert.deepEqual(installabilityErrors.map((e) => e.errorId), ['in-incognito'], 'the only reason against it is the test itself');
    visitor.mustHaveBeenQuiet();
  });
});
