// What the ticket page does while one reads: new replies, quotations, pictures.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { quotesOf } from '../../themes/default/js/quotes.js';
import { DESKTOP, PHONE, screenshot, violations, visit } from '../harness/browser.mjs';
import { ANNA, MIA, PASSWORD, serve } from '../harness/guichet.mjs';
import { png } from '../harness/png.mjs';
import { tempFolder } from '../harness/temp.mjs';
import { PRINTER, numberOf } from '../harness/tickets.mjs';
import { words } from '../harness/words.mjs';

const server = await serve();
const t = words('en');
const home = `${server.origin}/support/en/`;
const mia = await server.signedIn(MIA);
const anna = await server.signedIn(ANNA);
const printer = await numberOf(mia, PRINTER);
const picture = join(tempFolder('uploads'), 'smoke.png');
writeFileSync(picture, png(640, 480, [180, 60, 20]));

async function visitTicket(options) {
  const visitor = await visit(server, options);
  const { page } = visitor;
  await page.goto(`${home}sign-in/?return=${encodeURIComponent(`/support/en/ticket/?n=${printer}`)}`);
  await page.getByLabel(t('sign_in.email')).fill(ANNA);
  await page.getByLabel(t('sign_in.password'), { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: t('sign_in.send'), exact: true }).click();
  await page.waitForURL(`${home}ticket/**`);
  await page.locator('.message').first().waitFor();
  return visitor;
}

