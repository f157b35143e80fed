import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { editJson, portalFolder, root, run } from '../harness/guichet.mjs';

/** The twelve languages, each with a name for tickets and the stem of the theme's own word. */
const shipped = {
  en: ['order', 'orders', /ticket/i],
  fr: ['commande', 'commandes', /demande(?!z)/i],
  de: ['Bestellung', 'Bestellungen', /anfrage/i],
  es: ['pedido', 'pedidos', /solicitud/i],
  it: ['ordine', 'ordini', /richiest/i],
  'pt-BR': ['pedido', 'pedidos', /chamado/i],
  nl: ['bestelling', 'bestellingen', /ticket/i],
  pl: ['zamówienie', 'zamówienia', /zgłosz/i],
  tr: ['istek', 'istekler', /tale[pb]/i],
  ja: ['ご注文', 'ご注文', /お問い合わせ/],
  'zh-Hans': ['订单', '订单', /工单/],
  ar: ['طلب', 'طلبات', /تذ(كر[ةت]|اكر)/],
};

/** Texts that hold the word in another sense: requests of a browser, asking for a password or a link. */
const otherwise = {
  it: ['errors.too_many_attempts', 'reset.sent_hint', 'mail.reset.intro', 'mail.reset.ignore', 'mail.sign_up.ignore'],
};

function* texts(group, before = '') {
  for (const [name, value] of Object.entries(group)) {
    if (typeof value === 'string') yield [before + name, value];
    else if ('other' in value) yield [before + name, Object.values(value).join(' ')];
    else yield* texts(value, `${before}${name}.`);
  }
}

const strings = (locale) => JSON.parse(readFileSync(join(root, `themes/default/locales/${locale}.json`), 'utf8'));

describe('X1, S9: the shipped languages', () => {
  let folder;
  let said;
  before(async () => {
    folder = portalFolder((portal) => editJson(portal, 'content/portal.json', (settings) => {
      settings.locales = Object.keys(shipped);
      const names = (at) => Object.fromEntries(Object.entries(shipped).map(([locale, words]) => [locale, words[at]]));
      settings.ticket_name = { one: names(0), other: names(1) };
    }));
    const { code, stderr } = await run('guichet-gen', ['build', '--site', folder]);
    assert.equal(code, 0, stderr);
    said = stderr;
  });

  it('are complete, without a text too many, and up to date', () => {
    assert.deepEqual(said.split('\n').filter((line) => line.includes('locales/') || line.includes('ticket_name')), []);
  });

  it('say on a button what its name says first (WCAG 2.5.3)', () => {
    for (const locale of Object.keys(shipped)) {
      const { nav, account } = JSON.parse(readFileSync(join(root, 'themes/default/locales', `${locale}.json`), 'utf8'));
      assert.ok(account.sign_out_of.startsWith(nav.sign_out), `${locale}: "${account.sign_out_of}", shown as "${nav.sign_out}"`);
    }
  });

  it('have words for every mail that goes out, every reason for which one waits, and all that is written into the audit log', () => {
    const sources = readdirSync(join(root, 'api'), { recursive: true }).filter((path) => path.endsWith('.c')).map((path) => readFileSync(join(root, 'api', path), 'utf8')).join('\n');
    const { desk_mail, desk_audit } = strings('en');
    const kinds = [.../kind_names\[\] = \{([^}]+)\}/.exec(sources)[1].matchAll(/"(\w+)"/g)].map(([, kind]) => kind);
    const actions = [...sources.matchAll(/\b(?:audit|write_down|owe_link)\w*\([^;]*?"([a-z_]+(?:\.[a-z_]+)+)"/g)].map(([, action]) => action.replaceAll('.', '_'));
    const { enum: reasons } = JSON.parse(readFileSync(join(root, 'api/openapi.json'), 'utf8')).components.schemas.WaitingMail.properties.reason;
    assert.ok(kinds.length > 20 && actions.length > 40 && reasons.length > 5);
    for (const [known, used] of [[desk_mail.kind, kinds], [desk_audit.action, actions], [desk_mail.reason, reasons]])
      assert.deepEqual([...new Set(used)].filter((key) => !known[key]), []);
  });

  for (const [locale, [one, other, own]] of Object.entries(shipped)) {
    it(`speak of ${other} where the admin does: ${locale}`, () => {
      const { renamed, words, ...plain } = strings(locale);
      const known = new Map([...texts(renamed)].map(([key, text]) => [key, text.replace(/\{\w+\}/g, '')]));
      for (const word of [words.ticket, words.tickets].filter(Boolean)) assert.match(word, own);
      const left = [...texts(plain)].filter(([key, text]) =>
        own.test(text) && !known.has(key) && !otherwise[locale]?.includes(key));
      assert.deepEqual(left, [], 'these have no counterpart in "renamed"');
      assert.deepEqual([...known].filter(([, text]) => own.test(text)), [], 'these hold the theme’s own word');
      const portal = JSON.parse(readFileSync(join(folder, 'out/portal/portal.json'), 'utf8'));
      assert.deepEqual([portal.ticket_name.one[locale], portal.ticket_name.other[locale]], [one, other]);
      const mails = JSON.stringify(['reply', 'received', 'inbox_ticket', 'inbox_reply'].map((mail) => portal.mail[locale][mail]));
      assert.doesNotMatch(mails, own);
      assert.match(mails, new RegExp(one, 'i'));
    });
  }
});
