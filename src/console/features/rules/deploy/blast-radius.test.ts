import { describe, expect, it } from 'vitest';
import { planVersion, type Plan } from '../../../../kql/index.ts';
import { dryRunResult, ruleDetail } from '../testing/fakes.ts';
import { startingPrices } from '../../../../cost/index.ts';
import { blastRadius, type BlastFacts } from './blast-radius.ts';

const plan: Plan = { version: planVersion, table: 'Logs', operators: [{ op: 'where', predicate: { k: 'literal', type: 'bool', value: true } }], sink: { sink: 'drop' } };
const facts: BlastFacts = { plan, dryRun: dryRunResult(), coveredMs: 10_000, agents: [{ name: 'cart-1', connected: true, kind: 'weir' }], rule: null, version: 1, tailRatio: 1, conflicts: [] };
const said = (more: Partial<BlastFacts>, mode: 'live' | 'shadow' = 'live') => blastRadius({ ...facts, ...more }, mode).map(line => `${line.tone === 'attention' ? '! ' : ''}${line.strong} ${line.rest}`);

const running = (perSecond: number) => ruleDetail('x', { state: 'deployed', deployedVersion: 3, mode: 'live', effect: { ...ruleDetail('x').effect, matchedPerSecond: perSecond, removedPerSecond: perSecond } });

describe('blastRadius', () => {
  it('names agents, rates and fate', () => {
    expect(said({})).toEqual([
      '1 agent cart-1; reachable now.',
      '50/s matched, 25.0 % of Logs.',
      '− 50/s no longer leave, 20 kB/s less.',
      'Matched records stop at the agent. Nothing downstream receives them, and they are not kept anywhere.',
    ]);
  });

  it('says what it is worth by all that the price table bills, as the dry run does', () => {
    // 50 records and 20,000 bytes a second: 131.4 million records and 52.56 GB a month.
    expect(said({ prices: startingPrices })).toContain("157.68 USD a month less, at today's rate: that of the 10 s of the dry run.");
    expect(said({ prices: startingPrices, tailRatio: 0.5 }, 'shadow')).toContain("315.36 USD a month less, once it is live, at today's rate: that of the 10 s of the dry run.");
    const series = dryRunResult({ saved: { logs: { records: 0, bytes: 0 }, spans: { records: 0, bytes: 0 }, metrics: { records: -10, bytes: -100 } }, groups: 50 });
    expect(said({ prices: startingPrices, dryRun: series })).toContain("! 1.00 USD a month more, at today's rate: that of the 10 s of the dry run.");
  });

  it('scales a sampled tail and says that it is an estimate', () => {
    expect(said({ tailRatio: 0.25 })[1]).toBe('≈ 200/s matched, 25.0 % of Logs.');
  });

  it('makes rates from the time that was covered, not from the times in records', () => {
    expect(said({ coveredMs: 20_000, dryRun: dryRunResult({ fromMs: 0 }) })[1]).toBe('25/s matched, 25.0 % of Logs.');
    expect(said({ coveredMs: 2000 })[1]).toBe('≈ 250/s matched, 25.0 % of Logs.');
    expect(said({ coveredMs: 28 })[1]).toMatch(/^500 in 28 ms matched, 25\.0 % of Logs\.$/);
  });

  it('warns about what is not known, about agents away, about no where at all', () => {
    expect(said({ dryRun: null })[1]).toMatch(/^! No dry run/);
    expect(said({ dryRun: dryRunResult({ matched: 0 }), coveredMs: 20_000 })[1]).toMatch(/^! Nothing matched of 2,000 records in 20 s before rules/);
    expect(said({ dryRun: dryRunResult({ matched: 0 }) })[1]).toMatch(/^Nothing matched yet .* too little to tell/);
    expect(said({ agents: [] })[0]).toMatch(/^! No agent/);
    expect(said({ agents: [{ name: 'a', connected: false, kind: 'weir' }, { name: 'c', connected: true, kind: 'opamp' }] })[0]).toBe('! 1 agent a; 0 reachable now, one follows on return.');
    expect(said({ plan: { ...plan, operators: [] } })).toContain('! There is no where every record of Logs is matched.');
  });

  it('says which version it replaces', () => {
    expect(said({ rule: running(0), version: 4 })).toContain('Version 4 replaces version 3, which runs now.');
  });

  it('says "would" of a shadow, and what stops acting', () => {
    const lines = said({}, 'shadow');
    expect(lines).toEqual(['1 agent cart-1; reachable now.', '50/s would match, 25.0 % of Logs.', '− 50/s would no longer leave, 20 kB/s less.', 'Every record passes as if the rule were not there; it only counts.']);
    expect(said({ rule: running(12), version: 4 }, 'shadow')).toContain('! Version 3 acts now and stops acting: 12/s that it removes leave again.');
    expect(said({ plan: { ...plan, operators: [] } }, 'shadow')).toContain('! There is no where every record of Logs would be matched.');
  });

  it('is red where nearly every record makes a series of its own', () => {
    const lines = blastRadius({ ...facts, dryRun: dryRunResult({ matched: 44_400, groups: 44_400, emitted: 44_400, overflowed: 34_400 }) }, 'live');
    expect(lines.filter(({ tone }) => tone === 'danger')).toEqual([{ tone: 'danger', strong: '44,400 series', rest: expect.stringContaining('past 10,000 they share one') }]);
  });

  it('warns when the new text matches nothing where the deployed one does', () => {
    expect(said({ dryRun: dryRunResult({ matched: 0 }), rule: running(12), version: 4 })[1]).toMatch(/^! Nothing matched of 2,000 records in 10 s before rules, and version 3, which runs now, matches 12\/s/);
    expect(said({ dryRun: dryRunResult({ matched: 0 }), rule: running(0.1), version: 4 })[1]).toMatch(/too little to tell/);
  });

  it('says what it takes from whom', () => {
    const conflict = { loser: 'rate', own: false, level: 'never' as const, message: 'rate never sees a record: x, which runs before it, drops them all.' };
    expect(said({ conflicts: [conflict] })).toContain('! rate never sees a record: x, which runs before it, drops them all.');
    expect(said({ conflicts: [{ ...conflict, loser: 'x', own: true, message: 'x never sees a record: y.' }] })[1]).toBe('50/s matched, 25.0 % of Logs, as they come, before other rules.');
    expect(said({ conflicts: Array.from({ length: 6 }, () => ({ ...conflict, level: 'some' as const })) }).filter(line => line.includes('conflict'))).toEqual(['2 more conflicts with rules that run now.']);
  });
});
