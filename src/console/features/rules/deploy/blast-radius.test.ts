import { describe, expect, it } from 'vitest';
import { planVersion, type Plan } from '../../../../kql/index.ts';
import { dryRunResult } from '../testing/fakes.ts';
import { blastRadius, type BlastFacts } from './blast-radius.ts';

const plan: Plan = { version: planVersion, table: 'Logs', operators: [{ op: 'where', predicate: { k: 'literal', type: 'bool', value: true } }], sink: { sink: 'drop' } };
const facts: BlastFacts = { plan, dryRun: dryRunResult(), coveredMs: 10_000, agents: [{ name: 'cart-1', connected: true, kind: 'weir' }], rule: null, version: 1, tailRatio: 1 };
const said = (more: Partial<BlastFacts>) => blastRadius({ ...facts, ...more }).map(line => `${line.tone === 'attention' ? '! ' : ''}${line.strong} ${line.rest}`);

describe('blastRadius', () => {
  it('names agents, rates and fate', () => {
    expect(said({})).toEqual([
      '1 agent cart-1; reachable now.',
      '50/s matched, 25.0 % of Logs.',
      '− 50/s no longer leave, 19.5 KiB/s less.',
      'Matched records stop at the agent. Nothing downstream receives them, and they are not kept anywhere.',
    ]);
  });

  it('scales a sampled tail and says that it is an estimate', () => {
    expect(said({ tailRatio: 0.25 })[1]).toBe('≈ 200/s matched, 25.0 % of Logs.');
  });

  it('makes rates from the time that was covered, not from the times in records', () => {
    expect(said({ coveredMs: 20_000, dryRun: dryRunResult({ fromMs: 0 }) })[1]).toBe('25/s matched, 25.0 % of Logs.');
    expect(said({ coveredMs: 2000 })[1]).toBe('≈ 250/s matched, 25.0 % of Logs.');
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
    expect(said({ rule: { deployedVersion: 3 }, version: 4 })).toContain('Version 4 replaces version 3, which runs now.');
  });
});
