// What a canary may claim of what it saw, and what not.
import { describe, expect, it } from 'vitest';
import type { RedactionReport } from '../../model/index.ts';
import { planCanary } from './probes.ts';
import { CanaryWatch } from './watch.ts';

const plan = planCanary('run1', 5, 1_700_000_000_000_000_000n);
const [first] = plan.probes;
type Cell = RedactionReport['cells'][number];
const reportOf = (cell: Partial<Cell>) => ({ version: 1, cells: [{ durableId: '', action: 'mask', rule: { id: 'r', name: 'only-this', version: 1 }, count: 1, ...cell }], residual: [], coverage: [] }) as unknown as RedactionReport;
const outcomes = (watch: CanaryWatch, output = 'out'): string[] => plan.probes.map((_, i) => watch.outcome(i, output, false));

describe('a plan', () => {
  it('has a service for each secret, under the run, and most detectors', () => {
    const services = plan.probes.map(({ service }) => service);
    expect(new Set(services).size).toBe(services.length);
    expect(services.filter((one) => !one.startsWith('weir-canary-run1-'))).toEqual([]);
    expect(new Set(plan.probes.map(({ detector }) => detector)).size).toBeGreaterThan(100);
  });
  it('puts some bodies into JSON', () => {
    const bodies = JSON.stringify(plan.documents).match(/"body":\{"stringValue":"\{\\"level/g);
    expect(bodies?.length).toBeGreaterThan(3);
  });
});

describe('a watch', () => {
  it('calls nothing stopped that it has not seen go by, whatever a rule hid', () => {
    const watch = new CanaryWatch(plan);
    watch.see('out', new Uint8Array(0));
    for (const { service, place, detector } of plan.probes) watch.seeReport(reportOf({ service, place, detector }));
    expect(new Set(outcomes(watch))).toEqual(new Set(['not-seen']));
  });
  it('calls it stopped when its record came by without it, or a rule dropped the record', () => {
    const watch = new CanaryWatch(plan);
    watch.seeText('out', first!.marker);
    watch.seeReport(reportOf({ service: plan.probes[3]!.service, place: 'name', detector: 'email', action: 'drop' }));
    expect(outcomes(watch).map((one, i) => (one === 'stopped' ? i : -1)).filter((i) => i >= 0)).toEqual([0, 3]);
    expect(watch.ruleOf(plan.probes[3]!)).toBe('only-this v1');
  });
  it('names the rule that hid this secret at this place, and not one that hid something else', () => {
    const watch = new CanaryWatch(plan);
    const { service, place, names } = first!;
    const other = ['email', 'ipv4', 'payment-card'].find((one) => !names.includes(one))!;
    watch.seeReport(reportOf({ service, place, detector: other }));
    watch.seeReport(reportOf({ service, place: 'link', detector: names[0]! }));
    watch.seeReport(reportOf({ service: 'another', place, detector: names[0]! }));
    watch.seeReport(reportOf({ service, place, detector: names[0]!, action: 'ignore' }));
    expect(watch.ruleOf(first!)).toBeNull();
    watch.seeReport(reportOf({ service, place, detector: names[0]! }));
    expect(watch.ruleOf(first!)).toBe('only-this v1');
  });
  it.each<[string, (secret: string) => string]>([
    ['as it is', (secret) => secret], ['escaped in JSON', (secret) => JSON.stringify(secret)], ['escaped twice', (secret) => JSON.stringify(JSON.stringify(secret))], ['percent-encoded', encodeURIComponent],
    ['in base64', (secret) => Buffer.from(secret).toString('base64')], ['in base64 with more', (secret) => Buffer.from(`x${secret} `).toString('base64')], ['in base64 for addresses', (secret) => Buffer.from(`xy${secret}`).toString('base64url')],
  ])('sees a secret %s', (_, form) => {
    const watch = new CanaryWatch(plan);
    const oneLine = plan.probes.map(({ secret }, i) => ({ secret, i })).filter(({ secret }) => !/[\n\\]/.test(secret)).slice(0, 30);
    for (const { secret } of oneLine) watch.seeText('out', `before ${form(secret)} after`);
    expect(oneLine.filter(({ i }) => watch.outcome(i, 'out', false) !== 'leaked')).toEqual([]);
  });
});
