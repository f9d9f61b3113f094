// What is known of a rule before it is deployed from the list, worst first. What is not known is said to be so. Pure.
import type { RuleDetail, RuleMode, RuleSummary } from '../../../../model/index.ts';
import { plural } from '../../../ui/index.ts';

export interface BulkFact { readonly tone: 'red' | 'amb' | 't2' | 't3'; readonly words: string }

/** @param detail null while it is not read */
export function bulkFacts(rule: RuleSummary, detail: RuleDetail | null, mode: RuleMode): readonly BulkFact[] {
  const latest = detail?.versions.find(({ version }) => version === rule.latestVersion);
  return [...validFacts(latest), ...modeFacts(rule, mode), ...conflictFacts(rule), ...testFacts(latest)];
}

type Latest = RuleDetail['versions'][number] | undefined;

function validFacts(latest: Latest): readonly BulkFact[] {
  if (latest === undefined) return [{ tone: 't3', words: 'Whether it is valid is not known yet.' }];
  if (latest.diagnostics === undefined) return [{ tone: 't3', words: 'Whether it is valid is not known: it was saved without a check.' }];
  const errors = latest.diagnostics.filter(({ severity }) => severity === 'error');
  return errors.length === 0 ? [] : [{ tone: 'red', words: `Not valid: ${errors[0]!.message} It stays as it is.` }];
}

function modeFacts({ mode: runs, state }: RuleSummary, mode: RuleMode): readonly BulkFact[] {
  if (state !== 'deployed' || runs === null || runs === mode) return [];
  return [mode === 'live' ? { tone: 'amb', words: 'It runs in shadow now and goes live.' } : { tone: 'amb', words: 'It acts now and stops acting.' }];
}

function conflictFacts({ conflicts, conflictsKnown }: RuleSummary): readonly BulkFact[] {
  if (conflictsKnown === false) return [{ tone: 'amb', words: 'What other rules take from it is not known.' }];
  return conflicts.map(({ level, message }) => ({ tone: level === 'never' ? 'amb' : 't2', words: message }));
}

function testFacts(latest: Latest): readonly BulkFact[] {
  const tests = latest?.document.tests?.length ?? 0;
  return tests === 0 ? [{ tone: 't3', words: latest === undefined ? 'Tests and dry run: unknown.' : 'No tests; no dry run here.' }] : [{ tone: 't3', words: `${plural(tests, 'test')}: whether ${tests === 1 ? 'it passes' : 'they pass'} is not known here; the editor runs ${tests === 1 ? 'it' : 'them'}.` }];
}