/** As when one comes back to the tab: then the page looks at once. */
const comeBack = (page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

for (const { what, options } of [{ what: 'on a desktop', options: DESKTOP }, { what: 'on a phone', options: { ...PHONE, locale: 'en-GB' } }]) {
  describe(`new replies, ${what}`, () => {
    let visitor;
    let page;
    before(async () => {
      visitor = await visitTicket(options);
      page = visitor.page;
    });
    after(() => visitor.close());

    it('wait behind a button, and move nothing that one reads or writes', async () => {
      const field = page.getByLabel(t('reply.label'));
      await field.fill('I am writing this');
      await field.scrollIntoViewIfNeeded();
      const place = () => page.evaluate(() => [scrollY, document.querySelector('#reply-message').getBoundingClientRect().top]);
      const before = await place();
      await mia.reply(printer, `First, ${what}`);
      await mia.reply(printer, `Second, ${what}`);
      await comeBack(page);
      const button = page.getByRole('button', { name: '2 new replies' });
      await button.waitFor();
      assert.deepEqual(await place(), before);
      assert.equal(await page.getByText(`First, ${what}`).count(), 0);
      assert.deepEqual(await violations(page), []);
      await screenshot(page, `news-${what.split(' ').pop()}`);
      await button.click();
      await page.getByText(`Second, ${what}`).waitFor();
      assert.match(await page.evaluate(() => document.activeElement.textContent), new RegExp(`First, ${what}`));
      assert.equal(await button.isVisible(), false);
      assert.equal(await field.inputValue(), 'I am writing this');
    });

    it('are announced politely', async () => {
      await mia.reply(printer, `Third, ${what}`);
      await comeBack(page);
      await page.waitForFunction(() => document.querySelector('#live').textContent === '1 new reply');
      await page.getByRole('button', { name: '1 new reply' }).press('Enter');
      await page.getByText(`Third, ${what}`).waitFor();
    });

    it('from one’s own other tab are there, too, and one’s own of this tab are none', async () => {
      await anna.reply(printer, `From my telephone, ${what}`);
      await comeBack(page);
      await page.getByRole('button', { name: '1 new reply' }).click();
      await page.getByText(`From my telephone, ${what}`).waitFor();
      await page.getByRole('button', { name: t('reply.send') }).click();
      await page.getByText(t('reply.sent'), { exact: true }).first().waitFor({ state: 'attached' });
      await page.waitForFunction(() => !document.querySelector('[data-slot=state]:not([hidden])'));
      const [answer] = await Promise.all([page.waitForResponse((r) => r.url().endsWith(`/tickets/${printer}`)), comeBack(page)]);
      assert.equal(answer.status(), 200);
      assert.equal(await page.locator('[data-slot=news]').isVisible(), false);
    });

    it('are asked for with what is known already', async () => {
      const [again] = await Promise.all([page.waitForResponse((r) => r.url().endsWith(`/tickets/${printer}`)), comeBack(page)]);
      assert.equal(again.status(), 304);
      assert.equal(again.request().headers()['x-guichet-quiet'], '1');
    });

    it('no script stumbled', () => visitor.mustHaveBeenQuiet());
  });
}

describe('what a message quotes', () => {
  const quoted = (body) => quotesOf(body).filter((part) => part.quoted).map((part) => part.words);

  it('is what follows an introduction, in every shipped language', () => {
    for (const introduction of ['On Mon, 3 Nov 2025 at 10:00, Mia Roth <mia@guichet.example> wrote:', 'Le lun. 3 nov. 2025 à 10:00, Mia Roth <m@g.example> a écrit :',
      'Am Mo., 3. Nov. 2025 um 10:00 Uhr schrieb Mia Roth <m@g.example>:', 'El lun, 3 nov 2025 a las 10:00, Mia Roth (<m@g.example>) escribió:',
      'Il giorno lun 3 nov 2025 alle ore 10:00 Mia Roth <m@g.example> ha scritto:', 'Em seg., 3 de nov. de 2025 às 10:00, Mia Roth <m@g.example> escreveu:',
      'Op ma 3 nov 2025 om 10:00 schreef Mia Roth <m@g.example>:', 'pon., 3 lis 2025 o 10:00 Mia Roth <m@g.example> napisał(a):',
      'Mia Roth <m@g.example>, 3 Kas 2025 Pzt, 10:00 tarihinde şunu yazdı:', '2025年11月3日(月) 10:00 Mia Roth <m@g.example>:',
      'Mia Roth <m@g.example> 于2025年11月3日周一 10:00写道：', 'في الاثنين، 3 نوفمبر 2025 في 10:00 ص تمت كتابة ما يلي بواسطة Mia Roth:',
      '-----Original Message-----', '-----Message d’origine-----', '-----Ursprüngliche Nachricht-----', '----- 原始邮件 -----'])
      assert.deepEqual(quoted(`Thank you.\n\n${introduction}\nHello Anna,\nit is done.`), [`${introduction}\nHello Anna,\nit is done.`], introduction);
  });

  it('may be introduced on two lines, as mail programs break them', () => {
    const tail = 'On Mon, 3 Nov 2025 at 10:00, Mia Roth\n<mia@guichet.example> wrote:\n\n> Hello\n> Anna';
    assert.deepEqual(quoted(`Fine.\n${tail}`), [tail]);
  });

  it('is lines marked with >, when there are more than two or they end the message', () => {
    assert.deepEqual(quoted('One:\n> a\n> b\n> c\nTwo.'), ['> a\n> b\n> c']);
    assert.deepEqual(quoted('One:\n> a\nTwo.'), []);
    assert.deepEqual(quoted('Yes.\n> a'), ['> a']);
  });

  it('is nothing of what one writes oneself', () => {
    for (const body of ['On Monday I wrote to you.', 'Le voici : il a écrit.', 'The log says:\nnothing', '> all of it\n> is quoted', 'a > b\nb > c\nc > d'])
      assert.deepEqual(quoted(body), [], body);
  });

  it('ends where the signature begins, which is folded by itself', () => {
    const parts = (body) => quotesOf(body).map(({ quoted, signed, words }) => [signed ? 'signed' : quoted ? 'quoted' : 'own', words]);
    const quotation = 'On Mon, 3 Nov 2025, Mia wrote:\n> Hello\n> Anna';
    assert.deepEqual(parts('Fine.\n\n-- \nAnna Berg\nAcme'), [['own', 'Fine.\n'], ['signed', 'Anna Berg\nAcme']]);
    assert.deepEqual(parts(`Fine.\n--\nAnna Berg\n\n${quotation}`), [['own', 'Fine.'], ['signed', 'Anna Berg\n'], ['quoted', quotation]]);
    assert.deepEqual(parts(`${quotation}\n\nFine.\n-- \nAnna`), [['quoted', quotation], ['own', '\nFine.'], ['signed', 'Anna']]);
    const list = `First\n--\n${'a line\n'.repeat(13)}`;
    for (const body of ['-- \nAnna', 'a -- b', '--- \nAnna', list, 'Fine.\n--']) assert.deepEqual(parts(body), [['own', body]], body);
  });

  it('takes no time, however long a line is', () => {
    const begun = Date.now();
    quotesOf(`${'كتب '.repeat(5000)}\n${'napisał '.repeat(2000)}:`);
    assert.ok(Date.now() - begun < 200);
  });
});

describe('quotations and pictures on the page', () => {
  let visitor;
  let page;
  before(async () => {
    await mia.reply(printer, 'Please send a picture.\n\nOn Mon, 3 Nov 2025 at 10:00, Anna Berg <anna@acme.example> wrote:\n> It is on fire\n> and it smokes\n\n-- \nMia, second floor');
    visitor = await visitTicket(DESKTOP);
    page = visitor.page;
  });
  after(() => visitor.close());

  it('a quotation is folded, and opens by keyboard', async () => {
    const fold = page.locator('.message:last-child .quote').filter({ hasText: t('ticket.quoted') });
    assert.equal(await fold.getByText('and it smokes').isVisible(), false);
    assert.equal(await page.locator('.message:last-child').getByText('Please send a picture.').isVisible(), true);
    await fold.locator('summary').press('Enter');
    await fold.getByText('and it smokes').waitFor();
    const signature = page.locator('.message:last-child .quote').filter({ hasText: t('ticket.signature') });
    assert.equal(await signature.getByText('Mia, second floor').isVisible(), false);
    await signature.locator('summary').press('Enter');
    await signature.getByText('Mia, second floor').waitFor();
    assert.deepEqual(await violations(page), []);
  });

  it('a picture is fetched only when one asks for it; then it shows in a dialog with its name, and as a thumbnail', async () => {
    const fetched = [];
    page.on('request', (request) => /\/files\//.test(request.url()) && fetched.push(request.url()));
    await page.getByLabel(t('reply.label')).fill('Here it is');
    await page.locator('input[type=file]').setInputFiles(picture);
    await page.locator('.files .file-name').getByText('smoke.png').waitFor();
    await page.keyboard.press('Tab');
    await page.getByLabel(t('reply.label')).press('Control+Enter');
    await page.getByText(t('reply.sent'), { exact: true }).first().waitFor({ state: 'attached' });
    await page.reload();
    const item = page.locator('.message:last-child');
    const view = item.getByRole('button', { name: t('files.view', { name: 'smoke.png' }) });
    await view.waitFor();
    assert.deepEqual(fetched, []);
    await view.press('Enter');
    const image = page.getByRole('dialog', { name: 'smoke.png' }).getByRole('img', { name: 'smoke.png' });
    await image.waitFor();
    assert.equal(await image.evaluate((el) => el.naturalWidth), 640);
    assert.match(fetched.join(), /\?inline=1$/);
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'picture-desktop');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('#picture').open);
    assert.equal(await view.evaluate((el) => el === document.activeElement), true);
    await item.locator('.thumbnail').waitFor();
    await view.click();
    await image.waitFor();
    assert.equal(fetched.length, 1, 'what was shown once is not fetched again');
    await page.getByRole('button', { name: t('files.close') }).click();
  });

  it('a picture that is no longer to be had says so', async () => {
    await page.reload();
    const view = page.locator('.message:last-child').getByRole('button', { name: t('files.view', { name: 'smoke.png' }) });
    await page.route('**/files/**', (route) => route.abort());
    await view.click();
    await page.getByRole('dialog').getByText(t('files.picture_failed')).waitFor();
    await page.unroute('**/files/**');
    await page.keyboard.press('Escape');
  });

  it('no script stumbled', () => assert.deepEqual(visitor.noise.filter((line) => !/ERR_FAILED|net::/.test(line)), []));
});

describe('a reply whose script cannot be loaded', () => {
  it('stays in its field, the page says why, and the next press sends it', async () => {
    const { page, close } = await visitTicket(DESKTOP);
    await page.route('**/js/reply.js', (route) => route.abort());
    await page.getByLabel(t('reply.label')).fill('Typed while the way was cut');
    await page.getByRole('button', { name: t('reply.send') }).click();
    await page.locator('#reply-message-error').getByText(t('errors.network')).waitFor();
    assert.equal(await page.getByLabel(t('reply.label')).inputValue(), 'Typed while the way was cut');
    await page.unroute('**/js/reply.js');
    await page.getByRole('button', { name: t('reply.send') }).click();
    await page.getByText(t('reply.sent'), { exact: true }).waitFor();
    await close();
  });
});
