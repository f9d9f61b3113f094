import { describe, expect, it } from 'vitest';
import { policyDocument, type PolicyDocument, type RuleSummary, type RuleVersion } from '../../../../model/index.ts';
import { compileGlob, foldKey } from '../../../../redaction/index.ts';
import type { RedactionSource } from '../../../../model/index.ts';
import { ignoredBy, suppressionsOf } from '../suppressions/suppression-list.ts';
import type { DeployedPolicy } from '../words/policies.ts';
import { actionLabel, policyRows } from './policy-rows.ts';

const globs = { compileGlob, foldKey };
const document = (entries: PolicyDocument['entries'], more: object = {}): PolicyDocument => policyDocument.parse({ kind: 'redaction-policy', name: 'p', entries, ...more });
const version = (number: number, of: PolicyDocument): RuleVersion => ({ version: number, document: of, text: '', createdAt: `2026-01-0${number}T00:00:00Z`, author: `person-${number}`, contentHash: '', note: '' });
const policy = (...documents: readonly PolicyDocument[]): DeployedPolicy => {
  const versions = documents.map((of, i) => version(i + 1, of));
  return { rule: { id: 'r1', name: 'p', deployedVersion: versions.length } as RuleSummary, version: versions.at(-1)!, versions, document: documents.at(-1)! };
};
const ignore = { key: 'user.*', do: 'ignore', reason: 'seen' } as const;
const other = { key: 'card.*', do: 'remove' } as const;

describe('the effective table', () => {
  it('has entries, allow-lists, sensitive keys and the default, in the order they act', () => {
    const rows = policyRows([policy(document([other, { detectors: ['a', 'b', 'c', 'd'], do: 'partial', keep: 2 }], { allow: [{ keys: ['x'] }], detectors: ['email'], except: ['jwt'], patterns: [{ name: 'own', pattern: 'x' }] }))]);
    expect(rows.map(row => [row.kind, row.key, row.detectors, actionLabel(row)])).toEqual([
      ['entry', 'card.*', 'whole value', 'remove'], ['entry', 'any', 'a, b and 2 more', 'partial, last 2'], ['allow', 'not x', 'whole value', 'remove'],
      ['sensitive', 'sensitive by convention', 'whole value', 'mask'], ['default', 'any', 'email, 1 own except jwt', 'mask'],
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
  it('leaves sensitive keys out where they are off', () => expect(policyRows([policy(document([], { sensitiveKeys: false }))]).map(({ kind }) => kind)).toEqual(['default']));
});

describe('suppressions', () => {
  it('say who put the entry there, and when: the oldest version in one run that has it', () => {
    const [since] = suppressionsOf([policy(document([ignore]), document([]), document([other, ignore]), document([ignore, other]))]);
    expect(since).toMatchObject({ index: 0, since: { author: 'person-3', at: '2026-01-03T00:00:00Z' } });
    expect(suppressionsOf([policy(document([other]))])).toEqual([]);
  });
  it('count what they let pass, and nothing where the server does not', () => {
    const [suppression] = suppressionsOf([policy(document([ignore]))]);
    const source = (key: string, ignored?: number, by = suppression!.policy.rule.id) => ({ key, service: 's', place: 'attribute', detector: 'email', ...(ignored !== undefined && { ignored, ignoredBy: [{ id: by, name: by, version: 1 }] }) }) as RedactionSource;
    expect(ignoredBy(suppression!, [source('User.Email', 3), source('card.pan', 5), source('user.id'), source('user.email', 7, 'another policy')], globs)).toBe(3);
    expect(ignoredBy(suppression!, [source('user.email')], globs)).toBeNull();
    expect(ignoredBy(suppression!, [], globs)).toBe(0);
  });
});
