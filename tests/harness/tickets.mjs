// Finding tickets by what they are about, since numbers are the store's business.

/** Every ticket that the client sees in a view, page by page. */
export async function allTickets(client, { view, status = 'all' } = {}) {
  const found = [];
  let after = null;
  for (let page = 0; page < 100; page++) {
    const query = new URLSearchParams({ status, ...(view && { view }), ...(after && { after }) });
    const answer = await client.get(`/tickets?${query}`);
    if (answer.status !== 200) throw new Error(`list: ${answer.status} ${answer.text}`);
    found.push(...answer.json.tickets);
    after = answer.json.next;
    if (after === null) return found;
  }
  throw new Error('the list never ends');
}

/** The number of the ticket with this subject. */
export async function numberOf(client, subject, options) {
  const ticket = (await allTickets(client, options)).find((t) => t.subject === subject);
  if (!ticket) throw new Error(`no ticket "${subject}" in sight of ${client.me?.email}`);
  return ticket.number;
}

/** Subjects of people.json's tickets. */
export const PRINTER = 'The printer on floor two is on fire'; // Anna's; Mia answered and left an internal note
export const INVOICE = 'Invoice 2026-117 counts us twice'; // Ben's, with a file
export const BIRCH = 'Birch saplings arrived without roots'; // Carl's, of another company, with a file
export const OLD = 'How do I change my password?'; // Anna's, closed
export const PRIVATE = 'A question of my own'; // Dora's
export const NOTE = 'Internal: she calls every week, ask legal first'; // the internal note
