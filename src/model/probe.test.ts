import { expect, it } from 'vitest';
import fc from 'fast-check';
import { probeKinds, probeName, probeNameFor, probeNameOf, probeWhat, staticKeeping, staticProbeKinds } from './probe.ts';

it('names a probe by where it sits, one way for the console and the command line', () => {
  expect([probeNameFor('logpoint', { file: 'src/tower.ts', line: 33 }), probeNameFor('logpoint', { file: '/a/b.server.ts', line: 4 }), probeNameFor('uprobe', { symbol: '_ZN3foo' }), probeNameFor('bpftrace', { template: 'slow-syscalls' }), probeNameFor('journald', {})])
    .toEqual(['tower-33', 'b.server-4', 'ZN3foo', 'slow-syscalls', 'journald']);
  const whats = [{ kind: 'logpoint', spec: { at: { file: 'tower.ts', line: 33 } } }, { kind: 'uprobe', spec: { binary: '/lib/libc.so.6', symbol: 'malloc' } }, { kind: 'usdt', spec: { binary: '/bin/x', provider: 'shop', name: 'paid' } }, { kind: 'syslog', spec: { udp: { port: 514 } } }];
  expect(whats.map((what) => probeNameOf(probeWhat.parse(what)))).toEqual(['tower-33', 'malloc', 'paid', 'syslog']);
});

it('is a name whatever the place is called', () => {
  fc.assert(fc.property(fc.constantFrom(...probeKinds), fc.string({ unit: 'binary', maxLength: 80 }), fc.integer({ min: 1, max: 1e7 }), (kind, text, line) => {
    for (const place of [{ file: text, line }, { symbol: text }]) expect(probeName.safeParse(probeNameFor(kind, place)).success).toBe(true);
  }), { numRuns: 50 });
});

it('says of each static probe what a restart does to it; syslog keeps no position', () => {
  expect(staticProbeKinds.map((kind) => [kind, /keeps its position/.test(staticKeeping[kind])])).toEqual([['syslog', false], ['file', true], ['journald', true]]);
});
