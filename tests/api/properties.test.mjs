// Properties of the admin's own: what shows of them, and what stays inside (S11, S25, S27).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, editJson, serve } from '../harness/guichet.mjs';
import { INVOICE, PRINTER, allTickets, numberOf } from '../harness/tickets.mjs';

const SHOWN = { product: 'printer', serial: '=1+1', devices: 3, tried: ['restart', 'cable'], needed_by: '2026-12-01', standstill: true };
const server = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => {
  p.tickets.columns = ['number', 'product', 'serial', 'devices', 'tried', 'needed_by', 'category'].map((property) => ({ property }));
  p.tickets.page = [{ property: 'standstill', label: { en: 'Stopped', fr: 'Arrêt' } }, { property: 'closed' }];
}) });
const usual = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { delete p.tickets.page; }) });
const anna = await server.signedIn(ANNA);

describe('properties of a ticket', () => {
  it('are told where a column or the page shows them, with values of their types', async () => {
    const row = (await allTickets(anna)).find((t) => t.subject === PRINTER);
    assert.deepEqual(row.properties, SHOWN);
    assert.equal(row.category, 'bug');
    const { ticket } = (await anna.get(`/tickets/${row.number}`)).json;
    assert.deepEqual(ticket.properties, SHOWN);
    assert.equal(ticket.closed_at, null);
  });

  it('are absent where a ticket has none', async () => {
    const row = (await allTickets(anna)).find((t) => t.subject === INVOICE);
    assert.deepEqual(row.properties, {});
  });

  it('never leave the API when neither list nor page shows them', async () => {
    for (const client of [anna, await usual.signedIn(ANNA)]) {
      const number = await numberOf(client, PRINTER);
      for (const path of ['/tickets?status=all', `/tickets/${number}`, '/tickets.csv?status=all']) {
        const answer = await client.get(path);
        assert.equal(answer.status, 200, answer.text);
        assert.doesNotMatch(answer.text, /escalation|board|management/, path);
        assert.doesNotMatch(answer.text, client === anna ? /"(priority|source)"/ : /standstill|needed_by|restart|"source"/, path);
      }
    }
  });

  it('stand in an export under their labels, in the language that is asked for, safe and plain', async () => {
    const lines = async (locale) => (await anna.get(`/tickets.csv?status=all&locale=${locale}`)).text.replace('\uFEFF', '').split('\r\n');
    const [head, ...rows] = await lines('fr');
    assert.equal(head, 'Numéro,Produit,Numéro de série,Appareils concernés,Déjà essayé,Souhaité pour le,Sujet');
    const number = await numberOf(anna, PRINTER);
    const row = rows.find((line) => line.startsWith(`${number},`));
    assert.match(row, /,Imprimante LabelPro,"?'=1\+1"?,3,"?Éteint et rallumé; Un autre câble ou chargeur"?,2026-12-01,Quelque chose ne fonctionne pas$/);
    const english = (await lines('en')).find((line) => line.startsWith(`${number},`));
    assert.match(english, /,LabelPro printer,.*,3,"?Turned it off and on; Another cable or charger"?,2026-12-01,Something does not work$/);
  });
});
