// The incidents that mock mode starts with: one that the shop's net opened, one that is closed, and one from elsewhere.
import type { MockBackend } from '../backend.ts';
import { latestOf } from '../rules-store.ts';
import type { MockIncidents } from './store.ts';

const net = 'checkout-queue-stuck';

export function seedIncidents(incidents: MockIncidents, backend: MockBackend): void {
  const ago = (minutes: number): string => backend.iso(backend.startedMs - minutes * 60_000);
  const rule = [...backend.store.rules.values()].find(each => latestOf(each).document.name === net)?.id ?? null;
  const closed = incidents.add({ title: 'Payments time out at the bank', openedAt: ago(1640), closedAt: ago(1598), agents: ['payments-3'], services: ['payments'] });
  incidents.write(closed, 'note', 'The bank answered again at 10:42; nothing on our side.', { at: ago(1600), by: 'you' });
  incidents.write(closed, 'closed', 'Closed', { at: ago(1598), by: 'you' });
  const brought = incidents.add({ title: 'Cart loses sessions after a deploy', openedAt: ago(4400), closedAt: ago(4310), agents: ['eu-cart-2'], services: ['cart'], openedBy: { kind: 'net', name: 'cart-session-leak', rule: null }, triggers: 1, imported: { from: 'weir.eu.shop.example', at: ago(95), by: 'you' } });
  incidents.write(brought, 'trigger', 'cart-session-leak (cart) went from growing to leaking: p99 of sessions over 4,096', { at: ago(4400), by: 'cart-session-leak', agent: 'eu-cart-2' });
  incidents.write(brought, 'imported', 'Imported from weir.eu.shop.example', { at: ago(95), by: 'you' });
  const stuck = incidents.add({
    title: `${net}: checkout, orders is stuck`, openedAt: ago(5.2), openedBy: { kind: 'net', name: net, rule }, triggers: 2, agents: ['shop-1', 'shop-2'], services: ['checkout'],
    joined: ({ asker, state }) => asker.name === net || state === 'uploading', joinedArtifact: artifact => artifact.rule === net || artifact.state === 'uploading',
  });
  incidents.write(stuck, 'trigger', `${net} (checkout, orders) went from growing to stuck: 5 matches within 30 s; started cpu-sample, collect-recorder, memory-dump`, { at: ago(5.2), by: net, agent: 'shop-1', rule });
  incidents.write(stuck, 'trigger', `${net} (checkout, refunds) went from growing to stuck: 5 matches within 30 s; memory-dump not started: it ran 1 m 12 s ago, and this asks for 1 h`, { at: ago(4), by: net, agent: 'shop-2', rule });
  incidents.write(stuck, 'note', 'Rolling back needs a config migration first.', { at: ago(2.1), by: 'you' });
}
