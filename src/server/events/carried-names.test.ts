// Fields that were renamed along with their event, from the agent's report to a proposal.
import { expect, it } from 'vitest';
import type { Alias } from '../../model/index.ts';
import { eventReport, eventSeen, fieldSeen } from '../testing/events.ts';
import { eventually } from '../testing/eventually.ts';
import { withAgent, type ServerWithAgent } from '../testing/server-with-agent.ts';

let here: ServerWithAgent;
withAgent((now) => { here = now; });

it('are proposed, and the proposal goes with the rename that it came with', async () => {
  const fieldsOf = (total: string, count: number) => [fieldSeen(total, count, { types: { real: count }, distinct: count }), fieldSeen('cart.id', count)];
  here.agent.sendCustom('events.report', eventReport(Number(here.clock.nowUnixNano() / 1_000_000n), [eventSeen('CheckoutStarted', 100, { fields: fieldsOf('order.total', 100) }), eventSeen('checkout.started', 40, { fields: fieldsOf('order.amount', 40) })]));
  const { server, clock } = here;
  await eventually(async () => { expect((await server.call('GET', '/api/v1/events')).body).toMatchObject({ total: 2 }); });
  const renamed = (await server.call('POST', '/api/v1/aliases', { kind: 'event', former: 'CheckoutStarted', current: 'checkout.started', service: 'shop' })).body as Alias;
  const fields = async () => ((await server.call('GET', '/api/v1/aliases')).body as { aliases: Alias[] }).aliases.filter(({ kind }) => kind === 'field');
  await eventually(async () => { clock.advanceMs(2000); expect(await fields()).toMatchObject([{ former: 'order.total', current: 'order.amount', service: 'shop', state: 'proposed', by: 'weir' }]); });
  await server.call('PUT', `/api/v1/aliases/${renamed.id}`, { state: 'rejected' });
  await eventually(async () => { expect(await fields()).toEqual([]); });
});
