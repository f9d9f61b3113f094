import { expect, it } from 'vitest';
import { ruleDetail } from '../testing/fakes.ts';
import { bulkFacts } from './bulk-facts.ts';

const words = (...args: Parameters<typeof bulkFacts>) => bulkFacts(...args).map(({ tone, words: said }) => `${tone}: ${said}`);

it('names what is not valid, what goes live, and who takes its records', () => {
  const rule = ruleDetail('x', { state: 'deployed', mode: 'shadow', conflicts: [{ withId: 'y', withName: 'y', level: 'never', message: 'x never sees a record: y drops them all.' }] });
  const wrong = { ...rule, versions: rule.versions.map(version => ({ ...version, diagnostics: [{ severity: 'error' as const, code: 'KS204', message: 'The name nope is not known.', start: 0, end: 4 }] })) };
  expect(words(rule, wrong, 'live')).toEqual(['red: Not valid: The name nope is not known. It stays as it is.', 'amb: It runs in shadow now and goes live.', 'amb: x never sees a record: y drops them all.', 't3: No tests; no dry run here.']);
});

it('says what is not known', () => {
  const rule = ruleDetail('x', { conflictsKnown: false });
  expect(words(rule, null, 'live')).toEqual(['t3: Whether it is valid is not known yet.', 'amb: What other rules take from it is not known.', 't3: Tests and dry run: unknown.']);
  expect(words(ruleDetail('net', { kind: 'state-machine' }), null, 'live')).toContain('t3: Whether it is valid is not known yet.');
});
