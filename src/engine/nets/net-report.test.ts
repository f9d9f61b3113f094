// How long reports become, and what they say was left out.
import { describe, expect, it } from 'vitest';
import { netReport } from '../../model/index.ts';
import { mostReportChars, netChars, withinRoom } from './report-room.ts';
import { after, machine, named, netRule, on, state, TestNets } from './testing/nets-for-tests.ts';

describe('a report', () => {
  const guard = `EventName == "QueueDepth" and ${'Attributes["deployment.environment.name"] == "production" and '.repeat(4)}true`;
  const wide = machine([state('idle', { on: [{ ...on('growing', named('X')), text: guard }] }), state('growing', { after: [after(60_000, 'idle')], on: ['Y', 'Z', 'W'].map((name) => ({ ...on('idle', named(name), 5, 1000), text: guard })) })]);
  const reported = (count: number) => {
    const nets = new TestNets({ measure: false });
    nets.arm(...Array.from({ length: count }, (_, i) => netRule(`net-number-${i}`, wide)));
    for (let k = 0; k < 6; k++) nets.offer({ name: 'X', atMs: k, attributes: { queue: `orders-eu-west-${k}`, depth: 300 } });
    return nets.nets.report(nets.now);
  };

  it('of few nets is whole', () => {
    const [net] = reported(20);
    expect([net!.events.length, net!.keys.length, net!.guards.length, net!.lastRecords.length, net!.cut]).toEqual([6, 6, 4, 6, undefined]);
    expect(net!.lastRecords[0]!.text).toContain('queue=orders-eu-west-5');
  });

  it('of many has little of each and says that lines are left out; of too many it leaves nets out', () => {
    const nets = reported(1500);
    expect(JSON.stringify(nets).length).toBeLessThan(1.2 * mostReportChars);
    expect(nets[0]!.cut).toBeGreaterThan(5);
    expect(nets[0]).toMatchObject({ looked: 6, moved: 6, instances: 6, moreKeys: 6 - nets[0]!.keys.length });
    const { nets: some, leftOut } = withinRoom([...nets, ...nets, ...nets]);
    expect(JSON.stringify(some).length).toBeLessThan(mostReportChars);
    expect([some.length + leftOut, leftOut > 500, some.length > 1000]).toEqual([4500, true, true]);
    expect(netReport.safeParse({ version: 1, atUnixMs: 0, nets: some, leftOut }).success).toBe(true);
  });

  it('is never longer than it is taken for', () => {
    for (const net of reported(3)) expect(netChars(net)).toBeGreaterThan(JSON.stringify(net).length);
  });
});
