// The HTML of mails as programs of mail show it: readable at every width, in both schemes and directions.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { screenshots, violations, visit } from '../harness/browser.mjs';
import { ANNA, MIA } from '../harness/guichet.mjs';
import { awaitMails, recipient } from '../harness/mail.mjs';
import { served } from '../harness/settings.mjs';

const LONG = 'https://files.example.com/a/very/long/address/that/nobody/would/ever/break/by/hand/because/it/has/no/blanks.pdf';
const SUBJECTS = { en: 'The lid of the blue case', de: 'Der Deckel des blauen Koffers', ar: 'غطاء الحقيبة الزرقاء' };

/** The mails that one person gets in a language: a reset's, a received ticket's and a reply's. */
async function mailsIn(locale) {
  const server = await served({}, (demo) => { demo.people.anna.locale = locale; }, { locales: ['en', 'fr', 'de', 'ar'] });
  const [anna, mia] = [await server.signedIn(ANNA), await server.signedIn(MIA)];
  const { number } = (await anna.file(SUBJECTS[locale], 'It broke <b>today</b>.\nSee below.')).json;
  await mia.reply(number, `Thank you for telling us.\n\nThe parts list is here:\n${LONG}\n\nWe send a new one.`);
  await server.client().post('/resets', { email: ANNA });
  const found = await awaitMails(server.data, (mail) => recipient(mail) === ANNA, 3);
  return { server, found };
}

for (const locale of ['en', 'de', 'ar']) {
  const { server, found } = await mailsIn(locale);
  describe(`a mail in "${locale}"`, () => {
    for (const colorScheme of ['light', 'dark']) {
      for (const width of [390, 700]) {
        it(`is read with ease, ${colorScheme}, ${width} pixels wide`, async () => {
          const visitor = await visit(server, { viewport: { width, height: 800 }, colorScheme, deviceScaleFactor: 1 });
          mkdirSync(screenshots, { recursive: true });
          for (const [i, mail] of found.entries()) {
            await visitor.page.setContent(mail.html);
            assert.deepEqual(await violations(visitor.page), []);
            const { sideways, dir, button, ground } = await visitor.page.evaluate(() => ({
              sideways: document.documentElement.scrollWidth - innerWidth,
              dir: document.documentElement.dir,
              button: document.querySelector('.button a').getBoundingClientRect().height,
              ground: getComputedStyle(document.body).backgroundColor,
            }));
            assert.ok(sideways <= 0, `scrolls sideways by ${sideways}`);
            assert.equal(dir, locale === 'ar' ? 'rtl' : 'ltr');
            assert.ok(button >= 44, `the button is ${button} high`);
            assert.equal(Number(/\d+/.exec(ground)[0]) < 128, colorScheme === 'dark', ground);
            await visitor.page.screenshot({ path: join(screenshots, `mail-${locale}-${i}-${colorScheme}-${width}.png`), fullPage: true });
          }
          visitor.mustHaveBeenQuiet();
          await visitor.close();
        });
      }
    }
  });
}
