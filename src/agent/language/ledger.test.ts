// Limits of language rules beyond a revision, a time away and a process.
import { describe, expect, it } from 'vitest';
import { readMemories, type LanguageOutputs, type NetMemory } from '../../engine/index.ts';
import { Ledger } from './ledger.ts';
import type { HostRule } from './types.ts';

const second = 1_000_000_000n;
const rule = (revision: string, more: Partial<HostRule> = {}): HostRule => ({ id: 'l', name: 'l', revision, javascript: '', actions: { actions: 1, perMs: 3_600_000, cooldownMs: 600_000 }, cpuShare: 1, ...more });
const asking: LanguageOutputs = { atUnixNano: 1n, resource: null, emit: [], metrics: [], actions: [{ action: 'memory-dump', parameters: {} }], notRun: [], logs: [], error: null, refused: 0, cut: 0, chars: 0, stop: null };
const asked = (ledger: Ledger, now: bigint): number => ledger.of('l')!.admit(asking, now).actions.length;
const overDisk = (ledger: Ledger, now: bigint): readonly NetMemory[] => readMemories(JSON.parse(JSON.stringify(ledger.memories(now))) as unknown[], now).memories;
function ledgerOf(now: bigint, ...rules: HostRule[]): Ledger {
  const ledger = new Ledger();
  ledger.replace(rules, now);
  return ledger;
}

describe('the limits of a language rule', () => {
  it('go on with another revision, and when it was taken off and put back', () => {
    const ledger = ledgerOf(100n * second, rule('1'));
    expect([asked(ledger, 101n * second), asked(ledger, 102n * second)]).toEqual([1, 0]);
    ledger.replace([rule('2')], 103n * second);
    expect(asked(ledger, 104n * second)).toBe(0);
    ledger.replace([], 105n * second);
    expect(ledger.memories(106n * second)).toHaveLength(1);
    ledger.replace([rule('2')], 107n * second);
    expect(asked(ledger, 108n * second)).toBe(0);
    expect(asked(ledger, 3701n * second)).toBe(1);
  });

  it('go on in the next process, whether the rule was deployed at the end or not', () => {
    for (const isDeployed of [true, false]) {
      const ledger = ledgerOf(100n * second, rule('1'));
      expect(asked(ledger, 100n * second)).toBe(1);
      if (!isDeployed) ledger.replace([], 101n * second);
      const next = new Ledger();
      next.remember(overDisk(ledger, 102n * second));
      next.replace([rule('1')], 103n * second);
      expect(next.of('l')!.admit(asking, 104n * second)).toMatchObject({ actions: [], notRun: [{ because: 'the limit of 1 actions per 1 h is used up' }] });
    }
  });

  it('are used up where nobody knows what was started', () => {
    const next = new Ledger();
    next.loseOthers(100n * second);
    next.replace([rule('1')], 101n * second);
    expect([asked(next, 102n * second), asked(next, 3700n * second)]).toEqual([0, 1]);
  });

  it('count nothing of what it would have done in shadow', () => {
    const ledger = ledgerOf(100n * second, rule('1', { mode: 'shadow' }));
    expect(asked(ledger, 101n * second)).toBe(1);
    expect(ledger.memories(102n * second)).toEqual([]);
    ledger.replace([rule('2')], 103n * second);
    expect(asked(ledger, 104n * second)).toBe(1);
  });
});
