import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../redaction/index.ts';
import { RateWindow } from './rate-window.ts';
import { Fleet, logs } from '../testing/fleet.ts';

let serial = 0;
const order = (extra: Record<string, string | number | boolean> = {}) => ({ eventName: 'order.accepted', severityNumber: 9, attributes: { 'order.id': serial++, 'order.lane': serial % 3 === 0 ? 'fast' : 'slow', ...extra } });
const heartbeat = { eventName: 'heartbeat', severityNumber: 5 };
/** The drift of this kind, and that it came within ten seconds of `since`. */
function within(fleet: Fleet, kind: string, since: number) {
  const found = fleet.drifts.filter((drift) => drift.kind === kind);
  expect(fleet.told.filter((text) => text.startsWith(kind)), JSON.stringify(fleet.told)).toHaveLength(found.length);
  expect(found.length, `${kind}: ${fleet.told.join(', ')}`).toBeGreaterThan(0);
  expect(found[0]!.afterSeconds - since, kind).toBeLessThanOrEqual(10);
  return found;
}

describe('drift', () => {
  it('tells nothing of a service that starts and goes on steadily', () => {
    const fleet = new Fleet().run(240, (second, log) => { log([...logs(5 + (second % 3), () => order()), heartbeat]); if (second > 2) log(logs(2, () => ({ eventName: 'other', severityNumber: 9 }))); });
    expect(fleet.told).toEqual([]);
  });

  it('tells a new event, once, with the version that brought it', () => {
    const fleet = new Fleet().run(90, (_, log) => log(logs(5, () => order())));
    fleet.run(60, (_, log) => log([...logs(5, () => order()), { eventName: 'order.split' }], { 'service.name': 'shop', 'service.version': '1.1.0' }));
    const found = within(fleet, 'new-event', 90);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ durableId: 'order.split', version: '1.1.0', service: 'shop' });
  });

  it('tells a new field within ten seconds, and a missing one', () => {
    const fleet = new Fleet().run(90, (_, log) => log(logs(5, () => order({ coupon: 'none' }))));
    fleet.run(40, (_, log) => log(logs(5, () => order({ basket: 'b' }))));
    expect(within(fleet, 'new-field', 90).map((drift) => drift.field)).toEqual(['basket']);
    expect(within(fleet, 'missing-field', 90).map((drift) => drift.field)).toEqual(['coupon']);
  });

  it('tells a field that changes its type', () => {
    const fleet = new Fleet().run(90, (_, log) => log(logs(5, () => order({ total: 5 }))));
    fleet.run(30, (_, log) => log(logs(5, () => order({ total: 'five' }))));
    expect(within(fleet, 'type-change', 90)).toMatchObject([{ field: 'total', was: 'long' }]);
  });

  it('tells a field whose values explode, not one whose values always differed', () => {
    const fleet = new Fleet().run(90, (_, log) => log(logs(50, () => order({ tier: 'gold' }))));
    fleet.run(20, (_, log) => log(logs(50, () => order({ tier: `t${serial}` }))));
    expect(within(fleet, 'cardinality', 90).map((drift) => drift.field)).toEqual(['tier']);
  });

  it('tells a step of the rate up and down, each once', () => {
    const fleet = new Fleet().run(90, (_, log) => log([...logs(20, () => order()), heartbeat]));
    fleet.run(150, (_, log) => log([...logs(100, () => order()), heartbeat]));
    const up = within(fleet, 'rate-step', 90);
    expect(up).toHaveLength(1);
    expect(up[0]!.durableId).toBe('order.accepted');
    fleet.drifts.length = 0;
    fleet.run(60, (_, log) => log([...logs(20, () => order()), heartbeat]));
    expect(within(fleet, 'rate-step', 240)).toHaveLength(1);
  });

  it('tells an event that is gone while its service goes on, and not one that is seldom', () => {
    const fleet = new Fleet().run(120, (second, log) => log([...logs(5, () => order()), heartbeat, ...(second % 40 === 0 ? [{ eventName: 'seldom' }] : [])]));
    fleet.run(60, (_, log) => log([heartbeat]));
    expect(within(fleet, 'gone-event', 120).map((drift) => drift.durableId)).toEqual(['order.accepted']);
  });

  it('says nothing of events of a service that stopped as a whole', () => {
    const fleet = new Fleet().run(120, (_, log) => log([...logs(5, () => order()), heartbeat], { 'service.name': 'shop' }));
    fleet.run(60, (_, log) => log([heartbeat], { 'service.name': 'other' }));
    expect(fleet.told.filter((text) => text.startsWith('gone'))).toEqual([]);
  });

  it('finds a rename, and tells it instead of a loss', () => {
    const fields = () => ({ 'order.id': serial++, 'order.lane': 'fast', 'order.total': 5, 'code.file.path': 'src/orders.ts', 'code.line.number': 42 });
    const fleet = new Fleet().run(120, (_, log) => log([...logs(5, () => ({ eventName: 'checkout.started', attributes: fields() })), heartbeat]));
    fleet.run(30, (_, log) => log([...logs(5, () => ({ eventName: 'checkout.begun', attributes: fields() })), heartbeat], { 'service.name': 'shop', 'service.version': '2.0.0' }));
    expect(within(fleet, 'renamed', 120)).toMatchObject([{ durableId: 'checkout.begun', was: 'checkout.started', version: '2.0.0' }]);
    const [candidate] = fleet.watch.takeRenames();
    expect(candidate).toMatchObject({ former: { durableId: 'checkout.started' }, current: { durableId: 'checkout.begun' } });
    expect(candidate!.certainty).toBeGreaterThan(0.8);
    expect(candidate!.reason).toContain('same source line src/orders.ts:42');
    expect(fleet.told.some((text) => text.startsWith('gone-event'))).toBe(false);
  });

  it('finds the rename once a rollout that took long is over', () => {
    const one = (eventName: string) => ({ eventName, severityNumber: 9, attributes: { 'cart.id': serial++, 'item.sku': `s${serial % 50}`, 'user.tier': 'gold' } });
    const [former, current] = [{ 'service.name': 'shop', 'service.version': '1.0.0' }, { 'service.name': 'shop', 'service.version': '2.0.0' }];
    const fleet = new Fleet().run(120, (_, log) => log([heartbeat, one('checkout.started')], former));
    fleet.run(600, (_, log) => { log([heartbeat, one('checkout.started')], former, 'a'); log([heartbeat, one('checkout.begun')], current, 'b'); });
    expect(fleet.watch.takeRenames()).toEqual([]);
    fleet.run(60, (_, log) => log([heartbeat, one('checkout.begun')], current, 'b'));
    expect(fleet.watch.takeRenames().map((found) => [found.former.durableId, found.current.durableId])).toContainEqual(['checkout.started', 'checkout.begun']);
  });

  it('takes no pause of an event for its end, and a burst that comes again for no step', () => {
    const one = (eventName: string) => ({ eventName, severityNumber: 9, attributes: { 'cart.id': serial++, 'item.sku': `s${serial % 50}` } });
    const fleet = new Fleet().run(700, (second, log) => log([heartbeat, ...(second % 20 === 0 ? [one('cart.item_added')] : []), ...(second > 240 && second % 20 === 9 ? [one('cart.item_removed')] : []), ...(second % 300 < 20 ? logs(20, () => one('cron.row')) : [])]));
    expect(fleet.watch.takeRenames()).toEqual([]);
    expect(fleet.drifts.filter(({ kind }) => kind === 'rate-step')).toEqual([]);
  });

  it('finds a field that was renamed by its values', () => {
    const fleet = new Fleet().run(90, (second, log) => log(logs(5, (i) => ({ eventName: 'order.accepted', attributes: { userId: `u${(second * 5 + i) % 40}`, n: 1 } }))));
    fleet.run(30, (second, log) => log(logs(5, (i) => ({ eventName: 'order.accepted', attributes: { 'user.id': `u${(second * 5 + i) % 40}`, n: 1 } }))));
    const [candidate] = fleet.watch.takeFieldRenames();
    expect(candidate).toMatchObject({ former: 'userId', current: 'user.id', event: { durableId: 'order.accepted' } });
    expect(candidate!.certainty).toBeGreaterThan(0.8);
  });

  it('tells an event that rises slowly, x20 over ten minutes, and not what its whole service does', () => {
    const rising = (second: number) => 2 * 20 ** Math.min(1, Math.max(0, second - 1200) / 600);
    let carry = 0;
    const due = (rate: number) => { carry += rate; const now = Math.floor(carry); carry -= now; return now; };
    const fleet = new Fleet().run(2100, (second, log) => log([...logs(due(rising(second)), () => ({ eventName: 'retry' })), ...logs(4, () => heartbeat)]));
    expect(fleet.told).toContain('rate-step retry');
    expect(fleet.drifts[0]!.afterSeconds).toBeLessThanOrEqual(1200 + 600);
    expect(fleet.drifts.length).toBeLessThanOrEqual(3);
    const tide = new Fleet().run(2100, (second, log) => log([...logs(Math.round(rising(second)), () => ({ eventName: 'retry' })), ...logs(Math.round(2 * rising(second)), () => heartbeat)]));
    expect(tide.told).toEqual([]);
  });

  const order1 = (eventName: string) => ({ eventName, attributes: { 'order.id': serial++, 'order.lane': 'fast' } });
  it('finds a rename within the first minute, and right after a server restart', () => {
    const young = new Fleet().run(20, (_, log) => log([...logs(5, () => order1('CheckoutStarted')), heartbeat]));
    young.run(20, (_, log) => log([...logs(5, () => order1('checkout.started')), heartbeat]));
    expect(within(young, 'renamed', 20)).toMatchObject([{ durableId: 'checkout.started', was: 'CheckoutStarted' }]);
    const fleet = new Fleet().run(300, (_, log) => log([...logs(5, () => order1('CheckoutStarted')), heartbeat]));
    fleet.restartServer();
    fleet.run(20, (_, log) => log([...logs(5, () => order1('checkout.started')), heartbeat]));
    expect(within(fleet, 'renamed', 300)).toMatchObject([{ durableId: 'checkout.started' }]);
  });

  it('judges a rename again as records come, and withdraws one that was wrong', () => {
    const one = (eventName: string) => ({ eventName, severityNumber: 9, attributes: { 'cart.id': serial++, 'item.sku': `s${serial % 50}`, [eventName === 'cart.added' ? 'user.tier' : 'user.age']: 'gold' } });
    const fleet = new Fleet().run(120, (_, log) => log([heartbeat, one('cart.added')]));
    fleet.run(60, (_, log) => log([heartbeat, one('basket.put')]));
    const found = fleet.watch.takeRenames();
    expect(found.length, 'more certain as the silence goes on').toBeGreaterThan(1);
    expect(found.at(-1)!.certainty).toBeGreaterThan(found[0]!.certainty);
    fleet.run(60, (_, log) => log([heartbeat, one('basket.put'), one('cart.added')]));
    expect(fleet.watch.takeRenames().at(-1)).toMatchObject({ former: { durableId: 'cart.added' }, current: { durableId: 'basket.put' }, isWithdrawn: true });
    fleet.run(60, (_, log) => log([heartbeat, one('basket.put'), one('cart.added')]));
    expect(fleet.watch.takeRenames(), 'and says no more of it').toEqual([]);
  });

  it('finds the rename of a name that came by a rename', () => {
    const fleet = new Fleet();
    for (const name of ['OrderPaid', 'order.paid', 'order_paid']) fleet.run(400, (_, log) => log([...logs(5, () => order1(name)), heartbeat]));
    expect(fleet.drifts.filter(({ kind }) => kind === 'renamed').map(({ was, durableId }) => [was, durableId])).toEqual([['OrderPaid', 'order.paid'], ['order.paid', 'order_paid']]);
  });

  it('holds a field that went and an unrelated one that came for two changes: a few regions are no codes that never come again', () => {
    const regions = ['eu-west', 'eu-north', 'us-east'];
    for (const other of [(n: number) => `p_${n}`, (n: number) => ['free', 'pro'][n % 2]!]) {
      const fleet = new Fleet().run(90, (second, log) => log(logs(5, (i) => ({ eventName: 'cart.added', attributes: { 'cart.id': `c${second}-${i}`, 'cart.region': regions[(second + i) % 3]! } }))));
      fleet.run(30, (second, log) => log(logs(5, (i) => ({ eventName: 'cart.added', attributes: { 'cart.id': `c${second}-${i}`, 'cart.promo': other(second * 5 + i) } }))));
      expect(fleet.told).toEqual(expect.arrayContaining(['missing-field cart.added cart.region', 'new-field cart.added cart.promo']));
      expect(fleet.watch.takeFieldRenames()).toEqual([]);
    }
  });

  it('tells since when a change is so, apart from when it was noticed', () => {
    const added = (attributes: Record<string, string | number>) => ({ eventName: 'cart.added', severityNumber: 9, attributes });
    const fleet = new Fleet().run(90, (_, log) => log(logs(5, () => added({ items: 2, region: 'eu' }))));
    const began = fleet.now;
    fleet.run(30, (_, log) => log(logs(5, () => added({ items: '2', promo: 'x' }))));
    const found = new Map(fleet.drifts.map((one) => [one.kind, one]));
    expect([...found.keys()].sort()).toEqual(['missing-field', 'new-field', 'type-change']);
    for (const { at, since } of found.values()) { expect(Math.abs(since! - began)).toBeLessThanOrEqual(2000); expect(at).toBeGreaterThanOrEqual(since!); }
    const gone = found.get('missing-field')!;
    expect(gone.at).toBeGreaterThan(gone.since!);
  });

  it('withdraws the rename of a field that comes back beside the other', () => {
    const fleet = new Fleet().run(90, (second, log) => log(logs(5, (i) => ({ eventName: 'order.accepted', attributes: { userId: `u${(second * 5 + i) % 40}`, n: 1 } }))));
    fleet.run(30, (second, log) => log(logs(5, (i) => ({ eventName: 'order.accepted', attributes: { 'user.id': `u${(second * 5 + i) % 40}`, n: 1 } }))));
    fleet.watch.takeFieldRenames();
    fleet.run(30, (second, log) => log(logs(5, (i) => ({ eventName: 'order.accepted', attributes: { userId: `u${i}`, 'user.id': `u${(second * 5 + i) % 40}`, n: 1 } }))));
    expect(fleet.watch.takeFieldRenames()).toMatchObject([{ former: 'userId', current: 'user.id', isWithdrawn: true }]);
  });

  it('tells a step of an event that comes seldom', () => {
    const fleet = new Fleet().run(300, (second, log) => log([heartbeat, ...(second % 10 === 0 ? [{ eventName: 'payment.failed', severityNumber: 17 }] : [])]));
    fleet.run(60, (_, log) => log([heartbeat, { eventName: 'payment.failed', severityNumber: 17 }]));
    expect(fleet.drifts.filter(({ kind }) => kind === 'rate-step')).toMatchObject([{ durableId: 'payment.failed' }]);
  });

  it('says nothing of whole numbers among fractions, nor of a field that was seldom from the start', () => {
    const random = seededRandom(5);
    const fleet = new Fleet().run(400, (_, log) => log(logs(3, () => order({ amount: random() < 0.1 ? 7 : 7.5, ...(random() < 0.02 ? { seldom: 'y' } : {}) }))));
    expect(fleet.told).toEqual([]);
  });

  it('takes no chance for a step', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1e9 }), fc.double({ min: 0.05, max: 30, noNaN: true }), (seed, perStep) => {
      const random = seededRandom(seed);
      const window = new RateWindow(0);
      for (let ms = 0; ms < 600_000; ms += 2000) {
        window.add(poisson(perStep, random), 2000, ms);
        expect(window.step(3, ms)).toBeNull();
      }
    }), { numRuns: 50, seed: 3 });
  });

  it('bounds what one service can tell in a minute', () => {
    const fleet = new Fleet().run(90, (_, log) => log([heartbeat]));
    fleet.run(20, (_, log) => log([heartbeat, ...logs(600, (i) => ({ eventName: `e${i}` }))]));
    expect(fleet.drifts.length).toBeLessThanOrEqual(120);
    expect(fleet.drifts.length + fleet.watch.suppressed).toBe(600);
  });
});

/** So many came by chance, of which `mean` come on average. */
function poisson(mean: number, random: () => number): number {
  let count = 0;
  for (let left = random(); left > Math.exp(-mean); left *= random()) count++;
  return count;
}
