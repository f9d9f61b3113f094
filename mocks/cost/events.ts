// The shop's lines of code as the catalogue would have measured them over two minutes: rates of the mock fleet, invented fields and severities.
import type { MeasuredEvent, MeasuredField } from '../../src/cost/index.ts';
import type { EventSource } from '../../src/model/index.ts';
import type { MockBackend } from '../backend.ts';
import { fate } from '../rule-effects.ts';
import { shopTalkers, type ShopTalker } from '../shop.ts';

const windowSeconds = 120;
const stepSeconds = 10;
/** Nobody ever looked at these. */
const unread: ReadonlySet<string> = new Set(['frontend/src/ssr/render.ts:212', 'cart/src/clients/catalog.ts:88', 'GET /cart']);
const severityOf: Readonly<Record<string, number>> = { 'frontend/src/ssr/render.ts:212': 5, 'cart/src/clients/catalog.ts:88': 13, PaymentDeclined: 17 };
const lines: Readonly<Record<string, string>> = { LogLaunch: 'services/frontend.ts:12', CartItemAdded: 'services/cart.ts:31', CheckoutStarted: 'services/checkout.ts:24', QueueDepth: 'services/checkout.ts:58', PaymentDeclined: 'services/payments.ts:40' };

const attribute = (key: string, meanBytes: number, distinct: number, presence = 1, maxBytes = meanBytes): MeasuredField => ({ place: 'attribute', key, meanBytes, presence, distinct, maxBytes, isText: true, share: 0 });
const fieldsOf: Readonly<Record<string, readonly MeasuredField[]>> = {
  LogLaunch: [attribute('session.id', 26, 40_000), attribute('http.route', 28, 6), attribute('device', 16, 3), attribute('tier', 12, 3), attribute('screen.width', 18, 4), { place: 'body', key: '', meanBytes: 44, presence: 1, distinct: 120, maxBytes: 60, isText: true, share: 0 }],
  CartItemAdded: [attribute('cart.snapshot', 190, 9000, 1, 4200), attribute('sku', 18, 400), attribute('user.id', 22, 5000)],
  'cart/src/clients/catalog.ts:88': [attribute('exception.stacktrace', 260, 12, 1, 2900), attribute('url.full', 60, 900)],
};
const usual = [attribute('http.route', 28, 12), attribute('session.id', 26, 9000), attribute('build.id', 24, 2)];

const sourceOf = ({ durableId, signal }: ShopTalker): EventSource => (signal === 'spans' ? 'span-name' : signal === 'metrics' ? 'metric-name' : /:\d+$/.test(durableId) ? 'code-location' : 'event-name');

export function measuredEvents(backend: MockBackend): readonly MeasuredEvent[] {
  const now = Math.floor(backend.clock() / 1000) * 1000;
  return shopTalkers.map(talker => measured(backend, talker, now));
}

const lineOf = ({ durableId }: Pick<ShopTalker, 'durableId'>): string | null => lines[durableId] ?? (/:\d+$/.test(durableId) ? durableId : null);

function measured(backend: MockBackend, talker: ShopTalker, now: number): MeasuredEvent {
  let [came, removed] = [0, 0];
  const steps = windowSeconds / stepSeconds;
  for (let i = 0; i < steps; i++) {
    const step = fate(backend.store.deployedRules(), talker, now - i * stepSeconds * 1000);
    came += step.in / steps;
    removed += step.removed / steps;
  }
  const rate = (records: number) => ({ recordsPerSecond: records, bytesPerSecond: records * talker.bytesEach });
  const received = rate(came);
  return {
    signal: talker.signal, service: talker.service, id: talker.durableId, source: sourceOf(talker), label: talker.durableId, sourceLine: lineOf(talker), overSeconds: windowSeconds, received, removed: rate(removed),
    severities: talker.signal === 'logs' ? [{ severity: severityOf[talker.durableId] ?? 9, rate: received }] : [], versions: versions(came, talker),
    looked: 512, fields: (fieldsOf[talker.durableId] ?? usual).map(field => ({ ...field, share: (field.meanBytes * field.presence) / talker.bytesEach })),
    series: talker.signal === 'metrics' ? 24 : null, users: [], unreadSince: unread.has(talker.durableId) ? backend.iso(backend.startedMs - 3 * 86_400_000) : null,
  };
}

/** A third of it comes from the newer release. */
const versions = (records: number, { bytesEach }: ShopTalker): MeasuredEvent['versions'] => [['4.11.0', 2 / 3], ['4.12.0', 1 / 3]].map(([version, share]) => ({ version: String(version), rate: { recordsPerSecond: records * Number(share), bytesPerSecond: records * Number(share) * bytesEach } }));
