// What armed nets keep of large records: texts of their own, and short ones. Measured as heap that is still in use.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { act, after, machine, named, netRule, on, state, TestNets } from './testing/nets-for-tests.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heapBytes = (): number => { collect(); return process.memoryUsage().heapUsed; };

it('keys and names of half a megabyte are let go', () => {
  const flips = machine([state('a', { on: [on('b', named('X'))] }), state('b', { on: [on('a', named('X'))], enter: [act('cpu-sample')], after: [after(3_600_000, 'a')] })]);
  const nets = new TestNets({ measure: false }).arm(...Array.from({ length: 4 }, (_, i) => netRule(`n${i}`, flips)));
  nets.offer({ name: 'X', atMs: 0 });
  const before = heapBytes();
  for (let i = 0; i < 24; i++) {
    const large = `${i}${'x'.repeat(5e5)}`;
    nets.at(i * 300).offer({ name: 'X', atMs: i * 300, service: large, attributes: { queue: large }, resource: { 'host.name': large } });
  }
  expect(nets.nets.report(nets.now)[0]).toMatchObject({ instances: 25, lastRecords: { length: 8 } });
  expect(heapBytes() - before).toBeLessThan(5e6);
  expect(nets.nets.takeFirings().length).toBeGreaterThan(10);
});
