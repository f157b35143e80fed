// A form that asks for properties of the ticket and of the contact (S7, S28, X17).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, editJson, serve } from '../harness/guichet.mjs';

const FIELDS = ['subject', 'message', 'product', 'devices', 'tried', 'needed_by', 'standstill', 'phone'];
const server = await serve({ edit: (folder) => {
  editJson(folder, 'content/forms/support.json', (form) => {
    const labels = Object.fromEntries(form.fields.map((field) => [field.id, field]));
    form.fields = FIELDS.map((id) => (id === 'subject' || id === 'message' ? labels[id] : { id }));
    form.fields.push({ id: 'serial', required: true, show_when: { field: 'standstill', known: true } });
  });
} });
const anna = await server.signedIn(ANNA);

const USUAL = { subject: 'With properties', message: 'Hello' };
const send = (client, fields) => client.multipart('/tickets', { ...USUAL, ...fields });
const propertiesOf = async (client, made) => (await client.get(`/tickets/${made.json.number}`)).json.ticket.properties;
const known = async (client) => (await client.get('/session')).json.properties;

describe('a form with properties', () => {
  it('keeps answers of every type with the ticket', async () => {
    const made = await send(anna, { product: 'scanner', devices: '12', tried: ['cable', 'restart'], needed_by: '2026-12-24', standstill: 'true', serial: 'PC7-1' });
    assert.equal(made.status, 201, made.text);
    assert.deepEqual(await propertiesOf(anna, made), { product: 'scanner', devices: 12, tried: ['cable', 'restart'], needed_by: '2026-12-24', standstill: true, serial: 'PC7-1' });
  });

  it('keeps what was not answered away, and that a box was not ticked', async () => {
    const made = await send(anna, { devices: '', tried: [] });
    assert.equal(made.status, 201, made.text);
    assert.deepEqual(await propertiesOf(anna, made), { standstill: false });
  });

  it('says of every field what is wrong with it, all at once', async () => {
    const answer = await send(anna, { product: 'lorry', devices: '0', tried: ['cable', 'cable'], needed_by: '24.12.2026', standstill: 'true', phone: '1'.repeat(41) });
    assert.equal(answer.status, 422, answer.text);
    const codes = Object.fromEntries(answer.json.errors.map(({ field, code }) => [field, code]));
    assert.deepEqual(codes, { product: 'option', devices: 'too_small', tried: 'option', needed_by: 'date', serial: 'required', phone: 'too_long' });
    for (const [devices, code] of [['1.5e3', 'number'], ['many', 'number'], ['10001', 'too_great']])
      assert.deepEqual((await send(anna, { devices })).json.errors, [{ field: 'devices', code }]);
  });

  it('T20: takes no field that it does not ask for, and no property that only the team has', async () => {
    for (const field of ['escalation', 'manager', 'role', 'company_id', 'properties', 'email', 'priority'])
      assert.equal((await send(anna, { [field]: 'board' })).status, 400, field);
    for (const twice of [['product', ['scanner', 'printer']], ['devices', ['1', '2']], ['standstill', ['true', 'true']]])
      assert.equal((await send(anna, { [twice[0]]: twice[1] })).status, 400, twice[0]);
    assert.equal((await send(anna, { tried: ['restart', 'cable', 'device', 'update', 'restart'] })).status, 400);
  });

  it('keeps answers about the contact with the contact, shows what is known, and forgets what was emptied', async () => {
    assert.deepEqual(await known(anna), {});
    const made = await send(anna, { phone: ' +47 1 ' });
    assert.deepEqual(await known(anna), { phone: '+47 1' });
    assert.equal((await propertiesOf(anna, made)).phone, undefined);
    await send(anna, {});
    assert.deepEqual(await known(anna), { phone: '+47 1' });
    assert.deepEqual(await known(await server.signedIn(BEN)), {});
    await send(anna, { phone: '' });
    assert.deepEqual(await known(anna), {});
  });

  it('takes the same from a plain form, where an empty field says nothing of the contact', async () => {
    await send(anna, { phone: '+47 2' });
    const answer = await anna.plainUpload('/tickets/form?locale=en', { ...USUAL, subject: 'Plain', product: 'gateway', devices: '2', tried: ['restart', 'update'], needed_by: '', phone: '' });
    assert.equal(answer.status, 303, answer.text);
    assert.match(answer.headers.location, /new\/support\/#sent$/);
    assert.deepEqual(await known(anna), { phone: '+47 2' });
    const row = (await anna.get('/tickets?view=mine')).json.tickets.find((t) => t.subject === 'Plain');
    assert.deepEqual(row.properties, { product: 'gateway', devices: 2, tried: ['restart', 'update'], standstill: false });
  });
});
