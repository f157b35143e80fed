// Chromium, and everything about a page that must stay silent: dialogs, errors, refused content, strangers.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './guichet.mjs';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
export const screenshots = join(root, 'build/screenshots');

export const DESKTOP = { viewport: { width: 1280, height: 900 }, locale: 'en-GB' };
export const PHONE = { viewport: { width: 390, height: 844 }, locale: 'fr-FR', isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

let browser;
let visitors = 0;
let wholeBrowser = false;
const rules = [];

/**
 * Take Chromium as people have it. Before anybody visits. Else it is its headless shell: the same pages, scripts and
 * styles at half the processor time, without what belongs to windows (whether a page can be installed, say).
 */
export function takeWholeBrowser() {
  wholeBrowser = true;
}

const browserPath = () => (wholeBrowser ? '/usr/bin/chromium' : process.env.CHROME_PATH ?? '/usr/bin/chromium-headless-shell');

/** Where the browser finds hosts: mapHosts(['MAP support.acme.example:443 127.0.0.1:4430']). Before anybody visits. */
export function mapHosts(more) {
  rules.push(...more);
}

/** One browser, with an empty profile, for as long as there are visitors: node:test ends a file only without it. */
async function launch() {
  visitors++;
  browser ??= chromium.launch({
    executablePath: browserPath(),
    chromiumSandbox: false,
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', ...(rules.length > 0 ? [`--host-resolver-rules=${rules.join(', ')}`] : [])],
  });
  return await browser;
}

async function leave() {
  if (--visitors > 0) return;
  const last = browser;
  browser = undefined;
  await (await last).close();
}

/**
 * A fresh visitor of `server`. visitor.page is watched: visitor.mustHaveBeenQuiet() throws when there was a dialog, a
 * script error, something the Content-Security-Policy refused, or a request to anybody but the portal.
 */
export async function visit(server, options = DESKTOP) {
  const context = await (await launch()).newContext({ ...options, acceptDownloads: true, ignoreHTTPSErrors: rules.length > 0, timezoneId: 'Europe/Paris' });
  const noise = [];
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('dialog', async (dialog) => {
    noise.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('pageerror', (error) => noise.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    // The browser itself reports every answer of 4xx as an error; tests look at those answers on their own.
    if (message.type() === 'error' && !/^Failed to load resource/.test(message.text())) noise.push(`console: ${message.text()}`);
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && !(server.hosts ?? [server.host]).includes(url.host)) noise.push(`stranger: ${request.url()}`);
  });
  const mustHaveBeenQuiet = () => {
    if (noise.length > 0) throw new Error(`${page.url()}\n${noise.join('\n')}`);
  };
  const close = async () => {
    await context.close();
    await leave();
  };
  return { context, page, noise, mustHaveBeenQuiet, close };
}

/** The same, signed in as somebody. */
export async function visitAs(server, email, options = DESKTOP) {
  const { cookie } = await server.signedIn(email);
  const visitor = await visit(server, options);
  const [name, value] = cookie.split(/=(.*)/s);
  await visitor.context.addCookies([{ name, value, url: server.origin }]);
  return visitor;
}

/** axe-core's findings on the page as it stands, one line each; empty is good. */
export async function violations(page) {
  // Through the debugger's door: the page's own policy refuses injected scripts, and rightly.
  const debug = await page.context().newCDPSession(page);
  const { result, exceptionDetails } = await debug.send('Runtime.evaluate', {
    expression: `(async () => {
      ${axeSource};
      const { violations } = await axe.run(document, { resultTypes: ['violations'] });
      return violations.map((v) => v.id + ': ' + v.help + ' (' + v.nodes.map((n) => n.target.join(' ')).join(', ') + ')');
    })()`,
    awaitPromise: true,
    returnByValue: true,
  });
  await debug.detach();
  if (exceptionDetails) throw new Error(`axe-core: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
  return result.value;
}

export async function screenshot(page, name) {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: false });
}
