// Risk of policies: who hides more never scores higher on privacy, and each point says why.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultBounds, redactionPolicy, type PolicyEntry, type RedactionPolicyInput } from '../../model/index.ts';
import { riskAxes, type CompiledPolicyRule, type RiskReport } from '../types.ts';
import { estimateRisk } from './estimate.ts';
import { measuredRisk } from './measured.ts';

const ruleOf = (policy: RedactionPolicyInput): CompiledPolicyRule => ({ kind: 'redaction-policy', name: 'p', location: 'on-box', order: 100, targets: null, bounds: defaultBounds, expiresAfterMs: null, policy: redactionPolicy.parse(policy) });
const estimate = (policy: RedactionPolicyInput): RiskReport => estimateRisk(ruleOf(policy));
const scores = ({ axes }: RiskReport): string => riskAxes.map((axis) => axes[axis].score).join(' ');
const allow = [{ keys: ['http.*'], otherwise: 'mask' as const }];
const ignore = (more: Partial<PolicyEntry>): PolicyEntry => ({ do: 'ignore', reason: 'a test', ...more });

test.each<readonly [RedactionPolicyInput, string]>([
  // privacy security reliability cost performance
  [{}, '1 0 0 0 3'], [{ allow }, '0 0 0 0 3'], [{ allow: [{ keys: ['a'] }] }, '0 0 2 0 3'],
  [{ mode: 'hash' }, '3 0 0 0 3'], [{ mode: 'drop' }, '1 1 4 0 3'], [{ entries: [{ key: 'a', do: 'drop' }] }, '1 1 2 0 3'],
  [{ detectors: ['email'], sensitiveKeys: false, signals: ['logs'] }, '5 0 0 0 3'], [{ annotate: 'info' }, '1 0 0 1 3'],
  [{ entries: [ignore({})] }, '5 0 0 0 3'], [{ entries: [ignore({ key: 'a' })] }, '3 0 0 0 3'], [{ entries: [ignore({ key: 'a', detectors: ['email'] })] }, '2 0 0 0 3'],
])('%j', (policy, expected) => { expect(scores(estimate(policy))).toBe(expected); });

test('an ignore names itself with its reason', () => {
  expect(estimate({ entries: [ignore({ key: 'support.*', reason: 'The on-call mailbox' })] }).axes.privacy.reasons.join(' ')).toContain('support.* (The on-call mailbox)');
});

const entries = fc.array(fc.record({ do: fc.constantFrom<PolicyEntry['do']>('mask', 'hash', 'drop', 'ignore'), key: fc.constantFrom('a', 'b*'), reason: fc.constant('x') }), { maxLength: 6 });

test('one more ignore, one detector fewer, no sensitive keys: privacy never falls', () => {
  fc.assert(fc.property(entries, fc.boolean(), (some, sensitiveKeys) => {
    const privacy = (policy: RedactionPolicyInput): number => estimate(policy).axes.privacy.score;
    const base = privacy({ entries: some, sensitiveKeys });
    expect(privacy({ entries: [...some, ignore({ key: 'c' })], sensitiveKeys })).toBeGreaterThanOrEqual(base);
    expect(privacy({ entries: some, sensitiveKeys, except: ['email'] })).toBeGreaterThanOrEqual(base);
    expect(privacy({ entries: some, sensitiveKeys: false })).toBeGreaterThanOrEqual(base);
    expect(privacy({ entries: some, sensitiveKeys, allow })).toBeLessThanOrEqual(base);
  }));
});

test('what was measured takes the place of what was guessed, less privacy and security', () => {
  const measured = measuredRisk(ruleOf({ mode: 'drop' }), { cpuShare: 0.01, matchedPerSecond: 1, removedPerSecond: 5, emittedPerSecond: 0, fleetInPerSecond: 10, matched: 10, errors: 0 });
  expect([measured.measured, measured.axes.privacy.score, measured.axes.reliability.score]).toEqual([true, 1, 3]);
});
