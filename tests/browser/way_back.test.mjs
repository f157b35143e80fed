// Who was on the way to a ticket when sign-in came between lands there, whatever the way in was (T27: only there).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DESKTOP, visit } from '../harness/browser.mjs';
import { ANNA, CARL, DORA, serve } from '../harness/guichet.mjs';
import { awaitMails, recipient } from '../harness/mail.mjs';
import { words } from '../harness/words.mjs';

const server = await serve();
const t = words('en');
const home = `${server.origin}/support/en/`;
const NEW = 'a quiet harbour in the fog';

async function ticketOf(email) {
  const { json } = await (await server.signedIn(email)).file('The way back', 'Hello');
  return `${home}ticket/?n=${json.number}`;
}

/** The address in the one mail of this kind that somebody got. */
async function linkOf(email, fragment) {
  const [mail] = await awaitMails(server.data, (m) => recipient(m) === email && m.text.includes(fragment));
  return /https?:\/\/\S+/.exec(mail.text)[0];
}

describe('on the way to a ticket', () => {
  it('a mailed sign-in link leads on to it', async () => {
    const ticket = await ticketOf(ANNA);
    const visitor = await visit(server, DESKTOP);
    await visitor.page.goto(ticket);
    await visitor.page.waitForURL(/\/sign-in\/\?return=/);
    await visitor.page.getByLabel(t('sign_in.email')).fill(ANNA);
    await visitor.page.getByRole('button', { name: t('sign_in.link') }).click();
    await visitor.page.getByText(t('sign_in.link_sent')).waitFor();
    // The mail is opened elsewhere: nothing but the link knows.
    const other = await visit(server, DESKTOP);
    await other.page.goto(await linkOf(ANNA, '#sign-in='));
    assert.doesNotMatch(other.page.url(), /sign-in=/, 'T08: the token leaves the address bar');
    await other.page.getByRole('button', { name: t('sign_in.send') }).click();
    await other.page.waitForURL(ticket);
    await other.page.getByRole('heading', { level: 1, name: 'The way back' }).waitFor();
    for (const each of [visitor, other]) await each.close();
  });

  it('a new password, and then signing in with it, does', async () => {
    const ticket = await ticketOf(CARL);
    const { page, close } = await visit(server, DESKTOP);
    await page.goto(ticket);
    await page.waitForURL(/\/sign-in\/\?return=/);
    await page.getByRole('link', { name: t('sign_in.forgot') }).click();
    await page.waitForURL(/\/reset\/\?return=/);
    await page.getByLabel(t('reset.email')).fill(CARL);
    await page.getByRole('button', { name: t('reset.send') }).click();
    await page.getByRole('heading', { name: t('reset.sent') }).waitFor();
    await page.goto(await linkOf(CARL, '#token='));
    await page.getByLabel(t('reset_form.label'), { exact: true }).fill(NEW);
    await page.getByRole('button', { name: t('reset_form.send') }).click();
    await page.waitForURL(/\/sign-in\/\?return=.*#reset-done$/);
    await page.getByLabel(t('sign_in.email')).fill(CARL);
    await page.getByLabel(t('sign_in.password'), { exact: true }).fill(NEW);
    await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
    await page.waitForURL(ticket);
    await close();
  });

  it('the sign-in link does without JavaScript, too, when it is pasted', async () => {
    const ticket = new URL(await ticketOf(DORA));
    const { page, close } = await visit(server, { ...DESKTOP, javaScriptEnabled: false });
    await page.goto(`${home}sign-in/?return=${encodeURIComponent(ticket.pathname + ticket.search)}`);
    await page.getByLabel(t('sign_in.email')).fill(DORA);
    await page.getByRole('button', { name: t('sign_in.link') }).click();
    await page.waitForURL(/#link-sent$/);
    const link = await linkOf(DORA, '#sign-in=');
    await page.goto(link);
    await page.getByLabel(t('reset_form.link')).fill(link);
    await page.getByRole('button', { name: t('link.send') }).click();
    await page.waitForURL(ticket.href);
    await close();
  });
});
